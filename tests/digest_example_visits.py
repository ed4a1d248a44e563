"""The visits of the example digest: one of every kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from briefgen.brief import Destination
from briefgen.digest.digest import MergedConfirmation, MergedVisit, ReportedTiming, Sources
from briefgen.timing import Timing
from digest_example_articles import COURIER, EXPECTED, LATE, NOTICE, PALACE, PORTS, TWO_DATES, cite

if TYPE_CHECKING:
    from briefgen.digest.digest import Cited

TODAY, BEFORE, WEEK_AGO = date(2031, 6, 10), date(2031, 6, 9), date(2031, 6, 3)
"""Days of digests."""


def line(line_id: str, evidence: tuple[Cited, ...], sources: Sources, **more: Any) -> dict[str, Any]:
    """What all lines have."""
    numbers = tuple(sorted({piece.article for piece in evidence}))
    members = tuple(f"{number:064x}/{line_id}" for number in numbers)
    seen = {"first_seen": TODAY, "last_seen": TODAY, "last_changed": TODAY}
    return {
        "id": line_id, "articles": numbers, "evidence": evidence, "sources": sources, "members": members,
    } | seen | more  # fmt: skip


def one_source(name: str, outlet: str) -> Sources:
    return Sources(independent=1, outlets=1, names=(name,), media=(outlet,))


def _days(text: str, first: date, last: date) -> Timing:
    edtf = first.isoformat() if first == last else f"{first}/{last}"
    return Timing(text=text, earliest=first, latest=last, edtf=edtf, granularity="day")


_DAYS = _days("on 18 and 19 June", date(2031, 6, 18), date(2031, 6, 19))
_MONTH = Timing(
    text="this month",
    earliest=date(2031, 6, 1),
    latest=date(2031, 6, 30),
    edtf="2031-06",
    granularity="month",
)
_JULY = Timing(
    text="in July", earliest=date(2031, 7, 1), latest=date(2031, 7, 31), edtf="2031-07", granularity="month"
)
_SOON = Timing(text="in the coming weeks")
_DAHL_OSMARK = _days("24 and 25 June", date(2031, 6, 24), date(2031, 6, 25))
_DAHL_VELIA = Timing(
    text="nobody before 26 June",
    earliest=date(2031, 6, 26),
    edtf="2031-06-26/..",
    granularity="day",
    bound="not_before",
)
_DAHL_NOTICE = _days("between 24 and 29 June", date(2031, 6, 24), date(2031, 6, 29))
_PALACE_SAYS = cite(PALACE, "18 and 19 June")
_HERALD_SAYS = cite(EXPECTED, "planning to visit")
_LATE_SAYS = cite(LATE, "ベリア")
_CABINET, _CHANCELLERY = cite(TWO_DATES, "24 and 25 June"), cite(TWO_DATES, "no such visit")
_NOTICED = cite(NOTICE, "24 and 29 June")


def _says(aspect: str, value: str, by: str, evidence: tuple[Cited, ...], **more: Any) -> MergedConfirmation:
    numbers = tuple(sorted({piece.article for piece in evidence}))
    values = {"aspect": aspect, "value": value, "by": by, "evidence": evidence, "articles": numbers}
    return MergedConfirmation.model_validate(values | {"said": TODAY} | more)


def _reported(timing: Timing, by: str, evidence: tuple[Cited, ...], **more: Any) -> ReportedTiming:
    numbers = tuple(sorted({piece.article for piece in evidence}))
    values = {"timing": timing, "by": (by,) if by else (), "evidence": evidence, "articles": numbers}
    return ReportedTiming.model_validate(values | {"said": TODAY} | more)


CONFIRMED = MergedVisit(
    **line(
        "visit-ruiz-velia",
        (*_PALACE_SAYS, *cite(COURIER, "18 and 19 June"), *_LATE_SAYS, *_HERALD_SAYS),
        Sources(
            independent=3,
            outlets=3,
            names=("the presidential palace", "a diplomatic source", "外交筋"),
            media=("Norland Herald", "Coast Courier", "架空日報"),
        ),
        first_seen=BEFORE,
        change="confirmed",
    ),
    visitors=("ruiz",),
    destination=Destination(name="Velia"),
    timing=_DAYS,
    timings=(
        _reported(_DAYS, "the presidential palace", _PALACE_SAYS, official=True),
        _reported(_MONTH, "a diplomatic source", _HERALD_SAYS, said=BEFORE),
        _reported(_SOON, "外交筋", _LATE_SAYS, said=date(2031, 6, 5)),
    ),
    status="confirmed",
    confirmations=(
        _says("occurrence", "confirmed", "the presidential palace", _PALACE_SAYS),
        _says("dates", "confirmed", "the presidential palace", _PALACE_SAYS),
        _says("dates", "not_confirmed", "the presidential palace", _HERALD_SAYS, said=BEFORE, current=False),
    ),
    purposes=("talks on the northern fishing grounds",),
    according_to=("the presidential palace", "a diplomatic source"),
    sequence=2,
)
PARTLY = MergedVisit(
    **line(
        "visit-ruiz-osmark",
        cite(PALACE, "trip there in July"),
        one_source("Tomas Lindqvist", "Norland Herald"),
        first_seen=BEFORE,
        change="updated",
    ),
    visitors=("ruiz",),
    destination=Destination(name="Osmark"),
    timing=_JULY,
    timings=(
        _reported(_JULY, "Tomas Lindqvist", cite(PALACE, "trip there in July"), official=True),
        _reported(_SOON, "a diplomatic source", (), said=BEFORE, current=False),
    ),
    status="partly_confirmed",
    confirmations=(
        _says("preparation", "confirmed", "Tomas Lindqvist", cite(PALACE, "trip there in July")),
        _says("dates", "not_confirmed", "Tomas Lindqvist", cite(PALACE, "trip there in July")),
    ),
    according_to=("Tomas Lindqvist",),
    hedges=("being prepared",),
    sequence=1,
)
VAGUE = MergedVisit(
    **line(
        "visit-brandt-karst",
        cite(PALACE, "coming weeks"),
        one_source("a diplomatic source", "Norland Herald"),
        change="new",
    ),
    visitors=("brandt",),
    destination=Destination(name="Karst"),
    timing=_SOON,
    timings=(_reported(_SOON, "a diplomatic source", cite(PALACE, "coming weeks")),),
    status="reported",
    according_to=("a diplomatic source",),
    hedges=("may",),
)
UNDATED = MergedVisit(
    **line(
        "visit-dahl-norland",
        cite(TWO_DATES, "later travel"),
        Sources(independent=2, outlets=1, names=("two people close to Lena Dahl",), media=("Harbour Post",)),
        change="new",
    ),
    visitors=("dahl",),
    destination=Destination(name="Norland"),
    hosts=("norland",),
    status="possible",
    according_to=("two people close to Lena Dahl",),
    hedges=("could",),
)
DISPUTED = MergedVisit(
    **line(
        "visit-dahl-velia",
        (*_CABINET, *_CHANCELLERY, *_NOTICED),
        Sources(
            independent=3,
            outlets=1,
            names=("the cabinet office of Osmark", "the Velian chancellery"),
            media=("Harbour Post",),
        ),
        change="new",
    ),
    visitors=("dahl",),
    destination=Destination(name="Velia"),
    hosts=("velia",),
    timing=_DAHL_OSMARK,
    timings=(
        _reported(_DAHL_OSMARK, "the cabinet office of Osmark", _CABINET, official=True),
        _reported(_DAHL_VELIA, "the Velian chancellery", _CHANCELLERY, official=True),
        _reported(_DAHL_NOTICE, "", _NOTICED, said=None),
    ),
    status="disputed",
    confirmations=(
        _says("occurrence", "confirmed", "the cabinet office of Osmark", _CABINET),
        _says("occurrence", "denied", "the Velian chancellery", _CHANCELLERY),
    ),
    according_to=("the cabinet office of Osmark", "the Velian chancellery"),
    hedges=("is expected",),
)
_TWENTIETH = _days("for 20 June", date(2031, 6, 20), date(2031, 6, 20))
CANCELLED = MergedVisit(
    **line(
        "visit-silvan-osmark",
        cite(TWO_DATES, "Osmark cancelled"),
        one_source("Osmark", "Harbour Post"),
        first_seen=WEEK_AGO,
        change="cancelled",
    ),
    visitors=("silvan",),
    destination=Destination(name="Osmark"),
    hosts=("osmark",),
    timing=_TWENTIETH,
    timings=(_reported(_TWENTIETH, "Osmark", cite(TWO_DATES, "Osmark cancelled"), official=True),),
    status="cancelled",
    confirmations=(_says("occurrence", "cancelled", "Osmark", cite(TWO_DATES, "Osmark cancelled")),),
    according_to=("Osmark",),
    sequence=1,
)
POSTPONED = MergedVisit(
    **line(
        "visit-silvan-free-ports",
        cite(TWO_DATES, "were put off"),
        one_source("the Velian trade ministry", "Harbour Post"),
        first_seen=WEEK_AGO,
        change="postponed",
    ),
    visitors=("silvan",),
    destination=Destination(name="the Free Ports"),
    hosts=("ports",),
    status="postponed",
    confirmations=(
        _says("occurrence", "postponed", "the Velian trade ministry", cite(TWO_DATES, "were put off")),
    ),
    according_to=("the Velian trade ministry",),
    sequence=1,
)
DENIED = MergedVisit(
    **line(
        "visit-renn-osmark",
        cite(TWO_DATES, "Velian navy denied"),
        one_source("the Velian navy", "Harbour Post"),
        first_seen=BEFORE,
        change="denied",
    ),
    visitors=("renn",),
    destination=Destination(name="Osmark"),
    status="denied",
    confirmations=(_says("occurrence", "denied", "the Velian navy", cite(TWO_DATES, "Velian navy denied")),),
    according_to=("the Velian navy",),
    sequence=1,
)
_THIRD = _days("on 3 and 4 June", date(2031, 6, 3), date(2031, 6, 4))
OVERDUE = MergedVisit(
    **line(
        "visit-oyen-free-ports",
        cite(PORTS, "Petra Oyen"),
        one_source("the Norlandic defence ministry", "Harbour Post"),
        first_seen=WEEK_AGO,
        last_seen=WEEK_AGO,
        change="overdue",
    ),
    visitors=("oyen",),
    destination=Destination(name="the Free Ports"),
    timing=_THIRD,
    timings=(
        _reported(
            _THIRD,
            "the Norlandic defence ministry",
            cite(PORTS, "Petra Oyen"),
            said=date(2031, 6, 2),
            official=True,
        ),
    ),
    status="confirmed",
    confirmations=(
        _says(
            "occurrence",
            "confirmed",
            "the Norlandic defence ministry",
            cite(PORTS, "Petra Oyen"),
            said=date(2031, 6, 2),
        ),
    ),
    according_to=("the Norlandic defence ministry",),
    overdue=True,
    sequence=1,
)
_EIGHTH = _days("on 8 June", date(2031, 6, 8), date(2031, 6, 8))
TOOK_PLACE = MergedVisit(
    **line(
        "visit-tal-norland",
        cite(PALACE, "Iris Tal"),
        one_source("Norland Herald", "Norland Herald"),
        first_seen=WEEK_AGO,
        change="took_place",
    ),
    visitors=("tal",),
    destination=Destination(name="Norland"),
    hosts=("norland",),
    timing=_EIGHTH,
    timings=(_reported(_EIGHTH, "", cite(PALACE, "Iris Tal")),),
    status="reported",
    took_place=cite(PALACE, "Iris Tal"),
    sequence=1,
)
VISITS = (
    OVERDUE, TOOK_PLACE, CONFIRMED, CANCELLED, DISPUTED, PARTLY, VAGUE, UNDATED, DENIED, POSTPONED,
)  # fmt: skip
"""In the order of DOMAIN.md 7.2: by first day, then month, then vague, then undated."""
