"""Articles of our own and their verified briefs, to break on purpose: each is clean before it is broken."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from core_helpers import allegation, article_of, brief_of, government, motive, visit
from fixture_projection import Fixture

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief


class Base(NamedTuple):
    """An article and the brief that code vouched for."""

    article: Article
    brief: Brief


_LEGS = (
    "Norlandic President Ada Rell plans to visit Ostia and Velia in the coming weeks, the Selm Kurier reported, citing a palace insider. "
    "Rell could visit Velia as early as July, most likely right after her trip to Ostia. "
    "The Norlandic government has not yet confirmed the dates of the visits. "
    "Ostian ambassador Bo Lind confirmed that the visit to Ostia is being prepared. "
    "Rell last visited Ostia in 2019. "
    "Ostia wants to sell timber, and banks are its most pressing concern. "
    "By opening its ports, Norland is seeking to lower its freight costs."
)
_RELAY = (
    "Estmarkian Prime Minister Ivo Kann will visit Norland on 3 June and Velia on 5 June, the Estmarkian government announced. "
    "After his talks in Norland, Kann will travel to Velia to sign an accord. "
    "Kann came to Ostia in 2024. "
    "Estmark builds ships."
)
_PUT_OFF = (
    "Velian Foreign Minister Tor Bach has postponed his visit to Ostia, planned for 9 April, to the first week of May, his ministry said. "
    "The Ostian government regretted the delay. "
    "Bach visited Ostia in 2022 and in 2023. "
    "The Velian ministry said that Velia would build a dam to reduce its debts."
)
_MAYBE = (
    "King Otto of Marland may visit Estmark in October, a diplomat said. "
    "The Estmarkian foreign ministry declined to comment on the visit to Estmark. "
    "Otto was in Estmark in 2001. "
    "The Estmarkian minister Una Holt said that Marland was building a road to Estmark to win the next election."
)
_JOINT = (
    "In January, Norland and Ostia accused Velia of jamming the radio of their ships in March 2026. "
    "Velia declined to confirm or deny the charge. "
    "Norland is concerned about the fleet of Estmark. "
    "Estmark spoke to Velia on Friday."
)
_PASSIVE = (
    "Marland was accused by Estmark on Monday of having rammed a trawler in 2019. "
    "The Marlandic government denied the charge. "
    "Otto Brand, the Marlandic fisheries minister, criticised the harbour fees of Ostia."
)
_SAID = (
    "Ostia alleged on Tuesday that Norland sought to bribe two pilots and had not paid them. "
    "Norland did not respond to the allegation. "
    "Velia warned Ostia about its reefs. "
    "Ostia later withdrew its troops."
)

_DRAFTS: dict[str, tuple[str, str | None, dict[str, Any]]] = {
    "legs": (
        _LEGS,
        "2027-05-28",
        {
            "actors": [*government("Norland", "Ostia", "Velia"), {"name": "Selm Kurier", "kind": "media"}],
            "planned_visits": [visit(1, "Ada Rell", "Ostia"), visit(1, "Ada Rell", "Velia")],
            "motives": [motive(7, "Norland", "lower its freight costs")],
            "background": [{"sentence": 5, "text": ""}],
        },
    ),
    "relay": (
        _RELAY,
        "2027-05-20",
        {
            "actors": government("Norland", "Velia", "Ostia", "Estmark"),
            "planned_visits": [
                visit(1, "Ivo Kann", "Norland"),
                {**visit(2, "Ivo Kann", "Velia"), "purpose": "to sign an accord"},
            ],
            "background": [{"sentence": 3, "text": ""}],
        },
    ),
    "put_off": (
        _PUT_OFF,
        "2027-04-01",
        {
            "actors": government("Velia", "Ostia"),
            "planned_visits": [visit(1, "Tor Bach", "Ostia")],
            "motives": [motive(4, "Velia", "reduce its debts")],
        },
    ),
    "maybe": (
        _MAYBE,
        None,
        {
            "actors": [*government("Marland", "Estmark"), {"name": "Una Holt", "kind": "person"}],
            "planned_visits": [visit(1, "Otto", "Estmark")],
            "motives": [motive(4, "Marland", "win the next election")],
        },
    ),
    "joint": (
        _JOINT,
        None,
        {
            "actors": government("Norland", "Ostia", "Velia", "Estmark"),
            "allegations": [
                allegation(1, ["Norland", "Ostia"], ["Velia"], "Velia jammed the radio of their ships")
            ],
        },
    ),
    "passive": (
        _PASSIVE,
        "2027-02-10",
        {
            "actors": [*government("Marland", "Estmark", "Ostia"), {"name": "Otto Brand", "kind": "person"}],
            "allegations": [allegation(1, ["Estmark"], ["Marland"], "Marland rammed a trawler")],
        },
    ),
    "said": (
        _SAID,
        "2027-03-04",
        {
            "actors": government("Norland", "Ostia", "Velia"),
            "allegations": [
                allegation(
                    1,
                    ["Ostia"],
                    ["Norland"],
                    "Norland sought to bribe two pilots and had not paid them",
                )
            ],
        },
    ),
}
OWN = tuple(_DRAFTS)
FIXTURES = (
    "cancelled_trip", "confirmed_visit", "motives", "neither_nor", "no_date", "no_visit", "one_sentence",
    "passive_accusation", "past_and_planned", "postponed_visit", "preparation_only", "two_allegations",
)  # fmt: skip


@cache
def base(name: str) -> Base:
    """The article and brief of this name: one of ours, or a fixture with a good model's answers."""
    if name in FIXTURES:
        fixture = Fixture(name, "good")
        return Base(fixture.article(), fixture.brief())
    text, published, drafts = _DRAFTS[name]
    article = article_of(text, published)
    return Base(article, brief_of(article, **drafts))
