"""The bottom line: what an editor must know, in three to five sentences (DOMAIN.md 7.2 and 7.6).

One for each top story, the called-off before all else, the corroborated before what rests on one source. A brief's own
summary sentence stands where it still holds; else a sentence made of the merged item, which a model may word anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.digest.bottom_facts import facts_of
from briefgen.digest.bottom_summaries import Told, told_by_a_brief
from briefgen.digest.bottom_templates import OFF, template_line
from briefgen.digest.bottom_wording import Wording
from briefgen.digest.digest import BottomLine, MergedVisit
from briefgen.digest.likeness import jaccard
from briefgen.digest.pieces import unique
from briefgen.digest.stories import NEWS
from briefgen.digest.words import phrase
from briefgen.grounding import content_stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefgen.digest.digest import Line, Story
    from briefgen.digest.identity import ActorIndex
    from briefgen.digest.reports import Report

    _Chosen = Sequence[tuple[Story, Line]]

__all__ = ["Wording", "bottom_line"]

MOST = 5
FEW = 3
"""Where there are fewer stories, they fill up to this many lines with what else they have."""
_SAME = 0.75


@dataclass(frozen=True)
class _Sources:
    """Everything that a sentence may be made of."""

    lines: Mapping[str, Line]
    reports: Mapping[int, Report]
    index: ActorIndex
    wording: Wording | None


def bottom_line(
    stories: Sequence[Story],
    lines: Sequence[Line],
    reports: Sequence[Report],
    index: ActorIndex,
    *,
    wording: Wording | None = None,
) -> tuple[tuple[BottomLine, ...], str]:
    """The lines, and the sentence that says so where no story has two independent sources (else ""). ``stories`` in
    their order, the lead first.
    """
    sources = _Sources(
        {line.id: line for line in lines}, {report.number: report for report in reports}, index, wording
    )
    found: list[BottomLine] = []
    firsts, others = _chosen(stories, sources.lines)
    for most, chosen in ((MOST, firsts), (FEW, others)):
        for story, line in chosen:
            if len(found) >= most or any(line.id in other.refs for other in found):
                continue
            made = _bottom_line(story, line, sources)
            if made and not any(_say_the_same(made, other, sources.lines) for other in found):
                found.append(made)
    found.sort(key=lambda made: _rank(sources.lines[made.refs[0]]))
    corroborated = any(story.sources.independent > 1 for story in stories)
    count = len({number for story in stories for number in story.articles})
    key = "one" if count == 1 else "none"
    return tuple(found), "" if corroborated or not found else phrase("no_lead", key, count=count)


def _chosen(stories: Sequence[Story], lines: Mapping[str, Line]) -> tuple[_Chosen, _Chosen]:
    """The first news of each story, the called-off and the corroborated before the rest; and what else they have."""
    news = [
        (
            story,
            sorted((lines[each] for each in story.items if isinstance(lines.get(each), NEWS)), key=_order),
        )
        for story in stories
    ]
    firsts = [(story, own[0]) for story, own in news if own]
    others = [(story, line) for story, own in news for line in own[1:]]
    return sorted(firsts, key=lambda each: _rank(each[1])), others


def _rank(line: Line) -> tuple[bool, bool]:
    off = isinstance(line, MergedVisit) and line.status in OFF
    return not off, line.sources.independent < 2


def _order(line: Line) -> tuple[object, ...]:
    """Of lines of one story: called off, corroborated, visits before allegations before positions, much reported."""
    kind = [isinstance(line, each) for each in NEWS].index(True)
    return *_rank(line), kind, -line.sources.independent, -len(line.articles), line.id


def _bottom_line(story: Story, line: Line, sources: _Sources) -> BottomLine | None:
    told = told_by_a_brief(line, sources.lines, sources.reports) or _made(line, sources)
    if told is None:
        return None
    behind = [sources.lines[each] for each in told.refs]
    return BottomLine(
        text=" ".join(told.text.split()),
        refs=told.refs,
        story=story.id,
        articles=tuple(sorted({number for each in behind for number in each.articles})),
        single_source=any(isinstance(each, NEWS) and each.sources.independent < 2 for each in behind),
        worded_by=told.worded_by,
        evidence=unique((*told.evidence, *(cite for each in behind for cite in each.evidence))),
    )


def _made(line: Line, sources: _Sources) -> Told | None:
    context = facts_of(line, sources.reports, sources.index)
    publishers = {
        number: sources.reports[number].brief.article.publisher or f"article {number}"
        for number in line.articles
        if number in sources.reports
    }
    text = template_line(line, context, publishers) if context else None
    if context is None or text is None:
        return None
    worded = None
    facts = facts_of(line, sources.reports, sources.index, opening=text) if sources.wording else None
    if sources.wording and facts:
        worded = sources.wording.word(text, line, facts)
    return Told(worded or text, (line.id,), (), "model" if worded else "template")


def _say_the_same(one: BottomLine, other: BottomLine, lines: Mapping[str, Line]) -> bool:
    """Of two visits nearly every word may be the same, and the place another."""
    first, second = lines[one.refs[0]], lines[other.refs[0]]
    if isinstance(first, MergedVisit) or isinstance(second, MergedVisit):
        return one.text == other.text
    return jaccard(content_stems(one.text), content_stems(other.text)) >= _SAME
