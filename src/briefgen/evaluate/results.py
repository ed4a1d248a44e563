"""What an evaluation says, as plain data: per article, every item and its verdict, and the sums."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from briefgen.evaluate.entries import Facet

Outcome = Literal["hit", "missed", "false_alarm", "optional", "optional_missed"]
"""``optional``: an item that the gold lists as optional; it counts neither way, found or not."""

ScoredField = Literal["status", "dates", "basis", "holder", "stance"]
FIELDS: tuple[ScoredField, ...] = ("status", "dates", "basis", "holder", "stance")

CriticalKind = Literal[
    "past_visit_as_planned",
    "status_too_strong",
    "parties_swapped",
    "party_is_neither",
    "response_not_there",
    "motive_not_stated",
    "not_in_article",
    "no_allegation",
]


class Data(BaseModel):
    model_config = ConfigDict(frozen=True)


class Share(Data):
    """``right`` of ``of``; the value is ``None`` where there was nothing to be right about."""

    right: int = 0
    of: int = 0

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to write it
    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(right=self.right + other.right, of=self.of + other.of)


class Tally(Data):
    """Items found, missed and made up; precision, recall and F1 are ``None`` where there is none to count."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to write it
    @property
    def precision(self) -> float | None:
        return Share(right=self.hits, of=self.hits + self.false_alarms).value

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to write it
    @property
    def recall(self) -> float | None:
        return Share(right=self.hits, of=self.hits + self.misses).value

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to write it
    @property
    def f1(self) -> float | None:
        return Share(right=2 * self.hits, of=2 * self.hits + self.misses + self.false_alarms).value

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            hits=self.hits + other.hits,
            misses=self.misses + other.misses,
            false_alarms=self.false_alarms + other.false_alarms,
        )


class Check(Data):
    """One field of a matched pair: what the gold says, and what the brief says."""

    field: ScoredField
    of: str = Field(default="", description="whose field, where an item has several: the accused")
    expected: str
    found: str
    right: bool


class Verdict(Data):
    """One item of gold or brief, or a pair of both. ``cited`` and ``quoted`` are sentence numbers: those the
    brief cites, and those that hold a quotation of the gold.
    """

    facet: Facet
    outcome: Outcome
    gold: str | None = None
    gold_ref: str | None = None
    item: str | None = None
    item_ref: str | None = None
    cited: tuple[int, ...] = ()
    quoted: tuple[int, ...] = ()
    checks: tuple[Check, ...] = ()


class WithheldVerdict(Data):
    """What a brief withheld. ``right``: the gold has no item, otherwise unmatched, that it would have been;
    else ``gold`` is that item.
    """

    facet: Facet
    item: str
    item_ref: str
    codes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    cited: tuple[int, ...] = ()
    right: bool
    gold: str | None = None
    gold_ref: str | None = None


class CriticalError(Data):
    """An error that is never averaged away. ``detail`` says what the gold, or the article, has instead."""

    article: str
    kind: CriticalKind
    facet: str
    item: str
    item_ref: str
    detail: str
    sentences: tuple[int, ...] = ()
    quoted: tuple[str, ...] = Field(default=(), description="text of the sentences cited")


class Cost(Data):
    """Sums over briefs. Tokens are ``None`` where no server said."""

    requests: int = 0
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    seconds: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            requests=self.requests + other.requests,
            input_tokens=_sum(self.input_tokens, other.input_tokens),
            cached_tokens=_sum(self.cached_tokens, other.cached_tokens),
            output_tokens=_sum(self.output_tokens, other.output_tokens),
            seconds=self.seconds + other.seconds,
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


class Failed(Data):
    """Why there is no brief of an article; everything that its gold requires is missed."""

    code: str
    message: str


class FacetScore(Data):
    """``evidence``: cited sentences of hits that hold a quotation of the gold item. ``withheld``: of all
    that the model said. ``rightly``: of what was withheld.
    """

    tally: Tally = Tally()
    evidence: Share = Share()
    withheld: Share = Share()
    rightly: Share = Share()

    def __add__(self, other: FacetScore) -> FacetScore:
        return FacetScore(
            tally=self.tally + other.tally,
            evidence=self.evidence + other.evidence,
            withheld=self.withheld + other.withheld,
            rightly=self.rightly + other.rightly,
        )


class Scores(Data):
    """Counts of one article, or their sums over many (micro-averages)."""

    facets: dict[Facet, FacetScore]
    overall: FacetScore
    fields: dict[ScoredField, Share]
    cost: Cost


class ArticleScore(Data):
    """One article: verdicts on every item, and their counts."""

    id: str
    title: str | None = None
    gold: str = Field(description="fingerprint of text and gold")
    scores: Scores
    verdicts: tuple[Verdict, ...] = ()
    withheld: tuple[WithheldVerdict, ...] = ()
    critical: tuple[CriticalError, ...] = ()
    failed: Failed | None = None
    unanswered: tuple[str, ...] = Field(default=(), description="facets that the model did not answer")
    remarks: tuple[str, ...] = ()


class Evaluation(Data):
    """Scores of one set of briefs against one set of gold."""

    schema_version: Literal["1"] = "1"
    briefgen: str
    models: tuple[str, ...]
    prompts: dict[str, str] = Field(default_factory=dict, description="prompt id to SHA-256")
    articles: tuple[ArticleScore, ...]
    totals: Scores
    gold_errors: tuple[str, ...] = ()

    @property
    def critical(self) -> tuple[CriticalError, ...]:
        return tuple(error for article in self.articles for error in article.critical)

    @property
    def failures(self) -> tuple[ArticleScore, ...]:
        return tuple(article for article in self.articles if article.failed)
