"""Who is who across articles. People are invented, but for names whose forms the world has made."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from digest_builders import actor, government, medium, organisation, person, place, report
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.digest.identity import ActorIndex, place_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from briefgen.brief import Actor, ActorKind
    from briefgen.digest.reports import Report


def index_of(*actors: Actor) -> tuple[ActorIndex, list[str]]:
    """Each actor in an article of its own, and the merged id of each."""
    reports = [report(number, actors=[each]) for number, each in enumerate(actors, 1)]
    index = ActorIndex(reports)
    return index, [index.of(each, each.brief.actors[0].id) for each in reports]


def are_one(*actors: Actor) -> bool:
    return len(set(index_of(*actors)[1])) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Ada Rell", "Foreign Minister Ada Rell", "ADA RELL", "Ada  Rell"),
        ("Vladimir Putin", "Russian President Vladimir Putin", "Putin"),
        ("Kim Jong Un", "Kim Jong-un", "Kim Jong-Un", "North Korean leader Kim Jong Un"),
        ("Xi Jinping", "Xi Jin-ping"),
        ("José Peña", "Jose Pena", "José Peña"),
        ("Leïla Yıldız", "Leila Yildiz"),
        ("Bo Łund", "Bo Lund"),
        ("Alexander Lund", "Oleksandr Lund", "Aleksandr Lund"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelenskiy"),
        ("Ada Maria Rell", "Ada Maria Rell's"),
        ("Bo A. Lund", "Bo Lund", "President Bo A. Lund"),
        ("Omar al-Rell", "Omar Rell", "al-Rell"),
        ("Osama bin Laden", "Usama bin Ladin", "Bin Laden"),
        ("U.S. Secretary of Defense Ada Rell", "Ada Rell"),
        ("Rell's press secretary Bo Lund", "Bo Lund"),
        ("Ivan Petrovich Lund", "Ivan Lund"),
        (
            "Texas Gov. Bo Lund",
            "Representative Bo Lund",
            "Bo Lund of Texas",
            "Chief of Staff Bo Lund",
            "Lund",
        ),
        ("National Security Adviser Bo Lund", "NATO Secretary-General Bo Lund", "Bo Lund"),
        ("Viktor Yanukovych", "Viktor Yanukovich"),
        ("George HW Lund", "George H.W. Lund", "Fellow MP George Lund"),
        ("Queen Ragna of Norway", "Queen Ragna", "Ragna"),
        ("Cho Tae-yul", "Cho"),
    ],
)
def test_names_of_one_person_are_one_actor(names: Sequence[str]) -> None:
    """Titles, case, accents, hyphens, transliteration and patronymics do not make another person."""
    assert are_one(*(person("a1", name) for name in names))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Ada Rell", "Ida Rell"),
        ("Ada Rell", "Ada Rells"),
        ("Bo Lund Jr.", "Bo Lund"),
        ("George W. Bush", "George H.W. Bush"),
        ("Bill Rell", "William Rell"),
        ("Pope Francis", "Francis Rell"),
        ("Ada Rell", "Rell Ada"),
        ("Rosa Maria Lund", "Maria Lund"),
    ],
)
def test_other_given_names_are_other_people(one: str, other: str) -> None:
    """No letter of a given name is guessed, no short form expanded, no order of names turned round."""
    assert not are_one(person("a1", one), person("a1", other))


def test_a_surname_joins_the_only_full_name_with_it() -> None:
    """A surname alone is whoever has it, where the digest has one such person."""
    assert are_one(person("a1", "Ada Rell"), person("a1", "Rell"))


def test_a_surname_of_two_joins_neither() -> None:
    """Two Bushes stay two, and a bare Bush is a third."""
    _, ids = index_of(person("a1", "George Bush"), person("a1", "Jeb Bush"), person("a1", "Bush"))
    assert len(set(ids)) == 3


def test_a_surname_alone_stays_alone() -> None:
    """Without a full name in the digest nobody is made up."""
    index, ids = index_of(person("a1", "Rell"), person("a1", "Minister Rell"))
    assert len(set(ids)) == 1
    assert index.get(ids[0]).name == "Rell"


def test_a_first_name_alone_joins_nobody() -> None:
    """Only surnames, and what articles give as an alias, stand for a person."""
    assert not are_one(person("a1", "Ada Rell"), person("a1", "Ada"))


def test_a_given_name_used_in_one_article_is_nobody_in_the_next() -> None:
    """Only a surname, or a name that is none of the person's own words, is known beyond its article."""
    ada = actor("a1", "Ada Rell", aliases=["Ada", "Iron Ada"])
    assert not are_one(ada, person("a1", "Ada"))
    assert are_one(ada, person("a1", "Iron Ada"))


def test_a_surname_known_the_world_over_is_no_relative() -> None:
    """The alias table settles whom a bare name means, if the digest has that person or not."""
    _, ids = index_of(person("a1", "Trump"), person("a1", "Ivanka Trump"), person("a1", "Donald J. Trump"))
    assert ids[0] == ids[2] != ids[1]
    assert not are_one(person("a1", "Trump"), person("a1", "Ivanka Trump"))


@pytest.mark.parametrize("name", ["Rell Square", "Secure Ada Rell Base of Ostia and Selm Now"])
def test_what_is_hardly_a_person_has_no_surname(name: str) -> None:
    """A model's slip does not take in whoever has its last word."""
    assert not are_one(person("a1", name), person("a1", name.rsplit(maxsplit=1)[-1]))


def test_a_surname_that_is_a_place_joins_nobody() -> None:
    """Hague may be the minister, or the city: who knows."""
    assert not are_one(person("a1", "William Hague"), person("a1", "Hague"))


def test_a_name_that_the_table_knows_is_nobody_else() -> None:
    """NATO is not the "Leaders of NATO" whom an article's grammar gave that alias."""
    leaders = actor("a1", "Leaders of the North Sea", "group", aliases=["NATO"])
    assert not are_one(leaders, organisation("a1", "NATO"))
    assert not are_one(actor("a1", "TV Lantern", "media", aliases=["AP"]), medium("a1", "AP"))


def test_an_alias_given_by_one_article_holds_for_the_others() -> None:
    """One article says that Kim is Kim Jong Un; in the next one he is just Kim."""
    full = actor("a1", "Kim Jong Un", aliases=["Kim"])
    assert are_one(full, person("a1", "Kim"))
    assert are_one(actor("a1", "Harbour Union", "organisation", aliases=["HBU"]), organisation("a1", "HBU"))


def test_an_alias_of_two_joins_neither() -> None:
    """ "HBU" of two bodies is a third."""
    one = actor("a1", "Harbour Union", "organisation", aliases=["HBU"])
    other = actor("a1", "Hill Bank University", "organisation", aliases=["HBU"])
    _, ids = index_of(one, other, organisation("a1", "HBU"))
    assert len(set(ids)) == 3


def test_a_known_surname_keeps_its_id_when_the_full_name_comes() -> None:
    """The id of a bare name that the alias table knows is that of the full name; the name shown is the article's."""
    index, (bare,) = index_of(person("a1", "Putin"))
    _, (full,) = index_of(person("a1", "Vladimir Putin"))
    assert bare == full == "actor-vladimir-putin"
    assert index.get(bare).name == "Putin"


@pytest.mark.parametrize(
    "names",
    [
        (
            "Russia",
            "the Kremlin",
            "Moscow",
            "Russian government",
            "Russia's government",
            "government of Russia",
        ),
        ("North Korea", "DPRK", "Pyongyang", "Democratic People’s Republic of Korea"),
        ("U.S.", "United States", "the White House", "Washington", "Biden administration", "America"),
    ],
)
def test_a_state_its_seat_and_its_government_are_one(names: Sequence[str]) -> None:
    """One actor for a state, under an id made of its code, shown under its name."""
    index, ids = index_of(*(government("a1", name) for name in names))
    assert len(set(ids)) == 1
    assert ids[0].startswith("actor-state-")
    assert index.get(ids[0]).name in {"Russia", "North Korea", "United States", "America"}


@pytest.mark.parametrize(
    "name", ["Russian Foreign Ministry", "Russian parliament", "Supreme Court of Russia", "Russian army"]
)
def test_ministries_and_parliaments_are_bodies_of_their_own(name: str) -> None:
    """What is only part of a state is not the state."""
    assert not are_one(government("a1", "Russia", "RU"), government("a1", name, "RU"))
    assert not are_one(government("a1", "Pentagon", "US"), government("a1", "State Department", "US"))
    assert not are_one(government("a1", "Pentagon", "US"), government("a1", "White House", "US"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian Foreign Ministry", "Russia's Ministry of Foreign Affairs"),
        ("Russian Foreign Ministry", "Foreign Ministry"),
        ("Russian Defense Ministry", "the Russian Defence Ministry"),
    ],
)
def test_a_ministry_by_its_names(one: str, other: str) -> None:
    """Word order, spelling and adjective do not make another ministry of the same state."""
    assert are_one(government("a1", one, "RU"), government("a1", other, "RU"))
    assert not are_one(government("a1", one, "RU"), government("a1", "Foreign Ministry", "FR"))


def test_a_ministry_of_nobody_knows_which_state_stays_in_its_article() -> None:
    """ "The Foreign Ministry" of two articles is two, unless both say whose."""
    assert not are_one(government("a1", "the Foreign Ministry"), government("a1", "the Foreign Ministry"))


@pytest.mark.parametrize("name", ["two officials", "senior officials", "analysts"])
def test_words_for_nobody_in_particular_stay_in_their_article(name: str) -> None:
    """Two officials here are not the two officials there."""
    assert not are_one(actor("a1", name, "group"), actor("a1", name, "group"))


def test_descriptions_of_people() -> None:
    """A senior official is anybody; the ambassador of one state to another is one person, if without a name."""
    assert not are_one(
        person("a1", "senior Israeli official", "IL"), person("a1", "senior Israeli official", "IL")
    )
    assert are_one(
        person("a1", "Russia's ambassador in Pyongyang", "RU"),
        person("a1", "Russian ambassador to North Korea", "RU"),
    )


@pytest.mark.parametrize(
    "names",
    [
        (
            "Vedomosti",
            "the Vedomosti newspaper",
            "Vedomosti daily",
            "Russian newspaper Vedomosti",
            "vedomosti.ru",
        ),
        ("Xinhua", "Xinhua News Agency", "Xinhua news agency"),
        ("AP", "the Associated Press", "AP Photo"),
        ("Harbour Lantern", "the Harbour Lantern", "HARBOUR LANTERN"),
    ],
)
def test_a_medium_by_its_names(names: Sequence[str]) -> None:
    """What says that it is a newspaper is no part of its name; abbreviations are data."""
    assert are_one(*(medium("a1", name) for name in names))


@pytest.mark.parametrize(("one", "other"), [("Korea Times", "Japan Times"), ("Kyiv Post", "Washington Post")])
def test_two_media_stay_two(one: str, other: str) -> None:
    """Half a name is not enough."""
    assert not are_one(medium("a1", one), medium("a1", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("a1", "Lantern"), medium("a1", "Lantern")),
        (person("a1", "Jordan"), government("a1", "Jordan", "JO")),
        (organisation("a1", "Mercury"), medium("a1", "Mercury")),
        (person("a1", "Ada Rell", "GB"), person("a1", "Ada Rell", "US")),
        (organisation("a1", "Harbour Union", "GB"), organisation("a1", "Harbour Union", "US")),
        (person("a1", "Ada Rell", "GB"), person("a1", "Rell", "US")),
    ],
)
def test_another_kind_or_another_country_is_another_actor(one: Actor, other: Actor) -> None:
    """Same name, but known to be something else on both sides: not one."""
    assert not are_one(one, other)


def test_an_unknown_country_is_no_difference() -> None:
    """Most articles do not say what state a president is of; the merged actor has what one of them says."""
    index, ids = index_of(person("a1", "Ada Rell"), person("a1", "Ada Rell", "GB"))
    assert len(set(ids)) == 1
    assert index.get(ids[0]).country == "GB"


def test_between_two_namesakes_one_of_unknown_country_joins_neither() -> None:
    """As with surnames: what could be either is neither."""
    _, ids = index_of(person("a1", "Bo Lind", "GB"), person("a1", "Bo Lind", "US"), person("a1", "Bo Lind"))
    assert len(set(ids)) == 3


def test_one_slip_of_the_model_does_not_split_a_person() -> None:
    """One article of five gives another country: it stands alone, and the others keep the plain id."""
    usual = [person("a1", "Ada Rell", "GB") for _ in range(3)]
    _, ids = index_of(*usual, person("a1", "Ada Rell"), person("a1", "Rell"), person("a1", "Ada Rell", "US"))
    assert ids == ["actor-ada-rell"] * 5 + ["actor-ada-rell-us"]


def test_kinds_of_bodies_that_a_model_mixes_up_are_one() -> None:
    """A "group" here and an "organisation" there of one name are one body; the kind shown is the more frequent."""
    index, ids = index_of(
        organisation("a1", "Harbour Union"),
        actor("a1", "Harbour Union", "group"),
        organisation("a1", "Harbour Union"),
    )
    assert len(set(ids)) == 1
    assert index.get(ids[0]).kind == "organisation"


def test_the_fullest_name_that_most_articles_use_is_shown() -> None:
    """The surname is used more often, the full name is shown; every form is listed."""
    names = ["Rell", "Rell", "Rell", "Ada Rell", "Foreign Minister Ada Rell"]
    index, ids = index_of(*(person("a1", name) for name in names))
    merged = index.get(ids[0])
    assert merged.name == "Ada Rell"
    assert merged.names == ("Ada Rell", "Rell")
    assert merged.articles == (1, 2, 3, 4, 5)
    assert [piece.article for piece in merged.evidence] == [1, 2, 3, 4, 5]
    assert merged.items == ()


def test_a_body_is_shown_as_it_is_commonly_called() -> None:
    """The long form, but not one that hardly anybody uses."""
    index, ids = index_of(*(organisation("a1", name) for name in ["UN", "UN", "United Nations"]))
    assert index.get(ids[0]).name == "United Nations"
    index, ids = index_of(*(organisation("a1", name) for name in ["NATO"] * 5 + ["NATO Alliance"]))
    assert index.get(ids[0]).name == "NATO"


def test_no_name_is_shown_that_no_article_uses() -> None:
    """The alias table knows full names; a digest does not."""
    index, ids = index_of(person("a1", "Putin"), medium("a1", "KCNA"), organisation("a1", "IAEA"))
    assert [index.get(each).name for each in ids] == ["Putin", "KCNA", "IAEA"]


def test_a_monarch_keeps_the_title() -> None:
    """ "Ragna" alone would be anybody; of a minister the title is in the role."""
    index, ids = index_of(person("a1", "Queen Ragna"), person("a1", "Minister Bo Lund"))
    assert [index.get(each).name for each in ids] == ["Queen Ragna", "Bo Lund"]


def test_the_newest_office_is_shown() -> None:
    """Who was minister last month and is president now is president; an article without a role changes nothing."""
    reports = [
        report(1, published="2024-06-12", actors=[person("a1", "Ada Rell", role="president")]),
        report(
            2,
            published="2024-05-01",
            actors=[actor("a1", "Ada Rell", role="minister", affiliation="Ministry")],
        ),
        report(3, published="2024-06-14", actors=[person("a1", "Ada Rell")]),
    ]
    index = ActorIndex(reports)
    merged = index.get("actor-ada-rell")
    assert (merged.role, merged.affiliation) == ("president", None)


def test_a_clause_is_no_office() -> None:
    """What an article's grammar made a role by mistake is not shown as one."""
    index, ids = index_of(person("a1", "Ada Rell", role="is expected to meet the president of Norland"))
    assert index.get(ids[0]).role is None
    index, ids = index_of(person("a1", "Ada Rell", role="US Secretary of State"))
    assert index.get(ids[0]).role == "US Secretary of State"


def test_ids_are_readable_and_unknown_ones_come_back() -> None:
    """Ids are made of the name; what is no actor of a brief is left as it is."""
    index, ids = index_of(
        person("a1", "Ada Rell"),
        medium("a1", "the Lantern newspaper"),
        organisation("a1", "UN Security Council"),
    )
    assert ids == ["actor-ada-rell", "actor-media-lantern", "actor-org-un-security-council"]
    assert index.of(report(1), "nobody") == "nobody"
    assert index.of(report(99), "a1") == "a1"
    with pytest.raises(KeyError):
        index.get("nobody")


def test_ids_are_ascii_and_short() -> None:
    """A name in another script, and a very long one, make ids that can stand in an address."""
    names = ["金正恩", "Путин", "Ada " + "Maria " * 40 + "Rell"]
    _, ids = index_of(*(person("a1", name) for name in names))
    assert len(set(ids)) == 3
    assert all(each.isascii() and len(each) < 90 for each in ids)


def newspaper_report() -> tuple[ActorIndex, Report]:
    one = report(
        1,
        actors=[
            medium("a1", "Vedomosti"),
            person("a2", "Vladimir Putin", "RU", role="president"),
            person("a3", "Dmitry Peskov", "RU", role="Kremlin spokesman"),
            government("a4", "Kremlin", "RU"),
            actor("a5", "United Nations", "organisation", aliases=["UN"]),
            person("a6", "Jeb Bush"),
            person("a7", "George Bush"),
        ],
    )
    return ActorIndex([one, report(2, actors=[person("a1", "Ada Rell")])]), one


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("the Vedomosti newspaper", "actor-media-vedomosti"),
        ("Vedomosti", "actor-media-vedomosti"),
        ("Putin", "actor-vladimir-putin"),
        ("Russian President Vladimir Putin", "actor-vladimir-putin"),
        ("Kremlin spokesman Dmitry Peskov", "actor-dmitry-peskov"),
        ("Putin's spokesman Dmytro Peskov", "actor-dmitry-peskov"),
        ("Dmitry Peskov, the Kremlin spokesman", "actor-dmitry-peskov"),
        ("Kremlin spokesman", "actor-dmitry-peskov"),
        ("the Kremlin", "actor-state-ru"),
        ("Moscow", "actor-state-ru"),
        ("the U.N.", "actor-org-un"),
        ("Bush", None),
        ("a diplomatic source", None),
        ("Ada Rell", None),
        ("Lantern", None),
        ("", None),
    ],
)
def test_a_free_text_name_means_an_actor_of_its_own_article(name: str, found: str | None) -> None:
    """By name, office, seat or surname; nobody of another article, and nobody where two could be meant."""
    index, one = newspaper_report()
    assert index.called(one, name) == found


def test_a_merged_name_is_known_in_every_article_of_the_actor() -> None:
    """The article has "Rell" only; the digest calls her Ada Rell."""
    reports = [report(1, actors=[person("a1", "Rell")]), report(2, actors=[person("a1", "Ada Rell")])]
    assert ActorIndex(reports).called(reports[0], "Ada Rell") == "actor-ada-rell"


@pytest.mark.parametrize(
    ("somebody", "side", "governs"),
    [
        (government("a1", "the Kremlin", "RU"), "RU", "RU"),
        (person("a1", "Ada Rell", "RU", role="Russian ambassador to Norland"), "RU", "RU"),
        (government("a1", "Russian Foreign Ministry", "RU"), "RU", "RU"),
        (organisation("a1", "Russian parliament", "RU"), "RU", None),
        (person("a1", "Ada Rell", "RU"), "RU", None),
        (person("a1", "Ada Rell", "RU", role="Russian opposition leader"), None, None),
        (person("a1", "Ada Rell", "US", role="former US president"), None, None),
        (medium("a1", "Vedomosti"), None, None),
        (person("a1", "Ada Rell"), None, None),
    ],
)
def test_the_side_an_actor_is_on(somebody: Actor, side: str | None, governs: str | None) -> None:
    """A state's people are on its side; its opposition and its newspapers are not; not all hold its offices."""
    index, (merged,) = index_of(somebody)
    assert (index.side(merged), index.government(merged)) == (side, governs)
    assert index.side("nobody") is None


@pytest.mark.parametrize(
    ("name", "country", "key"),
    [
        ("North Korea", "KP", "KP"),
        ("Pyongyang", None, "KP"),
        ("the DPRK", None, "KP"),
        ("Hanoi, Vietnam", None, "VN"),
        ("The Kremlin", None, "RU"),
        ("The Hague", None, "NL"),
        ("Selm", None, "selm"),
        ("the Onda valley", None, "onda valley"),
        ("Élan-sur-Mer", None, "elan sur mer"),
    ],
)
def test_the_identity_of_a_place(name: str, country: str | None, key: str) -> None:
    """A capital and its state are one host; any other place is its name."""
    assert place_key(place(name, country)) == key


# -- properties ---------------------------------------------------------------------------------------------

GIVEN = ("Ada", "Bo", "Cleo", "Dag")
SURNAMES = ("Lund", "Rell", "Al-Omar")
STATES = ("Russia", "the Kremlin", "Moscow", "Vietnam", "Hanoi")
people = st.builds(
    lambda title, given_name, initial, surname, country: person(
        "a", " ".join(filter(None, (title, given_name, given_name and initial, surname))), country
    ),
    st.sampled_from(("", "President", "Mr.")),
    st.sampled_from((*GIVEN, "")),
    st.sampled_from(("", "", "W.", "H.W.")),
    st.sampled_from(SURNAMES),
    st.sampled_from((None, None, "GB", "US")),
)
others = st.one_of(
    st.builds(lambda name: government("a", name), st.sampled_from(STATES)),
    st.builds(lambda name: medium("a", name), st.sampled_from(("Lantern", "the Lantern newspaper", "Lund"))),
    st.builds(
        lambda name, alias: actor("a", name, "organisation", aliases=alias),
        st.sampled_from(("Harbour Union", "HU", "Hill Union")),
        st.sampled_from(((), ("HU",))),
    ),
)
casts = st.lists(st.lists(st.one_of(people, people, others), max_size=4), min_size=1, max_size=8)


def reports_of(cast_lists: Sequence[Sequence[Actor]]) -> list[Report]:
    """One article for each cast, its actors numbered."""
    return [
        report(
            number,
            published=f"2024-06-{number:02}",
            actors=[each.model_copy(update={"id": f"a{at}"}) for at, each in enumerate(cast)],
        )
        for number, cast in enumerate(cast_lists, 1)
    ]


def members(reports: Sequence[Report], index: ActorIndex) -> dict[str, list[Actor]]:
    found: dict[str, list[Actor]] = {}
    for each in reports:
        for somebody in each.brief.actors:
            found.setdefault(index.of(each, somebody.id), []).append(somebody)
    return found


@settings(deadline=None)
@given(casts, st.randoms())
def test_the_order_of_articles_changes_nothing(cast_lists: list[list[Actor]], random: Random) -> None:
    """Same ids, same cards, same order of the list."""
    reports = reports_of(cast_lists)
    shuffled = list(reports)
    random.shuffle(shuffled)
    one, other = ActorIndex(reports), ActorIndex(shuffled)
    assert one.actors == other.actors
    for each in reports:
        for somebody in each.brief.actors:
            assert one.of(each, somebody.id) == other.of(each, somebody.id)


@settings(deadline=None)
@given(casts)
def test_merging_is_a_partition(cast_lists: list[list[Actor]]) -> None:
    """Every actor of every brief is in exactly one merged actor, which names its article; none is empty."""
    reports = reports_of(cast_lists)
    index = ActorIndex(reports)
    for each in reports:
        for somebody in each.brief.actors:
            assert each.number in index.get(index.of(each, somebody.id)).articles
    assert {merged.id for merged in index.actors} == set(members(reports, index))
    assert len({merged.id for merged in index.actors}) == len(index.actors)


@settings(deadline=None)
@given(casts)
def test_nothing_merges_across_given_names_countries_or_kinds(cast_lists: list[list[Actor]]) -> None:
    """Of two in one merged actor neither the given names differ, nor the countries known, nor person and medium."""
    reports = reports_of(cast_lists)
    for alike in members(reports, ActorIndex(reports)).values():
        assert len({each.country for each in alike if each.country}) <= 1
        assert len({each.kind for each in alike}) == 1
        names = {word for each in alike for word in each.name.split() if word in GIVEN}
        assert len(names) <= 1
        for one, other in combinations([each.name for each in alike if each.kind == "person"], 2):
            assert not (" W. " in one and " H.W. " in other)


@settings(deadline=None)
@given(casts)
def test_articles_about_others_do_not_change_an_id(cast_lists: list[list[Actor]]) -> None:
    """The id of an actor is the same in a digest that has somebody else besides."""
    reports = reports_of(cast_lists)
    more = [*reports, report(30, actors=[person("x", "Pia Quist"), organisation("y", "Quay Trust")])]
    before, after = ActorIndex(reports), ActorIndex(more)
    for each in reports:
        for somebody in each.brief.actors:
            assert before.of(each, somebody.id) == after.of(each, somebody.id)


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=40), st.text(alphabet="aA .'’-,()“”\"@/é", max_size=12)),
    st.sampled_from(("person", "government", "organisation", "media", "group")),
)
def test_any_text_can_be_a_name(name: str, kind: ActorKind) -> None:
    """A model may answer anything: it becomes an actor with a name and an id, and asking for it raises nothing."""
    index, (merged,) = index_of(actor("a1", name, kind))
    assert merged.startswith("actor-")
    assert index.get(merged).articles == (1,)
    assert index.called(report(1, actors=[actor("a1", name, kind)]), name) in {merged, None}
    assert index.side(merged) is None or index.get(merged).country
    assert isinstance(place_key(place(name)), str)
