"""Every code of the families G, C, S, A, Q and D broken in at least three articles; the unbroken briefs left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from base_briefs import FIXTURES, OWN
from breaking import changed, cites, confirmation, headline, line, told_as_background
from worded_breaks import (
    MORE,
    actor,
    asks,
    bare,
    base,
    doubled,
    lines_of,
    of_another,
    one_more,
    piece,
    without_question,
)

from briefgen.verification import audit

if TYPE_CHECKING:
    from breaking import Break


BROKEN: dict[str, list[tuple[str, Break]]] = {
    "G01": [
        ("legs", piece("planned_visits", quote="Ada Rell plans to visit Velia")),
        ("joint", piece("allegations", quote="Norland and Ostia accused Estmark")),
        ("put_off", piece("motives", end=9)),
        ("no_date", piece("background", quote="A Kasmeri delegation visited Tavria")),
    ],
    "G02": [
        ("legs", cites("actors", 6, at=3)),
        ("relay", line("Ivo Kann will visit Norland and Ostia, the Estmarkian government announced.", 1)),
        ("passive", line("Marland was accused by Ostia of having rammed a trawler.", 1)),
        ("no_date", told_as_background("A Kasmeri delegation visited Halvia last November, spent three weeks there and left.", 7)),
        ("past_and_planned", told_as_background("Marovia built the fourth of the dams in 2014.", 9)),
        ("postponed_visit", cites("open_questions", 7)),
        ("confirmed_visit", headline("Karl Zerafa-Bonn to pay a state visit to Portugal in May")),
        ("no_visit", line("Ona Delf said that Ilmara had started the exports to keep bread affordable at home.", 5)),
    ],
    "G03": [
        ("legs", changed("planned_visits", evidence=())),
        ("said", changed("allegations", evidence=())),
        ("no_date", changed("background", evidence=())),
        ("motives", changed("actors", evidence=())),
    ],
    "G04": [
        ("legs", changed("planned_visits", hosts=("actor-77",))),
        ("joint", changed("allegations", accusers=("actor-1", "actor-77"))),
        ("maybe", changed("motives", holder="actor-77")),
        ("passive", changed("open_questions", about=("allegation-7",))),
        ("relay", piece("planned_visits", sentence=99)),
        ("no_date", doubled("planned_visits")),
        ("legs", confirmation(by="Ada Quint")),
    ],
    "G05": [
        ("legs", changed("motives", text="Lower its freight costs in Zembla")),
        ("joint", changed("allegations", claim="Velia jammed the radio of the Quintera")),
        ("no_date", told_as_background("In March Zoe Quint ratified a treaty on night trains.", 5)),
        ("maybe", asks("Will Otto visit Zembla?", 1)),
    ],
    "G06": [
        ("legs", changed("motives", text="Lower its freight costs by 40 percent")),
        ("said", changed("allegations", claim="Norland sought to bribe eleven pilots")),
        ("postponed_visit", told_as_background("In February the builders found seventeen cracks in a pier.", 7)),
        ("past_and_planned", asks("Will Marran stay for 12 days?", 2)),
    ],
    "G07": [
        ("legs", changed("motives", text="Lower its “enormous costs”")),
        ("passive", changed("allegations", claim="Marland “rammed a big trawler”")),
        ("no_visit", line("Ona Delf said that Ilmara had “halted everything”.", 5)),
    ],
    "G08": [
        ("legs", line("Norlandic President Ada Rell plans to visit Ostia and Velia in the coming weeks, the Selm Kurier reported.", 1)),
        ("joint", line("In January, Norland and Ostia accused Velia of jamming the radio of their ships.", 1)),
        ("said", line("Ostia alleged on Tuesday that Norland sought to bribe two pilots and had not paid them.", 1)),
        ("no_visit", headline("The price of bread in Ilmara rose for the ninth month running in July")),
    ],
    "G09": [
        ("legs", actor("Ada Rell", role="former Norlandic President")),
        ("put_off", actor("Tor Bach", role="Velian Deputy Foreign Minister")),
        ("passive", actor("Otto Brand", role="Norlandic President")),
        ("motives", actor("Marit Koss", affiliation="Corvane")),
        ("postponed_visit", line("Former Tavrian Prime Minister Edda Roon has postponed her visit to Marovia, her office announced.", 1)),
    ],
    "G10": [
        ("legs", actor("Ada Rell", role="reclusive Norlandic President")),
        ("put_off", line("The notorious Tor Bach has postponed his visit to Ostia, his ministry said.", 1)),
        ("joint", changed("allegations", claim="Velia, a hostile state, jammed the radio of their ships")),
        ("no_date", told_as_background("In March the controversial treaty with Halvia was ratified.", 5)),
        ("no_visit", line("Belvar and Tavria expressed concern over Ilmara's outrageous halt to grain exports.", 2)),
    ],
    "G11": [
        ("legs", line("Here is the summary: Ada Rell plans to visit Ostia, the Selm Kurier reported.", 1)),
        ("said", line("As an AI language model, I cannot say whether Norland sought to bribe two pilots, as Ostia alleged.", 1)),
        ("no_date", told_as_background("Note: in March the Tavrian parliament ratified a treaty with Halvia.", 5)),
        ("motives", asks("What does the article say about the lease?", 7)),
    ],
    "G12": [
        ("legs", lines_of("no_visit")),
        ("joint", lines_of("confirmed_visit")),
        ("motives", lines_of("passive_accusation")),
        ("maybe", of_another("relay")),
    ],
    "C01": [
        ("legs", changed("planned_visits", hedges=())),
        ("maybe", changed("planned_visits", hedges=())),
        ("no_date", changed("planned_visits", hedges=("reportedly", "probably"))),
        ("one_sentence", line("Marovian President Luc Ferrand is to visit Kestria in the spring, the Kestrian newspaper Ledger reported.", 1)),
    ],
    "C02": [
        ("legs", changed("planned_visits", hedges=("could", "most likely", "allegedly"))),
        ("relay", changed("planned_visits", hedges=("possibly",))),
        ("put_off", line("Tor Bach has possibly postponed his visit to Ostia, his ministry said.", 1)),
        ("no_visit", line("Ona Delf said that Ilmara had perhaps stopped the exports to keep bread affordable at home.", 5)),
    ],
    "C03": [
        ("legs", line("Ada Rell plans to visit Ostia in the coming weeks.", 1)),
        ("joint", headline("Velia jammed the radio of ships")),
        ("maybe", line("Otto visits Estmark in October.", 1)),
        ("relay", told_as_background("After his talks in Norland, Kann will travel to Velia.", 2)),
    ],
    "C04": [
        ("legs", headline("Ada Rell will visit Ostia")),
        ("maybe", changed("motives", text="Very likely win the next election")),
        ("no_date", line("Halvian President Matis Orel will visit Tavria and Kasmere in the autumn, according to the newspaper Dagbrief.", 1)),
        ("motives", line("Marit Koss, the leader of the opposition, said that Vane filled a hole in the budget.", 3)),
        ("put_off", headline("Tor Bach cancels visit to Ostia")),
        ("preparation_only", headline("Jorun Hask confirms visit to Ilmara")),
    ],
    "C05": [
        ("careless", changed("planned_visits", hedges=(), according_to=())),
        ("careless", bare(cites("planned_visits", 2))),
        ("careless_too", bare(cites("planned_visits", 3))),
        ("careless_three", changed("planned_visits", hedges=(), according_to=())),
    ],
    "S01": [
        ("legs", line("Ada Rell plans to visit Ostia and Velia, Bo Lind said.", 1)),
        ("maybe", line("Una Holt said that Otto may visit Estmark in October.", 1)),
        ("no_visit", line("Stig Maur said that Ilmara had stopped the exports to keep bread affordable at home.", 5)),
        ("postponed_visit", line("He has postponed the visit to Marovia, the office announced.", 1)),
    ],
    "S02": [
        ("legs", changed("planned_visits", 1, according_to=("Bo Lind", "Selm Kurier", "palace insider"))),
        ("maybe", changed("planned_visits", according_to=("diplomat", "Una Holt"))),
        ("confirmed_visit", changed("planned_visits", 1, according_to=("newspaper Fjordposten", "Duarte Valadim"))),
        ("motives", changed("motives", 1, according_to=("Pia Lund",))),
    ],
    "S03": [
        ("legs", changed("planned_visits", according_to=("Selm Kurier",))),
        ("maybe", changed("motives", according_to=())),
        ("one_sentence", changed("planned_visits", according_to=())),
        ("no_date", line("Halvian President Matis Orel is reportedly planning to visit Tavria and Kasmere in the autumn.", 1)),
    ],
    "S04": [
        ("legs", changed("planned_visits", according_to=("Selm Kurier", "the Selm Kurier", "palace insider"))),
        ("maybe", changed("motives", according_to=("Una Holt", "Estmarkian minister Una Holt"))),
        ("motives", changed("motives", 1, according_to=("Marit Koss", "Koss"))),
    ],
    "A01": [
        ("legs", one_more("Rell", "person")),
        ("put_off", one_more("Tor Bach", "person")),
        ("motives", one_more("Vane", "person", 2)),
        ("cancelled_trip", one_more("Uruguay", "government", country="UY")),
    ],
    "A02": [
        ("legs", actor("Bo Lind", name="Zoe Quint")),
        ("joint", actor("Velia", aliases=("Selmstadt",))),
        ("maybe", one_more("Ida Quint", "person")),
    ],
    "A03": [
        ("envoy", actor("Norland’s trade envoy in Selm", role="former minister")),
        ("envoy_too", actor("Velia’s press officer in Ostia", role="ambassador")),
        ("envoy_three", actor("Marland’s harbour inspector in Estmark", role="spokesman")),
    ],
    "A04": [
        ("envoy", actor("Ada Rell", role="trade envoy")),
        ("envoy_too", actor("Tor Bach", role="press officer")),
        ("envoy_three", actor("Ivo Kann", role="harbour inspector")),
    ],
    "A05": [
        ("maybe", line("Otto may visit Estmark in October, diplomats said.", 1)),
        ("legs", changed("planned_visits", according_to=("Selm Kurier", "palace insiders"))),
        ("envoy", line("Trade grows, envoys of Norland said.", 2)),
    ],
    "A06": [
        ("legs", actor("Ada Rell", kind="government")),
        ("cancelled_trip", actor("Teresa Olmedo Prats", country="FI")),
        ("confirmed_visit", actor("Portugal", kind="person")),
        ("put_off", actor("Tor Bach", kind="organisation")),
    ],
    "Q01": [
        ("legs", changed("open_questions", question="Ada Rell will visit Ostia.")),
        ("joint", changed("open_questions", question="Whether Velia jammed the radio of their ships")),
        ("maybe", changed("open_questions", question="Otto will visit Estmark in October?")),
    ],
    "Q02": [
        ("joint", asks("When will Velia stop jamming the radio of their ships?", 1, "unresolved_allegation", ("allegation-1",))),
        ("passive", asks("For how long was Marland ramming a trawler?", 1, "unresolved_allegation", ("allegation-1",))),
        ("said", asks("Will Norland be punished for bribing two pilots?", 1, "unresolved_allegation", ("allegation-1",))),
        ("legs", asks("What will Ada Rell achieve by visiting Ostia?", 1, "unconfirmed", ("visit-1",))),
        ("neither_nor", asks("Where did Kasmere get the anti-aircraft missiles that it supplied to rebels in the Onda valley?", 1)),
    ],
    "Q03": [
        ("legs", without_question(0)),
        ("joint", without_question()),
        ("maybe", without_question()),
        ("two_allegations", without_question(1)),
        ("legs", changed("open_questions", kind="information_gap")),
    ],
    "Q04": [
        ("relay", asks("Will Ivo Kann visit Norland?", 1, "unconfirmed", ("visit-1",))),
        ("legs", asks("Where is Ada Rell to travel?", 1)),
        ("passive", asks("Has Marland responded to the accusation?", 2)),
        ("past_and_planned", asks("When did Pell Astor visit Marovia?", 4)),
        ("no_visit", asks("Who said that Ilmara had stopped the exports?", 5)),
    ],
    "D06": [
        ("told_to", cites("planned_visits", 2)),
        ("told_to_too", cites("allegations", 2)),
        ("told_to_three", cites("actors", 2)),
    ],
}  # fmt: skip
CASES = [
    pytest.param(code, name, make, id=f"{code}-{name}-{at}")
    for code, listed in BROKEN.items()
    for at, (name, make) in enumerate(listed)
]
NOTED = {"G08"}
"""Good answers of the fixtures keep close to their sentences: noted, and rightly."""


@pytest.mark.parametrize(("code", "name", "make"), CASES)
def test_a_brief_broken_on_purpose_breaks_its_rule(code: str, name: str, make: Break) -> None:
    """The rule of this code names what is wrong, in a brief that it left alone before."""
    article, brief = base(name)
    assert code not in {found.code for _, _, found in audit(brief, article)} - NOTED
    assert code in {found.code for _, _, found in audit(make(base(name)), article)}


@pytest.mark.parametrize("name", [*OWN, *MORE, *FIXTURES])
def test_an_unbroken_brief_breaks_no_rule_of_these_families(name: str) -> None:
    """Neither critical nor noted, but for sentences that a good answer copied."""
    article, brief = base(name)
    found = [(facet, item, f.code, f.message) for facet, item, f in audit(brief, article)]
    assert [each for each in found if each[2][0] in "GCSAQD" and each[2] not in NOTED] == []


def test_every_code_of_the_families_is_broken_in_three_articles() -> None:
    """D06 is the one rule of its family on a single brief."""
    numbers = {
        "G": range(1, 13),
        "C": range(1, 6),
        "S": range(1, 5),
        "A": range(1, 7),
        "Q": range(1, 5),
        "D": [6],
    }
    codes = {f"{family}{number:02}" for family, listed in numbers.items() for number in listed}
    assert set(BROKEN) == codes
    assert [code for code, listed in BROKEN.items() if len({name for name, _ in listed}) < 3] == []
