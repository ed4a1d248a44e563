"""One brief as a digest of one article, so that one page serves both.

Nothing is merged and nothing derived: every value is the brief's own, cited under article number 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from briefgen.digest.digest import (
    BottomLine,
    Counts,
    Digest,
    DigestArticle,
    Made,
    MergedActor,
    MergedAllegation,
    MergedBackground,
    MergedConfirmation,
    MergedMotive,
    MergedPosition,
    MergedQuestion,
    MergedResponse,
    MergedVisit,
    Sources,
)
from briefgen.digest.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from briefgen.brief import Brief, Item, Position
    from briefgen.digest.digest import Cited

NUMBER = 1
"""The number of the one article."""

_UNCOUNTED = Sources(independent=0, outlets=0)  # a brief counts no sources, and its page shows none


class _LineFields(TypedDict):
    id: str
    articles: tuple[int, ...]
    sources: Sources
    evidence: tuple[Cited, ...]
    members: tuple[str, ...]
    first_seen: date
    last_seen: date
    last_changed: date


def as_digest(brief: Brief, text: str | None = None) -> Digest:
    """The brief as the digest of its article alone. ``text``: the article's, where the caller has it.

    The days of the digest are those of publication, or where nobody knows them that on which the brief was
    made; a page of one article shows neither.
    """
    day = brief.article.published or brief.provenance.created.date()
    report = Report(number=NUMBER, brief=brief, arrived=day, text=text)
    partly = bool(brief.withheld)
    return Digest(
        first=day,
        last=day,
        counts=Counts(
            articles=1,
            ok=int(not partly),
            partly_withheld=int(partly),
            failed=0,
            duplicates=0,
            withheld_items=len(brief.withheld),
        ),
        bottom_line=tuple(_summary(report)),
        planned_visits=tuple(_visits(report)),
        allegations=tuple(_allegations(report)),
        motives=tuple(_motives(report)),
        positions=tuple(_positions(report)),
        open_questions=tuple(
            MergedQuestion(**_line(report, item), question=item.question, kind=item.kind, about=item.about)
            for item in brief.open_questions
        ),
        background=tuple(
            MergedBackground(**_line(report, item), text=item.text, kind=item.kind)
            for item in brief.background
        ),
        actors=tuple(_actors(report)),
        articles=(_article(report),),
        made=Made(briefgen=brief.provenance.briefgen, models=(brief.provenance.model,)),
    )


def _line(report: Report, item: Item) -> _LineFields:
    return {
        "id": item.id,
        "articles": (NUMBER,),
        "sources": _UNCOUNTED,
        "evidence": report.cite(item.evidence),
        "members": (report.member(item.id),),
        "first_seen": report.said,
        "last_seen": report.said,
        "last_changed": report.said,
    }


def _summary(report: Report) -> Iterator[BottomLine]:
    for sentence in report.brief.summary:
        yield BottomLine(
            text=sentence.text,
            refs=sentence.refs,
            story="",
            articles=(NUMBER,),
            single_source=False,
            worded_by="brief",
            evidence=report.cite(sentence.evidence),
        )


def _visits(report: Report) -> Iterator[MergedVisit]:
    for visit in report.brief.planned_visits:
        said = (
            MergedConfirmation(
                aspect=entry.aspect,
                value=entry.value,
                by=entry.by,
                articles=(NUMBER,),
                evidence=report.cite(entry.evidence),
            )
            for entry in visit.confirmations
        )
        yield MergedVisit(
            **_line(report, visit),
            visitors=visit.visitors,
            destination=visit.destination,
            hosts=visit.hosts,
            timing=visit.timing,
            status=visit.status,
            confirmations=tuple(said),
            purposes=(visit.purpose,) if visit.purpose else (),
            according_to=visit.according_to,
            hedges=visit.hedges,
        )


def _allegations(report: Report) -> Iterator[MergedAllegation]:
    for item in report.brief.allegations:
        answers = (
            MergedResponse(
                by=answer.by, stance=answer.stance, articles=(NUMBER,), evidence=report.cite(answer.evidence)
            )
            for answer in item.responses
        )
        yield MergedAllegation(
            **_line(report, item),
            accusers=item.accusers,
            accused=item.accused,
            claim=item.claim,
            made=item.made,
            responses=tuple(answers),
            status=item.status,
        )


def _motives(report: Report) -> Iterator[MergedMotive]:
    for item in report.brief.motives:
        yield MergedMotive(
            **_line(report, item),
            holder=item.holder,
            text=item.text,
            basis=item.basis,
            according_to=item.according_to,
            applies_to=item.applies_to,
            hedges=item.hedges,
        )


def _positions(report: Report) -> Iterator[MergedPosition]:
    """One line for each stance; those who take it together stand together."""
    together: dict[object, list[Position]] = {}
    for item in report.brief.positions:
        together.setdefault((item.stance, item.text, item.evidence), []).append(item)
    for same in together.values():
        first = same[0]
        yield MergedPosition(
            **_line(report, first),
            holders=tuple(item.holder for item in same),
            stance=first.stance,
            text=first.text,
            according_to=first.according_to,
            hedges=first.hedges,
        )


def _actors(report: Report) -> Iterator[MergedActor]:
    brief = report.brief
    naming: dict[str, list[str]] = {}
    for item_id, actors in _named(brief):
        for actor_id in actors:
            naming.setdefault(actor_id, []).append(item_id)
    for actor in brief.actors:
        yield MergedActor(
            id=actor.id,
            name=actor.name,
            kind=actor.kind,
            role=actor.role,
            affiliation=actor.affiliation,
            names=(actor.name, *(name for name in actor.aliases if name != actor.name)),
            country=actor.country,
            articles=(NUMBER,),
            items=tuple(dict.fromkeys(naming.get(actor.id, ()))),
            evidence=report.cite(actor.evidence),
        )


def _named(brief: Brief) -> Iterator[tuple[str, Iterable[str]]]:
    for visit in brief.planned_visits:
        yield visit.id, (*visit.visitors, *visit.hosts)
    for claim in brief.allegations:
        yield claim.id, (*claim.accusers, *claim.accused, *(answer.by for answer in claim.responses))
    for motive in brief.motives:
        yield motive.id, (motive.holder,)
    for position in brief.positions:
        yield position.id, (position.holder,)


def _article(report: Report) -> DigestArticle:
    info = report.brief.article
    return DigestArticle(
        number=NUMBER,
        id=info.id,
        title=info.title,
        publisher=info.publisher,
        published=info.published,
        url=info.url,
        language=info.language,
        state="partly_withheld" if report.brief.withheld else "ok",
        place="new" if info.published else "undated",
        withheld=report.brief.withheld,
        text=report.text,
        sentences=info.sentences,
    )
