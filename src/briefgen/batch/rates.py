"""How many requests a second a server takes, learnt from those it refuses (429).

Nothing here waits or locks, and time is what the caller says it is. A server rarely says what it allows; but
while it refuses, what it lets through *is* what it allows. Requests are counted in samples of a second; after
each the rate is set to what was let through if too many were refused, and raised a little otherwise.

Refusals that have nothing to do with the rate (a gateway that refuses one in five, whatever is sent) would
drive it to nothing. What was refused in the best of the last samples is taken for such noise; and so is a
share of refusals that half the rate did not bring down.

A server that answers with a Retry-After makes every refusal dear, as everybody stops. Its limit is not
tested again for half a minute.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

_MOMENT = 1e-6
_BUCKET = 0.05
"""Seconds that are counted together."""
_KEPT = 1200
"""Buckets: a minute. No limit that is worth learning looks back longer."""
_FAST, _USUAL, _SLOW = (20, 0.25), (20, 1.0), (1, 10.0)
"""A sample is complete with at least so many requests and seconds; the first is enough for bad news."""
_SERIOUS = 0.10
"""Refusals of a larger share than this are bad news, whatever is left of them when chance is taken off."""
_TOO_MANY, _SLIGHT = 0.05, 0.03
"""While there is a rate: as many, and not only by chance more than slightly more than ever."""
_VERY_SURE, _SURE = 2.5, 1.5
"""Standard deviations. With a sample every quarter of a second, what is rare happens too."""
_STEP, _FIRST_STEPS, _GENTLE_STEP = 0.03, 0.25, 0.02
_GOOD = 5
"""By how much the rate is raised. After so many good samples in a row there is no limit near: each further step is
longer than the one before, by the first.
"""
_TRIED = 0.7
"""Of the rate, so much has to be sent for a sample to say something about it."""
_UNTESTED = 30.0
_BEST_OF = 8
_AUDIBLE, _HALF, _UNHELPED = 0.45, 0.55, 0.6
"""Of 45 % refused or less, half the rate leaves next to none, if the rate is what they are about."""
SLOWEST = 0.5
"""Requests a second. Slower than this no rate is learnt: the calls give up, and the circuit opens."""


@dataclass
class _Bucket:
    number: int
    sent: int = 0
    refused: int = 0


@dataclass(frozen=True)
class _Sample:
    """What became of the requests of a stretch of time."""

    sent: int
    refused: int
    seconds: float

    @property
    def share(self) -> float:
        return self.refused / self.sent if self.sent else 0.0

    def surely(self, deviations: float) -> float:
        """The share of refusals, less what may be chance: Wilson's lower bound, which few requests hardly raise."""
        if not self.sent:
            return 0.0
        room = deviations**2 / self.sent
        chance = deviations * math.sqrt(self.share * (1 - self.share) / self.sent + room / self.sent / 4)
        return (self.share + room / 2 - chance) / (1 + room)

    @property
    def tried(self) -> float:
        return self.sent / self.seconds

    @property
    def let_through(self) -> float:
        return (self.sent - self.refused) / self.seconds

    def has(self, *least: tuple[int, float]) -> bool:
        return any(self.sent >= sent and self.seconds >= seconds for sent, seconds in least)


class LearntRate:
    """``rate`` in requests a second; ``None`` while nothing limits it."""

    def __init__(self) -> None:
        self.rate: float | None = None
        self._buckets: deque[_Bucket] = deque(maxlen=_KEPT)
        self._since = float("-inf")
        """Only requests sent from this instant on are in the sample."""
        self._lag = 0.0
        """Seconds after which a refusal is heard of."""
        self._shares: deque[float] = deque(maxlen=_BEST_OF)
        self._noise = 0.0
        self._worst: _Sample | None = None
        self._below = (0, 0)
        """Sent and refused at half its rate, or less."""
        self._first_steps = True
        """No refusal was met yet since the rate was first set: it was measured while we had only begun."""
        self._tested = float("-inf")
        self._gentle = False
        self._good = 0
        """Samples in a row after which the rate was raised."""

    def sent(self, now: float) -> None:
        """Take down that a request is sent."""
        number = int(now / _BUCKET)
        if not self._buckets:
            self._since = max(self._since, now)
        if not self._buckets or self._buckets[-1].number < number:
            self._buckets.append(_Bucket(number))
        self._buckets[-1].sent += 1

    def let_through(self, now: float) -> None:
        """Take down that a request was answered, with whatever but a refusal; the rate may rise."""
        if self.rate is not None:
            sample = self._sample(now)
            if sample.has(_USUAL, _SLOW) or (not sample.refused and sample.has(_FAST)):
                self._judge(sample, now)

    def refused(self, sent_at: float, now: float, pause: float | None = None) -> None:
        """Take down that a request was refused; the rate may be cut.

        ``pause``: seconds for which the server wants to be left alone.
        """
        self._lag = max(now - sent_at, 0.8 * self._lag)
        if sent_at < self._since or not self._buckets:
            return
        self._bucket(sent_at).refused += 1
        sample = self._sample(now)
        if pause is not None:
            self._pause(sample, now, pause)
        elif sample.has(_FAST, _USUAL, _SLOW) and sample.surely(_VERY_SURE) > self.noise + _SERIOUS:
            self._cut(sample, now)

    @property
    def noise(self) -> float:
        """The share that is refused whatever the rate."""
        best = min(self._shares) if len(self._shares) == _BEST_OF else 0.0
        return max(self._noise, best)

    def _bucket(self, at: float) -> _Bucket:
        number = int(at / _BUCKET)
        for bucket in reversed(self._buckets):
            if bucket.number <= number:
                return bucket
        return self._buckets[0]

    def _sample(self, now: float) -> _Sample:
        """What is known of the requests since the last sample; without a rate, of the latest ones."""
        sent = refused = 0
        known = now - self._lag
        start = known
        for bucket in reversed(self._buckets):
            if bucket.number > int(known / _BUCKET):
                continue
            if self.rate is None and sent >= _FAST[0] and known - start >= _FAST[1]:
                break
            start = max(self._since, bucket.number * _BUCKET)
            sent += bucket.sent
            refused += bucket.refused
        start = start if self.rate is None else self._since
        return _Sample(sent, refused, max(known - start, _BUCKET))

    def _judge(self, sample: _Sample, now: float) -> None:
        assert self.rate is not None
        self._shares.append(sample.share)
        self._noise = min(self._noise, 0.9 * self._noise + 0.1 * sample.share)
        if sample.share > self.noise + _TOO_MANY and sample.surely(_SURE) > self.noise + _SLIGHT:
            self._cut(sample, now)
            return
        if sample.share:
            self._first_steps = False
        if sample.tried >= _TRIED * self.rate and not self._is_noise(sample):
            self._rise(now)
        self._restart(now)

    def _rise(self, now: float) -> None:
        assert self.rate is not None
        if self._first_steps:
            self.rate *= 1 + _FIRST_STEPS
        elif not self._gentle:
            self._good += 1
            self.rate *= 1 + min(_FIRST_STEPS, _STEP * max(1, self._good - _GOOD))
        elif now - self._tested >= _UNTESTED:
            self.rate *= 1 + _GENTLE_STEP

    def _cut(self, sample: _Sample, now: float) -> None:
        if not self._is_noise(sample):
            self._first_steps, self._good = self.rate is None, 0
            through = sample.let_through or sample.tried / 2
            self.rate = max(SLOWEST, 0.97 * through / (1 - self.noise))
        self._restart(now)

    def _is_noise(self, sample: _Sample) -> bool:
        """Whether half the rate of the worst sample did not help; then the rate is free again."""
        worst = self._worst
        slowest = self.rate is not None and self.rate <= SLOWEST  # there is no half of it
        risen = worst is not None and not slowest and (self.rate or 0.0) >= worst.tried
        if worst is None or risen or sample.surely(_VERY_SURE) > worst.share + 0.1:
            self._worst, self._below = sample if sample.share else None, (0, 0)
            return False
        if slowest or sample.tried <= _HALF * worst.tried:
            sent, refused = self._below
            sent, refused = self._below = (sent + sample.sent, refused + sample.refused)
            if sent >= _FAST[0]:
                self._worst, self._below = None, (0, 0)
                if worst.share <= _AUDIBLE and refused >= _UNHELPED * worst.surely(_SURE) * sent:
                    self._noise, self.rate = refused / sent, None
                    return True
        return False

    def _pause(self, sample: _Sample, now: float, pause: float) -> None:
        self._first_steps = self.rate is None
        self._gentle, self._tested = True, now
        tells = sample.sent > sample.refused and sample.seconds >= _FAST[1]
        if tells and (self.rate is None or sample.tried >= _TRIED * self.rate):
            self.rate = max(SLOWEST, 0.95 * sample.let_through)
        elif self.rate is not None:  # what we did not ask for, the server could not let through
            self.rate = max(SLOWEST, 0.8 * self.rate)
        self._restart(now + pause)

    def _restart(self, since: float) -> None:
        self._buckets.clear()
        self._since = max(self._since, since + _MOMENT)
