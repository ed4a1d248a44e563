"""Digest: many articles' briefs merged into one. The public contract, schema version 1.

Everything here is *derived* from briefs by rules (DOMAIN.md, section 7), so that every line can be followed to
sentences: :class:`Cited` is evidence with the number of its article. Ids are stable from one digest to the next.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from briefgen.brief import (
    ActorKind,
    AllegationStatus,
    Aspect,
    BackgroundKind,
    Basis,
    ConfirmationValue,
    Destination,
    PositionStance,
    QuestionKind,
    SentenceSpan,
    Stance,
    VisitStatus,
    Withheld,
)
from briefgen.evidence import Evidence
from briefgen.timing import Timing

DIGEST_SCHEMA_VERSION: Literal["1"] = "1"

DigestStatus = VisitStatus | Literal["disputed"]
"""``disputed``: parties of the visit say different things; both stand in its confirmations."""
ArticleState = Literal["ok", "partly_withheld", "failed", "duplicate"]
ArticlePlace = Literal["new", "late", "undated", "history"]
"""``new``: published in the window. ``late``: older, and not known to the last digest. ``history``: of earlier
digests. ``undated``: nobody knows; it counts as new."""
ChangeKind = Literal[
    "new",
    "updated",
    "confirmed",
    "postponed",
    "cancelled",
    "denied",
    "took_place",
    "response_received",
    "retracted",
    "no_longer_reported",
    "overdue",
    "closed",
]
ConflictKind = Literal["date", "status", "participants", "attribution", "figure", "response", "role"]
DigestFacet = Literal["planned_visits", "allegations", "motives", "positions", "open_questions", "background"]
WordedBy = Literal["brief", "template", "model"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(Evidence):
    """An exact substring of an article of the digest; ``article`` is its number there."""

    article: int


class Sources(_Part):
    """Who vouches for a line: five papers that quote one report are one source.

    ``independent``: distinct innermost sources; two without a name count as two only if different outlets
    report them. ``outlets``: distinct media at the end of the chains. ``names`` are those of the sources.
    """

    independent: int
    outlets: int
    names: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


class Line(_Part):
    """Anything merged. ``members``: ``article id/item id`` of the items of briefs that it unites, oldest first.

    ``first_seen``, ``last_seen``, ``last_changed``: days of digests.
    """

    id: str
    articles: tuple[int, ...] = Field(description="numbers of articles, as in the list of sources")
    sources: Sources
    evidence: tuple[Cited, ...]
    members: tuple[str, ...]
    first_seen: date
    last_seen: date
    last_changed: date
    change: ChangeKind | None = None


class MergedActor(_Part):
    """An actor of the digest. ``names``: every name and alias that articles use, the fullest first."""

    id: str
    name: str
    kind: ActorKind
    role: str | None = None
    affiliation: str | None = None
    names: tuple[str, ...] = ()
    country: str | None = None
    articles: tuple[int, ...] = ()
    items: tuple[str, ...] = Field(default=(), description="ids of the lines that name it")
    evidence: tuple[Cited, ...] = ()


class ReportedTiming(_Part):
    """When, as some of the articles have it. ``by``: whom they name for it; ``said``: the newest article's day.
    ``current``: no later statement of the same speaker replaced it.
    """

    timing: Timing
    by: tuple[str, ...] = ()
    official: bool = False
    said: date | None = None
    articles: tuple[int, ...] = ()
    current: bool = True
    evidence: tuple[Cited, ...] = ()


class MergedConfirmation(_Part):
    """What one speaker says about one aspect. ``current``: no later statement of the same speaker on it."""

    aspect: Aspect
    value: ConfirmationValue
    by: str
    said: date | None = None
    articles: tuple[int, ...] = ()
    current: bool = True
    evidence: tuple[Cited, ...] = ()


class MergedVisit(Line):
    """A visit. ``timing``: the one that stands (official before media, then the finer, then the newer);
    ``timings``: every one that was reported. ``overdue``: its latest possible day is past and nobody said that
    it took place. ``took_place``: the sentences that say so. ``sequence``: how often it changed.
    """

    visitors: tuple[str, ...] = Field(description="actor ids")
    destination: Destination
    hosts: tuple[str, ...] = Field(default=(), description="actor ids")
    timing: Timing | None = None
    timings: tuple[ReportedTiming, ...] = ()
    status: DigestStatus
    confirmations: tuple[MergedConfirmation, ...] = ()
    purposes: tuple[str, ...] = ()
    according_to: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    overdue: bool = False
    took_place: tuple[Cited, ...] = ()
    sequence: int = 0


class MergedMotive(Line):
    holder: str = Field(description="actor id")
    text: str
    basis: Basis
    according_to: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = Field(default=(), description="line ids")
    hedges: tuple[str, ...] = ()


class MergedResponse(_Part):
    by: str = Field(description="actor id")
    stance: Stance
    said: date | None = None
    articles: tuple[int, ...] = ()
    current: bool = True
    evidence: tuple[Cited, ...] = ()


class MergedAllegation(Line):
    """``claim``: the wording of the best sourced article; ``wordings``: all, with their articles' numbers."""

    accusers: tuple[str, ...] = Field(description="actor ids")
    accused: tuple[str, ...] = Field(description="actor ids")
    claim: str
    wordings: tuple[str, ...] = ()
    made: Timing | None = None
    responses: tuple[MergedResponse, ...] = ()
    status: AllegationStatus = "unresolved"


class MergedPosition(Line):
    holders: tuple[str, ...] = Field(description="actor ids")
    stance: PositionStance
    text: str
    according_to: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()


class MergedQuestion(Line):
    """``resolves_with``: what would settle it. A question that was settled is a change, and no line any more."""

    question: str
    kind: QuestionKind
    about: tuple[str, ...] = Field(default=(), description="line ids")
    resolves_with: str = ""


class MergedBackground(Line):
    text: str
    kind: BackgroundKind


class Side(_Part):
    """One side of a conflict: what is said, by whom, when, and where."""

    value: str
    by: str
    official: bool = False
    said: date | None = None
    articles: tuple[int, ...] = ()
    evidence: tuple[Cited, ...] = ()


class Conflict(_Part):
    """Two or more sides, party to the event first, then other officials, then media; never solved."""

    kind: ConflictKind
    about: str = Field(description="line id")
    title: str
    sides: tuple[Side, ...]


class Change(_Part):
    """What is different from the last digest. ``because``: one line why, with the articles in ``articles``."""

    kind: ChangeKind
    facet: DigestFacet
    item: str = Field(description="line id; of a question that was closed, the id it had")
    title: str
    field: str | None = None
    old: str | None = None
    new: str | None = None
    because: str = ""
    articles: tuple[int, ...] = ()
    evidence: tuple[Cited, ...] = ()


class Story(_Part):
    """Articles about one thing. The first story leads: most independent sources, then the newest."""

    id: str
    title: str
    articles: tuple[int, ...]
    items: tuple[str, ...]
    sources: Sources
    newest: date | None = None


class BottomLine(_Part):
    """One line of the top: attributed inside the sentence. ``worded_by``: a brief's own summary, which was
    verified with it, a template, or the model (checked by the rules of a summary).
    """

    text: str
    refs: tuple[str, ...] = Field(default=(), description="line ids")
    story: str
    articles: tuple[int, ...]
    single_source: bool
    worded_by: WordedBy
    evidence: tuple[Cited, ...] = ()


class DigestArticle(_Part):
    """An article of the digest under its number. ``text`` only where it was kept, for highlighting."""

    number: int
    id: str | None
    label: str = ""
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    state: ArticleState = "ok"
    place: ArticlePlace = "new"
    duplicate_of: int | None = None
    reason: str = ""
    withheld: tuple[Withheld, ...] = ()
    text: str | None = None
    sentences: tuple[SentenceSpan, ...] = ()


class Counts(_Part):
    """``articles`` = ``ok`` + ``partly_withheld`` + ``failed`` + ``duplicates``; history is not among them.

    ``undated``, ``late`` and ``other_languages`` are among the articles; ``later``: published after the window
    and left for a later digest; ``history``: articles of earlier digests that lines still rest on.
    """

    articles: int
    ok: int
    partly_withheld: int
    failed: int
    duplicates: int
    undated: int = 0
    late: int = 0
    other_languages: int = 0
    later: int = 0
    history: int = 0
    withheld_items: int = 0


class Made(_Part):
    """Versions and models behind the digest. There is no time in it: the same input gives the same bytes."""

    briefgen: str
    models: tuple[str, ...] = ()
    worded_by: str | None = None


class Digest(_Part):
    """The daily brief: articles published from ``first`` to ``last``, merged with what is still open."""

    schema_version: Literal["1"] = DIGEST_SCHEMA_VERSION
    first: date
    last: date
    oldest_article: date | None = None
    newest_article: date | None = None
    previous: date | None = Field(default=None, description="day of the digest that changes are told from")
    counts: Counts
    bottom_line: tuple[BottomLine, ...] = ()
    no_lead: str = Field(default="", description="why no story leads, where none has two independent sources")
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    late_arrivals: tuple[int, ...] = Field(default=(), description="numbers of articles")
    planned_visits: tuple[MergedVisit, ...] = ()
    allegations: tuple[MergedAllegation, ...] = ()
    motives: tuple[MergedMotive, ...] = ()
    positions: tuple[MergedPosition, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    open_questions: tuple[MergedQuestion, ...] = ()
    background: tuple[MergedBackground, ...] = ()
    actors: tuple[MergedActor, ...] = ()
    stories: tuple[Story, ...] = ()
    articles: tuple[DigestArticle, ...] = ()
    made: Made

    def to_json(self, *, indent: int | None = 2) -> str:
        """JSON with stable key order and explicit nulls."""
        return self.model_dump_json(indent=indent) + "\n"
