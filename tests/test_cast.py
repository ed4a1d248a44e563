"""One actor per entity, named as the article names it in full, on the side that the article gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.cast import Cast, is_null
from briefgen.facets.base import Context
from briefgen.name_mentions import names_in
from briefgen.names import kind_of, shares_stem, strip_titles
from core_helpers import article_of, cast_of

if TYPE_CHECKING:
    from briefgen.brief import ActorKind

TEXT = (
    "Norlandic President Ada Rell will meet Ivo Marn, the Velian foreign minister, in Port Selm. "
    "Rell spoke to the Selm Kurier. Marn's Harbour Union (HU) agreed. The U.S. and the United States differ. "
    "Norland denied it. Sir Tom O’Neil, Gen. Bo de Witt and Prime Minister Lia van Dorn listened. "
    "Germany’s chancellor was absent. Norland and Velia signed."
)


@pytest.fixture
def cast() -> Cast:
    return cast_of(TEXT)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Ada Rell", "Ada Rell"),
        ("Rell", "Ada Rell"),
        ("President Rell", "Ada Rell"),
        ("Norlandic President Ada Rell", "Ada Rell"),
        ("President Ada Rell", "Ada Rell"),
        ("Marn", "Ivo Marn"),
        ("Foreign Minister Ivo Marn", "Ivo Marn"),
        ("the Selm Kurier", "Selm Kurier"),
        ("Selm Kurier", "Selm Kurier"),
        ("Harbour Union", "Harbour Union"),
        ("Gen. Bo de Witt", "Bo de Witt"),
        ("Lia van Dorn", "Lia van Dorn"),
        ("Prime Minister Lia van Dorn", "Lia van Dorn"),
        ("Norland", "Norland"),
        ("Germany", "Germany"),
        ("“Ada Rell”,", "Ada Rell"),
        (" Ada  Rell ", "Ada Rell"),
        ("Tom O'Neil", "Tom O’Neil"),
        ("Tom O’Neil", "Tom O’Neil"),
    ],
)
def test_a_name_is_entered_as_the_article_writes_it_in_full(cast: Cast, asked: str, name: str) -> None:
    member = cast.enter(asked)
    assert member is not None
    assert member.name.removeprefix("the ") == name


@pytest.mark.parametrize(
    "asked",
    [
        "Zoe Quint",
        "Ada Quint",
        "China",
        "null",
        "N/A",
        "",
        "unknown",
        "nobody",
        "Pyongyang",
        "Ad",
        "el",
        "Rel",
    ],
)
def test_nobody_enters_whom_the_article_does_not_name(cast: Cast, asked: str) -> None:
    assert cast.enter(asked) is None
    assert cast.members == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada Rell", "Rell"),
        ("Rell", "Ada Rell"),
        ("Rell", "President Rell"),
        ("U.S.", "United States"),
        ("United States", "the US"),
        ("the Selm Kurier", "Selm Kurier"),
        ("Harbour Union", "HU"),
        ("Germany", "germany"),
    ],
)
def test_two_names_of_one_entity_are_one_actor(cast: Cast, first: str, second: str) -> None:
    one, other = cast.enter(first), cast.enter(second)
    assert one is not None
    assert other is not None
    assert one.id == other.id
    assert len(cast.members) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("Ada Rell", "Ivo Marn"), ("Norland", "Velia"), ("Norland", "Ada Rell")]
)
def test_two_entities_are_two_actors(cast: Cast, first: str, second: str) -> None:
    cast.enter(first)
    cast.enter(second)
    assert len(cast.members) == 2


def test_a_leader_is_not_the_country_and_the_palace_is_not_the_state() -> None:
    cast = cast_of(
        "Russia and the Kremlin disagree, Vladimir Putin said.", "Russia", "Kremlin", "Vladimir Putin"
    )
    assert [member.name for member in cast.members] == ["Russia", "Kremlin", "Vladimir Putin"]
    assert [member.country for member in cast.members[:2]] == ["RU", "RU"]


def test_a_surname_that_two_people_share_is_not_guessed() -> None:
    cast = cast_of("Ada Rell and Otto Rell met. Rell left.", "Ada Rell", "Otto Rell")
    assert cast.find("Rell") is None


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Norlandic President Ada Rell spoke.", "Ada Rell", "Norlandic President"),
        ("Ada Rell, the Norlandic president, spoke.", "Ada Rell", "Norlandic president"),
        ("Ada Rell (HU), the Norlandic president, spoke.", "Ada Rell", "Norlandic president"),
        ("U.S. Secretary of State Ada Rell spoke.", "Ada Rell", "U.S. Secretary of State"),
        ("Russian ambassador Bo Lind spoke.", "Bo Lind", "Russian ambassador"),
        ("Ada Rell spoke.", "Ada Rell", None),
        ("Ada Rell, tired of it, spoke.", "Ada Rell", None),
        ("The president met Ada Rell.", "Ada Rell", None),
        ("Former minister Ada Rell spoke.", "Ada Rell", "Former minister"),
        ("Ada Rell spoke. She met Ivo Marn, the finance minister.", "Ivo Marn", "finance minister"),
    ],
)
def test_a_role_is_taken_from_before_or_after_the_name(text: str, name: str, role: str | None) -> None:
    member = cast_of(text, name).members[0]
    assert member.role == role


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Russian ambassador Bo Lind spoke.", "Bo Lind", "RU"),
        ("Bo Lind, the French foreign minister, spoke.", "Bo Lind", "FR"),
        ("Bo Lind spoke in France.", "Bo Lind", None),
        ("The Kremlin spoke.", "Kremlin", "RU"),
        ("The Russian government spoke.", "Russian government", "RU"),
        ("Norlandic President Ada Rell spoke.", "Ada Rell", None),
    ],
)
def test_a_country_is_given_only_where_the_article_gives_it(
    text: str, name: str, country: str | None
) -> None:
    assert cast_of(text, name).members[0].country == country


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("Norland agreed. Norlandic President Ada Rell spoke.", "Ada Rell", "norland"),
        ("Norland agreed. Ivo Marn, the Norlandic envoy, spoke.", "Ivo Marn", "norland"),
        ("Velia agreed. Velian minister Ivo Marn spoke.", "Ivo Marn", "velia"),
        ("Velia agreed. Norlandic minister Ivo Marn spoke.", "Ivo Marn", None),
    ],
)
def test_the_side_of_an_invented_states_official_follows_the_adjective(
    text: str, name: str, state: str | None
) -> None:
    cast = cast_of(text)
    cast.enter(text.split(maxsplit=1)[0], "government")
    member = cast.enter(name)
    assert member is not None
    assert cast.side(member) == state


@pytest.mark.parametrize(
    ("word", "name", "shared"),
    [
        ("norlandic", "norland", True),
        ("velian", "velia", True),
        ("ostian", "ostia", True),
        ("ostend", "ostia", False),
        ("new norland", "new norland", False),
    ],
)
def test_an_adjective_belongs_to_a_state_that_shares_its_stem(word: str, name: str, shared: bool) -> None:
    assert shares_stem(word, name) is shared


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("President Ada Rell", "Ada Rell"),
        ("Russian President Vladimir Putin", "Vladimir Putin"),
        ("U.S. Secretary of State Ada Rell", None),
        ("Sen. Leahy", "Leahy"),
        ("Prime Minister Lia van Dorn", "Lia van Dorn"),
        ("Sir Tom O’Neil", "Tom O’Neil"),
        ("President", "President"),
        ("King", "King"),
        ("Ada Rell", "Ada Rell"),
        ("Crown Prince Otto", "Otto"),
        ("Russia's ambassador in Port Selm", "Russia's ambassador in Port Selm"),
    ],
)
def test_titles_in_front_of_a_name_are_stripped(name: str, bare: str | None) -> None:
    if bare is not None:
        assert strip_titles(name) == bare
    else:
        assert strip_titles(name).endswith("Ada Rell")


@pytest.mark.parametrize(
    ("name", "suggested", "kind"),
    [
        ("Russia", "person", "government"),
        ("the Kremlin", None, "government"),
        ("Foreign Ministry", "person", "government"),
        ("United Nations", None, "organisation"),
        ("UN", None, "organisation"),
        ("NATO", "person", "organisation"),
        ("Harbour Union", None, "organisation"),
        ("Selm Kurier", "organisation", "media"),
        ("Lantern.NET", "person", "media"),
        ("Lantern.com", "organisation", "organisation"),
        ("Ada Rell", None, "person"),
        ("Ada Rell", "person", "person"),
        ("Lia van Dorn", None, "person"),
        ("rebels in the hills", None, "group"),
    ],
)
def test_the_kind_follows_the_words_before_the_models_suggestion(
    name: str, suggested: ActorKind | None, kind: str
) -> None:
    assert kind_of(name, suggested) == kind


@pytest.mark.parametrize(
    "value", [None, "", "null", "None", "N/A", "unknown", "not mentioned", " The article "]
)
def test_the_ways_in_which_models_say_nothing_are_known(value: str | None) -> None:
    assert is_null(value)


@pytest.mark.parametrize("value", ["Ada Rell", "Null Island", "Nobody Inc."])
def test_a_name_is_not_nothing(value: str) -> None:
    assert not is_null(value)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Analysts met Ada Rell in Port Selm.", ["Ada Rell", "Port Selm"]),
        ("Uncertainty remains. Talks go on.", []),
        ("On Monday, Rell left.", ["Rell"]),
        ("Rell’s envoy Bo Lind met U.S. officials.", ["Rell", "Bo Lind", "U.S."]),
        ("The Bank of Norland paid.", ["Bank of Norland"]),
        ("“Never,” said Rell.", ["Rell"]),
        ("Hassan Rouhani of Iran left.", ["Hassan Rouhani", "Iran"]),
        ("The North Korean-supplied missiles fell.", []),
        ("Lia van Dorn and Bo de Witt met Ali bin Saud.", ["Lia van Dorn", "Bo de Witt", "Ali bin Saud"]),
    ],
)
def test_names_of_a_text_leave_out_what_is_capitalised_only_by_its_place(text: str, names: list[str]) -> None:
    assert [mention.text for mention in names_in(article_of(text))] == names


def test_mentions_stand_where_they_say_and_take_the_longest_name() -> None:
    cast = cast_of(TEXT, "Ada Rell", "Ivo Marn", "Harbour Union", "Norland")
    for sentence in cast.article.sentences:
        for mention in cast.mentions(sentence.n):
            assert sentence.text[mention.start : mention.end] in mention.member.names
    first = cast.mentions(1)[0]
    assert (first.member.name, cast.article.sentence(1).text[first.start : first.end]) == (
        "Ada Rell",
        "Ada Rell",
    )


def test_every_member_has_evidence_that_names_it() -> None:
    cast = cast_of(TEXT, "Ada Rell", "Ivo Marn", "Harbour Union", "Norland", "U.S.", "Tom O’Neil")
    for member in cast.members:
        (piece,) = cast.evidence(member)
        assert any(name in piece.quote for name in member.names)


def test_a_member_found_in_another_case_has_evidence_all_the_same() -> None:
    cast = cast_of("The KURIER wrote. Ada Rell read it.")
    member = cast.enter("Kurier")
    assert member is not None
    assert cast.evidence(member)


@given(st.text(max_size=60), st.text(max_size=200))
def test_entering_any_name_in_any_text_never_raises_and_keeps_names_of_the_text(name: str, text: str) -> None:
    article = article_of(f"Ada Rell spoke. {text}")
    member = Context.of(article).cast.enter(name)
    if member is not None:
        assert " ".join(member.name.split()).casefold() in " ".join(article.text.split()).casefold()


def test_who_is_sent_to_a_state_is_of_the_one_that_sends() -> None:
    """ "Norwegian Ambassador to Portugal Bo Lind" speaks for Norway; of "the UN envoy to Portugal" nothing is known."""
    sent = cast_of("Norwegian Ambassador to Portugal Bo Lind confirmed it.").enter("Bo Lind", "person")
    assert sent is not None
    assert (sent.role, sent.country) == ("Norwegian Ambassador to Portugal", "NO")
    cast = cast_of("Bo Lind, the UN envoy to Portugal, confirmed it. Portugal agreed.")
    cast.enter("Portugal", "government")
    envoy = cast.enter("Bo Lind", "person")
    assert envoy is not None
    assert cast.side(envoy) is None
