"""The digest as text and Markdown: the sections of DOMAIN.md 7.2, and nothing lost on the way."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading import entry, section
from rich.cells import cell_len

from briefgen.digest.digest import Counts, MergedVisit, Sources
from briefgen.render.digest_outline import digest_outline
from briefgen.render.digests import DigestOptions, render_digest
from briefgen.render.outline import Role
from briefgen.render.words import tables
from briefgen.timing import Timing
from digest_example import empty_digest, example_digest
from digest_example_lines import ALLEGATIONS, MOTIVES
from digest_example_visits import CONFIRMED, DISPUTED, VAGUE, VISITS

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest

SECTIONS = [
    "Bottom line",
    "What changed since the last digest",
    "Planned visits",
    "Allegations and responses",
    "Motives and assessments",
    "Positions and concerns",
    "Where sources disagree",
    "Open questions and what would resolve them",
    "Background",
    "Actors",
    "Stories",
    "Sources and method",
    "Withheld",
    "Limits",
]


def text_of(digest: Digest, width: int = 80) -> str:
    return render_digest(digest, "text", DigestOptions(width=width))


def flat(page: str) -> str:
    return " ".join(page.split())


def with_visit(visit: MergedVisit, **changes: object) -> Digest:
    return example_digest(planned_visits=(visit.model_copy(update=changes),), conflicts=())


# -- sections and header ------------------------------------------------------------------------------------


def test_the_sections_stand_in_the_order_of_the_domain_in_both_layouts() -> None:
    page = text_of(example_digest())
    places = [page.index(f"\n\n{heading.upper()}\n") for heading in SECTIONS]
    assert places == sorted(places)
    markdown = render_digest(example_digest(), "markdown")
    assert re.findall(r"^## (.*)$", markdown, re.MULTILINE) == SECTIONS


def test_the_counts_of_the_header_are_all_told_and_add_up() -> None:
    header = text_of(example_digest()).partition("BOTTOM LINE")[0]
    total, sums = re.search(r"^(\d+) articles in = (.*)$", header, re.MULTILINE).groups()  # type: ignore[union-attr]
    assert int(total) == sum(map(int, re.findall(r"\d+", sums)))
    assert sums == "4 briefs + 1 partly withheld + 1 failed + 1 duplicate"
    assert "Among them: 1 undated (counted as new), 1 late, 1 in another language." in flat(header)
    assert "2 items withheld; 1 article dated later" in flat(header)
    assert "2 articles of earlier digests still cited" in flat(header)


def test_the_header_tells_window_cut_off_ages_versions_and_that_a_machine_made_it() -> None:
    header = flat(text_of(example_digest()).partition("BOTTOM LINE")[0])
    for told in (
        "Daily brief, Tuesday 10 June 2031",
        "Articles dated 10 June; cut-off: end of 10 June",
        "Oldest article 2 June, newest 10 June",
        "changes since the digest of 9 June",
        "briefgen 0.1.0 · briefs by local:small · bottom line worded by local:small",
        "Machine-made summary; check against the articles.",
    ):
        assert told in header


def test_a_window_of_several_days_and_days_of_another_year_are_written_out() -> None:
    digest = example_digest(
        first=date(2031, 6, 8), oldest_article=date(2030, 12, 31), previous=date(2031, 6, 7)
    )
    header = flat(text_of(digest))
    assert "Articles dated 8 June to 10 June;" in header
    assert "Oldest article 31 December 2030, newest 10 June; changes since the digest of 7 June." in header


def test_an_empty_section_says_in_how_many_articles_nothing_was_found() -> None:
    counts = Counts(articles=4, ok=2, partly_withheld=1, failed=1, duplicates=0)
    page = text_of(example_digest(counts=counts, allegations=(), conflicts=(), planned_visits=()))
    for heading in ("ALLEGATIONS AND RESPONSES", "WHERE SOURCES DISAGREE", "PLANNED VISITS"):
        assert section(page, heading).strip() == "None reported in 3 articles. 1 could not be read."


def test_an_empty_digest_says_so_in_every_section() -> None:
    page = text_of(empty_digest())
    assert "0 articles in = 0 briefs + 0 partly withheld + 0 failed + 0 duplicates" in page
    assert page.count("None reported in 0 articles.") == 8
    for told in ("Nothing to report.", "First digest", "No article has a date", "No articles.", "no model"):
        assert told in page


# -- what must not be lost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_every_hedge_and_every_according_to_is_on_the_page(name: str) -> None:
    digest = example_digest()
    page = flat(render_digest(digest, name))
    lines = [*digest.planned_visits, *digest.motives, *digest.positions]
    wanted = {value for line in lines for value in (*line.hedges, *line.according_to)}
    assert len(wanted) >= 12
    assert {value for value in wanted if value not in page} == set()


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_every_claim_text_question_title_name_and_reason_is_on_the_page(name: str) -> None:
    digest = example_digest()
    page = flat(render_digest(digest, name))
    wanted = [line.text for line in (*digest.bottom_line, *digest.motives, *digest.positions)]
    wanted += [line.text for line in digest.background] + [line.claim for line in digest.allegations]
    wanted += [line.question for line in digest.open_questions]
    wanted += [line.resolves_with for line in digest.open_questions]
    wanted += [change.title for change in digest.changes] + [change.because for change in digest.changes]
    wanted += [name for actor in digest.actors for name in actor.names]
    wanted += [side.value for conflict in digest.conflicts for side in conflict.sides]
    wanted += [side.by for conflict in digest.conflicts for side in conflict.sides]
    wanted += [article.title or "no title" for article in digest.articles]
    wanted += [reason.message for a in digest.articles for item in a.withheld for reason in item.reasons]
    assert [value for value in wanted if value not in page] == []


def test_every_bullet_that_claims_something_ends_with_the_numbers_of_articles() -> None:
    digest = example_digest()
    outline = digest_outline(digest)
    claims = [each for each in outline.sections if each.heading not in {"Sources and method", "Limits"}]
    leads = [entry.lead for each in claims for entry in each.entries]
    leads += [row.entry.lead for each in claims if each.table for row in each.table.rows]
    without = ["".join(s.text for s in lead) for lead in leads if lead[-1].role is not Role.EVIDENCE]
    assert len(leads) > 50
    assert without == [
        "no longer reported: Karst demanded an inquiry · no article has told of it for 7 days",
        "5 items unchanged.",
    ]


def test_sources_and_outlets_are_counted_apart_and_a_single_source_is_named_as_such() -> None:
    page = text_of(example_digest(), 200)
    assert "2 sources, 2 outlets · since 9 June [3 9]" in entry(
        page, "Osmark and the Free Ports accuse Norland:"
    )
    assert "single source, 1 outlet · new [3]" in entry(page, "Somebody not named accuses")
    assert "single source, no outlet named · new [6]" in entry(page, "The Free Ports accuse Karst")
    single = entry(page, "Velia is said to have cut")
    assert single.endswith("(single source) [3]")
    assert "(3 sources, 3 outlets) [1]" in entry(page, "Ana Ruiz will visit Velia")


def test_a_line_without_any_named_source_says_so() -> None:
    page = text_of(with_visit(VAGUE, sources=Sources(independent=0, outlets=2)), 200)
    assert "no source named, 2 outlets" in page


def test_that_no_story_leads_is_told_before_the_lines() -> None:
    why = "No story has two independent sources."
    found = section(text_of(example_digest(no_lead=why)), "BOTTOM LINE")
    assert found.lstrip().startswith(why)


# -- changes ------------------------------------------------------------------------------------------------


def test_a_change_tells_kind_old_and_new_value_the_reason_and_the_article() -> None:
    page = text_of(example_digest(), 200)
    assert entry(page, "CANCELLED:") == (
        "CANCELLED: Marco Silvan to Osmark (status: confirmed → cancelled) · Osmark cancelled it [2]"
    )
    assert "(response: no response reported → neither confirmed nor denied)" in entry(page, "RESPONSE")
    assert "架空日報: ルイス大統領、ベリア訪問へ (5 June) [7]" in entry(page, "LATE ARRIVAL:")
    assert "5 items unchanged." in page


def test_every_kind_of_change_of_the_example_has_its_label() -> None:
    page = text_of(example_digest())
    labels = {tables()["change"][change.kind].upper() for change in example_digest().changes}
    assert len(labels) == 12
    assert [label for label in labels if f"  • {label}:" not in page] == []


def test_a_day_on_which_nothing_changed_says_so() -> None:
    digest = example_digest(changes=(), late_arrivals=(), unchanged=9)
    found = flat(section(text_of(digest), "WHAT CHANGED SINCE THE LAST DIGEST"))
    assert found == "Nothing changed since the digest of 9 June. • 9 items unchanged."


# -- visits -------------------------------------------------------------------------------------------------


def rows_of(page: str) -> list[str]:
    """The visits' blocks; blank lines stand between them."""
    whole = page.partition("\nPLANNED VISITS\n")[2].partition("\n\nALLEGATIONS")[0]
    return whole.split("\n\n")


def test_visits_stand_in_columns_as_reported_with_status_and_who_confirms_it() -> None:
    head = rows_of(text_of(example_digest()))[0].splitlines()[0]
    columns = ["when, as reported", "who", "where", "status", "confirmed by"]
    assert re.split(r"\s{2,}", head.strip()) == columns
    ruiz = next(block for block in rows_of(text_of(example_digest())) if "18 and 19 June" in block)
    first = re.split(r"\s{2,}", ruiz.splitlines()[0].strip())
    assert first == ["on 18 and 19 June", "Ana Ruiz", "Velia", "CONFIRMED", "the presidential"]
    assert "palace: visit, dates" in ruiz
    assert "3 sources, 3 outlets · since 9 June [1 4 7 9]" in flat(ruiz)


def test_undated_visits_stand_behind_vague_ones_and_all_in_the_order_of_the_digest() -> None:
    blocks = rows_of(text_of(example_digest()))
    assert len(blocks) == len(VISITS)
    assert [block for block in blocks if "no time given" in block] == blocks[-3:]
    assert "in the coming" in blocks[-4]


def test_who_called_a_visit_off_stands_where_who_confirms_it_would() -> None:
    page = flat(text_of(example_digest(), 120))
    for told in (
        "CANCELLED cancelled by Osmark",
        "DENIED denied by the Velian navy",
        "POSTPONED postponed by the Velian trade ministry",
    ):
        assert told in page
    markdown = render_digest(example_digest(), "markdown")
    assert "**cancelled** by Osmark, according to Osmark" in markdown


def test_a_past_visit_is_overdue_or_took_place_and_never_assumed() -> None:
    blocks = rows_of(text_of(example_digest()))
    oyen = next(block for block in blocks if "Petra" in block)
    tal = next(block for block in blocks if "Iris Tal" in block)
    assert "OVERDUE" in oyen
    assert "overdue: 4 June is past, and no article says that it took place" in flat(oyen)
    assert "TOOK PLACE" in tal
    assert "took place, as reported (until then: reported) [1]" in flat(tal)


def test_a_disputed_visit_shows_both_parties_and_points_to_the_conflict() -> None:
    dahl = next(block for block in rows_of(text_of(example_digest())) if "24 and 25 June" in block)
    assert "DISPUTED" in dahl
    assert "according to the cabinet office of Osmark and the Velian chancellery" in flat(dahl)
    assert "denied: the visit itself, by the Velian chancellery [2]" in flat(dahl)
    assert "dates differ: see “Where sources disagree”" in flat(dahl)


@pytest.mark.parametrize(
    ("timing", "shown"),
    [
        (Timing(text="in June", edtf="XXXX-06", granularity="month"), "in June (no year known)"),
        (Timing(text="next week", earliest=date(2031, 6, 16), latest=date(2031, 6, 22)), "next week (16–22 June)"),
        (Timing(text="by May", latest=date(2032, 5, 31)), "by May (not after 31 May 2032)"),
        (Timing(text="on 18 June", earliest=date(2031, 6, 18), latest=date(2031, 6, 18)), "on 18 June · "),
        (Timing(text="on 18 June", earliest=date(2032, 6, 18), latest=date(2032, 6, 18)), "(18 June 2032)"),
        (Timing(text="after the talks", granularity="event_anchored"), "after the talks · "),
    ],
    ids=["no year", "week", "until", "told by the phrase", "another year", "event"],
)  # fmt: skip
def test_a_time_is_shown_as_reported_with_its_days_where_it_does_not_name_them(
    timing: Timing, shown: str
) -> None:
    page = render_digest(with_visit(VAGUE, timing=timing, timings=()), "markdown")
    assert shown in page


def test_other_timings_are_told_unless_the_one_that_stands_says_more() -> None:
    page = flat(text_of(with_visit(DISPUTED), 200))
    assert (
        "also reported: nobody before 26 June (not before 26 June), according to the Velian chancellery, 10 June [2]"
        in page
    )
    assert "also reported" not in text_of(with_visit(CONFIRMED))


def test_what_was_said_before_the_window_has_its_day_and_what_was_replaced_is_not_shown() -> None:
    page = flat(text_of(example_digest(), 120))
    assert "the Norlandic defence ministry (2 June)" in page
    assert "not confirmed: dates, by the presidential palace" not in page


def test_a_narrow_page_lists_the_visits_without_losing_anything() -> None:
    page = text_of(example_digest(), 60)
    found = entry(page, "Ana Ruiz → Velia")
    assert "on 18 and 19 June · CONFIRMED · confirmed by the presidential palace: visit, dates" in found
    assert "when, as reported" not in page


# -- allegations, motives, conflicts, sources ---------------------------------------------------------------


def test_an_allegation_tells_accusers_accused_claim_day_status_and_answer() -> None:
    found = entry(text_of(example_digest(), 200), "Osmark and the Free Ports accuse Norland:")
    assert "jamming ships’ radios in the strait · made on Monday (9 June)" in found
    assert "UNRESOLVED · Norland: neither confirmed nor denied, 10 June [3]" in found


def test_answers_that_a_later_one_replaced_are_not_shown_and_several_stand_below_each_other() -> None:
    base = ALLEGATIONS[0]
    old = base.responses[0].model_copy(update={"stance": "denied", "current": False})
    more = base.responses[0].model_copy(update={"by": "osmark", "stance": "counter_accused"})
    allegation = base.model_copy(update={"responses": (old, *base.responses, more)})
    found = section(text_of(example_digest(allegations=(allegation,)), 200), "ALLEGATIONS AND RESPONSES")
    assert "denied it" not in found
    assert "\n      Osmark: accused in return, 10 June [3]" in found


def test_motives_are_grouped_by_holder_and_each_says_on_what_it_rests() -> None:
    page = text_of(example_digest(), 200)
    norland = entry(page, "Norland [1 3]")
    assert "the article's inference, not stated by Norland: reduce its reliance" in norland
    assert "per a naval officer of Osmark: keep foreign trawlers away; hedged: “may”" in norland
    assert "stated by the presidential palace" in entry(page, "Ana Ruiz [1]")
    assert {motive.basis for motive in MOTIVES} == {"stated", "attributed", "article"}


def test_a_conflict_shows_each_side_with_speaker_day_and_article_in_the_digests_order() -> None:
    found = entry(text_of(example_digest(), 200), "Lena Dahl to Velia: dates differ")
    sides = [
        "24 and 25 June: the cabinet office of Osmark (official, 10 June) [2]",
        "nobody before 26 June: the Velian chancellery (official, 10 June) [2]",
        "between 24 and 29 June: article 6 only [6]",
    ]
    assert found.endswith(" ".join(sides))


def test_the_list_of_articles_tells_what_became_of_each() -> None:
    found = section(text_of(example_digest(), 300), "SOURCES AND METHOD")
    for told in (
        "[1] Norland Herald: Palace names the days of Ruiz’s trip to Velia · 10 June · sha256 98d40c7b · https",
        "[3] Velian Wire: Osmark and the Free Ports blame Norland for dead radios · 2 items withheld, see below",
        "DUPLICATE: same text as article 1",
        "FAILED: api_timeout: no complete answer within 120 s",
        "[6] no publisher: no title · undated, counts as new",
        "late arrival · 5 June · language ja",
        "of an earlier digest · 2 June",
    ):
        assert told in found


def test_items_withheld_are_listed_with_every_rule_and_their_article() -> None:
    found = flat(section(text_of(example_digest()), "WITHHELD"))
    assert "V01 sentence 3 tells of no visit; G02 “Norland” is not in sentence 3 [3]" in found
    assert "motive: punish Norland for the trawlers" in found


def test_an_actor_with_many_lines_has_the_first_and_the_count_of_the_rest() -> None:
    actor = example_digest().actors[0].model_copy(update={"items": tuple(f"line-{n}" for n in range(20))})
    found = entry(text_of(example_digest(actors=(actor,)), 300), "Ana Ruiz: person")
    assert "line-7 (+12)" in found


# -- layout -------------------------------------------------------------------------------------------------


@pytest.mark.covers("B-OUT-06")
@pytest.mark.parametrize("width", [30, 44, 60, 80, 81, 100, 140])
def test_no_line_is_wider_than_asked_and_none_ends_in_a_space(width: int) -> None:
    """Wide characters are counted as terminals count them."""
    wide = CONFIRMED.model_copy(
        update={
            "destination": CONFIRMED.destination.model_copy(update={"name": "日本国" * 30}),
            "according_to": ("外交筋" * 50,),
        }
    )
    lines = text_of(example_digest(planned_visits=(wide, *VISITS)), width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.covers("B-OUT-06")
def test_columns_stay_aligned_below_wide_characters() -> None:
    wide = CONFIRMED.destination.model_copy(update={"name": "架空島"})
    page = text_of(with_visit(CONFIRMED, destination=wide))
    head, row = rows_of(page)[0].splitlines()[:2]
    for column, cell in (("where", "架空島"), ("status", "CONFIRMED"), ("confirmed by", "the pres")):
        assert cell_len(head[: head.index(column)]) == cell_len(row[: row.index(cell)])


@pytest.mark.covers("B-OUT-05")
def test_one_very_long_cell_is_cut_and_does_not_starve_the_other_columns() -> None:
    timing = Timing(text="x" * 100_000)
    page = text_of(with_visit(CONFIRMED, timing=timing))
    assert "…" in page
    assert "Ana Ruiz" in page
    assert len(page) < 12_000


def test_colors_add_styles_and_nothing_else() -> None:
    colored = render_digest(example_digest(), "text", DigestOptions(color=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == text_of(example_digest())
    assert "\x1b[1;31mDISPUTED\x1b[0m" in colored


def test_background_shows_what_kind_it_is() -> None:
    assert "promised two ferries. (past visit) · single source" in flat(text_of(example_digest()))
