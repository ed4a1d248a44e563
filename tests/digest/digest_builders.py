"""Small briefs by hand, for tests of the digest: one constructor for each kind of item, and :func:`report`.

Days are ISO strings. Every item is the first of its kind ("visit-1") unless `id` says otherwise. Evidence
is :func:`line` unless a test gives some; with a text, :func:`quote` finds a passage in it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from briefgen.article import Article
from briefgen.brief import (
    Actor,
    Allegation,
    ArticleInfo,
    Background,
    Brief,
    Confirmation,
    Coverage,
    Destination,
    Motive,
    OpenQuestion,
    PlannedVisit,
    Position,
    Provenance,
    Response,
    SentenceSpan,
    SummarySentence,
)
from briefgen.digest.reports import Report
from briefgen.evidence import Evidence
from briefgen.timing import Timing, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import (
        ActorKind,
        AllegationStatus,
        Aspect,
        BackgroundKind,
        Basis,
        ConfirmationValue,
        PositionStance,
        QuestionKind,
        Stance,
        VisitStatus,
        Withheld,
    )
    from briefgen.digest.digest import ArticlePlace

Day = str | date | None
DAY = "2024-06-10"
"""Day of the digest where a test does not care."""


def day(value: Day) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def line(sentence: int = 1, text: str | None = None) -> Evidence:
    """Evidence of that sentence; of no article in particular, sentences of 100 characters each."""
    said = text or f"What sentence {sentence} says."
    start = 100 * (sentence - 1)
    return Evidence(sentence=sentence, quote=said, start=start, end=start + len(said))


def quote(text: str, passage: str) -> Evidence:
    """Evidence that quotes ``passage`` of ``text``, with the number of its sentence."""
    article = Article.from_text(text)
    start = article.text.index(passage)
    sentence = next(each.n for each in article.sentences if each.start <= start < each.end)
    return Evidence(sentence=sentence, quote=passage, start=start, end=start + len(passage))


def timing(phrase: str, published: Day = DAY) -> Timing:
    """The phrase as an article of that day has it."""
    return resolve(phrase, day(published))


def actor(
    actor_id: str,
    name: str,
    kind: ActorKind = "person",
    *,
    country: str | None = None,
    role: str | None = None,
    affiliation: str | None = None,
    aliases: Sequence[str] = (),
    evidence: Sequence[Evidence] | None = None,
) -> Actor:
    return Actor(
        id=actor_id,
        name=name,
        kind=kind,
        country=country,
        role=role,
        affiliation=affiliation,
        aliases=tuple(aliases),
        evidence=_evidence(evidence),
    )


def person(actor_id: str, name: str, country: str | None = None, *, role: str | None = None) -> Actor:
    return actor(actor_id, name, "person", country=country, role=role)


def government(actor_id: str, name: str, country: str | None = None) -> Actor:
    return actor(actor_id, name, "government", country=country)


def organisation(actor_id: str, name: str, country: str | None = None) -> Actor:
    return actor(actor_id, name, "organisation", country=country)


def medium(actor_id: str, name: str) -> Actor:
    return actor(actor_id, name, "media")


def place(name: str, country: str | None = None) -> Destination:
    return Destination(name=name, country=country)


def confirmation(
    by: str,
    aspect: Aspect = "occurrence",
    value: ConfirmationValue = "confirmed",
    *,
    evidence: Sequence[Evidence] | None = None,
) -> Confirmation:
    return Confirmation(by=by, aspect=aspect, value=value, evidence=_evidence(evidence))


def visit(
    visitors: Sequence[str],
    destination: Destination,
    *,
    id: str = "visit-1",  # noqa: A002  what the field is called
    hosts: Sequence[str] = (),
    when: Timing | None = None,
    status: VisitStatus = "reported",
    confirmations: Sequence[Confirmation] = (),
    purpose: str | None = None,
    according_to: Sequence[str] = (),
    hedges: Sequence[str] = (),
    evidence: Sequence[Evidence] | None = None,
) -> PlannedVisit:
    return PlannedVisit(
        id=id,
        visitors=tuple(visitors),
        destination=destination,
        hosts=tuple(hosts),
        timing=when,
        status=status,
        confirmations=tuple(confirmations),
        purpose=purpose,
        according_to=tuple(according_to),
        hedges=tuple(hedges),
        evidence=_evidence(evidence),
    )


def motive(
    holder: str,
    text: str,
    basis: Basis = "stated",
    *,
    id: str = "motive-1",  # noqa: A002  what the field is called
    according_to: Sequence[str] = (),
    applies_to: Sequence[str] = (),
    hedges: Sequence[str] = (),
    evidence: Sequence[Evidence] | None = None,
) -> Motive:
    return Motive(
        id=id,
        holder=holder,
        text=text,
        basis=basis,
        according_to=tuple(according_to),
        applies_to=tuple(applies_to),
        hedges=tuple(hedges),
        evidence=_evidence(evidence),
    )


def response(by: str, stance: Stance, *, evidence: Sequence[Evidence] | None = None) -> Response:
    """``not_reported`` has no evidence: there is no sentence that says nothing."""
    return Response(by=by, stance=stance, evidence=() if stance == "not_reported" else _evidence(evidence))


def allegation(
    accusers: Sequence[str],
    accused: Sequence[str],
    claim: str,
    *,
    id: str = "allegation-1",  # noqa: A002  what the field is called
    made: Timing | None = None,
    responses: Sequence[Response] | None = None,
    status: AllegationStatus = "unresolved",
    evidence: Sequence[Evidence] | None = None,
) -> Allegation:
    """``responses``: unless given, ``not_reported`` of every accused."""
    silent = [response(each, "not_reported") for each in accused]
    return Allegation(
        id=id,
        accusers=tuple(accusers),
        accused=tuple(accused),
        claim=claim,
        made=made,
        responses=tuple(silent if responses is None else responses),
        status=status,
        evidence=_evidence(evidence),
    )


def position(
    holder: str,
    text: str,
    stance: PositionStance = "concern",
    *,
    id: str = "position-1",  # noqa: A002  what the field is called
    according_to: Sequence[str] = (),
    hedges: Sequence[str] = (),
    evidence: Sequence[Evidence] | None = None,
) -> Position:
    return Position(
        id=id,
        holder=holder,
        stance=stance,
        text=text,
        according_to=tuple(according_to),
        hedges=tuple(hedges),
        evidence=_evidence(evidence),
    )


def question(
    text: str,
    kind: QuestionKind = "unconfirmed",
    about: Sequence[str] = ("visit-1",),
    *,
    id: str = "question-1",  # noqa: A002  what the field is called
    evidence: Sequence[Evidence] | None = None,
) -> OpenQuestion:
    return OpenQuestion(id=id, question=text, kind=kind, about=tuple(about), evidence=_evidence(evidence))


def background(
    text: str,
    kind: BackgroundKind = "past_visit",
    *,
    id: str = "background-1",  # noqa: A002  what the field is called
    evidence: Sequence[Evidence] | None = None,
) -> Background:
    return Background(id=id, text=text, kind=kind, evidence=_evidence(evidence))


def summary_line(
    text: str, refs: Sequence[str] = (), *, evidence: Sequence[Evidence] | None = None
) -> SummarySentence:
    return SummarySentence(text=text, refs=tuple(refs), evidence=_evidence(evidence))


def report(
    number: int,
    *,
    published: Day = DAY,
    actors: Sequence[Actor] = (),
    planned_visits: Sequence[PlannedVisit] = (),
    motives: Sequence[Motive] = (),
    allegations: Sequence[Allegation] = (),
    positions: Sequence[Position] = (),
    open_questions: Sequence[OpenQuestion] = (),
    background: Sequence[Background] = (),
    summary: Sequence[SummarySentence] = (),
    withheld: Sequence[Withheld] = (),
    headline: str = "",
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    text: str | None = None,
    arrived: Day = None,
    place: ArticlePlace = "new",
    printed_by: Sequence[str] = (),
    is_new: bool = True,
) -> Report:
    """Article ``number`` and its brief. Its id comes from the text, else from the number; it arrives on the day of
    its publication (``DAY`` if it has none).
    """
    article = None if text is None else Article.from_text(text)
    spans = () if article is None else article.sentences
    facets = {
        "actors": actors,
        "planned_visits": planned_visits,
        "motives": motives,
        "allegations": allegations,
        "positions": positions,
        "open_questions": open_questions,
        "background": background,
    }
    brief = Brief(
        article=ArticleInfo(
            id=hashlib.sha256(f"article {number}".encode()).hexdigest() if article is None else article.id,
            title=title,
            publisher=publisher,
            url=url,
            published=day(published),
            language=language,
            sentences=tuple(SentenceSpan(n=each.n, start=each.start, end=each.end) for each in spans),
        ),
        headline=headline or title or f"Article {number}",
        summary=tuple(summary),
        actors=tuple(actors),
        planned_visits=tuple(planned_visits),
        motives=tuple(motives),
        allegations=tuple(allegations),
        positions=tuple(positions),
        open_questions=tuple(open_questions),
        background=tuple(background),
        withheld=tuple(withheld),
        coverage=Coverage(
            facets={name: "complete" if items else "empty" for name, items in facets.items()},
        ),
        provenance=Provenance(
            briefgen="0.1.0",
            model="scripted:tests",
            prompts={},
            created=datetime(2024, 6, 10, 6, tzinfo=UTC),
            requests=0,
            seconds=0.0,
        ),
    )
    arrival = day(arrived) or day(published) or date.fromisoformat(DAY)
    return Report(
        number=number,
        brief=brief,
        arrived=arrival,
        place=place,
        text=None if article is None else article.text,
        label=f"article-{number}",
        printed_by=tuple(printed_by),
        is_new=is_new,
    )


def _evidence(given: Sequence[Evidence] | None) -> tuple[Evidence, ...]:
    return (line(),) if given is None else tuple(given)
