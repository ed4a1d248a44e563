"""Critical errors: each kind is caught, and its clean neighbour is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from gold_briefs import gold_brief
from invented import GOLD, GOLD_SET, SOURCE, actor, cited, gold_article

from briefgen.brief import (
    Allegation,
    Background,
    Destination,
    Motive,
    OpenQuestion,
    PlannedVisit,
    Response,
    SummarySentence,
)
from briefgen.evaluate import GoldSet, evaluate
from briefgen.timing import Timing
from core_helpers import broken

if TYPE_CHECKING:
    from briefgen.brief import Brief
    from briefgen.evaluate.results import CriticalError

GOOD = gold_brief(SOURCE)
RELL, LIND, NORLAND, OSTIA, VELIA = (f"actor-{at}" for at in range(5))


def errors(brief: Brief, gold: GoldSet = GOLD_SET) -> tuple[CriticalError, ...]:
    return evaluate(gold, {"strait": brief}).critical


def kinds(brief: Brief, gold: GoldSet = GOLD_SET) -> list[str]:
    return [error.kind for error in errors(brief, gold)]


def with_item(facet: str, item: Any, brief: Brief = GOOD) -> Brief:
    return brief.model_copy(update={facet: (*getattr(brief, facet), item)})


def visit(visitor: str, place: str, *numbers: int, **more: Any) -> PlannedVisit:
    given: dict[str, Any] = {"status": "possible", "evidence": cited(SOURCE, *numbers)} | more
    return PlannedVisit(id="visit-x", visitors=(visitor,), destination=Destination(name=place), **given)


def accusation(accusers: tuple[str, ...], accused: tuple[str, ...], claim: str, *numbers: int) -> Allegation:
    return Allegation(
        id="allegation-x", accusers=accusers, accused=accused, claim=claim, evidence=cited(SOURCE, *numbers)
    )


# -- visits -----------------------------------------------------------------------------------------------


def test_a_past_visit_as_planned() -> None:
    brief = with_item("planned_visits", visit(LIND, "Kestria", 3))
    (error,) = errors(brief)
    assert error.kind == "past_visit_as_planned"
    assert error.article == "strait"
    assert error.facet == "planned_visits"
    assert error.item == "Bo Lind → Kestria"
    assert error.sentences == (3,)
    assert error.quoted == ("Lind visited Kestria in March.",)


def test_a_made_up_visit_that_is_no_past_one_is_a_false_alarm_but_not_this_error() -> None:
    assert kinds(with_item("planned_visits", visit(RELL, "Kestria", 3))) == []


def test_a_visit_that_is_planned_after_a_past_one_to_the_same_place_is_right() -> None:
    past = [{"visitors": ["Bo Lind"], "destination": "Velia", "evidence": ["Lind visited Kestria"]}]
    gold = GoldSet((gold_article(past_visits=past),))
    assert kinds(GOOD, gold) == []
    twice = with_item("planned_visits", visit(LIND, "Velia", 3))
    assert kinds(twice, gold) == []  # a copy: a false alarm, but there is such a plan


ORDER = ("possible", "reported", "partly_confirmed", "confirmed")
OFF = ("postponed", "cancelled", "denied")


def status_kinds(gold: str, found: str) -> list[str]:
    visits = [GOLD["planned_visits"][0], GOLD["planned_visits"][1] | {"status": gold}]
    return kinds(
        broken(GOOD, "planned_visits", 1, status=found), GoldSet((gold_article(planned_visits=visits),))
    )


@pytest.mark.parametrize("gold", ORDER)
@pytest.mark.parametrize("found", ORDER)
def test_a_status_stronger_than_the_golds_is_critical_and_a_weaker_one_is_not(gold: str, found: str) -> None:
    stronger = ORDER.index(found) > ORDER.index(gold)
    assert status_kinds(gold, found) == ["status_too_strong"] * stronger


@pytest.mark.parametrize("gold", OFF)
@pytest.mark.parametrize("found", [*ORDER, *OFF])
def test_a_visit_that_is_off_must_not_stand(gold: str, found: str) -> None:
    assert status_kinds(gold, found) == ["status_too_strong"] * (found in ORDER)


@pytest.mark.parametrize("gold", ORDER)
@pytest.mark.parametrize("found", OFF)
def test_a_visit_that_stands_shown_as_off_is_wrong_but_not_stronger(gold: str, found: str) -> None:
    assert status_kinds(gold, found) == []


# -- allegations ------------------------------------------------------------------------------------------


def test_accuser_and_accused_swapped() -> None:
    swapped = broken(GOOD, "allegations", 0, accusers=(VELIA,), accused=(NORLAND,), responses=())
    (error,) = errors(swapped)
    assert error.kind == "parties_swapped"
    assert "Norland against Velia" in error.detail


def test_an_accused_among_the_accusers_is_swapped_too() -> None:
    assert kinds(broken(GOOD, "allegations", 0, accusers=(NORLAND, VELIA))) == ["parties_swapped"]


def test_an_accuser_who_is_neither() -> None:
    (error,) = errors(broken(GOOD, "allegations", 0, accusers=(NORLAND, OSTIA)))
    assert error.kind == "party_is_neither"
    assert error.detail.startswith("Ostia as accuser")


def test_an_accused_who_is_neither_although_no_gold_allegation_matches() -> None:
    (error,) = errors(broken(GOOD, "allegations", 0, accused=(OSTIA,), responses=()))
    assert error.kind == "party_is_neither"
    assert error.detail.startswith("Ostia as accused")


def test_an_allegation_that_the_gold_has_nowhere_has_parties_that_are_neither() -> None:
    brief = with_item("allegations", accusation((OSTIA,), (NORLAND,), "Norland wants a harbour", 7))
    assert kinds(brief) == ["parties_swapped", "party_is_neither"]


def test_an_allegation_in_an_article_without_any_is_critical() -> None:
    gold = GoldSet((gold_article(allegations=[], not_allegations=[]),))
    assert set(kinds(GOOD, gold)) == {"party_is_neither", "response_not_there"}


@pytest.mark.parametrize("accusers", [(NORLAND,), ()])
def test_fewer_accusers_than_the_gold_has_are_not_critical(accusers: tuple[str, ...]) -> None:
    assert kinds(broken(GOOD, "allegations", 0, accusers=accusers)) == []


def test_parties_of_an_optional_allegation_in_the_same_sentence_are_fine() -> None:
    optional = {
        "accusers": ["Ostia"],
        "accused": ["Norland"],
        "claim": "Norland let its trawler fish there",
        "evidence": ["Norland accused Velia of sinking a trawler"],
        "required": False,
    }
    gold = GoldSet((gold_article(allegations=[GOLD["allegations"][0], optional]),))
    brief = with_item("allegations", accusation((OSTIA,), (NORLAND,), "it let the trawler fish there", 4))
    assert kinds(brief, gold) == []


@pytest.mark.parametrize(
    ("gold", "found", "critical"),
    [
        ("denied", "admitted", True),
        ("declined_to_comment", "denied", True),
        ("not_reported", "admitted", True),
        ("denied", "denied", False),
        ("admitted", "admitted", False),
        ("denied", "not_reported", False),
        ("denied", "declined_to_comment", False),
    ],
)
def test_a_denial_or_admission_that_is_not_there(gold: str, found: str, critical: bool) -> None:
    item = GOLD["allegations"][0] | {"responses": [{"by": "Velia", "stance": gold}]}
    response = Response.model_validate({"by": VELIA, "stance": found})
    brief = broken(GOOD, "allegations", 0, responses=(response,))
    assert kinds(brief, GoldSet((gold_article(allegations=[item]),))) == ["response_not_there"] * critical


def test_a_denial_by_somebody_else_is_not_there() -> None:
    responses = (Response(by=VELIA, stance="denied"), Response(by=OSTIA, stance="denied"))
    (error,) = errors(broken(GOOD, "allegations", 0, responses=responses))
    assert error.kind == "response_not_there"
    assert error.detail.startswith("Ostia: denied")


def test_an_allegation_made_of_concern() -> None:
    brief = with_item("allegations", accusation((OSTIA,), (VELIA,), "the dispute", 6))
    (error,) = errors(brief)
    assert error.kind == "no_allegation"
    assert error.detail == "Ostia expressed concern: no allegation"


def test_an_allegation_that_only_repeats_the_words_of_concern_is_made_of_it_too() -> None:
    brief = with_item("allegations", accusation((OSTIA,), (VELIA,), "Ostia expressed concern", 9))
    assert kinds(brief) == ["no_allegation"]


def test_an_allegation_beside_a_sentence_of_concern_is_right() -> None:
    assert kinds(broken(GOOD, "allegations", 0, evidence=cited(SOURCE, 4, 6))) == []


# -- motives ----------------------------------------------------------------------------------------------


def test_a_stated_motive_that_the_gold_has_as_attributed() -> None:
    (error,) = errors(broken(GOOD, "motives", 1, basis="stated"))
    assert error.kind == "motive_not_stated"
    assert "attributed" in error.detail


@pytest.mark.parametrize("basis", ["article", "attributed"])
def test_a_motive_with_a_weaker_basis_is_wrong_but_not_critical(basis: str) -> None:
    assert kinds(broken(GOOD, "motives", 0, basis=basis)) == []


@pytest.mark.parametrize(("basis", "critical"), [("stated", True), ("article", False)])
def test_a_stated_motive_that_the_gold_does_not_have(basis: Any, critical: bool) -> None:
    made_up = Motive(
        id="motive-x", holder=OSTIA, text="express concern", basis=basis, evidence=cited(SOURCE, 6)
    )
    assert kinds(with_item("motives", made_up)) == ["motive_not_stated"] * critical


def test_a_copy_of_a_stated_motive_is_stated() -> None:
    twice = GOOD.motives[0].model_copy(update={"id": "motive-x"})
    assert kinds(with_item("motives", twice)) == []


# -- names, numbers and dates that are not in the article ---------------------------------------------------

PLACES: dict[str, Brief] = {
    "actors": with_item("actors", actor("Igor Rell", 1)),
    "planned_visits": broken(GOOD, "planned_visits", 0, purpose="to see Igor"),
    "motives": broken(GOOD, "motives", 0, text="Reopen the harbour for Igor"),
    "allegations": broken(GOOD, "allegations", 0, claim="Velia sank a trawler off Cape Orm with Igor"),
    "open_questions": broken(GOOD, "open_questions", 0, question="Will Igor travel to Velia?"),
    "background": with_item(
        "background",
        Background(id="background-1", text="Lind met Igor.", kind="meeting", evidence=cited(SOURCE, 3)),
    ),
    "summary": with_item(
        "summary", SummarySentence(text="Velia denied that Igor sank it.", evidence=cited(SOURCE, 5))
    ),
    "headline": GOOD.model_copy(update={"headline": "Rell to visit Ostia with Igor"}),
}


@pytest.mark.parametrize("facet", PLACES)
def test_a_name_that_is_not_in_the_article_wherever_it_stands(facet: str) -> None:
    (error,) = errors(PLACES[facet])
    assert (error.kind, error.facet) == ("not_in_article", facet)
    assert error.detail == "not in the article: Igor"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Did Velia sink 2 trawlers in 2019?", "2, 2019"),
        ("Did two trawlers sink?", "two"),
        ("Who owned the trawler?", ""),
        ("Did Velia's navy sink Norland's trawler in June?", ""),
    ],
)
def test_a_number_that_is_not_in_the_article(text: str, missing: str) -> None:
    brief = with_item("open_questions", OpenQuestion(id="question-x", question=text, kind="information_gap"))
    assert [error.detail for error in errors(brief)] == [f"not in the article: {missing}"] * bool(missing)


@pytest.mark.parametrize(
    ("timing", "missing"),
    [
        (Timing(text="in July"), "in July"),
        (Timing(text="in March", earliest=None, latest=None), ""),
        (Timing.model_validate({"text": "in March", "earliest": "2027-03-01"}), "2027-03-01"),
    ],
)
def test_a_date_that_the_article_does_not_settle(timing: Timing, missing: str) -> None:
    """The gold leaves both days of the visit to Velia open."""
    brief = broken(GOOD, "planned_visits", 1, timing=timing)
    assert [error.detail for error in errors(brief)] == [f"not in the article: {missing}"] * bool(missing)


def test_a_wrong_date_where_the_gold_has_one_is_a_matter_of_date_accuracy() -> None:
    timing = Timing.model_validate({"text": "in June", "earliest": "2027-06-02", "latest": "2027-06-30"})
    assert kinds(broken(GOOD, "planned_visits", 0, timing=timing)) == []


def test_an_ordinary_word_that_the_gold_uses_too_is_no_invented_name() -> None:
    motive = GOLD["motives"][0] | {"text": "Resume trade at the harbour"}
    gold = GoldSet((gold_article(motives=[motive]),))
    assert kinds(broken(GOOD, "motives", 0, text="Resume trade at the harbour"), gold) == []


def test_critical_errors_are_never_averaged_but_listed_one_by_one() -> None:
    bad = broken(broken(GOOD, "planned_visits", 1, status="confirmed"), "motives", 1, basis="stated")
    bad = bad.model_copy(update={"headline": "Rell to visit Igor"})
    assert kinds(bad) == ["status_too_strong", "motive_not_stated", "not_in_article"]
