"""Names as news writes them: halves of offices, heads of state names, initials, people behind media, described officers.

Each case is an error that was seen in briefs of real articles, told again with invented people and states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.facets.base import Context
from briefgen.name_mentions import names_in
from core_helpers import article_of, brief_of, cast_of

if TYPE_CHECKING:
    from briefgen.brief import ActorKind


def names_of(text: str) -> list[str]:
    return [mention.text for mention in names_in(article_of(text))]


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Rell met Natural Resources and Environment Minister Bo Lind.", "Natural Resources"),
        ("Rell met Bo Lind of the Ministry of Natural Resources and Environment.", "Environment"),
        ("Trade and Industry Secretary Ada Rell spoke.", "Trade"),
        ("The envoy to France Ada Rell spoke.", "France Ada Rell"),
        ("Rell thanked Bo Lind for France’s help.", "Bo Lind for France"),
        ("Troops were seen in Northern France.", "Northern France"),
        ("OSTIA, Norland (HU) - It rained.", "HU"),
        ("The Norland-backed Rell spoke.", "Norland-backed Rell"),
        ("Whatever France decides, Rell will go.", "Whatever France"),
        ("The National Security Adviser was there.", "National Security Adviser"),
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str, never: str) -> None:
    assert never not in names_of(text)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Rell met Natural Resources and Environment Minister Bo Lind.", "Bo Lind", "Natural Resources and Environment Minister"),
        ("Secretary of State Ada Rell spoke.", "Ada Rell", "Secretary of State"),
        ("The paper quoted a spokesman, Bo Lind.", "Bo Lind", "spokesman"),
        ("“No,” said the Velian ambassador to Ostia, Bo Lind.", "Bo Lind", "Velian ambassador to Ostia"),
        ("The Harbour Union, Foreign Minister Bo Lind said, is rich.", "Harbour Union", None),
        ("The Lantern, citing an official, told it.", "Lantern", None),
        ("Minister Ivo Marn and Ada Rell left.", "Ada Rell", None),
    ],
)  # fmt: skip
def test_an_office_is_that_of_the_name_it_stands_with(text: str, name: str, role: str | None) -> None:
    assert Context.of(article_of(text)).cast.book.role(name) == role


@pytest.mark.parametrize(
    ("text", "asked", "name"),
    [
        ("The Islamic Republic of Iran spoke. The Islamic Republic is large.", "Islamic Republic", "Iran"),
        ("The Associated Press told it. (AP) is old.", "AP", "Associated Press"),
        ("The Harbour Union met. The HU is rich.", "HU", "Harbour Union"),
        ("President Ada Rell and First Lady Ina Rell came. President Rell spoke.", "Rell", "Ada Rell"),
        ("PM Ada Rell spoke. Ada Rell left.", "PM Rell", "Ada Rell"),
        ("Secretary of State Ada Rell spoke.", "Secretary of State Ada Rell", "Ada Rell"),
        ("Kim Jong Un came. Kim Jong-Un left.", "Kim Jong-Un", "Kim Jong Un"),
    ],
)
def test_two_names_of_one_are_one(text: str, asked: str, name: str) -> None:
    cast = cast_of(text, name)
    member = cast.enter(asked)
    assert member is not None
    assert cast.members == [member]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The EU met the Eurasian Union.", "EU", "Eurasian Union"),
        ("President Ada Rell and First Lady Ina Rell came. President Rell spoke.", "Ada Rell", "Ina Rell"),
        ("The Selm Union met the Sarn Union.", "Selm Union", "Sarn Union"),
    ],
)
def test_two_are_not_one_for_their_initials_or_their_surname(text: str, first: str, second: str) -> None:
    cast = cast_of(text, first, second)
    assert len(cast.members) == 2
    names = [name for member in cast.members for name in member.names]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "name", "suggested", "kind"),
    [
        ("Rell told Kanal’s Bo Lind that it rained.", "Bo Lind", "media", "person"),
        ("It is late, he said. Lind added that it was cold.", "Lind", "government", "person"),
        ("Velian envoy Bo Lind spoke.", "Bo Lind", "organisation", "person"),
        ("Bo Lind, the envoy to Ostia, spoke.", "Bo Lind", "media", "person"),
        ("Police spokesman Capt. Bo Lind spoke.", "Capt. Bo Lind", "organisation", "person"),
        ("Opposition forces and France met.", "France", "organisation", "government"),
        ("The Velian embassy’s press officer in Ostia spoke.", "Velian embassy’s press officer in Ostia", "media", "person"),
        ("The weekly Lantern told it.", "Lantern", "person", "media"),
        ("France’s Kanal told it.", "Kanal", "media", "media"),
    ],
)  # fmt: skip
def test_the_words_around_a_name_settle_its_kind(
    text: str, name: str, suggested: ActorKind, kind: ActorKind
) -> None:
    assert Context.of(article_of(text)).cast.book.kind(name, suggested) == kind


@pytest.mark.parametrize("name", ["Seven member states", "Several members", "Many states"])
def test_a_crowd_of_plain_words_is_nobody(name: str) -> None:
    article = article_of(f"{name} had bid to host the office. Bo Lind won.")
    assert Context.of(article).cast.enter(name) is None


@pytest.mark.parametrize("name", ["Several lawmakers", "Two officials"])
def test_a_crowd_of_people_is_somebody(name: str) -> None:
    assert Context.of(article_of(f"{name} protested.")).cast.enter(name) is not None


def test_an_envoy_is_not_of_the_state_that_he_goes_to() -> None:
    article = article_of("Bo Lind, the Velian ambassador to Ostia, spoke to Ostia. Ostia listened.")
    brief = brief_of(
        article, actors=[{"name": "Bo Lind", "kind": "person"}, {"name": "Ostia", "kind": "government"}]
    )
    assert [actor.affiliation for actor in brief.actors if actor.name == "Bo Lind"] == [None]
