"""The digest as text and Markdown: the sections of DOMAIN.md 7.2, and nothing lost on the way."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from reading import entry, section

from briefgen.digest.digest import Counts, Sources
from briefgen.render.digest_outline import digest_outline
from briefgen.render.digests import DigestLayout, render_digest
from briefgen.render.outline import Role
from briefgen.render.words import tables
from digest_example import empty_digest, example_digest
from digest_example_lines import ALLEGATIONS, MOTIVES
from digest_example_visits import VAGUE

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
    return render_digest(digest, "text", DigestLayout(width=width))


def flat(page: str) -> str:
    return " ".join(page.split())


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
    assert sums == "4 briefs ok + 1 partly withheld + 1 failed + 1 duplicate"
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


def test_articles_of_one_day_have_one_day() -> None:
    digest = example_digest(oldest_article=date(2031, 6, 10))
    assert "Every dated article is of 10 June; changes since" in flat(text_of(digest))


def test_articles_without_any_date_are_told_as_such() -> None:
    assert "No article has a date; changes since" in flat(text_of(example_digest(newest_article=None)))


def test_an_empty_section_says_in_how_many_articles_nothing_was_found() -> None:
    counts = Counts(articles=4, ok=2, partly_withheld=1, failed=1, duplicates=0)
    page = text_of(example_digest(counts=counts, allegations=(), conflicts=(), planned_visits=()))
    for heading in ("ALLEGATIONS AND RESPONSES", "WHERE SOURCES DISAGREE", "PLANNED VISITS"):
        assert section(page, heading).strip() == "None reported in 3 articles. 1 could not be read."


def test_an_empty_digest_says_so_in_every_section() -> None:
    page = text_of(empty_digest())
    assert "0 articles in = 0 briefs ok + 0 partly withheld + 0 failed + 0 duplicates" in page
    assert page.count("None reported in 0 articles.") == 8
    for told in ("Nothing to report.", "First digest", "No articles.", "no model"):
        assert told in page


# -- what must not be lost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_every_hedge_and_every_according_to_is_on_the_page(name: str) -> None:
    digest = example_digest()
    page = flat(render_digest(digest, name))
    lines: list[Any] = [*digest.planned_visits, *digest.motives, *digest.positions]
    wanted = {value for line in lines for value in (*line.hedges, *line.according_to)}
    assert len(wanted) >= 12
    assert {value for value in wanted if value not in page} == set()


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_every_claim_text_question_title_name_and_reason_is_on_the_page(name: str) -> None:
    digest = example_digest()
    page = flat(render_digest(digest, name))
    texts: list[Any] = [*digest.bottom_line, *digest.motives, *digest.positions, *digest.background]
    wanted = [line.text for line in texts]
    wanted += [line.claim for line in digest.allegations]
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
    unnamed = VAGUE.model_copy(update={"sources": Sources(independent=0, outlets=2)})
    page = text_of(example_digest(planned_visits=(unnamed,)), 200)
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


def test_background_shows_what_kind_it_is() -> None:
    assert "promised two ferries. (past visit) · single source" in flat(text_of(example_digest()))
