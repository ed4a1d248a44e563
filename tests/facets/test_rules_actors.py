"""Actors: rules A01, A02 and G09, each broken on purpose and left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.evidence import whole_sentence
from core_helpers import actor_id, article_of, audited, brief_of, broken, critical, withheld_codes

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief

TEXT = (
    "Norlandic President Ada Rell met Ivo Marn of the Harbour Union (HU). "
    "Rell praised the United States. "
    "The U.S. envoy Bo Lind thanked the Selm Kurier. "
    "Norland’s trade representative in Ostia said trade grows."
)
DRAFT = [
    {"name": "Ada Rell", "kind": "person"},
    {"name": "Ivo Marn", "kind": "person"},
    {"name": "Harbour Union", "kind": "organisation"},
    {"name": "United States", "kind": "government"},
    {"name": "Bo Lind", "kind": "person"},
    {"name": "Selm Kurier", "kind": "media"},
]


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


@pytest.fixture(scope="module")
def brief(article: Article) -> Brief:
    return brief_of(article, actors=DRAFT)


def at(brief: Brief, name: str) -> int:
    return [actor.name for actor in brief.actors].index(name)


def test_a_sound_cast_breaks_no_rule(brief: Brief, article: Article) -> None:
    assert {entry["name"] for entry in DRAFT} <= {actor.name for actor in brief.actors}
    assert audited(brief, article) == set()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Rell", "person"),
        ("Ada Rell", "person"),
        ("Marn", "person"),
        ("U.S.", "government"),
        ("HU", "organisation"),
    ],
)
def test_a01_an_actor_listed_twice_is_noted(brief: Brief, article: Article, name: str, kind: str) -> None:
    twin = brief.actors[0].model_copy(
        update={"id": "actor-99", "name": name, "kind": kind, "aliases": (), "role": None}
    )
    bad = brief.model_copy(update={"actors": (*brief.actors, twin)})
    assert "A01" in audited(bad, article)


@pytest.mark.parametrize(
    "names",
    [
        ["Ada Rell", "Rell"],
        ["Rell", "Ada Rell"],
        ["President Rell", "Ada Rell"],
        ["Norlandic President Ada Rell", "Rell"],
        ["U.S.", "United States"],
        ["the Selm Kurier", "Selm Kurier"],
        ["Harbour Union", "HU"],
        ["Bo Lind", "envoy Bo Lind"],
    ],
)
def test_a01_two_names_of_one_actor_in_a_draft_become_one(names: list[str]) -> None:
    article = article_of(TEXT)
    kinds = {"U.S.": "government", "the Selm Kurier": "media", "Harbour Union": "organisation"}
    kind = kinds.get(names[0], "person")
    brief = brief_of(article, actors=[{"name": name, "kind": kind} for name in names])
    assert "A01" not in audited(brief, article)
    assert len({actor.name for actor in brief.actors}) == len(brief.actors)
    assert withheld_codes(brief, "actors") == set()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("United States", "government"), ("Selm Kurier", "media"), ("Harbour Union", "organisation")],
)
@pytest.mark.parametrize(
    "said",
    [
        "person",
        "group",
        "organisation",
    ],
)
def test_where_the_words_of_a_name_settle_its_kind_the_model_does_not(
    name: str, kind: str, said: str
) -> None:
    brief = brief_of(article_of(TEXT), actors=[{"name": name, "kind": said}])
    assert [actor.kind for actor in brief.actors if actor.name == name] == [kind]


def test_a01_leaves_a_leader_and_the_state_alone() -> None:
    article = article_of("Russia and the Kremlin disagree, Vladimir Putin said.")
    names = [("Russia", "government"), ("Kremlin", "government"), ("Vladimir Putin", "person")]
    brief = brief_of(article, actors=[{"name": name, "kind": kind} for name, kind in names])
    assert len(brief.actors) == 3
    assert audited(brief, article) == set()


@pytest.mark.parametrize(
    "name", ["Zoe Quint", "Ada Quint", "Sergei Lavrov", "Xi Jinping", "China", "Beijing"]
)
def test_a02_a_name_from_memory_is_withheld(name: str) -> None:
    article = article_of(TEXT)
    brief = brief_of(article, actors=[{"name": name, "kind": "person"}])
    assert "A02" in withheld_codes(brief, "actors")
    assert name not in [actor.name for actor in brief.actors]
    assert critical(brief, article) == []


@pytest.mark.parametrize(
    "changes", [{"name": "Zoe Quint"}, {"aliases": ("Adelina",)}, {"name": "Ada M. Rell"}]
)
def test_a02_a_name_or_alias_that_the_article_does_not_give_is_caught(
    brief: Brief, article: Article, changes: dict[str, object]
) -> None:
    assert "A02" in audited(broken(brief, "actors", at(brief, "Ada Rell"), **changes), article)


def test_a02_an_unnamed_official_keeps_the_description_of_the_article(brief: Brief, article: Article) -> None:
    described = [actor.name for actor in brief.actors if "trade representative" in actor.name]
    assert described == ["Norland’s trade representative in Ostia"]
    assert "A02" not in audited(brief, article)


@pytest.mark.parametrize(
    "role",
    [
        "former Norlandic President",
        "acting President",
        "Prime Minister",
        "Norlandic Vice President",
        "dictator",
    ],
)
def test_g09_a_qualifier_that_the_article_does_not_give_is_caught(
    brief: Brief, article: Article, role: str
) -> None:
    assert "G09" in audited(broken(brief, "actors", at(brief, "Ada Rell"), role=role), article)


@pytest.mark.parametrize("role", ["Norlandic President", "President", "president", None])
def test_g09_leaves_a_role_of_the_article_alone(brief: Brief, article: Article, role: str | None) -> None:
    assert "G09" not in audited(broken(brief, "actors", at(brief, "Ada Rell"), role=role), article)


def test_g09_a_former_office_stays_former() -> None:
    brief = brief_of(
        article_of("Former minister Ada Rell spoke."), actors=[{"name": "Ada Rell", "kind": "person"}]
    )
    assert [actor.role for actor in brief.actors] == ["Former minister"]


@pytest.mark.parametrize("kind", ["place", "other"])
def test_places_and_other_things_are_no_actors(kind: str) -> None:
    article = article_of("Rain fell on Port Selm.")
    brief = brief_of(article, actors=[{"name": "Port Selm", "kind": kind}])
    assert brief.actors == ()
    assert brief.withheld == ()


@pytest.mark.parametrize("name", ["null", "", "unknown", "N/A"])
def test_a_null_name_is_neither_actor_nor_withheld(name: str) -> None:
    brief = brief_of(article_of("Rain fell on Port Selm."), actors=[{"name": name, "kind": "person"}])
    assert brief.actors == ()
    assert brief.withheld == ()


@pytest.mark.parametrize("country", ["RU", "ZZ"])
def test_g03_an_actor_without_evidence_is_caught(brief: Brief, article: Article, country: str) -> None:
    bad = broken(brief, "actors", evidence=(), country=country)
    assert "G03" in audited(bad, article)


def test_every_actor_of_a_brief_is_named_in_its_evidence(brief: Brief, article: Article) -> None:
    for actor in brief.actors:
        assert actor.evidence == (whole_sentence(article, actor.evidence[0].sentence),)
        assert any(name in actor.evidence[0].quote for name in (actor.name, *actor.aliases))
    assert actor_id(brief, "Ada Rell").startswith("actor-")


def test_a02_a_title_alone_is_no_actor() -> None:
    """ "Ambassador" of "Norlandic Ambassador Bo Lind" is nobody beside Lind."""
    told = brief_of(
        article_of("Norlandic Ambassador Bo Lind spoke."),
        actors=[{"name": "Ambassador", "kind": "person"}, {"name": "Bo Lind", "kind": "person"}],
    )
    assert [actor.name for actor in told.actors] == ["Bo Lind"]
    assert withheld_codes(told, "actors") == {"A02"}


def test_a02_whom_one_is_thanked_for_is_no_part_of_the_name() -> None:
    """ "thanked Cho for Korea's help" names Cho."""
    text = "Ada Rell met Cho Lind. Rell thanked Cho for Korea's help."
    told = brief_of(article_of(text), actors=[{"name": "Cho for Korea", "kind": "person"}])
    assert "Cho for Korea" not in {actor.name for actor in told.actors}


def test_a02_an_adjective_or_a_region_written_large_is_no_actor() -> None:
    text = "Ada Rell met Congressional leaders and praised Allies in the Indo-Pacific and the US-Ostia alliance. I'm glad, she said."
    offered = [
        {"name": name, "kind": "group"}
        for name in ("Congressional", "Allies", "Indo-Pacific", "I'm", "US-Ostia")
    ]
    told = brief_of(article_of(text), actors=[{"name": "Ada Rell", "kind": "person"}, *offered])
    assert [actor.name for actor in told.actors] == ["Ada Rell"]


def test_a02_an_office_written_large_is_no_actor_beside_its_holder() -> None:
    text = "The Chairman of State Affairs, Ada Rell, spoke."
    offered = {"name": "Chairman of State Affairs", "kind": "government"}
    told = brief_of(article_of(text), actors=[{"name": "Ada Rell", "kind": "person"}, offered])
    assert [actor.name for actor in told.actors] == ["Ada Rell"]
