"""How many vouch for a line: independent sources and outlets, counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from digest_builders import actor, government, line, medium, person, report
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.digest.identity import ActorIndex
from briefgen.digest.sources import sources_of, with_quoted_media

if TYPE_CHECKING:
    from random import Random

    from briefgen.brief import Actor
    from briefgen.digest.digest import Sources

ENVOY = "Russia's ambassador to North Korea"
CAST = (
    medium("m1", "Vedomosti"),
    person("p1", "Vladimir Putin", "RU", role="president"),
    person("p2", "Bo Lund", "RU", role="Russian ambassador to North Korea"),
    person("p3", "Dmitry Peskov", "RU", role="Kremlin spokesman"),
    government("g1", "Kremlin", "RU"),
    government("g2", "United States", "US"),
    government("g3", "Ukraine", "UA"),
    person("p4", "Ada Rell", "RU", role="Russian opposition leader"),
    person("p5", "Cleo Rell", "US"),
    person("p6", "in Pyongyang", "RU", role="Russia's ambassador"),
)
Chain = tuple[str | None, Sequence[str]]
"""The publisher of an article, and whom its item names."""


def counted(*chains: Chain, cast: Sequence[Actor] = CAST) -> Sources:
    reports = [report(number, actors=cast, publisher=chain[0]) for number, chain in enumerate(chains, 1)]
    names = [chain[1] for chain in chains]
    return sources_of(zip(reports, names, strict=True), ActorIndex(reports))


def numbers(*chains: Chain) -> tuple[int, int]:
    found = counted(*chains)
    return found.independent, found.outlets


SEED_NORTH_KOREA = (None, ("the Vedomosti newspaper", "a diplomatic source", "Bo Lund"))
SEED_VIETNAM = (None, ("the Vedomosti newspaper",))


def test_the_seed_north_korea() -> None:
    """The newspaper's diplomatic source and the ambassador: two sources; the newspaper: one outlet."""
    found = counted(SEED_NORTH_KOREA)
    assert (found.independent, found.outlets) == (2, 1)
    assert set(found.names) == {"Bo Lund", "diplomatic source"}
    assert found.media == ("Vedomosti",)


def test_the_seed_vietnam() -> None:
    """By the same report: one and one."""
    assert numbers(SEED_VIETNAM) == (1, 1)


def test_articles_that_quote_the_same_report_change_nothing() -> None:
    """Circular reporting: five papers that quote one are one source and one outlet."""
    quoting: list[Chain] = [(f"Paper {n}", ("Vedomosti daily",)) for n in "ABCDE"]
    assert numbers(SEED_NORTH_KOREA, *quoting) == (2, 1)
    assert numbers(SEED_VIETNAM, *quoting) == (1, 1)
    assert numbers(*quoting) == (1, 1)


def test_the_quoted_paper_itself_is_the_same_outlet() -> None:
    """Its own article, in whose chain it does not name itself."""
    assert numbers(("Vedomosti", ("a diplomatic source",)), ("Paper A", ("the newspaper Vedomosti",))) == (
        1,
        1,
    )


def test_the_publisher_named_in_its_own_article_is_the_outlet() -> None:
    """Whatever a model took it for: "BGNES reports" in an article of BGNES is no source beside it."""
    agency = actor("a1", "Lantern", "organisation")
    found = counted(("The Lantern", ("Lantern", "Kremlin")), cast=(agency, *CAST))
    assert (found.independent, found.outlets) == (1, 1)


def test_without_any_name_the_publisher_is_outlet_and_source() -> None:
    """Two papers on their own authority are two; two articles of one paper are one."""
    assert numbers(("Lantern", ()), ("Kurier", ())) == (2, 2)
    assert numbers(("Lantern", ()), ("the Lantern newspaper", ())) == (1, 1)


def test_an_article_of_nobody_knows_whom_is_an_outlet_of_its_own() -> None:
    """Two of them are two."""
    found = counted((None, ()), (None, ()))
    assert (found.independent, found.outlets) == (2, 2)
    assert found.media == ("article 1", "article 2")


@pytest.mark.parametrize(
    "names",
    [
        ("Kremlin", "Dmitry Peskov"),
        ("the Kremlin", "Kremlin spokesman Dmitry Peskov"),
        ("Moscow", "Bo Lund"),
        ("Russian Foreign Ministry", "Russia"),
        ("Vladimir Putin", "Peskov"),
        (ENVOY, "Kremlin"),
        (ENVOY, "in Pyongyang"),
        ("Russian trade representative", "Kremlin"),
    ],
)
def test_a_government_is_one_source_whoever_speaks(names: Sequence[str]) -> None:
    """Seat, ministry, spokesman, ambassador, president: one party."""
    assert numbers(("Lantern", names)) == (1, 1)
    assert numbers(*(("Lantern", (name,)) for name in names)) == (1, 1)


@pytest.mark.parametrize(
    "names",
    [
        ("United States", "Ukraine"),
        ("Kremlin", "Ada Rell"),
        ("Kremlin", "Cleo Rell"),
        ("United States", "Cleo Rell"),
        ("Kremlin", "Pia Quist"),
        ("Dmitry Peskov", "a Kremlin insider"),
    ],
)
def test_two_parties_are_two_sources(names: Sequence[str]) -> None:
    """Two states; a government and its opposition; a government and a private person of that state."""
    assert numbers(("Lantern", names)) == (2, 1)


@pytest.mark.parametrize(
    "names",
    [
        ("a diplomatic source", "another source"),
        ("US officials", "senior diplomats"),
        ("people close to the talks", "an insider"),
        ("a senior Israeli official", "officials in Selm"),
    ],
)
def test_two_unnamed_sources_are_two_only_in_two_outlets(names: Sequence[str]) -> None:
    """Nobody knows whether one paper's two sources are not the same person."""
    assert numbers(("Lantern", names)) == (1, 1)
    assert numbers(("Lantern", names[:1]), ("Kurier", names[1:])) == (2, 2)
    assert numbers(("Paper A", ("Vedomosti", names[0])), ("Paper B", ("Vedomosti", names[1]))) == (1, 1)


def test_an_unnamed_source_is_named_most_fully() -> None:
    """ "Source" tells less than "diplomatic source"."""
    found = counted(("Lantern", ("source",)), ("Lantern", ("source",)), ("Lantern", ("a diplomatic source",)))
    assert found.names == ("diplomatic source",)


def test_an_outlet_with_a_source_is_no_second_one() -> None:
    """One paper's two articles: one names its source, one does not."""
    assert numbers(("Lantern", ("Kremlin",)), ("Lantern", ())) == (1, 1)
    assert numbers(("Lantern", ("Kremlin",)), ("Kurier", ())) == (2, 2)


def test_media_of_one_chain_count_as_outlets_and_one_source() -> None:
    """Two media named and nobody else: both are outlets, and who has it from whom, nobody says."""
    assert numbers((None, ("Reuters", "TASS"))) == (1, 2)
    assert numbers((None, ("Reuters", "TASS", "a source")), (None, ("TASS", "a source"))) == (1, 2)


@pytest.mark.parametrize("name", ["the report", "he", "", "media reports", "the newspaper", " "])
def test_words_that_name_nobody_count_for_nothing(name: str) -> None:
    """The publisher stands where they are all there is."""
    found = counted(("Lantern", (name,)))
    assert (found.independent, found.outlets, found.names) == (1, 1, ("Lantern",))
    assert numbers(("Lantern", ("Kremlin", name))) == (1, 1)


@pytest.mark.parametrize("publisher", ["Kremlin", "The Kremlin", "Russian Foreign Ministry"])
def test_a_government_that_publishes_is_a_source_and_no_paper(publisher: str) -> None:
    """What it says on its own site, a paper has from it too; it quotes nobody for it."""
    assert numbers((publisher, ()), ("Lantern", ("Peskov",))) == (1, 2)
    beside = medium("m1", "Lantern")
    one = report(1, publisher=publisher, actors=[beside])
    assert with_quoted_media(one, (), [line()], ActorIndex([one])) == ()


def test_copies_add_nothing() -> None:
    """Who else printed the very same report is no source and no outlet."""
    one = report(1, publisher="Lantern", printed_by=["Kurier", "Harbour Post"])
    assert sources_of([(one, ())], ActorIndex([one])).model_dump() == {
        "independent": 1,
        "outlets": 1,
        "names": ("Lantern",),
        "media": ("Lantern",),
    }


def test_somebody_listed_only_in_another_article_is_the_same_source() -> None:
    """The brief of one article has not listed the minister that it quotes."""
    one = report(
        1, publisher="Lantern", actors=[person("a1", "Ada Rell", "GB", role="British foreign minister")]
    )
    other = report(2, publisher="Lantern")
    found = sources_of([(one, ("Ada Rell",)), (other, ("Ada Rell",))], ActorIndex([one, other]))
    assert (found.independent, found.names) == (1, ("Ada Rell",))


def test_the_names_are_those_of_the_sources() -> None:
    """One for each source and each outlet, those named most often first."""
    found = counted(("Lantern", ("Kremlin",)), ("Kurier", ("Kremlin",)), ("Kurier", ("United States",)))
    assert found.names == ("Kremlin", "United States")
    assert found.media == ("Kurier", "Lantern")


def test_nothing_vouches_for_nothing() -> None:
    """No statement, no source."""
    assert numbers() == (0, 0)


def quoting(sentence: int, evidence: int, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The chain of an item of that evidence in an article of the Kurier that quotes the Lantern there."""
    lantern = actor("m1", "Lantern", "media", evidence=[line(sentence)])
    own = actor("m2", "the Kurier newspaper", "media", evidence=[line(evidence)])
    one = report(1, publisher="Kurier", actors=[lantern, own, government("g1", "Russia", "RU")])
    return with_quoted_media(one, names, [line(evidence)], ActorIndex([one]))


@pytest.mark.parametrize("sentence", [2, 3, 4])
def test_a_medium_quoted_beside_the_item_is_its_outlet(sentence: int) -> None:
    """ "Ada Rell will travel. Source: the Lantern": the article does not say it on its own authority."""
    assert quoting(sentence, evidence=3) == ("Lantern",)
    assert quoting(sentence, 3, ("a source",)) == ("a source", "Lantern")


def test_a_medium_quoted_elsewhere_is_not() -> None:
    """Nor is one beside an item that has a source with a name, or a medium."""
    assert quoting(1, evidence=3) == ()
    assert quoting(2, 3, ("Russia",)) == ("Russia",)
    assert quoting(3, 3, ("Russia",)) == ("Russia", "Lantern")
    assert quoting(3, 3, ("Reuters",)) == ("Reuters",)


NAMES = (
    "Vedomosti",
    "the Vedomosti newspaper",
    "a source",
    "US officials",
    "Kremlin",
    "Peskov",
    "Reuters",
    "Ukraine",
    "he",
)
chains = st.lists(
    st.tuples(
        st.sampled_from((None, "Lantern", "Kurier", "Vedomosti")),
        st.lists(st.sampled_from(NAMES), max_size=4),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(chains, st.randoms())
def test_the_order_of_articles_and_names_changes_nothing(listed: list[Chain], random: Random) -> None:
    """Same counts, same names."""
    reports = [report(number, actors=CAST, publisher=chain[0]) for number, chain in enumerate(listed, 1)]
    index = ActorIndex(reports)
    statements = [(each, list(chain[1])) for each, chain in zip(reports, listed, strict=True)]
    shuffled = [(each, random.sample(names, len(names))) for each, names in statements]
    random.shuffle(shuffled)
    assert sources_of(statements, index) == sources_of(shuffled, index)


@settings(deadline=None)
@given(chains)
def test_a_line_has_a_source_an_outlet_and_a_name_for_each(listed: list[Chain]) -> None:
    """Whatever chains there are."""
    found = counted(*listed)
    assert 1 <= found.independent == len(found.names)
    assert 1 <= found.outlets == len(found.media)


@settings(deadline=None)
@given(chains, st.sampled_from(("Paper A", None)))
def test_another_article_that_quotes_an_outlet_of_the_line_adds_nothing(
    listed: list[Chain], publisher: str | None
) -> None:
    """Whatever is known already, whoever reports once more that Vedomosti reports it."""
    known = [*listed, ("Lantern", ("Vedomosti",))]
    before, after = counted(*known), counted(*known, (publisher, ("the Vedomosti newspaper",)))
    assert (before.independent, before.outlets) == (after.independent, after.outlets)
