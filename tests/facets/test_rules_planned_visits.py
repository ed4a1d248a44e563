"""Planned visits: rules V01 to V08, V13 and the time rules T01 to T05, each broken on purpose and left alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.brief import Confirmation, Destination
from briefgen.evidence import whole_sentence
from core_helpers import (
    actor_id,
    article_of,
    audited,
    brief_of,
    broken,
    critical,
    government,
    only_visit,
    visit,
    withheld_codes,
)

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief

TEXT = (
    "Norland and Ostia signed a pact. "
    "Norlandic President Ada Rell plans to visit Ostia as early as June, the Selm Kurier reported. "
    "Rell visited Velia in 2019. "
    "Ostian ambassador Bo Lind confirmed that the visit to Ostia is being prepared. "
    "Norland has not yet confirmed the dates of the visit. "
    "If Rell visits Estmark, Velia will protest. "
    "King Otto of Estmark praised Velia."
)
ACTORS = [
    *government("Norland", "Ostia", "Velia", "Estmark"),
    {"name": "Selm Kurier", "kind": "media"},
    {"name": "Otto", "kind": "person"},
]
TWO = (
    "Russian President Vladimir Putin plans to visit North Korea and Vietnam in the coming weeks. "
    "The Kremlin confirmed that the visit to North Korea will take place. "
    "The Kremlin has not confirmed the dates of the visits. "
    "China confirmed its trade figures."
)


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


@pytest.fixture(scope="module")
def brief(article: Article) -> Brief:
    return brief_of(article, actors=ACTORS, planned_visits=[visit(2, "Ada Rell", "Ostia")])


@pytest.fixture(scope="module")
def two() -> Brief:
    entry = {"sentence": 1, "visitors": ["Vladimir Putin"], "destinations": ["North Korea", "Vietnam"]}
    return brief_of(article_of(TWO), planned_visits=[entry])


def codes_of(text: str, *entries: dict[str, Any], published: str | None = None) -> set[str]:
    """Codes for which a careless draft of this text is withheld."""
    article = article_of(text, published)
    brief = brief_of(article, actors=ACTORS, planned_visits=list(entries))
    assert critical(brief, article) == []
    return withheld_codes(brief, "planned_visits")


def test_a_sound_brief_breaks_no_rule(brief: Brief, article: Article, two: Brief) -> None:
    assert only_visit(brief).status == "partly_confirmed"
    assert audited(brief, article) == set()
    assert [found.status for found in two.planned_visits] == ["confirmed", "reported"]
    assert audited(two, article_of(TWO)) == set()


# -- V01 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3, 5, 6, 7])
def test_v01_a_visit_that_no_evidence_presents_as_planned_is_caught(
    brief: Brief, article: Article, n: int
) -> None:
    bad = broken(brief, "planned_visits", evidence=(whole_sentence(article, n),))
    assert "V01" in audited(bad, article)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Ada Rell visited Velia in 2019.", visit(1, "Ada Rell", "Velia")),
        ("Ada Rell’s last visit to Velia was in 2000.", visit(1, "Ada Rell", "Velia")),
        ("Ada Rell flew to Velia on Monday.", visit(1, "Ada Rell", "Velia")),
        ("Kim Jong Un visited Russia last September for talks.", visit(1, "Kim Jong Un", "Russia")),
        ("If Ada Rell visits Velia, Ostia will protest.", visit(1, "Ada Rell", "Velia")),
        ("Ada Rell spoke of Velia.", visit(1, "Ada Rell", "Velia")),
        ("Ada Rell has visited Velia twice. She will visit Ostia.", visit(1, "Ada Rell", "Velia")),
    ],
)
def test_v01_a_past_or_imagined_visit_is_withheld(text: str, entry: dict[str, Any]) -> None:
    assert "V01" in codes_of(text, entry)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Rell will visit Velia.",
        "Ada Rell plans to visit Velia, which she last visited in 2019.",
        "Ada Rell will visit Velia again next week. Ada Rell visited Velia in 2019.",
        "Ada Rell may visit Velia.",
        "Ada Rell postponed her visit to Velia.",
        "Ada Rell accepted an invitation to visit Velia.",
    ],
)
def test_v01_leaves_a_visit_still_to_come_alone(text: str) -> None:
    assert codes_of(text, visit(1, "Ada Rell", "Velia")) == set()


# -- V02 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Bo Lind", "Selm Kurier", "Otto", "Velia", "Ostia"])
def test_v02_a_visitor_whom_no_sentence_lets_travel_is_caught(
    brief: Brief, article: Article, name: str
) -> None:
    bad = broken(brief, "planned_visits", visitors=(actor_id(brief, name),))
    assert "V02" in audited(bad, article)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Otto invited Ada Rell to visit Estmark.", visit(1, "Otto", "Estmark")),
        ("Otto will welcome Ada Rell in Estmark.", visit(1, "Otto", "Estmark")),
        ("Ada Rell will visit Estmark, according to Bo Lind.", visit(1, "Bo Lind", "Estmark")),
        ("Ada Rell will visit Estmark, Bo Lind said.", visit(1, "Bo Lind", "Estmark")),
        ("Ada Rell will travel to Estmark to meet Otto.", visit(1, "Otto", "Estmark")),
        ("Ada Rell told Bo Lind that she will visit Estmark.", visit(1, "Estmark", "Estmark")),
    ],
)
def test_v02_host_or_speaker_as_visitor_is_withheld(text: str, entry: dict[str, Any]) -> None:
    assert codes_of(text, entry) & {"V02", "V01"}


@pytest.mark.parametrize(
    "text",
    [
        "Otto invited Ada Rell to visit Estmark.",
        "Otto will welcome Ada Rell in Estmark next week.",
        "Ada Rell will visit Estmark, according to Bo Lind.",
        "Ada Rell was invited to visit Estmark.",
        "Ada Rell met Bo Lind. She will visit Estmark next week.",
        "A visit by Ada Rell to Estmark is planned.",
        "Bo Lind and Ada Rell will visit Estmark.",
    ],
)
def test_v02_leaves_the_one_who_travels_alone(text: str) -> None:
    n = 2 if "She will" in text else 1
    assert "V02" not in codes_of(text, visit(n, "Ada Rell", "Estmark"))


# -- V03 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["confirmed", "reported", "possible", "postponed", "cancelled", "denied"])
def test_v03_a_status_that_the_evidence_does_not_give_is_caught(
    brief: Brief, article: Article, status: str
) -> None:
    assert "V03" in audited(broken(brief, "planned_visits", status=status), article)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Rell will visit Estmark, the Selm Kurier reported.", "reported"),
        ("Ada Rell may visit Estmark.", "possible"),
        ("Ada Rell confirmed that she will visit Estmark.", "confirmed"),
        ("Ada Rell has cancelled her planned visit to Estmark.", "cancelled"),
        ("Ada Rell is reportedly planning to visit Estmark, sources confirmed.", "reported"),
    ],
)
def test_v03_the_status_is_computed_and_stands(text: str, status: str) -> None:
    article = article_of(text)
    brief = brief_of(article, actors=ACTORS, planned_visits=[visit(1, "Ada Rell", "Estmark")])
    assert only_visit(brief).status == status
    assert "V03" not in audited(brief, article)


# -- V04 to V08: confirmations -----------------------------------------------------------------------------------


def with_confirmation(brief: Brief, at: int = 0, which: int = 0, **changes: Any) -> Brief:
    """The brief with one confirmation of one visit changed."""
    said = list(brief.planned_visits[at].confirmations)
    said[which] = said[which].model_copy(update=changes)
    return broken(brief, "planned_visits", at, confirmations=tuple(said))


@pytest.mark.parametrize(
    ("which", "value"),
    [
        (1, "confirmed"),
        (1, "denied"),
        (1, "cancelled"),
        (0, "not_confirmed"),
        (0, "denied"),
        (0, "postponed"),
    ],
)
def test_v04_a_confirmation_with_another_value_than_its_sentence_is_caught(
    brief: Brief, article: Article, which: int, value: str
) -> None:
    assert "V04" in audited(with_confirmation(brief, which=which, value=value), article)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Norland has not confirmed the visit.", "not_confirmed"),
        ("Norland has yet to confirm the visit.", "not_confirmed"),
        ("Norland declined to comment on the visit.", "declined_to_comment"),
        ("Norland confirmed the visit.", "confirmed"),
    ],
)
def test_v04_leaves_a_confirmation_as_said_alone(sentence: str, value: str) -> None:
    article = article_of(f"Norland spoke. Norlandic President Ada Rell plans to visit Estmark. {sentence}")
    brief = brief_of(article, actors=ACTORS, planned_visits=[visit(2, "Ada Rell", "Estmark")])
    assert [c.value for c in only_visit(brief).confirmations] == [value]
    assert "V04" not in audited(brief, article)


@pytest.mark.parametrize("by", ["Ada Rell", "Norland", "Otto", "Nobody", "ambassador"])
def test_v05_a_confirmation_by_somebody_whom_its_sentence_does_not_name_is_caught(
    brief: Brief, article: Article, by: str
) -> None:
    assert "V05" in audited(with_confirmation(brief, by=by), article)


def test_v05_leaves_the_one_who_speaks_alone(brief: Brief, article: Article, two: Brief) -> None:
    assert [c.by for c in only_visit(brief).confirmations] == ["Bo Lind", "Norland"]
    assert "V05" not in audited(brief, article) | audited(two, article_of(TWO))


@pytest.mark.parametrize("by", ["Selm Kurier", "Velia", "Estmark", "Otto", "a diplomatic source"])
def test_v06_a_confirmation_by_neither_side_is_caught(brief: Brief, article: Article, by: str) -> None:
    assert "V06" in audited(with_confirmation(brief, by=by), article)


def test_v06_leaves_both_sides_alone(brief: Brief, article: Article, two: Brief) -> None:
    assert "V06" not in audited(brief, article) | audited(two, article_of(TWO))


def test_v07_a_confirmation_of_the_other_visit_is_caught(two: Brief) -> None:
    of_korea = two.planned_visits[0].confirmations
    assert of_korea[0].value == "confirmed"
    bad = broken(two, "planned_visits", 1, confirmations=of_korea)
    assert "V07" in audited(bad, article_of(TWO))


@pytest.mark.parametrize("n", [1, 4])
def test_v07_a_confirmation_from_a_sentence_that_does_not_speak_of_the_visit_is_caught(
    two: Brief, n: int
) -> None:
    piece = whole_sentence(article_of(TWO), n)
    said = Confirmation(aspect="occurrence", value="confirmed", by="Kremlin", evidence=(piece,))
    bad = broken(two, "planned_visits", 1, confirmations=(said,))
    assert {"V05", "V07"} & audited(bad, article_of(TWO))


def test_v07_leaves_what_is_said_of_both_visits_alone(two: Brief) -> None:
    for found in two.planned_visits:
        assert ("dates", "not_confirmed") in [(c.aspect, c.value) for c in found.confirmations]
    assert "V07" not in audited(two, article_of(TWO))


@pytest.mark.parametrize(
    ("which", "aspect"),
    [(0, "occurrence"), (0, "dates"), (0, "agenda"), (1, "occurrence"), (1, "preparation")],
)
def test_v08_another_aspect_than_the_sentence_speaks_of_is_caught(
    brief: Brief, article: Article, which: int, aspect: str
) -> None:
    assert "V08" in audited(with_confirmation(brief, which=which, aspect=aspect), article)


def test_v08_leaves_preparation_and_dates_alone(brief: Brief, article: Article) -> None:
    assert [c.aspect for c in only_visit(brief).confirmations] == ["preparation", "dates"]
    assert "V08" not in audited(brief, article)


# -- V13 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("destination", ["Ostia", "ostia", "the Ostia", "OSTIA"])
def test_v13_one_visit_twice_is_noted(brief: Brief, article: Article, destination: str) -> None:
    twin = only_visit(brief).model_copy(
        update={"id": "visit-2", "destination": Destination(name=destination)}
    )
    bad = brief.model_copy(update={"planned_visits": (*brief.planned_visits, twin)})
    assert "V13" in audited(bad, article)


@pytest.mark.parametrize(
    "entries",
    [
        [visit(2, "Ada Rell", "Ostia"), visit(2, "Ada Rell", "Ostia")],
        [visit(2, "Ada Rell", "Ostia"), visit(2, "Rell", "Ostia")],
        [visit(2, "President Rell", "Ostia"), visit(4, "Ada Rell", "Ostia")],
    ],
)
def test_v13_drafts_of_one_visit_become_one(article: Article, entries: list[dict[str, Any]]) -> None:
    brief = brief_of(article, actors=ACTORS, planned_visits=entries)
    assert len(brief.planned_visits) == 1
    assert "V13" not in audited(brief, article)


def test_v13_leaves_two_visits_alone(two: Brief) -> None:
    assert len(two.planned_visits) == 2
    assert "V13" not in audited(two, article_of(TWO))


def test_v13_a_visit_in_return_is_another_visit() -> None:
    article = article_of(
        "Vladimir Putin will visit Vietnam in June. Luong Cuong of Vietnam will visit Russia in July."
    )
    brief = brief_of(
        article, planned_visits=[visit(1, "Vladimir Putin", "Vietnam"), visit(2, "Luong Cuong", "Russia")]
    )
    assert [v.destination.name for v in brief.planned_visits] == ["Vietnam", "Russia"]


# -- times -------------------------------------------------------------------------------------------------------


def timed(brief: Brief, **changes: Any) -> Brief:
    """The brief with the timing of its visit changed."""
    timing = only_visit(brief).timing
    assert timing is not None
    return broken(brief, "planned_visits", timing=timing.model_copy(update=changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"edtf": "2024-06/.."},
        {"edtf": "2024-06", "earliest": dt.date(2024, 6, 1), "latest": dt.date(2024, 6, 30)},
        {"earliest": dt.date(2023, 6, 1)},
        {"latest": dt.date(1999, 6, 30)},
    ],
)
def test_t01_a_year_that_neither_text_nor_publication_gives_is_caught(
    brief: Brief, article: Article, changes: dict[str, Any]
) -> None:
    assert "T01" in audited(timed(brief, **changes), article)


@pytest.mark.parametrize("edtf", ["XXXX-06-10", "XXXX-06-01/XXXX-06-07"])
def test_t02_a_day_that_the_text_does_not_give_is_caught(brief: Brief, article: Article, edtf: str) -> None:
    assert "T02" in audited(timed(brief, edtf=edtf, granularity="day"), article)


def test_t02_a_finer_granularity_is_caught(brief: Brief, article: Article) -> None:
    assert "T02" in audited(timed(brief, edtf="XXXX-06-10", granularity="month"), article)


@pytest.mark.parametrize(
    "changes",
    [{"edtf": "XXXX-07"}, {"edtf": None}, {"granularity": "year"}, {"edtf": "2024-06/.."}],
)
def test_t03_a_date_other_than_the_text_resolves_to_is_caught(
    brief: Brief, article: Article, changes: dict[str, Any]
) -> None:
    assert "T03" in audited(timed(brief, **changes), article)


@pytest.mark.parametrize("bound", [None, "not_after", "approximate", "start"])
def test_t04_a_modifier_lost_or_changed_is_noted(brief: Brief, article: Article, bound: str | None) -> None:
    bad = timed(brief, bound=bound)
    assert "T04" in audited(bad, article)
    assert "T04" not in {code for _, _, code in critical(bad, article)}


def test_g06_a_time_that_no_sentence_of_the_visit_has_is_caught(brief: Brief, article: Article) -> None:
    assert "G06" in audited(timed(brief, text="as early as July"), article)


@pytest.mark.parametrize(
    ("phrase", "published"),
    [
        ("on 12 May 2024", "2024-06-01"),
        ("in May 2024", "2024-06-10"),
        ("in 2023", "2024-06-10"),
        ("on 9 June 2024", "2024-06-10"),
    ],
)
def test_t05_a_planned_visit_before_the_article_is_withheld(phrase: str, published: str) -> None:
    text = f"Ada Rell plans to visit Velia {phrase}."
    assert "T05" in codes_of(text, visit(1, "Ada Rell", "Velia"), published=published)


@pytest.mark.parametrize(
    ("phrase", "published"),
    [
        ("on 12 June 2024", "2024-06-10"),
        ("on 10 June 2024", "2024-06-10"),
        ("in June 2024", "2024-06-10"),
        ("in June", "2024-06-10"),
        ("as early as June", "2024-06-10"),
        ("next week", "2024-06-10"),
        ("in 2024", "2024-12-31"),
        ("in May 2024", None),
        ("in June", None),
        ("soon", None),
    ],
)
def test_times_that_the_article_gives_are_left_alone(phrase: str, published: str | None) -> None:
    text = f"Ada Rell plans to visit Velia {phrase}."
    article = article_of(text, published)
    brief = brief_of(article, actors=ACTORS, planned_visits=[visit(1, "Ada Rell", "Velia")])
    assert not {"T01", "T02", "T03", "T04", "T05", "G06"} & audited(brief, article)
    assert withheld_codes(brief, "planned_visits") == set()
    timing = only_visit(brief).timing
    assert timing is None or timing.text in phrase


@pytest.mark.parametrize(
    ("published", "edtf", "earliest"),
    [
        (None, "XXXX-06", None),
        ("2024-05-28", "2024-06/..", dt.date(2024, 6, 1)),
        ("2024-06-10", "2024-06/..", dt.date(2024, 6, 10)),
        ("2024-07-02", "2025-06/..", dt.date(2025, 6, 1)),
    ],
)
def test_a_month_has_a_year_only_from_the_publication_date(
    published: str | None, edtf: str, earliest: dt.date | None
) -> None:
    article = article_of(TEXT, published)
    brief = brief_of(article, actors=ACTORS, planned_visits=[visit(2, "Ada Rell", "Ostia")])
    timing = only_visit(brief).timing
    assert timing is not None
    assert (timing.text, timing.edtf, timing.earliest, timing.latest, timing.bound) == (
        "as early as June", edtf, earliest, None, "not_before",
    )  # fmt: skip


# -- what is not there ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (visit(99, "Ada Rell", "Ostia"), "G04"),
        (visit(0, "Ada Rell", "Ostia"), "G04"),
        (visit(-1, "Ada Rell", "Ostia"), "G04"),
        (visit(2, "Ada Rell", "Atlantis"), "G05"),
        (visit(2, "Zoe Quint", "Ostia"), "A02"),
        (visit(2, "Ada Rell", "Pyongyang"), "G05"),
    ],
)
def test_a_visit_of_people_or_places_that_are_not_there_is_withheld(entry: dict[str, Any], code: str) -> None:
    assert code in codes_of(TEXT, entry)


@pytest.mark.parametrize(
    "entry",
    [
        {"sentence": 2, "visitors": [], "destinations": ["Ostia"]},
        {"sentence": 2, "visitors": ["Ada Rell"], "destinations": []},
        {"sentence": 2, "visitors": ["null"], "destinations": ["Ostia"]},
        {"sentence": 2, "visitors": ["Ada Rell"], "destinations": ["none"]},
    ],
)
def test_an_entry_that_says_there_is_no_visit_is_neither_item_nor_withheld(entry: dict[str, Any]) -> None:
    brief = brief_of(article_of(TEXT), actors=ACTORS, planned_visits=[entry])
    assert brief.planned_visits == ()
    assert brief.withheld == ()
    assert brief.coverage.facets["planned_visits"] == "empty"


def test_a_purpose_that_no_sentence_gives_is_left_out_of_the_visit(article: Article) -> None:
    entry = visit(2, "Ada Rell", "Ostia", purpose="to sell nuclear submarines")
    assert only_visit(brief_of(article, actors=ACTORS, planned_visits=[entry])).purpose is None


def test_v13_a_visitor_described_beside_the_same_visitor_named_is_withheld() -> None:
    text = "The incoming president will visit Ostia in June. Ada Rell will visit Ostia in June."
    entries = [visit(1, "the incoming president", "Ostia"), visit(2, "Ada Rell", "Ostia")]
    brief = brief_of(article_of(text), actors=ACTORS[:0], planned_visits=entries)
    assert [brief.actor(found.visitors[0]).name for found in brief.planned_visits] == ["Ada Rell"]


def test_an_adjective_of_a_region_is_no_place_to_go_to() -> None:
    text = "Ada Rell of Norland said she would visit the Midwestern city in June."
    brief = brief_of(article_of(text), planned_visits=[visit(1, "Ada Rell", "Midwestern")])
    assert brief.planned_visits == ()
