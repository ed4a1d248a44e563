"""What a run tells the store, and what the store tells it: plain, frozen data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from briefgen.brief import SCHEMA_VERSION
from briefgen.errors import BriefgenError, ModelError, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefgen.article import Article
    from briefgen.brief import Brief, Provenance
    from briefgen.prompts import PromptLibrary
    from briefgen.providers.base import LanguageModel
    from briefgen.store.answers import RawAnswer

State = Literal["done", "failed", "skipped", "pending"]
"""Every input is in exactly one of these (RELIABILITY I1)."""

STATES: tuple[State, ...] = ("done", "failed", "skipped", "pending")
DUPLICATE = "duplicate"
"""Code of an input that was skipped because another one has, or nearly has, its text."""


@dataclass(frozen=True)
class Recipe:
    """What briefs are made with. An article is briefed once for each recipe (RELIABILITY I3).

    ``prompts``: id to SHA-256 of every prompt that the model may be sent. ``profile``: the fields of its
    :class:`briefgen.providers.base.ModelProfile`; of these, ``calls``, ``guided`` and ``repair_rounds`` are
    part of the key, the lengths are only kept so that stored answers can be replayed. ``checked_by``: the
    second reader, if there is one.
    """

    model: str
    prompts: Mapping[str, str]
    profile: Mapping[str, object]
    checked_by: str | None = None
    schema_version: str = SCHEMA_VERSION

    @classmethod
    def of(
        cls, model: LanguageModel, prompts: PromptLibrary, *, check_with: LanguageModel | None = None
    ) -> Recipe:
        """The recipe of a model and the prompts in use, without those that this model is never sent."""
        profile = model.profile
        unused = {
            "look_first" if profile.guided else "guided",
            "single" if profile.calls == "per_facet" else "",
            "" if profile.repair_rounds else "repair",
            "" if check_with else "second_reader",
        }
        used = {name: prompts.get(name).sha256 for name in prompts.ids() if name not in unused}
        return cls(model.name, used, asdict(profile), check_with.name if check_with else None)

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the key: models, prompts, way of asking, schema version."""
        asking = {name: self.profile.get(name) for name in ("calls", "guided", "repair_rounds")}
        key = [self.model, self.checked_by, dict(self.prompts), asking, self.schema_version]
        return hashlib.sha256(json.dumps(key, sort_keys=True).encode()).digest()


@dataclass(frozen=True, slots=True)
class Origin:
    """One input: ``label`` is what the user calls it (a path, ``archive.jsonl.gz#12``), unique in a store.

    ``fingerprint``: a hash of the raw bytes of the record and of what overrides its metadata; with it a
    later run tells without parsing that nothing changed. Empty: not known.
    """

    label: str
    fingerprint: bytes = b""


@dataclass(frozen=True, slots=True)
class Pending:
    """The article was taken up and is about to be asked about. Not needed before :class:`Done`, but without
    it nobody can tell after a crash what was in flight, nor find copies of what is.

    ``bands``: 64-bit hashes of which near-copies share one (:func:`briefgen.duplicates.bands_of`). A brief that the store has stays: an article asked about again is ``done`` all the while.
    """

    origin: Origin
    article: Article
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """The brief of an article. One with failed facets is done too, and ``partial`` in :class:`Known`.

    ``answers``: what the model said, in the order of asking; empty if it shall not be kept (``--no-raw``).
    """

    origin: Origin
    article: Article
    brief: Brief
    answers: Sequence[RawAnswer] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """An input without a brief. Without ``article``: it could not even be read.

    A failure takes no brief away: where the store has one of this article, that one stays.
    """

    origin: Origin
    code: str
    message: str
    retryable: bool = False
    article: Article | None = None
    usage: Usage = field(default_factory=Usage)

    @classmethod
    def of(cls, origin: Origin, error: BriefgenError, article: Article | None = None) -> Failed:
        """The failure that an error means."""
        usage = error.usage if isinstance(error, ModelError) else Usage()
        return cls(origin, error.code, str(error), error.retryable, article, usage)


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that is left out on purpose. ``of``: id of the article that stands for it (``duplicate``);
    the store must know that article. ``article_id``: its own, if it was read.
    """

    origin: Origin
    code: str
    message: str = ""
    article_id: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The store has what this input needs: its brief (or failure) of ``article_id`` stands for it; or the
    input is a copy with that id, and stays one.
    """

    origin: Origin
    article_id: str


Result: TypeAlias = Pending | Done | Failed | Skipped | Kept


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of an input, under the recipe of the run.

    ``own``: it is this label's own state; otherwise an input ``label`` has the same text and this is its
    state (so that this one is a duplicate of it). ``changed``: title or date are not those that the stored
    brief was made with, so that it no longer holds. ``partial``: a facet of the brief was not answered.
    """

    state: State
    label: str
    own: bool
    code: str = ""
    retryable: bool = False
    partial: bool = False
    changed: bool = False


@dataclass(frozen=True)
class Counts:
    """How many inputs are in which state; the four add up to ``inputs``. ``partial`` are among the done.

    ``codes``: how many failed and skipped inputs have which code.
    """

    done: int = 0
    failed: int = 0
    skipped: int = 0
    pending: int = 0
    partial: int = 0
    codes: Mapping[str, int] = field(default_factory=dict)

    @property
    def inputs(self) -> int:
        return self.done + self.failed + self.skipped + self.pending


@dataclass(frozen=True, slots=True)
class Totals:
    """What was used. Tokens and cost are sums over what is known, ``None`` where nothing is.

    ``unpriced``: how many briefs have no known cost, so that ``cost_usd`` is not all of it.
    """

    requests: int = 0
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None
    unpriced: int = 0

    def columns(self) -> tuple[int | float | None, ...]:
        """The values, in the order of the fields."""
        return (
            self.requests, self.input_tokens, self.cached_tokens, self.output_tokens, self.cost_usd, self.unpriced,
        )  # fmt: skip

    def with_brief(self, provenance: Provenance) -> Totals:
        """These, and what a brief cost."""
        cost = provenance.cost_usd
        return self._plus(provenance, cost, unpriced=cost is None and provenance.requests > 0)

    def with_usage(self, usage: Usage) -> Totals:
        """These, and what was used in vain."""
        return self._plus(usage, None)

    def _plus(self, used: Provenance | Usage, cost: float | None, *, unpriced: bool = False) -> Totals:
        return Totals(
            self.requests + used.requests,
            _sum(self.input_tokens, used.input_tokens),
            _sum(self.cached_tokens, used.cached_tokens),
            _sum(self.output_tokens, used.output_tokens),
            _sum(self.cost_usd, cost),
            self.unpriced + unpriced,
        )


N = TypeVar("N", int, float)


def _sum(left: N | None, right: N | None) -> N | None:
    return right if left is None else left if right is None else left + right


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run of the store. Times are seconds since 1970 (UTC).

    ``outcome``: ``finished``, ``killed``, the name of the exception that ended it, or "" while it runs.
    ``in_flight``: articles that it had taken up and not brought to an end; they may have been billed.
    """

    id: int
    kind: str
    model: str
    briefgen: str
    pid: int
    host: str
    started: float
    ended: float | None
    outcome: str
    totals: Totals
    in_flight: int = 0
