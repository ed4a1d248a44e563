"""What the rules V10 to V14, L09, M04 and M05 must leave alone: right lines, dates and items beside the broken ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from base_briefs import Base, base
from breaking import changed, dated, headline, line, past

from briefgen import Article, BriefGenerator
from briefgen.testing import ScriptedModel
from briefgen.verification import audit
from core_helpers import article_of, brief_of, government, motive, only_visit, visit
from seed_answers import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from breaking import Break

    from briefgen.brief import Brief


def codes(brief: Brief, article: Article) -> set[str]:
    return {found.code for _, _, found in audit(brief, article)}


@pytest.fixture(scope="module")
def seed(shared: Path) -> Base:
    """The article this project began with, answered well."""
    article = Article.from_text((shared / "data/articles/seed.txt").read_text(encoding="utf-8"))
    model = ScriptedModel({facet: [answer] for facet, answer in GOOD.items()})
    return Base(article, BriefGenerator(model).generate(article))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("legs", line("Ada Rell could visit Velia as early as July, most likely right after her trip to Ostia.", 2)),
        ("legs", line("After Ostia, Ada Rell could visit Velia, most likely in July.", 2)),
        ("legs", headline("Ada Rell reported to plan to visit Ostia and Velia")),
        ("legs", headline("Ada Rell reported to plan to visit Velia and Ostia")),
        ("relay", line("Ivo Kann will visit Norland and then Velia, the Estmarkian government announced.", 1)),
        ("relay", line("Ivo Kann will travel to Velia after his talks in Norland.", 2)),
        ("relay", line("Before Velia, Ivo Kann will visit Norland, the Estmarkian government announced.", 1)),
        ("no_date", line("Matis Orel would probably go on to Kasmere after Tavria, the paper said.", 2)),
        ("put_off", line("Tor Bach has postponed his visit to Ostia after talks in Velia.", 1)),
    ],
)  # fmt: skip
def test_v12_leaves_an_order_that_the_article_gives_alone(name: str, make: Break) -> None:
    assert "V12" not in codes(make(base(name)), base(name).article)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vladimir Putin could visit Vietnam, most likely right after his trip to North Korea.", False),
        ("Vladimir Putin could visit North Korea right after his trip to Vietnam.", True),
        ("Vladimir Putin will visit Vietnam right after North Korea.", True),
        ("Vladimir Putin reportedly plans to visit North Korea, then Vietnam.", False),
        ("Vladimir Putin reportedly plans to visit Vietnam, followed by North Korea.", True),
    ],
)
def test_v12_reads_the_order_of_a_real_article(seed: Base, text: str, found: bool) -> None:
    """A likely order is no fact, and never the other way round."""
    assert ("V12" in codes(line(text, 4)(seed), seed.article)) is found


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("legs", dated("in the coming weeks", 1)),
        ("relay", dated("on 3 June", 0)),
        ("relay", dated("on 5 June", 1)),
        ("put_off", dated("the first week of May")),
        ("maybe", dated("in October")),
        ("confirmed_visit", dated("from 12 to 14 May")),
        ("past_and_planned", dated("later this month")),
    ],
)
def test_v10_leaves_the_time_of_the_visit_alone(name: str, make: Break) -> None:
    assert "V10" not in codes(make(base(name)), base(name).article)


@pytest.mark.parametrize(
    "text",
    [
        "OSTIA CITY, 9 June (Kurier) - Ada Rell will visit Velia later this week.",
        "Ada Rell will attend a summit in Velia, which is happening from 3 to 5 June, and return in peace.",
        "Ada Rell will visit Velia to sign the accord agreed in 2026.",
        "Ada Rell will visit Velia after the election in June.",
        "The palace announced on Monday that Ada Rell will visit Velia.",
    ],
)
def test_v10_the_day_of_something_else_is_not_the_day_of_the_visit(text: str) -> None:
    brief = brief_of(article_of(text, "2027-06-01"), planned_visits=[visit(1, "Ada Rell", "Velia")])
    timing = only_visit(brief).timing
    assert timing is None or timing.text == "later this week"


@pytest.mark.parametrize("name", ["legs", "put_off", "confirmed_visit", "cancelled_trip", "past_and_planned"])
def test_v11_leaves_past_visits_of_other_sentences_alone(name: str) -> None:
    assert [b.kind for b in base(name).brief.background].count("past_visit") > 0
    assert "V11" not in codes(base(name).brief, base(name).article)


def test_v11_leaves_a_sentence_that_tells_both_alone() -> None:
    text = "Ada Rell will visit Velia in June, two years after she visited Ostia."
    article = article_of(text, "2027-05-01")
    brief = brief_of(
        article, actors=government("Ostia", "Velia"), planned_visits=[visit(1, "Ada Rell", "Velia")]
    )
    assert "V11" not in codes(past(1)(Base(article, brief)), article)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Rell will visit Velia, and Ostia will protest.",
        "Ada Rell will visit Velia and Ostia’s president will receive her.",
        "Ada Rell will visit Jeddah, Saudi Arabia.",
        "Ada Rell will visit Velia and President Bo Lind.",
        "Ada Rell will visit Velia and sign an accord with Ostia.",
        "Ada Rell will visit Velia in June and August.",
    ],
)
def test_v14_leaves_what_is_no_second_destination_alone(text: str) -> None:
    article = article_of(f"{text} Norland, Ostia and Velia are states.")
    place = "Saudi Arabia" if "Saudi" in text else "Velia"
    brief = brief_of(
        article,
        actors=[*government("Norland", "Ostia", "Velia"), {"name": "Bo Lind", "kind": "person"}],
        planned_visits=[visit(1, "Ada Rell", place)],
    )
    assert len(brief.planned_visits) == 1
    assert "V14" not in codes(brief, article)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Rell will visit Velia and Ostia in June.",
        "Ada Rell will visit Velia on 3 June and Ostia on 5 June.",
        "Ada Rell will visit Norland, Velia and Ostia.",
        "Ada Rell plans to travel to Velia and then to Selm.",
    ],
)
def test_v14_a_forgotten_destination_is_noted_on_the_visit_beside_it(text: str) -> None:
    article = article_of(f"{text} Norland, Ostia and Velia are states.")
    brief = brief_of(
        article,
        actors=government("Norland", "Ostia", "Velia"),
        planned_visits=[visit(1, "Ada Rell", "Velia")],
    )
    assert [note.item for note in brief.notes if note.code == "V14"] == ["visit-1"]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("legs", line("Norland is seeking to lower its freight costs, the article says.", 7)),
        ("legs", line("Norland is perhaps seeking to lower its freight costs.", 7)),
        ("legs", line("Norland opens its ports.", 7)),
        ("put_off", line("Velia would build a dam to reduce its debts, the Velian ministry said.", 4)),
        ("maybe", line("Una Holt said that Marland was building a road to win the next election.", 4)),
        ("no_visit", line("Ona Delf said that Ilmara had stopped the exports to keep bread affordable.", 5)),
    ],
)  # fmt: skip
def test_m04_leaves_an_aim_told_with_its_source_alone(name: str, make: Break) -> None:
    assert "M04" not in codes(make(base(name)), base(name).article)


def test_m04_leaves_the_words_of_a_side_s_own_statement_alone() -> None:
    text = "President Ada Rell will visit Ostia on 3 June to open a bridge over the Sarn river."
    article = article_of(
        text, "2027-05-20", "Statement by Press Secretary Bo Lind on President Rell's Travel to Ostia"
    )
    drafts: dict[str, Any] = {
        "actors": government("Ostia"),
        "planned_visits": [visit(1, "Ada Rell", "Ostia")],
        "motives": [motive(1, "Ada Rell", "open a bridge over the Sarn river")],
    }
    brief = brief_of(article, **drafts)
    assert [item.basis for item in brief.motives] == ["stated"]
    told = line("Ada Rell will visit Ostia on 3 June to open a bridge over the Sarn river.", 1)
    assert not codes(told(Base(article, brief)), article) & {"M04", "C03"}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("relay", changed("planned_visits", 1, purpose="sign an accord")),
        ("relay", changed("planned_visits", 1, purpose=None)),
        (
            "past_and_planned",
            changed("planned_visits", purpose="talks about the dams on the river they share"),
        ),
        ("legs", changed("motives", applies_to=())),
        ("maybe", changed("motives", applies_to=("visit-1",))),
    ],
)
def test_m05_leaves_the_purpose_of_the_trip_alone(name: str, make: Break) -> None:
    """The road of “maybe” leads to the place of the visit: its motive may be tied to it."""
    assert "M05" not in codes(make(base(name)), base(name).article)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("In January, Norland accused Velia of sinking a ship.", "In January"),
        ("Norland on Monday accused Velia of sinking a ship.", "on Monday"),
        ("Norland accused Velia on Monday of sinking a ship.", "on Monday"),
        ("In a statement on Monday, Norland accused Velia of sinking a ship.", "on Monday"),
        ("After the attack in May, Norland accused Velia of sinking a ship.", "After the attack"),
        ("Norland accused Velia of sinking a ship on Monday.", None),
        ("Velia, which left the bloc in 2019, was accused by Norland of sinking a ship.", None),
    ],
)
def test_l09_the_date_of_an_accusation_stands_with_the_word_that_accuses(
    text: str, phrase: str | None
) -> None:
    article = article_of(f"{text} Norland and Velia are states.")
    entry = {
        "sentence": 1,
        "accusers": ["Norland"],
        "accused": ["Velia"],
        "claim": "Velia was sinking a ship",
    }
    brief = brief_of(article, actors=government("Norland", "Velia"), allegations=[entry])
    (item,) = brief.allegations
    assert (item.made.text if item.made else None) == phrase
    assert "L09" not in codes(brief, article)
