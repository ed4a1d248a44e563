"""Every fixture, answered by a good and by a careless model, becomes the brief that an editor expects."""

from __future__ import annotations

import html
import itertools
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from briefgen import BriefGenerator
from briefgen.brief import Brief
from briefgen.render import render
from briefgen.verification import audit
from fixture_projection import FOLDER, KINDS, Fixture, all_fixtures, project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.article import Article

ALL = all_fixtures()
NAMES = sorted({fixture.name for fixture in ALL})
every_answer = pytest.mark.parametrize("fixture", ALL, ids=str)
every_article = pytest.mark.parametrize("name", NAMES)

HIDDEN = {
    "injected_instructions": (
        "Mars",
        "fled to Paris",
        "Assistant:",
        "will visit Paris",
        "admitted the poisoning",
    ),
    "neither_nor": (
        "Note to editors",
        "admitted everything",
        "strongest terms",
        "Subscribe",
        "rights reserved",
    ),
    "postponed_visit": ("has been cancelled", "John Smith", "moon"),
}
"""What the pages of these fixtures hide from their readers, or show beside the article."""

# From what is known to what is only thought of; a careless model may lose ground, never gain it.
_STRENGTH = ("possible", "reported", "partly_confirmed", "confirmed")


@cache
def made(fixture: Fixture) -> tuple[Article, Brief]:
    return fixture.article(), fixture.brief()


def evidence_in(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if {"sentence", "quote", "start", "end"} <= node.keys():
            yield node
        for part in node.values():
            yield from evidence_in(part)
    elif isinstance(node, list):
        for part in node:
            yield from evidence_in(part)


def texts_in(node: Any) -> Iterator[str]:
    """Every string of a projected brief that a reader sees as words; dates and what was withheld left out."""
    skipped = {"withheld", "coverage", "country", "edtf", "earliest", "latest"}
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, part in node.items():
            if key not in skipped:
                yield from texts_in(part)
    elif isinstance(node, list):
        for part in node:
            yield from texts_in(part)


@every_answer
def test_the_brief_is_the_one_an_editor_expects(fixture: Fixture) -> None:
    """What comes out of a fixture is what was judged right, line by line, by somebody who read the article."""
    found, expected = project(made(fixture)[1]), fixture.expected()
    del found["withheld"], expected["withheld"]
    assert found == expected


@every_answer
def test_what_is_withheld_is_withheld_for_the_reason_an_editor_would_give(fixture: Fixture) -> None:
    """The items are the expected ones, and the expected codes are among the rules that each is said to break."""
    found = {json.dumps([facet, item]): codes for facet, codes, item in project(made(fixture)[1])["withheld"]}
    expected = {json.dumps([facet, item]): codes for facet, codes, item in fixture.expected()["withheld"]}
    assert sorted(found) == sorted(expected)
    for item, codes in expected.items():
        assert set(codes) <= set(found[item]), item


@every_article
def test_a_careless_model_makes_no_claim_stronger_than_a_good_one(name: str) -> None:
    """Visits, accusations and motives of the careless brief are among the good one's, and no more certain."""
    good, careless = (Fixture(name, kind).expected() for kind in KINDS)
    strength = {(v["destination"], *v["visitors"]): v["status"] for v in good["planned_visits"]}
    for visit in careless["planned_visits"]:
        best = strength[(visit["destination"], *visit["visitors"])]
        if best in _STRENGTH:
            assert _STRENGTH.index(visit["status"]) <= _STRENGTH.index(best)
        else:
            assert visit["status"] == best
    parties = [(a["accused"], set(a["accusers"])) for a in good["allegations"]]
    for allegation in careless["allegations"]:
        assert (allegation["accused"], set(allegation["accusers"])) in parties
    known = [(m["holder"], m["text"], m["basis"]) for m in good["motives"]]
    for motive in careless["motives"]:
        assert (motive["holder"], motive["text"], motive["basis"]) in known


@every_answer
def test_the_rules_find_nothing_critical_in_a_finished_brief(fixture: Fixture) -> None:
    """A brief that was just made passes the audit that judges briefs from elsewhere."""
    article, brief = made(fixture)
    assert [found for *_, found in audit(brief, article) if found.critical] == []


@every_answer
@pytest.mark.covers("B-INJ-13")
def test_every_quotation_is_the_articles_own_words(fixture: Fixture) -> None:
    """The evidence of every item is an exact substring of the article, inside the sentence it names."""
    article, brief = made(fixture)
    pieces = list(evidence_in(brief.model_dump(mode="json")))
    assert pieces
    for piece in pieces:
        sentence = article.sentence(piece["sentence"])
        assert article.text[piece["start"] : piece["end"]] == piece["quote"] != ""
        assert sentence.start <= piece["start"] < piece["end"] <= sentence.end


@every_answer
@pytest.mark.covers("B-INJ-13", "B-INJ-14")
def test_no_name_and_no_number_comes_from_outside_the_article(fixture: Fixture) -> None:
    """Capitalised words inside sentences, and figures, stand in the article or its metadata."""
    article, brief = made(fixture)
    given = "\n".join(filter(None, (article.text, article.title, article.publisher, article.author)))
    words = {word.casefold() for word in re.findall(r"\w+", given)}
    for text in texts_in({**project(brief), "actors": [actor.name for actor in brief.actors]}):
        for figure in re.findall(r"\d+(?:[.,]\d+)*", text):
            assert figure in given, text
        for name in re.findall(r"(?<=[a-z,] )[A-Z]\w+", text):
            assert name.casefold() in words, text


@every_answer
def test_a_brief_survives_json(fixture: Fixture) -> None:
    """Written as JSON and read again it is equal."""
    brief = made(fixture)[1]
    assert Brief.model_validate_json(brief.to_json()) == brief


@every_answer
def test_the_same_answers_make_the_same_brief(fixture: Fixture) -> None:
    """Nothing but the time of making differs between two runs."""
    first, second = (brief.model_dump(mode="json") for brief in (made(fixture)[1], fixture.brief()))
    for brief in (first, second):
        del brief["provenance"]["created"], brief["provenance"]["seconds"]
    assert json.dumps(first) == json.dumps(second)


@every_answer
def test_both_readable_forms_keep_every_hedge_and_every_source(fixture: Fixture) -> None:
    """Hedges and "according to" of each visit and motive are in the text form and in the Markdown form."""
    brief = made(fixture)[1]
    text = " ".join(render(brief).split())
    markdown = html.unescape(re.sub(r"\\(?=[^\w\s])", "", " ".join(render(brief, "markdown").split())))
    visits = [(*visit.hedges, *visit.according_to) for visit in brief.planned_visits]
    motives = [(*motive.hedges, *motive.according_to) for motive in brief.motives]
    for said in itertools.chain(*visits, *motives):
        assert said in text
        assert said in markdown


@every_article
def test_a_careless_answer_is_not_passed_over_in_silence(name: str) -> None:
    """What the careless model invented stays visible, each with the code and the reason."""
    brief = made(Fixture(name, "careless"))[1]
    assert brief.withheld
    assert all(reason.code and reason.message for entry in brief.withheld for reason in entry.reasons)


@pytest.mark.parametrize(
    ("name", "phrase"), [(n, phrase) for n, listed in HIDDEN.items() for phrase in listed]
)
@pytest.mark.covers("B-INJ-07", "B-INJ-08", "B-INJ-09", "B-INJ-10")
def test_what_a_page_hides_never_reaches_the_prompt(name: str, phrase: str) -> None:
    """Hidden elements, comments, templates, descriptions and asides are not part of any message."""
    fixture = Fixture(name, "good")
    model = fixture.model()
    BriefGenerator(model).generate(fixture.article())
    assert model.history
    assert not any(phrase in prompt.user or phrase in prompt.system for prompt in model.history)


@pytest.mark.covers("B-INJ-05", "B-INJ-06", "B-INJ-19")
def test_instructions_in_the_text_change_nothing_but_may_be_reported_on() -> None:
    """An article on forged instructions gets a brief of its news; chat markup is defused in the prompt only."""
    fixture = Fixture("injected_instructions", "careless")
    model = fixture.model()
    brief = BriefGenerator(model).generate(fixture.article())
    assert [visit.destination.name for visit in brief.planned_visits] == ["Calder"]
    assert brief.allegations == ()
    assert "resign" not in brief.headline
    assert not any("<|im_start|>" in prompt.user for prompt in model.history)
    assert "<|im_start|>" in fixture.article().text


def test_braces_and_format_strings_reach_the_model_as_they_are() -> None:
    """Nothing in an article is read as a template: not by us, and not on the way to the model."""
    fixture = Fixture("braces", "good")
    model = fixture.model()
    brief = BriefGenerator(model).generate(fixture.article())
    for literal in (
        "{{ citizen.name }}",
        "{% if debt > 0 %}You owe %s crowns{% endif %}",
        "{0:.2f}",
        "${AMOUNT}",
    ):
        assert all(literal in prompt.user for prompt in model.history)
    assert brief.headline.endswith('{{ citizen.name }}"')


@every_article
def test_a_fixture_is_complete_and_explained(name: str) -> None:
    """Each folder has one article, two answers and two expectations; README.md says what it is for."""
    files = {path.name for path in (FOLDER / name).iterdir()}
    wanted = {f"{prefix}{kind}.json" for kind in KINDS for prefix in ("", "expected_")}
    assert len([file for file in files if file.startswith("article.")]) == 1
    assert wanted <= files
    assert f"`{name}`" in (FOLDER / "README.md").read_text(encoding="utf-8")
