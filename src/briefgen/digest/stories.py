"""Stories: a day's articles in groups, one for each thing they tell, and which of them leads.

Articles are one story where they are alike on average: by their words (:mod:`briefgen.digest.story_words`), and by
the merged lines that they share. An article in another language shares no words; its actors stand for them.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from briefgen.digest.digest import (
    MergedAllegation,
    MergedMotive,
    MergedPosition,
    MergedVisit,
    Sources,
    Story,
)
from briefgen.digest.story_words import alike_pairs, cosine, terms_in, unit, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefgen.digest.digest import Line
    from briefgen.digest.identity import ActorIndex
    from briefgen.digest.reports import Report
    from briefgen.digest.story_words import Pairs, Vector, Words

NEWS = (MergedVisit, MergedAllegation, MergedPosition)
"""Lines that can lead: what is planned, alleged, and said. Sources of an older event corroborate no news of today."""
ONE_STORY = 0.14
"""Least likeness, on average, of the articles of a story (``benchmarks/stories.py``)."""
_LEAST = 0.1
"""Pairs that are less alike count as not alike at all."""
_MOST_NEIGHBOURS = 60
"""The likest articles of each that count, so that time grows with the articles; a story of several hundred may
come out as two.
"""
_TIES = ((MergedVisit, 0.15), (MergedAllegation, 0.15), (MergedPosition, 0.08), (MergedMotive, 0.05))
"""How much a line makes two articles more alike that share it."""
_STRONGEST_TIE = 0.25
_MOST_TIED = 100
"""A line that more articles share says little of any two of them."""
_ACTORS_FOR_WORDS = 0.5
"""What the actors of an article in another language count beside words."""


def stories_of(reports: Sequence[Report], lines: Sequence[Line], index: ActorIndex) -> tuple[Story, ...]:
    """The stories of the articles that are new, the lead first: most independent sources behind one of its lines,
    then the newest. Articles without news come last. The order of the input decides nothing.
    """
    new = sorted(
        (report for report in reports if report.is_new), key=lambda each: (each.brief.article.id, each.number)
    )
    words = words_of(new)
    pairs = alike_pairs(words, at_least=_LEAST)
    for pair, likeness in (*_alike_by_actors(new, index).items(), *_ties(new, lines).items()):
        pairs[pair] = pairs.get(pair, 0.0) + likeness
    groups = one_story_each(len(new), pairs)
    owned = _owned(lines, [[new[at] for at in group] for group in groups])
    stories = [
        _story([new[at] for at in group], [words[at] for at in group], own)
        for group, own in zip(groups, owned, strict=True)
    ]
    return tuple(story for _, story in sorted(stories, key=lambda each: each[0]))


def one_story_each(count: int, pairs: Pairs, *, at_least: float = ONE_STORY) -> list[list[int]]:
    """Places 0 to ``count`` - 1 in groups: the two that are likest on average become one, until none are ``at_least``
    that much alike.

    Average linkage over the pairs that are alike at all. The libraries that have it compare every two articles
    (scikit-learn, scipy); Louvain and Leiden group as well, but networkx's may move a tie to and fro for ever.
    """
    members = {at: [at] for at in range(count)}
    links: dict[int, dict[int, float]] = {at: {} for at in range(count)}
    nearest: list[tuple[float, int, int]] = []
    for (one, other), likeness in sorted(_likest(pairs).items()):
        links[one][other] = links[other][one] = likeness
        if likeness >= at_least:
            nearest.append((-likeness, one, other))
    heapq.heapify(nearest)
    while nearest:
        _, one, other = heapq.heappop(nearest)
        if one not in members or other not in members:
            continue  # has become part of a larger group
        group, count = count, count + 1
        sums = _without(one, other, links)
        links[group] = sums
        members[group] = members.pop(one) + members.pop(other)
        for neighbour, total in sums.items():
            links[neighbour][group] = total
            mean = total / (len(members[group]) * len(members[neighbour]))
            if mean >= at_least:
                heapq.heappush(nearest, (-mean, neighbour, group))
    return sorted(sorted(each) for each in members.values())


def _without(one: int, other: int, links: dict[int, dict[int, float]]) -> dict[int, float]:
    """Take two groups out of the links; what both had together with each third one."""
    sums: dict[int, float] = {}
    for gone in (one, other):
        for neighbour, total in links.pop(gone).items():
            if neighbour not in {one, other}:
                sums[neighbour] = sums.get(neighbour, 0.0) + total
                del links[neighbour][gone]
    return sums


def _likest(pairs: Pairs) -> Pairs:
    """The pairs of which one is among the likest of the other."""
    neighbours: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), likeness in pairs.items():
        neighbours[one].append((-likeness, other))
        neighbours[other].append((-likeness, one))
    if all(len(each) <= _MOST_NEIGHBOURS for each in neighbours.values()):
        return pairs
    return {
        (min(one, other), max(one, other)): -likeness
        for one, each in neighbours.items()
        for likeness, other in sorted(each)[:_MOST_NEIGHBOURS]
    }


def _alike_by_actors(new: Sequence[Report], index: ActorIndex) -> Pairs:
    """How alike articles of two languages are by their actors."""
    languages = [(report.brief.article.language or "en").lower().partition("-")[0] for report in new]
    if len(set(languages)) < 2:
        return {}
    most = Counter(languages).most_common(1)[0][0]
    vectors = [
        unit({index.of(report, actor.id): 1.0 for actor in report.brief.actors if actor.kind != "media"})
        for report in new
    ]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, vector in enumerate(vectors):
        for actor in vector:
            holders[actor].append(at)
    found: Pairs = {}
    for at, vector in enumerate(vectors):
        if languages[at] == most:
            continue
        near = Counter(other for actor in vector for other in holders[actor][:_MOST_TIED])
        for other, shared in near.items():
            if languages[other] != languages[at] and shared > 1:  # one actor in common is no story
                pair = (min(at, other), max(at, other))
                found[pair] = _ACTORS_FOR_WORDS * cosine(vector, vectors[other])
    return found


def _ties(new: Sequence[Report], lines: Iterable[Line]) -> Pairs:
    """What the lines that two articles share add to their likeness."""
    places = {report.number: at for at, report in enumerate(new)}
    found: Pairs = defaultdict(float)
    for line in lines:
        tie = next((weight for kind, weight in _TIES if isinstance(line, kind)), 0.0)
        at = sorted(places[number] for number in line.articles if number in places)
        if tie and len(at) <= _MOST_TIED:
            for pair in combinations(at, 2):
                found[pair] = min(_STRONGEST_TIE, found[pair] + tie)
    return found


def _owned(lines: Iterable[Line], groups: Sequence[Sequence[Report]]) -> list[list[Line]]:
    """The lines of each group. A line belongs to the group that most of its articles are in, so that a mention in
    passing lends no sources; at a tie to the one with the oldest article.
    """
    group_of = {report.number: at for at, group in enumerate(groups) for report in group}
    oldest = [_oldest(group) for group in groups]
    owned: list[list[Line]] = [[] for _ in groups]
    for line in lines:
        counts = Counter(group_of[number] for number in line.articles if number in group_of)
        if counts:
            at = min(
                counts,
                key=lambda each: (-counts[each], oldest[each].said, oldest[each].brief.article.id),
            )
            owned[at].append(line)
    return owned


def _oldest(group: Sequence[Report]) -> Report:
    return min(group, key=lambda report: (report.said, report.brief.article.id))


def _story(
    group: Sequence[Report], words: Sequence[Words], lines: Sequence[Line]
) -> tuple[tuple[object, ...], Story]:
    """A story behind its place in the order."""
    news = [line for line in lines if isinstance(line, NEWS)]
    days = [report.day for report in group if report.day]
    story = Story(
        id=f"story-{hashlib.sha256(_oldest(group).brief.article.id.encode()).hexdigest()[:8]}",
        title=_title(group, words),
        articles=tuple(sorted(report.number for report in group)),
        items=tuple(sorted(line.id for line in lines)),
        sources=max(
            (line.sources for line in news),
            key=lambda sources: (sources.independent, sources.outlets, sources.names),
            default=_outlets(group),
        ),
        newest=max(days, default=None),
    )
    said = max(report.said for report in group)
    return (not lines, not news, -story.sources.independent, -said.toordinal(), story.id), story


def _outlets(group: Sequence[Report]) -> Sources:
    """Of a story without news: nobody vouches for anything, but there are those who published it."""
    media = sorted({report.brief.article.publisher for report in group if report.brief.article.publisher})
    return Sources(independent=0, outlets=len(media), media=tuple(media))


def _title(group: Sequence[Report], words: Sequence[Words]) -> str:
    """The headline that has most of what the articles have in common, at a tie that of the newest article."""
    centre: Vector = defaultdict(float)
    for each in words:
        for term, weight in each.terms.items():
            centre[term] += weight
    centre = unit(centre)

    def nearness(report: Report) -> tuple[float, int, str]:
        terms = terms_in(report.brief.headline, report.brief.article.language)
        near = cosine(unit(dict.fromkeys(terms, 1.0)), centre)
        return -round(near, 9), -report.said.toordinal(), report.brief.article.id

    return min(group, key=nearness).brief.headline
