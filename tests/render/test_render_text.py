"""What the text form tells an editor."""

from __future__ import annotations

import re
from datetime import date

import pytest
from example_briefs import ALLEGATION, FACETS, MOTIVES, VISITS, at, empty_brief, provenance, rich_brief
from rich.cells import cell_len

from briefgen.brief import (
    Actor,
    Allegation,
    ArticleInfo,
    Background,
    Brief,
    Confirmation,
    Coverage,
    Failure,
    Motive,
    PlannedVisit,
    Reason,
    Withheld,
)
from briefgen.render import render_text
from briefgen.timing import Timing


def entry(text: str, start: str) -> str:
    """The entry (bullet and what is below it) that starts with ``start``, on one line."""
    blocks = re.split(r"\n  • |\n\n", text)
    return next(" ".join(block.split()) for block in blocks if block.removeprefix("  • ").startswith(start))


def section(text: str, heading: str) -> str:
    return re.split(r"\n\n(?=[A-Z ─]+(?:\n|$))", text.partition(f"\n{heading}\n")[2])[0]


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
    assert "CANCELLED: that it takes place, by Osmark" in shown
    assert "confirmed: dates, by Ana Ruiz" in shown
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


def test_every_hedge_source_claim_question_and_number_of_a_brief_is_on_the_page() -> None:
    brief = rich_brief()
    text = " ".join(render_text(brief).split())
    items: list[PlannedVisit | Motive] = [*brief.planned_visits, *brief.motives]
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


def test_an_empty_facet_and_a_failed_one_look_different() -> None:
    text = render_text(
        empty_brief(
            coverage=Coverage(
                facets={"motives": "empty", "allegations": "failed"},
                failures={"allegations": Failure(code="refused", message="the model refuses")},
            )
        )
    )
    assert section(text, "MOTIVES") == "  None reported."
    assert section(text, "ALLEGATIONS") == "  NOT ANSWERED: the model refuses (refused)"
    assert "1 FACET NOT ANSWERED" in text.partition("\n\n")[0]


def test_a_partly_answered_facet_says_so_above_its_items() -> None:
    coverage = Coverage(
        facets={"motives": "partial"},
        failures={"motives": Failure(code="api_timeout", message="second half: no answer")},
    )
    shown = section(render_text(rich_brief(coverage=coverage)), "MOTIVES")
    assert shown.startswith("  INCOMPLETE: second half: no answer (api_timeout)\n  • Norland: reduce")


def test_a_facet_that_was_never_asked_is_not_called_empty() -> None:
    text = render_text(empty_brief(coverage=Coverage(facets={})))
    assert section(text, "MOTIVES") == "  Not asked."


def test_a_facet_all_of_whose_items_were_withheld_is_not_called_empty() -> None:
    withheld = Withheld(
        facet="motives", item={"text": "x"}, reasons=(Reason(code="M01", message="inferred"),)
    )
    text = render_text(empty_brief(withheld=(withheld,), coverage=Coverage(facets={"motives": "partial"})))
    assert section(text, "MOTIVES") == "  None vouched for; 1 was withheld, see below."


def test_what_was_withheld_is_shown_in_one_entry_with_facet_item_code_and_message() -> None:
    shown = entry(render_text(rich_brief()), "Motives (")
    assert shown == (
        "Motives (holder: Osmark; motive: punish the coastal states) — G03 sentence 9 does not say this"
    )
    assert "1 item withheld" in render_text(rich_brief())


def test_two_reasons_of_a_withheld_item_are_both_shown() -> None:
    reasons = (Reason(code="G01", message="no evidence"), Reason(code="V03", message="a past visit"))
    item = Withheld(facet="planned_visits", item={"destination": {"name": "Velia"}}, reasons=reasons)
    shown = entry(render_text(rich_brief(withheld=(item,))), "Planned visits (")
    assert shown == "Planned visits (destination: name Velia) — G01 no evidence; V03 a past visit"


def test_a_note_names_its_item_the_way_a_reader_does() -> None:
    assert "Tomas Lindqvist — A02 the role was cut to the article's words" in render_text(rich_brief())


def test_sentences_on_which_nothing_rests_are_listed() -> None:
    assert "on which nothing above rests: [s7 s11]" in render_text(rich_brief())


def test_each_cited_sentence_is_quoted_once_and_can_be_left_out() -> None:
    from briefgen.render import RenderOptions, render

    text = render_text(rich_brief(), width=300)
    assert text.count("President Ana Ruiz is reportedly planning") == 1
    assert "SENTENCES CITED" not in render(rich_brief(), "text", RenderOptions(sentences=False))


def test_the_foot_tells_model_requests_tokens_and_time_and_that_a_machine_made_it() -> None:
    foot = " ".join(render_text(rich_brief()).rpartition("─")[2].split())
    for fact in ("local:small", "6 requests", "4,120 tokens in", "3,250 cached", "612 tokens out", "48.2 s"):
        assert fact in foot
    assert foot.endswith("Machine-made summary; check against the article.")


def test_tokens_that_the_server_did_not_count_are_not_shown_as_zero() -> None:
    unknown = provenance(
        input_tokens=None,
        cached_tokens=None,
        output_tokens=None,
        requests=1,
        answered_by="x-1",
        cost_usd=0.0123,
    )
    text = render_text(empty_brief(provenance=unknown))
    assert "1 request · tokens not counted by the server · 0.0123 USD · 48.2 s" in text
    assert "Model local:small, answered by x-1" in text


def test_the_head_tells_title_publisher_date_and_what_was_odd_about_the_input() -> None:
    head = render_text(rich_brief()).partition("\n\n")[0]
    assert "Ruiz eyes Velia · Harbour Post · B. Holm · published 2031-05-01" in head
    assert "hidden characters were taken out of the text" in head
    assert "undated: no year is assumed" in render_text(empty_brief())


def test_a_brief_without_headline_has_a_stand_in() -> None:
    assert render_text(empty_brief(headline="")).startswith("(no headline)\n")


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


def test_every_facet_of_the_contract_has_a_section() -> None:
    text = render_text(empty_brief())
    for facet in FACETS:
        assert f"\n{facet.replace('_', ' ').upper()}\n" in text
