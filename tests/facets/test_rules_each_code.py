"""Every code of the families V, T, L and M: broken on purpose in three articles or more, silent where nothing is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from base_briefs import FIXTURES, OWN, base
from breaking import (
    answers,
    changed,
    cites,
    confirmation,
    confirms,
    dated,
    headline,
    held_by,
    line,
    parties,
    past,
    retimed,
    told_as_background,
    twin,
    visit_by,
    without_visit,
)

from briefgen.verification import audit

if TYPE_CHECKING:
    from breaking import Break

BROKEN: dict[str, list[tuple[str, Break]]] = {
    "V01": [
        ("legs", cites("planned_visits", 5)),
        ("relay", cites("planned_visits", 4)),
        ("put_off", cites("planned_visits", 3)),
        ("maybe", cites("planned_visits", 3)),
        ("cancelled_trip", cites("planned_visits", 6)),
    ],
    "V02": [
        ("legs", visit_by("Bo Lind")),
        ("legs", visit_by("Norland")),
        ("relay", visit_by("Velia")),
        ("maybe", visit_by("Una Holt")),
        ("confirmed_visit", visit_by("Duarte Valadim")),
        ("past_and_planned", visit_by("Pell Astor")),
    ],
    "V03": [
        ("legs", changed("planned_visits", status="confirmed")),
        ("relay", changed("planned_visits", status="reported")),
        ("put_off", changed("planned_visits", status="reported")),
        ("maybe", changed("planned_visits", status="reported")),
        ("cancelled_trip", changed("planned_visits", status="postponed")),
    ],
    "V04": [
        ("legs", confirmation(0, 0, value="confirmed")),
        ("legs", changed("planned_visits", 1, confirmations=())),
        ("relay", confirmation(0, 0, value="not_confirmed")),
        ("put_off", confirmation(0, 0, value="cancelled")),
        ("maybe", confirmation(0, 0, value="not_confirmed")),
        ("preparation_only", confirmation(0, 1, value="confirmed")),
    ],
    "V05": [
        ("legs", confirmation(0, 1, by="Ada Rell")),
        ("legs", confirmation(0, 1, evidence=())),
        ("relay", confirmation(0, 0, by="Ivo Kann")),
        ("maybe", confirmation(0, 0, by="Otto")),
        ("confirmed_visit", confirmation(0, 0, by="Duarte Valadim")),
    ],
    "V06": [
        ("legs", confirms("Selm Kurier", 1)),
        ("confirmed_visit", confirms("Fjordposten", 4, at=1)),
        ("preparation_only", confirms("Lantern", 1)),
        ("no_date", confirms("Dagbrief", 1)),
    ],
    "V07": [
        ("legs", confirms("Bo Lind", 4, at=1, aspect="preparation")),
        ("confirmed_visit", confirms("Royal Palace", 1, at=1)),
        ("relay", confirms("Estmarkian government", 3)),
    ],
    "V08": [
        ("legs", confirmation(0, 1, aspect="occurrence")),
        ("legs", confirmation(0, 0, aspect="occurrence")),
        ("relay", confirmation(0, 0, aspect="dates")),
        ("maybe", confirmation(0, 0, aspect="dates")),
        ("preparation_only", confirmation(0, 0, aspect="occurrence")),
    ],
    "V10": [
        ("legs", dated("as early as July")),
        ("relay", dated("on 3 June", 1)),
        ("relay", dated("on 5 June", 0)),
        ("put_off", dated("for 9 April")),
        ("confirmed_visit", lambda base: cites("planned_visits", 1, 4)(base._replace(brief=dated("as early as 15 May")(base)))),
    ],
    "V11": [
        ("legs", past(1)),
        ("legs", cites("planned_visits", 1, 2, 5)),
        ("maybe", past(1)),
        ("past_and_planned", past(1)),
        ("relay", lambda base: past(4)(base._replace(brief=cites("planned_visits", 1, 4)(base)))),
    ],
    "V12": [
        ("legs", line("Ada Rell could visit Ostia right after her trip to Velia.", 2)),
        ("legs", headline("Ada Rell reported to plan to visit Velia before Ostia")),
        ("relay", line("Ivo Kann will visit Velia and then Norland, the Estmarkian government announced.", 1)),
        ("confirmed_visit", line("From Malta the queen could go on to Portugal, the newspaper Fjordposten reported.", 4)),
        ("no_date", line("Matis Orel is reportedly planning to visit Kasmere and then Tavria, according to Dagbrief.", 1)),
    ],
    "V13": [("legs", twin()), ("relay", twin(1)), ("maybe", twin()), ("put_off", twin(timing=None))],
    "V14": [
        ("legs", without_visit(1)),
        ("legs", without_visit(0)),
        ("relay", without_visit(1)),
        ("no_date", without_visit(1)),
    ],
    "T01": [
        ("maybe", retimed(edtf="2026-10", earliest=dt.date(2026, 10, 1), latest=dt.date(2026, 10, 31))),
        ("relay", retimed(edtf="2031-06-03", earliest=dt.date(2031, 6, 3), latest=dt.date(2031, 6, 3))),
        ("no_date", retimed(edtf="2027-10/..")),
        ("joint", retimed(facet="allegations", edtf="2027-01")),
        ("passive", retimed(facet="allegations", earliest=dt.date(2019, 2, 8))),
    ],
    "T02": [
        ("maybe", retimed(edtf="XXXX-10-04", granularity="day")),
        ("put_off", retimed(edtf="2027-05-03", granularity="day")),
        ("past_and_planned", retimed(edtf="2027-03-20", granularity="day")),
        ("joint", retimed(facet="allegations", edtf="XXXX-01-15", granularity="day")),
    ],
    "T03": [
        ("maybe", retimed(edtf="XXXX-11")),
        ("relay", retimed(latest=dt.date(2027, 6, 4))),
        ("confirmed_visit", retimed(edtf="2027-05-12/2027-05-15")),
        ("passive", retimed(facet="allegations", edtf="2027-02-09")),
    ],
    "T04": [
        ("legs", retimed(1, bound=None)),
        ("legs", dated("July", 1)),
        ("no_date", retimed(bound=None)),
        ("confirmed_visit", retimed(1, bound="not_after")),
        ("maybe", retimed(bound="approximate")),
    ],
    "T05": [
        ("relay", retimed(earliest=dt.date(2027, 5, 1), latest=dt.date(2027, 5, 2))),
        ("put_off", retimed(latest=dt.date(2027, 3, 1))),
        ("past_and_planned", retimed(earliest=dt.date(2027, 3, 1), latest=dt.date(2027, 3, 4))),
    ],
    "L01": [
        ("joint", cites("allegations", 3)),
        ("passive", cites("allegations", 3)),
        ("said", cites("allegations", 3)),
        ("neither_nor", cites("allegations", 7)),
    ],
    "L02": [
        ("joint", parties(["Estmark"], ["Velia"])),
        ("joint", parties(["Norland"], [])),
        ("passive", parties(["Estmark"], ["Ostia"])),
        ("said", parties(["Velia"], ["Norland"])),
        ("two_allegations", parties(["Falk Renner"], ["Sorland"])),
    ],
    "L03": [
        ("joint", parties(["Velia"], ["Norland", "Ostia"])),
        ("joint", changed("allegations", claim="Norland jammed the radio of their ships")),
        ("passive", parties(["Marland"], ["Estmark"])),
        ("passive", changed("allegations", claim="Estmark rammed a trawler")),
        ("said", parties(["Norland"], ["Ostia"])),
        ("neither_nor", parties(["Kasmere"], ["Tavria", "Belvar"])),
    ],
    "L04": [
        ("joint", parties(["Norland"], ["Velia"])),
        ("passive", parties([], ["Marland"])),
        ("neither_nor", parties(["Belvar"], ["Kasmere"])),
        ("two_allegations", parties(["Dravia"], ["Sorland"])),
    ],
    "L05": [
        ("joint", answers("denied", "Velia", 2)),
        ("passive", answers("admitted", "Marland", 2)),
        ("said", answers("declined_to_comment", "Norland", 2)),
        ("two_allegations", answers("denied", "Oster & Vale", 2, at=1)),
        ("passive_accusation", answers("neither_confirmed_nor_denied", "Sorland", 1)),
    ],
    "L06": [
        ("joint", answers(None)),
        ("passive", answers("not_reported", "Marland")),
        ("said", answers("not_reported", "Norland")),
        ("two_allegations", answers("not_reported", "Sorland")),
    ],
    "L07": [
        ("joint", changed("allegations", status="admitted")),
        ("passive", changed("allegations", status="adjudicated")),
        ("said", changed("allegations", status="withdrawn")),
        ("neither_nor", changed("allegations", status="admitted")),
    ],
    "L08": [
        ("joint", told_as_background("Velia jammed the radio of their ships in March 2026.", 1)),
        ("passive", told_as_background("Marland rammed a trawler in 2019.", 1)),
        ("passive_accusation", told_as_background("Sorland rammed a Dravian trawler inside Dravian waters.", 1)),
    ],
    "L09": [
        ("joint", dated("in March 2026", facet="allegations")),
        ("passive", dated("in 2019", facet="allegations")),
        ("neither_nor", lambda base: cites("allegations", 1, 7)(base._replace(brief=dated("in 2021", facet="allegations")(base)))),
        ("passive_accusation", lambda base: cites("allegations", 1, 9)(base._replace(brief=dated("since 1988", facet="allegations")(base)))),
    ],
    "M01": [
        ("legs", changed("motives", basis="stated")),
        ("put_off", changed("motives", basis="article")),
        ("maybe", changed("motives", basis="stated", according_to=())),
        ("motives", changed("motives", 1, according_to=("Idris Vane",))),
    ],
    "M02": [
        ("legs", held_by("Ostia")),
        ("put_off", held_by("Ostia")),
        ("maybe", held_by("Otto")),
        ("motives", held_by("Belvar")),
    ],
    "M03": [
        ("legs", cites("motives", 6)),
        ("put_off", cites("motives", 2)),
        ("maybe", cites("motives", 1)),
        ("no_visit", cites("motives", 11)),
    ],
    "M04": [
        ("legs", line("By opening its ports, Norland is seeking to lower its freight costs.", 7)),
        ("legs", headline("Norland opens ports to lower freight costs")),
        ("put_off", line("Velia would build a dam to reduce its debts.", 4)),
        ("maybe", line("Marland is building a road to Estmark to win the next election.", 4)),
        ("no_visit", line("Ilmara had stopped the exports to keep bread affordable at home.", 5)),
    ],
    "M05": [
        ("legs", changed("planned_visits", purpose="sell timber")),
        ("relay", changed("planned_visits", 0, purpose="sign an accord", evidence=())),
        ("maybe", changed("planned_visits", purpose="building a road")),
        ("put_off", changed("motives", applies_to=("visit-1",))),
        ("no_date", changed("motives", applies_to=("visit-1",))),
    ],
}  # fmt: skip
CASES = [
    pytest.param(code, name, make, id=f"{code}-{name}-{at}")
    for code, listed in BROKEN.items()
    for at, (name, make) in enumerate(listed)
]


@pytest.mark.parametrize(("code", "name", "make"), CASES)
def test_a_brief_broken_on_purpose_breaks_its_rule(code: str, name: str, make: Break) -> None:
    """The rule of this code names what is wrong, in a brief that it left alone before."""
    article, brief = base(name)
    assert code not in {found.code for _, _, found in audit(brief, article)}
    assert code in {found.code for _, _, found in audit(make(base(name)), article)}


@pytest.mark.parametrize("name", [*OWN, *FIXTURES])
def test_an_unbroken_brief_breaks_no_rule_of_these_families(name: str) -> None:
    """Neither critical nor noted."""
    article, brief = base(name)
    found = [(facet, item, f.code, f.message) for facet, item, f in audit(brief, article)]
    assert [each for each in found if each[2][0] in "VTLM"] == []


def test_every_code_of_the_families_is_broken_in_three_articles() -> None:
    """V09 is no rule of the catalogue; T06 is a test of ``briefgen.timing``."""
    numbers = {
        "V": [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14],
        "T": range(1, 6),
        "L": range(1, 10),
        "M": range(1, 6),
    }
    codes = {f"{family}{number:02}" for family, listed in numbers.items() for number in listed}
    assert set(BROKEN) == codes
    assert [code for code, listed in BROKEN.items() if len({name for name, _ in listed}) < 3] == []
