"""Text made to be slow to read is read in time all the same (T-REDOS-1): every reading function, and all of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.accusations import accusations_in
from briefgen.answers import stance_in
from briefgen.article import Article, normalise, split_sentences
from briefgen.asking import neutral
from briefgen.attribution import hedges_in, sources_in
from briefgen.confirmations import aspect_of
from briefgen.generator import BriefGenerator
from briefgen.geography import places_in
from briefgen.grounding import Grounding, content_stems, is_negated, numbers_in
from briefgen.itinerary import orders_in
from briefgen.names import strip_titles
from briefgen.purposes import leads_to
from briefgen.testing import ScriptedModel
from briefgen.time_phrases import find_time_phrases
from briefgen.visit_times import timing_of
from briefgen.visits import asserts_plan, destination_spans, leads, reading
from core_helpers import article_of

if TYPE_CHECKING:
    from collections.abc import Callable

GUARD = 10.0
"""Seconds of processor time, coarse: a linear reading takes a tenth of it, a quadratic one more than all."""

SIZE, LONG = 12_000, 100_000

UNITS = [
    "A ", "a, ", "Xy and ", "A, and ", "said ", "“", "'", "U.S.", "1,", "http://", "(", "visit to Ostia ",
    "accused ", "by the ", "Ada of ", "reportedly ", "a-", "and ", "x\n", "the, ", "confirmed not ", "quoted a ",
    "declined to ", "a" + " " * 50, "-", ",", "the U.S. and ", "in June, ", "if ", "“a” ", "Mr. ",
]  # fmt: skip

GROUND = Grounding(article_of("Ada Rell spoke of Ostia. It rained."))

READERS: dict[str, Callable[[str], Any]] = {
    "sources_in": sources_in,
    "hedges_in": hedges_in,
    "accusations_in": accusations_in,
    "stance_in": stance_in,
    "aspect_of": aspect_of,
    "places_in": places_in,
    "numbers_in": numbers_in,
    "content_stems": content_stems,
    "is_negated": lambda text: is_negated(text, len(text) - 1),
    "reading": lambda text: reading(text, len(text) // 2, len(text) // 2 + 5),
    "destination_spans": lambda text: destination_spans(text, "Ostia"),
    "leads": lambda text: leads("Ostia", text),
    "asserts_plan": asserts_plan,
    "orders_in": lambda text: orders_in(text, {"o": "Ostia", "v": "Velia"}),
    "leads_to": lambda text: leads_to("sign an accord", text),
    "timing_of": lambda text: timing_of("Ostia", [(s.n, s.text) for s in split_sentences(text)], None),
    "find_time_phrases": find_time_phrases,
    "strip_titles": strip_titles,
    "normalise": normalise,
    "split_sentences": split_sentences,
    "neutral": neutral,
    "ungrounded_names": GROUND.ungrounded_names,
    "ungrounded_numbers": GROUND.ungrounded_numbers,
    "altered_quotes": GROUND.altered_quotes,
}


def of_size(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


@pytest.mark.covers("T16")
@pytest.mark.parametrize("reader", READERS)
def test_a_reading_function_takes_any_repetition_in_time(reader: str) -> None:
    read = READERS[reader]
    started = time.process_time()
    for unit in UNITS:
        read(of_size(unit, SIZE // 2))
    assert time.process_time() - started < 2 * GUARD


@pytest.mark.covers("T16")
@pytest.mark.parametrize("unit", UNITS)
def test_an_article_of_any_repetition_gets_its_brief_in_time(unit: str) -> None:
    article = Article.from_text("Ada Rell plans to visit Ostia. " + of_size(unit, SIZE))
    entry = {"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Ostia"]}
    model = ScriptedModel({"planned_visits": [{"items": [entry]}]})
    started = time.process_time()
    BriefGenerator(model).generate(article)
    assert time.process_time() - started < GUARD


@pytest.mark.covers("T16")
@pytest.mark.parametrize("unit", ["A ", "“"])
def test_100_kb_of_the_worst_get_their_brief_in_time(unit: str) -> None:
    article = Article.from_text("Ada Rell plans to visit Ostia. " + of_size(unit, LONG))
    started = time.process_time()
    BriefGenerator(ScriptedModel()).generate(article)
    assert time.process_time() - started < 2 * GUARD
