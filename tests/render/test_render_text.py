"""What the text form tells an editor."""

from __future__ import annotations

import re
from datetime import date

import pytest
from example_briefs import ALLEGATION, MOTIVES, POSITIONS, VISITS, at, empty_brief, rich_brief
from reading import entry
from rich.cells import cell_len

from briefgen.brief import (
    Actor,
    Allegation,
    ArticleInfo,
    Background,
    Brief,
    Confirmation,
    Coverage,
    Motive,
    PlannedVisit,
    Position,
)
from briefgen.render import render_text
from briefgen.timing import Timing


def with_visit(**changes: object) -> str:
    return render_text(rich_brief(planned_visits=(VISITS[0].model_copy(update=changes),)), width=300)


def test_a_visit_shows_who_where_when_source_and_hedges_in_its_first_sentence() -> None:
    lead = entry(render_text(rich_brief()), "Ana Ruiz → Velia")
    assert lead.startswith(
        "Ana Ruiz → Velia, in the coming weeks (no date known), according to Norland Herald and a diplomatic "
        "source; hedged: “reportedly”, “planning to” [s1 s2 s4]"
    )


def test_a_partly_confirmed_visit_says_what_is_confirmed_and_what_is_not_and_by_whom() -> None:
    shown = entry(render_text(rich_brief()), "Ana Ruiz → Velia")
    assert "PARTLY CONFIRMED: preparation, by Tomas Lindqvist [s2]" in shown
    assert "not confirmed: dates, by the presidential office [s4]" in shown


def test_a_reported_visit_says_that_nobody_confirms_it() -> None:
    assert "REPORTED: confirmed by nobody yet" in render_text(rich_brief())


def test_a_cancelled_visit_names_who_cancelled_it_and_keeps_the_earlier_confirmation() -> None:
    said = (
        Confirmation(aspect="occurrence", value="cancelled", by="Osmark"),
        Confirmation(aspect="dates", value="confirmed", by="Ana Ruiz"),
    )
    shown = with_visit(status="cancelled", confirmations=said)
    assert "CANCELLED: the visit itself, by Osmark" in shown
    assert "confirmed: dates, by Ana Ruiz" in shown
    assert "nobody" not in shown


def test_a_postponement_that_only_a_source_reports_is_not_called_unconfirmed() -> None:
    shown = with_visit(status="postponed", confirmations=())
    assert "POSTPONED\n" in shown
    assert "nobody" not in shown


def test_purpose_and_hosts_of_a_visit_are_shown_by_name() -> None:
    text = render_text(rich_brief())
    assert "purpose: talks on fishing rights" in entry(text, "Ana Ruiz → Velia")
    assert "hosted by Osmark" in entry(text, "Ana Ruiz → Osmark")


@pytest.mark.parametrize(
    ("timing", "shown"),
    [
        (Timing(text="in June", edtf="XXXX-06"), "in June (no year known)"),
        (Timing(text="in the coming weeks"), "in the coming weeks (no date known)"),
        (
            Timing(text="as early as June", earliest=date(2031, 6, 1), bound="not_before"),
            "as early as June (not before 2031-06-01)",
        ),
        (Timing(text="by July", latest=date(2031, 7, 31)), "by July (not after 2031-07-31)"),
        (
            Timing(text="next week", earliest=date(2031, 6, 2), latest=date(2031, 6, 8)),
            "next week (2031-06-02 to 2031-06-08)",
        ),
        (Timing(text="Monday", earliest=date(2031, 6, 2), latest=date(2031, 6, 2)), "Monday (2031-06-02)"),
        (
            Timing(
                text="around 2 June", earliest=date(2031, 6, 2), latest=date(2031, 6, 2), bound="approximate"
            ),
            "around 2 June (about 2031-06-02)",
        ),
        (Timing(text="on Friday", ambiguous=True), "on Friday (no date known, two readings)"),
        (Timing(text="after the summit", granularity="event_anchored"), "after the summit, according to"),
        (None, "no time given"),
    ],
    ids=["no year", "no date", "bound", "until", "range", "day", "about", "ambiguous", "event", "none"],
)
def test_a_time_is_shown_as_reported_with_what_code_made_of_it(timing: Timing | None, shown: str) -> None:
    assert f"Ana Ruiz → Velia, {shown}" in with_visit(timing=timing)


def test_the_three_bases_of_a_motive_read_differently() -> None:
    bases = {"stated": ("Tomas Lindqvist",), "attributed": ("Norland Herald",), "article": ()}
    motives = tuple(
        MOTIVES[0].model_copy(update={"id": basis, "basis": basis, "according_to": sources})
        for basis, sources in bases.items()
    )
    text = render_text(rich_brief(motives=motives), width=300)
    for label in (
        "(stated by Tomas Lindqvist)",
        "(per Norland Herald)",
        "(the article's inference, not stated by Norland)",
    ):
        assert label in text


def test_a_motive_stated_by_its_holder_names_the_holder_and_an_unnamed_source_is_not_hidden() -> None:
    motives = tuple(
        MOTIVES[0].model_copy(update={"id": basis, "basis": basis}) for basis in ("stated", "attributed")
    )
    text = render_text(rich_brief(motives=motives), width=300)
    assert "(stated by Norland)" in text
    assert "(per a source not named)" in text


def test_a_motive_keeps_its_hedges_and_names_the_visit_it_is_about() -> None:
    text = render_text(rich_brief())
    assert "; hedged: “may” [s4]" in entry(text, "Ana Ruiz: ease")
    assert "applies to: Ana Ruiz → Velia" in entry(text, "Norland: reduce")


def test_an_allegation_names_all_accusers_the_accused_when_it_was_made_and_the_answer() -> None:
    shown = entry(render_text(rich_brief()), "Osmark and the Free Ports accuse Norland")
    assert "jamming ships’ radios; made: in January (no year known) [s12]" in shown
    assert "UNRESOLVED" in shown
    assert "Norland: neither confirmed nor denied [s12]" in shown


def test_a_missing_answer_to_an_allegation_is_told() -> None:
    silent = ALLEGATION.model_dump()
    silent |= {
        "accusers": ("actor-5",),
        "responses": [{"by": "actor-4", "stance": "not_reported"}],
        "made": None,
    }
    shown = entry(render_text(rich_brief(allegations=(Allegation(**silent),))), "Osmark accuses Norland")
    assert "Norland: no response reported" in shown


def test_an_allegation_without_a_named_accuser_says_so() -> None:
    unnamed = ALLEGATION.model_copy(update={"accusers": ()})
    assert "Somebody not named accuses Norland" in render_text(rich_brief(allegations=(unnamed,)))


def test_those_who_take_a_stance_together_stand_together() -> None:
    """One entry with both holders, behind the allegations; stance, source and hedge are told."""
    text = render_text(rich_brief(), width=200)
    assert entry(text, "Osmark and the Free Ports voiced") == (
        "Osmark and the Free Ports voiced concern over the ships (concern), according to Norland Herald; "
        "hedged: “reportedly” [s12]"
    )
    order = [text.index(heading) for heading in ("ALLEGATIONS", "POSITIONS AND CONCERNS", "MOTIVES")]
    assert order == sorted(order)


def test_a_hedge_that_a_stance_itself_holds_is_told_once() -> None:
    item = POSITIONS[0].model_copy(update={"text": "warned that it could sink", "hedges": ("could",)})
    assert "hedged" not in entry(render_text(rich_brief(positions=(item,)), width=200), "Osmark warned")


def test_every_hedge_source_claim_question_and_number_of_a_brief_is_on_the_page() -> None:
    brief = rich_brief()
    text = " ".join(render_text(brief).split())
    items: list[PlannedVisit | Motive | Position] = [
        *brief.planned_visits,
        *brief.motives,
        *brief.positions,
    ]
    wanted = [hedge for item in items for hedge in item.hedges]
    wanted += [source for item in items for source in item.according_to]
    wanted += [item.claim for item in brief.allegations] + [item.question for item in brief.open_questions]
    wanted += [item.text for item in brief.summary]
    assert [value for value in wanted if value not in text] == []


def test_background_and_actors_show_their_kind() -> None:
    past = Background(id="b-1", text="Ruiz was in Velia in 2019", kind="past_visit", evidence=at(4))
    text = render_text(rich_brief(background=(past,), coverage=Coverage(facets={"background": "complete"})))
    assert "Ruiz was in Velia in 2019 (past visit) [s4]" in text
    assert "Ana Ruiz: person, President, Norland; also called “Ruiz” [s1 s4]" in text


def test_a_facet_outside_the_contract_is_shown_with_source_hedges_and_evidence() -> None:
    item = {
        "id": "tariff-1",
        "claim": "a tariff on salt",
        "imposed_by": "actor-4",
        "according_to": ["Norland Herald"],
        "hedges": ["may"],
        "rate": 7,
        "nothing": None,
        "evidence": [at(9)[0].model_dump()],
    }
    brief = Brief.model_validate(rich_brief().model_dump() | {"trade_measures": [item]})
    shown = entry(render_text(brief, width=200), "a tariff on salt")
    assert shown == (
        "a tariff on salt, according to Norland Herald; hedged: “may” [s9] imposed by: Norland rate: 7"
    )
    assert "TRADE MEASURES" in render_text(brief)


def test_an_item_of_an_unknown_facet_without_text_still_shows_its_fields() -> None:
    brief = Brief.model_validate(
        rich_brief().model_dump() | {"ports": [{"harbour": "Brim", "berths": [1, 2]}]}
    )
    assert "• Brim\n      berths: 1, 2" in render_text(brief)


def test_an_unknown_actor_id_is_shown_and_raises_nothing() -> None:
    assert "actor-99 → Velia" in with_visit(visitors=("actor-99",))
    assert "somebody not named → Velia" in with_visit(visitors=())


def test_no_line_is_wider_than_asked_and_none_ends_in_a_space() -> None:
    for width in (30, 44, 80, 120):
        lines = render_text(rich_brief(), width=width).splitlines()
        assert max(map(cell_len, lines)) <= width
        assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.covers("B-OUT-06")
def test_wide_and_combining_characters_are_counted_as_terminals_count_them() -> None:
    names = ("日本国政府代表団" * 12, "e\u0301" * 90, "\u200b\u200d" * 40 + "Ruiz", "👩‍🚀 crew")
    actors = tuple(Actor(id=f"a-{n}", name=name, kind="group") for n, name in enumerate(names))
    lines = render_text(rich_brief(actors=actors), width=60).splitlines()
    assert max(map(cell_len, lines)) <= 60
    assert "  • Ruiz: group" in lines


def test_evidence_numbers_are_not_torn_apart_by_a_line_end() -> None:
    for width in range(30, 100):
        assert not re.search(r"\[s\d+$", render_text(rich_brief(), width=width), re.MULTILINE)


def test_color_adds_styles_and_nothing_else() -> None:
    colored = render_text(rich_brief(), color=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == render_text(rich_brief())
    assert "\x1b[1;33mPARTLY CONFIRMED\x1b[0m" in colored
    assert "\x1b" not in render_text(rich_brief())


@pytest.mark.covers("B-OUT-05")
def test_a_very_long_title_is_cut_with_an_ellipsis() -> None:
    brief = empty_brief(article=ArticleInfo(id="0" * 64, title="t" * 100_000))
    text = render_text(brief)
    assert "…" in text
    assert len(text) < 3_000
