"""Brief: what code vouches for. The public contract, schema version 1.

Only :mod:`briefgen.generator` makes one. Values marked *derived* are computed from evidence, never asked of
the model.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from briefgen.evidence import Evidence
from briefgen.timing import Timing

SCHEMA_VERSION: Literal["1"] = "1"

ActorKind = Literal["person", "government", "organisation", "media", "group"]
Aspect = Literal["occurrence", "dates", "preparation", "agenda", "invitation"]
ConfirmationValue = Literal[
    "confirmed", "not_confirmed", "denied", "declined_to_comment", "postponed", "cancelled"
]
VisitStatus = Literal[
    "confirmed", "partly_confirmed", "reported", "possible", "postponed", "cancelled", "denied"
]
Basis = Literal["stated", "attributed", "article"]
Stance = Literal[
    "admitted",
    "denied",
    "neither_confirmed_nor_denied",
    "declined_to_comment",
    "did_not_respond",
    "counter_accused",
    "not_reported",
]
PositionStance = Literal["concern", "criticism", "condemnation", "opposition", "support", "demand", "warning"]
AllegationStatus = Literal["unresolved", "admitted", "withdrawn", "adjudicated"]
QuestionKind = Literal[
    "unconfirmed", "possible_agenda", "unresolved_allegation", "conflicting_reports", "information_gap"
]
BackgroundKind = Literal["past_visit", "meeting", "pledge", "agreement", "event"]
FacetState = Literal["complete", "empty", "partial", "failed"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Item(_Part):
    """Anything in a brief that rests on sentences. ``id`` is unique in the brief (``visit-1``)."""

    id: str
    evidence: tuple[Evidence, ...] = ()


class Actor(Item):
    """Somebody who acts, speaks, hosts, accuses or is accused.

    ``name`` as the article writes it in full; for an unnamed official the description in the article.
    ``country``: ISO 3166-1 alpha-2 of the state the actor is, or acts for (*derived*).
    """

    name: str
    kind: ActorKind
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None


class Destination(_Part):
    """A place; ``country`` only where the name is a state's."""

    name: str
    country: str | None = None


class Confirmation(_Part):
    """What somebody of the visitor's or host's side says about one aspect of a visit."""

    aspect: Aspect
    value: ConfirmationValue
    by: str = Field(description="name of the actor who said it")
    evidence: tuple[Evidence, ...] = ()


class PlannedVisit(Item):
    """Travel still to come on the article's day. ``status`` is *derived* from the confirmations."""

    visitors: tuple[str, ...] = Field(description="actor ids")
    destination: Destination
    hosts: tuple[str, ...] = Field(default=(), description="actor ids")
    timing: Timing | None = None
    status: VisitStatus
    confirmations: tuple[Confirmation, ...] = ()
    purpose: str | None = None
    according_to: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()


class Motive(Item):
    """A reason, aim or purpose of ``holder``. ``basis`` (*derived*) says who tells: the holder's side
    (``stated``), somebody else (``attributed``), or the article in its own voice (``article``).
    """

    holder: str = Field(description="actor id")
    text: str
    basis: Basis
    according_to: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = Field(default=(), description="item ids")
    hedges: tuple[str, ...] = ()


class Response(_Part):
    """How one accused party answered, if only ``not_reported``."""

    by: str = Field(description="actor id")
    stance: Stance
    evidence: tuple[Evidence, ...] = ()


class Allegation(Item):
    """``accusers`` say that ``accused`` did something blameworthy. Never a fact of the brief."""

    accusers: tuple[str, ...] = Field(description="actor ids; empty if nobody is named")
    accused: tuple[str, ...] = Field(description="actor ids")
    claim: str
    made: Timing | None = Field(default=None, description="when the accusation was made, not the act")
    responses: tuple[Response, ...] = ()
    status: AllegationStatus = "unresolved"


class Position(Item):
    """The stance that ``holder`` takes: concern, criticism, a demand. It accuses nobody. ``text`` as the article
    words it ("expressed concern over the halt").
    """

    holder: str = Field(description="actor id")
    stance: PositionStance
    text: str
    according_to: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()


class OpenQuestion(Item):
    """What the article leaves open and a later report could settle."""

    question: str
    kind: QuestionKind
    about: tuple[str, ...] = Field(default=(), description="item ids")


class Background(Item):
    """What is past: visits, meetings, pledges."""

    text: str
    kind: BackgroundKind


class SummarySentence(_Part):
    """One sentence, attribution inside it. ``refs`` are the items it rests on."""

    text: str
    refs: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Reason(_Part):
    """A rule that an item broke; ``code`` as in the catalogue of rules."""

    code: str
    message: str


class Withheld(_Part):
    """What the model said and code could not vouch for, with every rule it broke."""

    facet: str
    item: dict[str, object]
    reasons: tuple[Reason, ...]


class Note(_Part):
    """A rule that an item broke without losing its place, or a value that was left out of it."""

    facet: str
    item: str = Field(description="item id")
    code: str
    message: str


class Failure(_Part):
    """Why a facet has no answer: the code and message of the error."""

    code: str
    message: str


class Coverage(_Part):
    """``empty`` (looked for, nothing there) and ``failed`` (not answered) are different facts.

    ``partial``: part of a long article was not answered, or items were withheld. ``uncovered``: sentences
    that look as if they held an item of a facet, and on which no item rests. ``failures`` are of facets, and
    of the second reader (``second_reader``) where it left items unchecked.
    """

    facets: dict[str, FacetState]
    uncovered: tuple[int, ...] = ()
    failures: dict[str, Failure] = Field(default_factory=dict)


class Provenance(_Part):
    """How the brief was made. Token counts are ``None`` where the server did not say.

    ``checked_by``: the second reader, if there was one; its requests and tokens are counted too.
    """

    briefgen: str
    model: str
    answered_by: str | None = None
    checked_by: str | None = None
    prompts: dict[str, str] = Field(description="prompt id to SHA-256")
    created: datetime
    requests: int
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None
    seconds: float
    ai_generated: Literal[True] = True


class SentenceSpan(_Part):
    """Where sentence ``n`` stands in the article's text."""

    n: int
    start: int
    end: int


class ArticleInfo(_Part):
    """The article, without its text. Metadata comes from the caller or the file, never from the model."""

    id: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    sentences: tuple[SentenceSpan, ...] = ()
    flags: tuple[str, ...] = ()


class Brief(BaseModel):
    """Everything the article says under the facets, and what was withheld.

    A facet that is not part of this contract appears under its own name as a list of items.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, list[dict[str, object]]] = Field(init=False)

    schema_version: Literal["1"] = SCHEMA_VERSION
    article: ArticleInfo
    headline: str
    summary: tuple[SummarySentence, ...] = ()
    actors: tuple[Actor, ...] = ()
    planned_visits: tuple[PlannedVisit, ...] = ()
    motives: tuple[Motive, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    positions: tuple[Position, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    background: tuple[Background, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notes: tuple[Note, ...] = ()
    coverage: Coverage
    provenance: Provenance

    def to_json(self, *, indent: int | None = 2) -> str:
        """JSON with stable key order and explicit nulls."""
        return self.model_dump_json(indent=indent) + "\n"

    def actor(self, actor_id: str) -> Actor:
        """Return the actor with this id. Raises ``KeyError``."""
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)
