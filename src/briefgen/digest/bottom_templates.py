"""Sentences of the bottom line made of merged items: status, sources and hedges as they are, attribution inside."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from babel.dates import format_date

from briefgen.brief import Allegation
from briefgen.digest.digest import MergedAllegation, MergedPosition, MergedVisit
from briefgen.facets.wording import allegation_line, dated, row, with_article
from briefgen.geography import seat_of
from briefgen.grounding import content_stems, fold, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefgen.digest.digest import Line, MergedConfirmation
    from briefgen.facets.base import Context
    from briefgen.timing import Timing

_MOST_NAMES = 2
_SAID = ("confirmed", "not_confirmed")
OFF = ("cancelled", "postponed", "denied")


def template_line(line: Line, context: Context, publishers: Mapping[int, str]) -> str | None:
    """One sentence on a visit, an allegation or a position; ``None`` for other lines. ``publishers``: what each
    article is called.
    """
    if isinstance(line, MergedVisit):
        said = _took_place(line, context, publishers) if line.took_place else _visit(line, context)
    elif isinstance(line, MergedAllegation):
        said = _allegation(line, context)
    elif isinstance(line, MergedPosition):
        if not any(
            word[:1].isupper() for each in context.members(line.holders) for word in each.name.split()
        ):
            return None  # "the leaders": nobody knows whose
        said = _position(line, context)
    else:
        return None
    said = " ".join(said.split()).rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."


def _took_place(line: MergedVisit, context: Context, publishers: Mapping[int, str]) -> str:
    told = dict.fromkeys(publishers[cite.article] for cite in line.took_place if cite.article in publishers)
    media = row([_medium(name, context) for name in list(told)[:_MOST_NAMES]])
    return _say(
        "source", "according", said=_say("visit", "took_place", **_names(line, context)), source=media
    )


def _names(line: MergedVisit, context: Context) -> dict[str, str]:
    return {
        "who": _actors(line.visitors, context) or _say("visit", "unnamed"),
        "where": line.destination.name,
        "when": _when(line.timing) if line.timing else "",
    }


def _when(timing: Timing) -> str:
    """ "on Tuesday (18 June)": a phrase that leans on its article's day is followed by the days meant."""
    said = f" {dated(timing)}"
    first, last = timing.earliest, timing.latest
    if (
        timing.granularity != "day"
        or timing.bound
        or any(map(str.isdigit, timing.text))
        or not (first and last)
    ):
        return said
    day = format_date(last, "d MMMM", locale="en")
    if first == last:
        return f"{said} ({day})"
    start = str(first.day) if first.month == last.month else format_date(first, "d MMMM", locale="en")
    return f"{said} ({_say('visit', 'days', first=start, last=day)})"


def _visit(line: MergedVisit, context: Context) -> str:
    names = _names(line, context)
    current = [each for each in line.confirmations if each.current]
    occurrence = [each for each in current if each.aspect == "occurrence"]
    if line.status == "disputed":
        return _say("visit", "disputed", sides=_sides(occurrence, context), **names)
    if line.status in OFF:
        by = _speakers((each for each in current if each.value == line.status), context)
        said = _say("visit", line.status, **names)
        return _say("source", "according", said=said, source=by) if by else _reported(line, said, context)
    confirming = [each for each in occurrence if each.value == "confirmed"]
    by = _speakers(confirming, context)
    if line.status == "confirmed" and by:
        told = next((each for each in line.timings if each.current), None)
        where = {number for each in confirming for number in each.articles}
        if told is None or where.isdisjoint(told.articles):
            names["when"] = ""  # who confirms need not have said what others say of the time
        return _say("visit", "confirmed_self" if by == names["who"] else "confirmed", by=by, **names)
    said = _say("visit", "possible" if line.status == "possible" else "planned", **names)
    return _reported(line, said + _hedges(line), context) + _aspects(current, context)


def _reported(line: MergedVisit, said: str, context: Context) -> str:
    """ "Vedomosti, citing a diplomatic source, reports that …". Who only confirms something else is not cited."""
    media = [_medium(name, context) for name in line.sources.media[:_MOST_NAMES]]
    names = _cited(line, context)
    many = len(line.sources.media) > 1
    if names and media:
        cited = row([with_article(name, context) for name in names])
        source = _say("source", "cited", media=row(media), names=cited)
        return _say("source", "report_many" if many else "report_one", source=source, said=said)
    if media:
        return _say("source", "reports_many" if many else "reports", source=row(media), said=said)
    sources = row([with_article(name, context) for name in names])
    return _say("source", "according", said=said, source=sources or _say("visit", "unnamed"))


def _cited(line: MergedVisit, context: Context) -> list[str]:
    """Whom the reports have it from, each once, no media."""
    media = {name for member in context.cast.members if member.kind == "media" for name in member.names}
    listed = {fold_name(name) for name in (*media, *line.sources.media)}
    kept: list[str] = []
    for name in sorted(line.according_to, key=len, reverse=True):
        stems = content_stems(name)
        told = any(stems <= content_stems(other) for other in kept)
        if fold_name(name) not in listed and not told and not is_vague(name):
            kept.append(name)
    return [name for name in line.according_to if name in kept][:_MOST_NAMES]


def is_vague(source: str) -> bool:
    """Whether the name leans on a sentence that is not there: "another source"."""
    return fold(source.split(maxsplit=1)[0]) in _say("source", "vague").split("|")


def _medium(name: str, context: Context) -> str:
    if seat_of(name):  # a government that publishes: "the White House"
        return f"the {name.removeprefix('the ').removeprefix('The ')}"
    return name if name.startswith("article ") else with_article(name, context)


def _hedges(line: MergedVisit) -> str:
    """The hedges that the template's own words do not carry."""
    covered = {*_say("hedges", "covered").split("|"), *(("may",) if line.status == "possible" else ())}
    left = [hedge for hedge in line.hedges if hedge.lower() not in covered]
    return _say("source", "hedged", hedges="”, “".join(left[:_MOST_NAMES])) if left else ""


def _aspects(confirmations: Iterable[MergedConfirmation], context: Context) -> str:
    """ "; the ambassador has confirmed that it is being prepared"."""
    told = [
        _say("aspect", each.value, by=_by(each.by, context), what=_say("aspect", each.aspect))
        for each in confirmations
        if each.value in _SAID
    ]
    return "".join(f"; {each}" for each in dict.fromkeys(told[:_MOST_NAMES]))


def _sides(occurrence: Sequence[MergedConfirmation], context: Context) -> str:
    told = [
        _say("side", each.value, by=_by(each.by, context))
        for each in occurrence
        if each.value in {"confirmed", *OFF}
    ]
    return row(list(dict.fromkeys(told)))


def _speakers(confirmations: Iterable[MergedConfirmation], context: Context) -> str:
    names = dict.fromkeys(each.by for each in confirmations)
    return row([_by(name, context) for name in list(names)[:_MOST_NAMES]])


def _by(name: str, context: Context) -> str:
    return with_article(name, context)


def _allegation(line: MergedAllegation, context: Context) -> str:
    item = next(each for each in context.items["allegations"] if isinstance(each, Allegation))
    said = allegation_line(item, context).rstrip(".")
    closed = _say("allegation", line.status) if line.status in {"withdrawn", "adjudicated"} else ""
    return f"{said}; {closed}" if closed else said


def _position(line: MergedPosition, context: Context) -> str:
    said = f"{_actors(line.holders, context)} {line.text}"
    holders = {name for member in context.members(line.holders) for name in member.names}
    others = [name for name in line.according_to if name not in holders][:_MOST_NAMES]
    if not others:
        return said
    sources = row([with_article(name, context) for name in others])
    return _say("source", "according", said=said.rstrip("."), source=sources)


def _actors(ids: Sequence[str], context: Context) -> str:
    return row([with_article(member.name, context) for member in context.members(ids)])


@cache
def _words() -> dict[str, dict[str, str]]:
    data = files("briefgen.digest").joinpath("bottom_words.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", tomllib.loads(data))


def _say(table: str, key: str, **values: str) -> str:
    return _words()[table][key].format(**values)
