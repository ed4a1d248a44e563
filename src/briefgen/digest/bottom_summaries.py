"""A brief's own summary sentence as a bottom line: where it tells the merged line and still holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.accusations import accusations_in
from briefgen.answers import stance_in
from briefgen.attribution import sources_in
from briefgen.brief import Allegation, PlannedVisit
from briefgen.digest.bottom_templates import is_vague
from briefgen.digest.digest import MergedAllegation, MergedVisit
from briefgen.faithfulness import dangles
from briefgen.grounding import content_stems
from briefgen.visits import destination_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.brief import Item, SummarySentence
    from briefgen.digest.digest import Cited, Line, WordedBy
    from briefgen.digest.reports import Report

_LONGEST = 320
"""Characters of a line that can be read at a glance."""


@dataclass(frozen=True)
class Told:
    """A sentence on merged lines; the first of ``refs`` is the one it was looked for."""

    text: str
    refs: tuple[str, ...]
    evidence: tuple[Cited, ...]
    worded_by: WordedBy


def told_by_a_brief(line: Line, lines: Mapping[str, Line], reports: Mapping[int, Report]) -> Told | None:
    """The sentence of the new article with the best source: most named sources, then the newest. "On Tuesday" in an
    older one is another Tuesday.
    """
    line_of = {member: each.id for each in lines.values() for member in each.members}
    found = []
    for number in line.articles:
        report = reports.get(number)
        if (
            report is None
            or not report.is_new
            or (report.brief.article.language or "en").partition("-")[0] != "en"
        ):
            continue
        for sentence in report.brief.summary:
            told = [line_of.get(report.member(ref), "") for ref in sentence.refs]
            items = [item for ref in sentence.refs if (item := _item(report, ref))]
            if line.id not in told or "" in told or not _can_stand(sentence, line):
                continue
            if len(items) == len(told) and all(
                _holds(lines[each], item, sentence, report) for each, item in zip(told, items, strict=True)
            ):
                refs = tuple(dict.fromkeys((line.id, *told)))
                found.append(
                    (
                        _best_first(report, items),
                        Told(sentence.text, refs, report.cite(sentence.evidence), "brief"),
                    )
                )
    return min(found, key=lambda each: (each[0], each[1].text))[1] if found else None


def _item(report: Report, item_id: str) -> Item | None:
    brief = report.brief
    listed = (*brief.planned_visits, *brief.allegations, *brief.positions, *brief.motives, *brief.background)
    return next((item for item in listed if item.id == item_id), None)


def _best_first(report: Report, items: list[Item]) -> tuple[int, int, int, str]:
    sources = {name for item in items for name in getattr(item, "according_to", ())}
    sources |= {each.by for item in items if isinstance(item, PlannedVisit) for each in item.confirmations}
    return -len(items), -len(sources), -report.said.toordinal(), report.brief.article.id


def _can_stand(sentence: SummarySentence, line: Line) -> bool:
    """Away from its brief: short, whole, with who says so, and with the place or the claim that it is about."""
    text = sentence.text
    sources = sources_in(text)
    attributed = sources or accusations_in(text) or stance_in(text)
    if any(is_vague(source.name) or text.count(source.name) > 1 for source in sources):
        return False  # "Another source said", "Bo Lind is to visit Velia, according to Bo Lind"
    if not attributed or dangles(text) or len(text) > _LONGEST:
        return False
    if isinstance(line, MergedVisit):
        return bool(destination_spans(text, line.destination.name))
    if isinstance(line, MergedAllegation):
        claim = content_stems(line.claim)
        return len(claim & content_stems(text)) * 2 >= len(claim)
    return True


def _holds(line: Line, item: Item, sentence: SummarySentence, report: Report) -> bool:
    """Whether what the brief's item says is what all articles together say."""
    if isinstance(line, MergedVisit) and isinstance(item, PlannedVisit):
        holds = not line.took_place and line.status == item.status
        return holds and _names_visitor(item, sentence, report) and _same_visit(line, item, sentence, report)
    if isinstance(line, MergedAllegation) and isinstance(item, Allegation):
        answered = {(each.by, each.stance) for each in line.responses if each.current}
        own = {each.stance for each in item.responses}
        return line.status == item.status and all(stance in own for _, stance in answered)
    return True


def _names_visitor(item: PlannedVisit, sentence: SummarySentence, report: Report) -> bool:
    visitors = [actor for actor in report.brief.actors if actor.id in item.visitors]
    names = {name.split()[-1] for actor in visitors for name in (actor.name, *actor.aliases) if name.strip()}
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence.text) for name in names)


def _same_visit(line: MergedVisit, item: PlannedVisit, sentence: SummarySentence, report: Report) -> bool:
    number = report.number
    taken_back = [each.articles for each in line.confirmations if not each.current]
    taken_back += [each.articles for each in line.timings if not each.current]
    if any(number in articles for articles in taken_back):
        return False
    said, stands = item.timing, line.timing
    told = said is not None and said.text.lower() in sentence.text.lower()
    if stands and stands.granularity == "day" and stands.earliest and not told:
        return False  # the day is known, and is news
    same = (
        said is not None
        and stands is not None
        and (said.earliest, said.latest) == (stands.earliest, stands.latest)
    )
    return not told or same
