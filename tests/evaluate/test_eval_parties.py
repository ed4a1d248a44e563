"""When two names are of the same actor, and two destinations the same place."""

from __future__ import annotations

import pytest

from briefgen.evaluate.destinations import Place
from briefgen.evaluate.parties import Named, NameList, common, overlap, strangers

GOLD = NameList(
    [
        Named("Ada Rell", ("Rell", "President Ada Rell"), "person"),
        Named("Ilka Rell-Sund", (), "person"),
        Named("Omar al-Sabeh", (), "person"),
        Named("Tom Varga, Jr.", (), "person"),
        Named("United States", ("Washington officials",), "government"),
        Named("Norland's envoy to Velia", (), "person"),
        Named("Velia", (), "government"),
        Named("Harbour Shipping", (), "organisation"),
    ]
)


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ("Ada Rell", "ada rell"),
        ("Ada Rell", "Rell"),
        ("Ada Rell", "President Ada Rell"),
        ("United States", "the U.S."),
        ("United States", "America"),
        ("United States", "Washington officials"),
        ("United States", "the American government"),
        ("United States", "Government of the United States"),
        ("Omar al-Sabeh", "Sabeh"),
        ("Omar al-Sabeh", "al-Sabeh"),
        ("Tom Varga, Jr.", "Varga"),
        ("Tom Varga, Jr.", "Tom Varga"),
        ("Ada Rell", "Queen Ada Rell"),
        ("Norland's envoy to Velia", "Norland’s envoy to Velia"),
    ],
)
def test_the_same_actor_under_another_form_of_the_name(gold: str, found: str) -> None:
    assert GOLD.party(gold).same(NameList([Named(found)]).party(found))


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ("Ada Rell", "Bo Rell"),
        ("United States", "United Kingdom"),
        ("United States", "British government"),
        ("United States", "the White House"),
        ("United States", "American government employees"),
        ("Norland's envoy to Velia", "Velia"),
        ("Harbour Shipping", "Shipping"),
        ("Velia", "Velian"),
        ("Omar al-Sabeh", "Omar"),
    ],
)
def test_a_name_in_part_alike_is_another_actor(gold: str, found: str) -> None:
    assert not GOLD.party(gold).same(NameList([Named(found)]).party(found))


def test_a_surname_that_two_people_have_is_nobodys() -> None:
    gold = NameList([Named("Ada Rell", (), "person"), Named("Bo Rell", (), "person")])
    rell = NameList([Named("Rell", (), "person")]).parties[0]
    assert not any(party.same(rell) for party in gold.parties)


def test_a_surname_counts_on_the_side_of_the_brief_too() -> None:
    gold = NameList([Named("Rell", (), "person")]).parties[0]
    one = NameList([Named("Ada Rell", (), "person")])
    two = NameList([Named("Ada Rell", (), "person"), Named("Bo Rell", (), "person")])
    assert gold.same(one.parties[0])
    assert not any(gold.same(party) for party in two.parties)


def test_the_kind_that_the_gold_gives_decides_whether_a_name_has_a_surname() -> None:
    gold = NameList([Named("Rell", (), "person")]).parties[0]
    assert gold.same(NameList([Named("Ada Rell", (), None)]).parties[0])


def test_a_name_of_the_list_stands_for_all_names_of_its_actor() -> None:
    assert GOLD.party("Rell").label == "Ada Rell"
    assert GOLD.party("Somebody else").label == "Somebody else"


def test_a_name_of_its_own_is_found_before_an_alias_of_somebody_else() -> None:
    listed = NameList([Named("Norland", ("Mirel",)), Named("Mirel")])
    assert listed.party("Mirel").label == "Mirel"


def test_two_empty_lists_have_nobody_in_common_and_so_agree() -> None:
    rell, velia = GOLD.party("Rell"), GOLD.party("Velia")
    assert common((), ())
    assert not common((rell,), ())
    assert not common((), (rell,))
    assert common((velia, rell), (rell,))
    assert overlap((), ()) == 1
    assert overlap((velia, rell), (rell,)) == 0.5
    assert strangers((velia, rell), (rell,)) == [velia]


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ("U.S.", "United States"),
        ("U.S.", "Congress"),
        ("United States", "a joint session of Congress"),
        ("Japan", "Tokyo"),
        ("Japan", "the Japanese capital, Tokyo"),
        ("Middle East", "the Middle East region"),
        ("Kestria", "Port Sel in Kestria"),
        ("Niamey", "Niger"),
        ("eight presidential sites", "Eight presidential sites"),
    ],
)
def test_a_destination_may_be_given_as_place_state_or_short_form(gold: str, found: str) -> None:
    assert Place.of(gold).same(Place.of(found))
    assert Place.of(found).same(Place.of(gold))


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ("North Korea", "South Korea"),
        ("Kestria", "Ostia"),
        ("Japan", "the Japanese embassy"),
        ("Guinea", "Equatorial Guinea"),
        ("eight presidential sites", "Baghdad"),
    ],
)
def test_another_place_is_another_destination(gold: str, found: str) -> None:
    assert not Place.of(gold).same(Place.of(found))


def test_a_destination_is_also_what_the_gold_calls_the_actor_of_its_name() -> None:
    assert Place.of("Velia", aliases=("Port Sel",)).same(Place.of("Port Sel"))
    assert not Place.of("Velia").same(Place.of("Port Sel"))
