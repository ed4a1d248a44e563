"""What a bottom line may say: the sentences that a merged line quotes, as an article, with whom and what it names.

So the rules of a summary (:mod:`briefgen.facets.summary`) judge a line of the digest as they judge a brief's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.article import Article
from briefgen.brief import Allegation, Confirmation, PlannedVisit, Response
from briefgen.cast import Member
from briefgen.digest.digest import MergedAllegation, MergedVisit
from briefgen.errors import InputError
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefgen.brief import Item
    from briefgen.digest.digest import Cited, Line
    from briefgen.digest.identity import ActorIndex
    from briefgen.digest.reports import Report

_MOST_SENTENCES = 8
_MOST_CASTS = 4
"""Articles whose actors may be named, the newest first."""


def facts_of(
    line: Line, reports: Mapping[int, Report], index: ActorIndex, *, opening: str = ""
) -> Context | None:
    """The context of one line; ``None`` where nothing readable is quoted. ``opening``: a sentence of ours on the line
    that may be retold as well.
    """
    quotes = list(dict.fromkeys(cite.quote for cite in _cited(line)))[:_MOST_SENTENCES]
    try:
        article = Article.from_text("\n\n".join([opening, *quotes] if opening else quotes))
    except InputError:
        return None
    context = Context.of(article)
    context.cast.members.extend(_members(line, reports, index))
    item = _item(line, article)
    if isinstance(item, PlannedVisit):
        context.items["planned_visits"] = [item]
    elif isinstance(item, Allegation):
        context.items["allegations"] = [item]
    return context


def _cited(line: Line) -> Iterator[Cited]:
    """The evidence of a line, what is said of it by its parties first."""
    if isinstance(line, MergedVisit):
        for confirmation in line.confirmations:
            yield from confirmation.evidence if confirmation.current else ()
    yield from line.evidence
    if isinstance(line, MergedAllegation):
        for response in line.responses:
            yield from response.evidence if response.current else ()


def _members(line: Line, reports: Mapping[int, Report], index: ActorIndex) -> Iterator[Member]:
    """Actors of the articles behind the line, by their ids and names in the digest."""
    named = [
        each
        for field in ("visitors", "hosts", "accusers", "accused", "holders")
        for each in getattr(line, field, ())
    ]
    behind = sorted(
        (reports[number] for number in line.articles if number in reports),
        key=lambda report: (-report.said.toordinal(), report.brief.article.id),
    )
    others = [index.of(report, actor.id) for report in behind[:_MOST_CASTS] for actor in report.brief.actors]
    for merged in dict.fromkeys((*named, *others)):
        try:
            actor = index.get(merged)
        except KeyError:
            continue
        names = tuple(dict.fromkeys((actor.name, *actor.names)))
        yield Member(merged, actor.name, actor.kind, names, actor.role, actor.country)


def _item(line: Line, article: Article) -> Item | None:
    """The merged line as an item of that article. A disputed visit is no surer than a reported one."""
    evidence = tuple(whole_sentence(article, sentence.n) for sentence in article.sentences)
    if isinstance(line, MergedVisit):
        return PlannedVisit(
            id=line.id,
            visitors=line.visitors,
            destination=line.destination,
            hosts=line.hosts,
            timing=line.timing,
            status="reported" if line.status == "disputed" else line.status,
            confirmations=tuple(
                Confirmation(aspect=each.aspect, value=each.value, by=each.by, evidence=evidence)
                for each in line.confirmations
                if each.current
            ),
            according_to=line.according_to,
            hedges=line.hedges,
            evidence=evidence,
        )
    if isinstance(line, MergedAllegation):
        responses = [
            Response(by=each.by, stance=each.stance, evidence=evidence)
            for each in line.responses
            if each.current
        ]
        return Allegation(
            id=line.id,
            accusers=line.accusers,
            accused=line.accused,
            claim=line.claim,
            responses=tuple(responses),
            status=line.status,
            evidence=evidence,
        )
    return None
