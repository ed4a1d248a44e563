"""What the text form tells around the items: states of facets, what was withheld, head and foot."""

from __future__ import annotations

from example_briefs import FACETS, empty_brief, provenance, rich_brief
from reading import entry, section

from briefgen.brief import Coverage, Failure, Reason, Withheld
from briefgen.render import RenderOptions, render, render_text
from briefgen.render.words import heading


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


def test_every_facet_of_the_contract_has_a_section() -> None:
    text = render_text(empty_brief())
    for facet in FACETS:
        assert f"\n{heading(facet).upper()}\n" in text
