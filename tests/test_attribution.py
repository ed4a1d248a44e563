"""Who says it, and with which hedges: by the order of the words, and nobody where that does not settle it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.attribution import (
    can_act,
    hedges_in,
    is_report_noun,
    is_unnamed,
    source_name,
    sources_in,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The visit will go ahead, according to the Selm Kurier.", ["the Selm Kurier"]),
        ("According to two officials, the trip is on.", ["two officials"]),
        (
            "The visit will go ahead, according to a report by the Selm Kurier, citing a diplomat.",
            ["the Selm Kurier", "a diplomat"],
        ),
        ("According to a statement from the palace, it is off.", ["the palace"]),
        ("“We are ready,” said Ada Rell.", ["Ada Rell"]),
        ("“We are ready,” said Ada Rell, the foreign minister.", ["Ada Rell"]),
        ("“We are ready,” Ada Rell said.", ["Ada Rell"]),
        ('"We are ready," Rell told reporters.', ["Rell"]),
        ("'We are ready,' said Rell.", ["Rell"]),
        ("“We are ready,” the minister told reporters.", ["the minister"]),
        ("The Kremlin announced that the trip was off.", ["The Kremlin"]),
        ("The Kremlin also announced that the trip was off.", ["The Kremlin"]),
        ("The Kremlin has announced that the trip was off.", ["The Kremlin"]),
        ("Ada Rell, the national security adviser, said the trip was off.", ["Ada Rell"]),
        ("Ada Rell said she would travel.", ["Ada Rell"]),
        ("The Selm Kurier reported on Monday that Rell will go.", ["The Selm Kurier"]),
        ("As reported by the Selm Kurier, Rell will go.", ["the Selm Kurier"]),
        (
            '"Rell will go on Monday," the palace\'s spokesman Bo Lind, said in Selm.',
            ["the palace's spokesman Bo Lind"],
        ),
        ("The president stressed continued support for Velia.", ["The president"]),
        (
            "Rell will go, Lantern informs, referring to the Kurier citing a diplomat.",
            ["Lantern", "the Kurier", "a diplomat"],
        ),
        ("“They earn more than in wages. Rell said so,” the Kurier wrote.", ["Rell", "the Kurier"]),
        ("As reported by Lantern.NET, Rell will go.", ["Lantern.NET"]),
        ("The Norlandic weekly “Lantern” writes about this.", ["Lantern"]),
        ("Source: the Selm Kurier, citing a diplomat", ["the Selm Kurier", "a diplomat"]),
        ("The announcement came from the Norlandic envoy to Ostia, Bo Lind.", ["Bo Lind"]),
        ("Asked about it, Rell's spokesman, Bo Lind, neither confirmed nor denied it.", ["Bo Lind"]),
        ("Commenting on the plan, Bo Lind said no more.", ["Bo Lind"]),
        ("The plan was described by the premier as bold.", ["the premier"]),
        ("A diplomatic source told the Kurier that Rell will go.", ["A diplomatic source"]),
        ("A source close to the palace said Rell will go.", ["A source close to the palace"]),
        ("Officials in Selm say the trip is on.", ["Officials in Selm"]),
        ("The trip is on, sources say.", ["sources"]),
        ("The trip, Norland's ambassador confirmed, is being prepared.", ["Norland's ambassador"]),
        (
            "Citing a palace spokesman, the Kurier wrote that the trip is on.",
            ["a palace spokesman", "the Kurier"],
        ),
        ("The Kurier, quoting unnamed officials, reported the plan.", ["The Kurier", "unnamed officials"]),
        (
            '"The visit is on," a spokesman for the Ostian government said.',
            ["a spokesman for the Ostian government"],
        ),
        ("But Ivo Marn, speaking in Selm, denied it.", ["Ivo Marn"]),
        ("He said the trip was off.", ["He"]),
        ("The report suggests that Rell may go.", ["The report"]),
        ("Rell's spokesman Bo Lind said the trip is on.", ["Rell's spokesman Bo Lind"]),
        ("While Marn hesitated, Rell announced the plan.", ["Rell"]),
        ("Rell warned that Velia would attack.", ["Rell"]),
        ("“He lies,” Marn said of Rell.", ["Marn"]),
        ("Rell will go to Ostia, her office announced on Friday.", ["her office"]),
        ("Rell, who is ill, will not go, the palace said.", ["the palace"]),
        ("The trip is on, the foreign ministry said.", ["the foreign ministry"]),
        ("It was quoted by the agency Tass as saying that Rell would go.", ["the agency Tass"]),
    ],
)
def test_sources_of_a_sentence_are_named_from_left_to_right(text: str, names: list[str]) -> None:
    assert [source.name for source in sources_in(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Rell will travel to Ostia.",
        "The United States and Norland signed a pact.",
        "Its report praises the fleet.",
        "Many drone claims and war reports fill the papers.",
        "The reported plan surprised nobody.",
        "",
    ],
)
def test_a_sentence_without_a_verb_of_saying_has_no_source(text: str) -> None:
    assert not sources_in(text)


def test_joint_speakers_are_both_named() -> None:
    names = " ".join(s.name for s in sources_in("Norland and Ostia said in a joint statement that it is on."))
    assert "Norland" in names
    assert "Ostia" in names


def test_a_list_with_a_comma_before_its_and_is_one_row() -> None:
    listed = sources_in("Norland, Velia, and Ostia said that it is on.")
    assert [source.name for source in listed] == ["Norland", "Velia", "Ostia"]
    apart = sources_in("Rell went to Velia, and Ostia said that it is on.")
    assert [source.name for source in apart] == ["Ostia"]


@pytest.mark.parametrize(
    "name",
    [
        "a diplomatic source",
        "two sources in the palace",
        "an unnamed official",
        "people familiar with the plan",
        "a person familiar with the matter",
        "an official who spoke on condition of anonymity",
        "insiders",
        "an anonymous diplomat",
    ],
)
def test_a_source_that_nobody_could_ask_is_unnamed(name: str) -> None:
    assert is_unnamed(name)


@pytest.mark.parametrize(
    "name", ["Ada Rell", "the Kremlin", "the Selm Kurier", "Norland's ambassador", "Resource Bank"]
)
def test_a_source_that_can_be_asked_is_not_unnamed(name: str) -> None:
    assert not is_unnamed(name)


@pytest.mark.parametrize(
    ("name", "is_noun"),
    [
        ("The report", True),
        ("a statement", True),
        ("its report", True),
        ("the Selm Kurier", False),
        ("Report", True),
    ],
)
def test_a_report_whose_author_stands_elsewhere_is_told_apart(name: str, is_noun: bool) -> None:
    assert is_report_noun(name) is is_noun


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("the Selm Kurier", "Selm Kurier"),
        ("A diplomat", "diplomat"),
        ("An envoy", "envoy"),
        ("Thea Rell", "Thea Rell"),
        ("Another source", "another source"),
        ("Sources in Selm", "sources in Selm"),
        ("Norlandic sources", "Norlandic sources"),
        ("The source", "the source"),
        ("A diplomatic source", "diplomatic source"),
    ],
)
def test_a_source_is_shown_without_the_article_in_front(name: str, shown: str) -> None:
    assert source_name(name) == shown


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("Rell is reportedly planning a trip", ("reportedly",)),
        ("Rell could or might go, most likely in June", ("could", "might", "most likely")),
        ("Rell may go; she may stay", ("may",)),
        ("She left on 3 May for Ostia", ()),
        ("May the best ship win", ("may",)),
        ("Rell is expected to go", ("is expected to",)),
        ("The trip was tentatively agreed in principle", ("tentatively", "in principle")),
        ("Rell will go", ()),
        ("The mayor of Mightley went", ()),
        ("There is a possibility of talks", ("possibility",)),
        ("Rell   allegedly\nlied", ("allegedly",)),
        ("It is unlikely", ("unlikely",)),
        ("REPORTEDLY so", ("reportedly",)),
    ],
)
def test_hedges_are_kept_in_order_each_once(text: str, hedges: tuple[str, ...]) -> None:
    assert hedges_in(text) == hedges


@pytest.mark.parametrize(
    "phrase",
    [
        "Ada Rell",
        "the minister",
        "two diplomats",
        "the newspaper",
        "she",
        "officials in Selm",
        "the U.S. government",
    ],
)
def test_a_name_an_office_a_medium_and_a_pronoun_can_act(phrase: str) -> None:
    assert can_act(phrase)


@pytest.mark.parametrize(
    "phrase", ["Commenting on the plan", "the weather", "in spite of it", "her hat", "", "often"]
)
def test_other_phrases_cannot_act(phrase: str) -> None:
    assert not can_act(phrase)


@given(st.text(alphabet="abcA said,.“”\"'’ reports by citing", max_size=120))
def test_every_source_stands_where_it_says(text: str) -> None:
    for source in sources_in(text):
        assert text[source.start : source.end] == source.name
        assert text[source.cue_start :].startswith(source.cue)
