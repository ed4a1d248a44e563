"""What a change did: two evaluations of the same articles, item by item, with a paired test.

Items of the gold are the pairs of the test: each was found before or not, and is found now or not. Only those
that changed count, and if the change did nothing, each of them is as likely to be won as lost (exact McNemar
test, two-sided). False alarms have no partner in the other evaluation unless they read the same; those gone
and those new are held against each other in the same way. Items of one article are not quite independent, so
that the test errs towards seeing a change: a small p over few articles is a hint, no proof.
"""

from __future__ import annotations

from collections import Counter
from math import comb
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import Field, computed_field

from briefgen.evaluate.entries import FACETS
from briefgen.evaluate.results import Data, Scores
from briefgen.evaluate.scoring import NO_BRIEF, total
from briefgen.evaluate.wording import folded_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from briefgen.evaluate.results import ArticleScore, Evaluation

    _Pair: TypeAlias = tuple[ArticleScore, ArticleScore]

Key: TypeAlias = tuple[object, ...]
"""What makes two items of two evaluations the same one; it starts with the facet."""

CHANCE = 0.05
"""From this p on, there is no evidence of a change."""


class Change(Data):
    """One item that is otherwise now: what the gold, or the brief, says."""

    article: str
    facet: str
    text: str

    @classmethod
    def of(cls, article: ArticleScore, key: Key, text: str) -> Change:
        return cls(article=article.id, facet=str(key[0]), text=text)


class PairedTest(Data):
    """Exact McNemar test: of ``items`` compared, ``better`` and ``worse`` changed."""

    name: str
    items: int
    better: int
    worse: int

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to write it
    @property
    def p(self) -> float:
        """How likely a split at least this uneven is if the change did nothing."""
        return exact_p(self.better, self.worse)

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to write it
    @property
    def verdict(self) -> Literal["better", "worse", "no evidence of a change"]:
        if self.p >= CHANCE:
            return "no evidence of a change"
        return "better" if self.better > self.worse else "worse"


class Comparison(Data):
    """``old`` against ``new`` on the articles that both have, with the same text and gold."""

    articles: tuple[str, ...]
    only_old: tuple[str, ...] = Field(default=(), description="articles left out: not in the new evaluation")
    only_new: tuple[str, ...] = Field(default=(), description="articles left out: not in the old evaluation")
    other_gold: tuple[str, ...] = Field(default=(), description="articles left out: text or gold changed")
    failed: tuple[str, ...] = Field(default=(), description="articles without a brief, then or now")
    changed: tuple[str, ...] = Field(default=(), description="model, version and prompts that differ")
    old: Scores
    new: Scores
    won: tuple[Change, ...] = ()
    lost: tuple[Change, ...] = ()
    mended: tuple[Change, ...] = Field(default=(), description="fields of items found in both, right now")
    spoiled: tuple[Change, ...] = Field(default=(), description="fields of items found in both, wrong now")
    alarms_gone: tuple[Change, ...] = ()
    alarms_new: tuple[Change, ...] = ()
    critical_gone: tuple[Change, ...] = ()
    critical_new: tuple[Change, ...] = ()
    found: tuple[PairedTest, ...] = Field(default=(), description="items of the gold, by facet and over all")
    alarms: tuple[PairedTest, ...] = Field(default=(), description="false alarms, by facet and over all")


def exact_p(better: int, worse: int) -> float:
    """Two-sided exact p of a split of ``better + worse`` fair coins; 1 where nothing changed."""
    changed, fewer = better + worse, min(better, worse)
    as_uneven: int = 2 * sum(comb(changed, k) for k in range(fewer + 1))
    return min(1.0, as_uneven / (1 << changed))


def compare(old: Evaluation, new: Evaluation) -> Comparison:
    """Hold two evaluations against each other. What cannot be compared is named, not hidden."""
    before, now = _made(old), _made(new)
    both = [each for each in now if each in before]
    same = [each for each in both if before[each].gold == now[each].gold]
    pairs = [(before[each], now[each]) for each in same]
    lost, won = _differences(pairs, _hits)
    alarms_gone, alarms_new = _differences(pairs, _alarms)
    critical_gone, critical_new = _differences(pairs, _critical)
    mended, spoiled = _fields(pairs)
    return Comparison(
        articles=tuple(same),
        only_old=tuple(sorted(set(before) - set(now))),
        only_new=tuple(sorted(set(now) - set(before))),
        other_gold=tuple(sorted(set(both) - set(same))),
        failed=tuple(sorted({each.id for each in (*old.failures, *new.failures)})),
        changed=tuple(_settings(old, new)),
        old=total(article.scores for article, _ in pairs),
        new=total(article.scores for _, article in pairs),
        won=won,
        lost=lost,
        mended=mended,
        spoiled=spoiled,
        alarms_gone=alarms_gone,
        alarms_new=alarms_new,
        critical_gone=critical_gone,
        critical_new=critical_new,
        found=tuple(_tests(won, lost, _number_of(pairs, _wanted))),
        alarms=tuple(_tests(alarms_gone, alarms_new, _number_of(pairs, _alarms))),
    )


def _made(evaluation: Evaluation) -> dict[str, ArticleScore]:
    """The articles by id, without those of which nobody tried to make a brief."""
    return {
        article.id: article
        for article in evaluation.articles
        if not (article.failed and article.failed.code == NO_BRIEF.code)
    }


def _hits(article: ArticleScore) -> dict[Key, str]:
    return {(v.facet, v.gold_ref): v.gold or "" for v in article.verdicts if v.outcome == "hit"}


def _wanted(article: ArticleScore) -> dict[Key, str]:
    return {(v.facet, v.gold_ref): v.gold or "" for v in article.verdicts if v.outcome in {"hit", "missed"}}


def _alarms(article: ArticleScore) -> dict[Key, str]:
    alarms = [v for v in article.verdicts if v.outcome == "false_alarm"]
    return _numbered(((v.facet, folded_name(v.item or "")), v.item or "") for v in alarms)


def _critical(article: ArticleScore) -> dict[Key, str]:
    return _numbered(
        ((error.facet, error.kind, folded_name(error.item)), f"{error.kind}: {error.item} — {error.detail}")
        for error in article.critical
    )


def _numbered(items: Iterable[tuple[Key, str]]) -> dict[Key, str]:
    """Items that read the same are told apart by a number."""
    seen: Counter[Key] = Counter()
    found = {}
    for key, text in items:
        found[(*key, seen[key])] = text
        seen[key] += 1
    return found


def _differences(
    pairs: Sequence[_Pair], items: Callable[[ArticleScore], dict[Key, str]]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What only the old evaluation has, and what only the new one has."""
    gone, new = [], []
    for before, now in pairs:
        had, have = items(before), items(now)
        gone += [Change.of(before, key, text) for key, text in had.items() if key not in have]
        new += [Change.of(now, key, text) for key, text in have.items() if key not in had]
    return tuple(gone), tuple(new)


def _number_of(pairs: Sequence[_Pair], items: Callable[[ArticleScore], dict[Key, str]]) -> Counter[object]:
    """How many items of each facet there are in either evaluation."""
    return Counter(key[0] for before, now in pairs for key in items(before) | items(now))


def _fields(pairs: Sequence[_Pair]) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    mended: list[Change] = []
    spoiled: list[Change] = []
    for before, now in pairs:
        had, have = _checks(before), _checks(now)
        for key, (right, text) in have.items():
            if key in had and had[key][0] != right:
                (mended if right else spoiled).append(Change.of(now, key, text))
    return tuple(mended), tuple(spoiled)


def _checks(article: ArticleScore) -> dict[Key, tuple[bool, str]]:
    return {
        (verdict.facet, verdict.gold_ref, check.field, check.of): (
            check.right,
            f"{check.field} of {verdict.gold}: {check.found or 'none'}, and the gold has {check.expected}",
        )
        for verdict in article.verdicts
        if verdict.outcome == "hit"
        for check in verdict.checks
    }


def _tests(better: Sequence[Change], worse: Sequence[Change], items: Counter[object]) -> Iterator[PairedTest]:
    won, lost = Counter(each.facet for each in better), Counter(each.facet for each in worse)
    for facet in FACETS:
        yield PairedTest(name=facet, items=items[facet], better=won[facet], worse=lost[facet])
    yield PairedTest(name="all", items=items.total(), better=won.total(), worse=lost.total())


def _settings(old: Evaluation, new: Evaluation) -> Iterator[str]:
    if old.models != new.models:
        yield f"model: {', '.join(old.models) or 'none'}, now {', '.join(new.models) or 'none'}"
    if old.briefgen != new.briefgen:
        yield f"briefgen: {old.briefgen}, now {new.briefgen}"
    prompts = sorted(
        name for name in old.prompts | new.prompts if old.prompts.get(name) != new.prompts.get(name)
    )
    if prompts:
        yield f"prompts: {', '.join(prompts)}"
