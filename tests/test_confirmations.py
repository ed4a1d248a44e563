"""Who has confirmed what of a visit: sides only, each aspect for itself, each visit for itself."""

from __future__ import annotations

import itertools

import pytest

from briefgen.brief import Aspect, Brief, Confirmation, ConfirmationValue
from briefgen.confirmations import aspect_of, derive_status
from core_helpers import article_of, audited, brief_of, only_visit, visit

INVENTED = (
    "Norland and Ostia signed a pact. Norlandic President Ada Rell plans to visit Ostia in June. "
    "Velia was not asked. "
)
ACTORS = [
    {"name": "Norland", "kind": "government"},
    {"name": "Ostia", "kind": "government"},
    {"name": "Velia", "kind": "government"},
    {"name": "Ada Rell", "kind": "person"},
    {"name": "Bo Lind", "kind": "person"},
    {"name": "Selm Kurier", "kind": "media"},
]


def brief_with(sentence: str) -> Brief:
    """The brief of the invented article with one more sentence."""
    return brief_of(
        article_of(INVENTED + sentence), actors=ACTORS, planned_visits=[visit(2, "Ada Rell", "Ostia")]
    )


@pytest.mark.parametrize(
    ("sentence", "status", "aspect", "value"),
    [
        ("Norland confirmed the visit to Ostia.", "confirmed", "occurrence", "confirmed"),
        ("The Norlandic palace confirmed the visit.", "confirmed", "occurrence", "confirmed"),
        ("The Ostian government confirmed that Rell will visit Ostia.", "confirmed", "occurrence", "confirmed"),
        ("Rell said she will travel to Ostia.", "confirmed", "occurrence", "confirmed"),
        ("“I will go to Ostia,” Rell said.", "confirmed", "occurrence", "confirmed"),
        ("Rell confirmed the visit.", "confirmed", "occurrence", "confirmed"),
        ("Ostia’s ambassador said Rell will visit Ostia.", "confirmed", "occurrence", "confirmed"),
        ("Ostian ambassador Bo Lind confirmed the visit.", "confirmed", "occurrence", "confirmed"),
        ("“Rell will visit Ostia,” said Bo Lind, a spokesman for the Ostian government.", "confirmed", "occurrence",
         "confirmed"),
        ("Rell will visit Ostia, said Bo Lind, a spokesman for the Ostian government.", "confirmed", "occurrence",
         "confirmed"),
        ("Ostian ambassador Bo Lind confirmed that the visit to Ostia is being prepared.", "partly_confirmed",
         "preparation", "confirmed"),
        ("Ostian ambassador Bo Lind said the visit to Ostia is being prepared.", "partly_confirmed", "preparation",
         "confirmed"),
        ("Norland confirmed the dates of the visit to Ostia.", "partly_confirmed", "dates", "confirmed"),
        ("Norland confirmed the agenda of the visit to Ostia.", "partly_confirmed", "agenda", "confirmed"),
        ("Rell accepted the invitation to visit Ostia.", "partly_confirmed", "invitation", "confirmed"),
        ("Norland has not confirmed the visit.", "reported", "occurrence", "not_confirmed"),
        ("Norland has not yet confirmed the dates of the visit.", "reported", "dates", "not_confirmed"),
        ("Norland has yet to confirm the visit.", "reported", "occurrence", "not_confirmed"),
        ("Norland declined to confirm the visit.", "reported", "occurrence", "not_confirmed"),
        ("Rell is postponing her visit to Ostia.", "postponed", "occurrence", "postponed"),
        ("Rell's spokesman, Bo Lind, neither confirmed nor denied the visit.", "reported", "occurrence", "not_confirmed"),
        ("Norland neither confirmed nor denied the visit.", "reported", "occurrence", "not_confirmed"),
        ("Norland declined to comment on the visit.", "reported", "occurrence", "declined_to_comment"),
        ("Norland denied that Rell would visit Ostia.", "denied", "occurrence", "denied"),
        ("Norland postponed the visit.", "postponed", "occurrence", "postponed"),
        ("The Ostian foreign ministry announced that the visit was postponed.", "postponed", "occurrence",
         "postponed"),
        ("Norland cancelled the visit to Ostia.", "cancelled", "occurrence", "cancelled"),
        ("Rell called off the visit to Ostia.", "cancelled", "occurrence", "cancelled"),
    ],
)  # fmt: skip
def test_what_a_side_says_of_the_visit_decides_its_status(
    sentence: str, status: str, aspect: str, value: str
) -> None:
    found = only_visit(brief_with(sentence))
    assert [(c.aspect, c.value) for c in found.confirmations] == [(aspect, value)]
    assert found.status == status


@pytest.mark.parametrize(
    "sentence",
    [
        "The Selm Kurier confirmed that Rell will visit Ostia.",
        "The Selm Kurier announced that Rell will visit Ostia.",
        "A diplomatic source confirmed that Rell will visit Ostia.",
        "Two people familiar with the plan confirmed the visit.",
        "An official who asked not to be named confirmed the visit.",
        "Velia confirmed that Rell will visit Ostia.",
        "The Velian government announced that Rell will visit Ostia.",
        "Nobody confirmed the visit.",
        "There was no confirmation of the visit.",
        "Norland confirmed that it signed the pact.",
        "Norland did not cancel the visit.",
        "Norland did not deny the visit.",
        "Norland confirmed that Rell visited Ostia in 2019.",
        "Rell said Ostia is rich.",
        "Rell said she may travel to Ostia.",
        "Ostia hopes that Rell will come.",
    ],
)
def test_media_strangers_sources_and_other_statements_never_decide(sentence: str) -> None:
    found = only_visit(brief_with(sentence))
    assert found.status == "reported"
    assert all(c.value not in {"confirmed", "cancelled", "denied"} for c in found.confirmations)


@pytest.mark.parametrize(
    "sentence",
    ["Rell's spokesman Bo Lind confirmed the visit.", "Rell’s office confirmed the visit."],
)
def test_who_speaks_for_the_visitor_confirms(sentence: str) -> None:
    assert only_visit(brief_with(sentence)).status == "confirmed"


REAL = "Russian President Vladimir Putin plans to visit North Korea and Vietnam in June. "


@pytest.mark.parametrize(
    ("sentence", "korea", "vietnam"),
    [
        ("North Korea confirmed the visit to North Korea.", "confirmed", "reported"),
        ("Vietnam’s foreign ministry confirmed the visit to Vietnam.", "reported", "confirmed"),
        ("The Kremlin confirmed the visit to Vietnam.", "reported", "confirmed"),
        ("The Kremlin confirmed the visits.", "reported", "reported"),
        ("The Kremlin confirmed the trip.", "reported", "reported"),
        ("The Kremlin has not confirmed the dates of the visits.", "reported", "reported"),
        ("The Kremlin cancelled both visits.", "cancelled", "cancelled"),
        ("Russian ambassador Alexander Matsegora confirmed that the visit to North Korea is being prepared.",
         "partly_confirmed", "reported"),
        ("China confirmed the visit to Vietnam.", "reported", "reported"),
    ],
)  # fmt: skip
def test_one_confirmation_is_never_spread_over_two_visits(sentence: str, korea: str, vietnam: str) -> None:
    entry = {"sentence": 1, "visitors": ["Vladimir Putin"], "destinations": ["North Korea", "Vietnam"]}
    article = article_of(REAL + sentence)
    brief = brief_of(article, planned_visits=[entry])
    assert [v.status for v in brief.planned_visits] == [korea, vietnam]
    assert not {"V03", "V04", "V05", "V06", "V07", "V08"} & audited(brief, article)


def test_dates_not_confirmed_belong_to_every_visit_that_the_sentence_speaks_of() -> None:
    entry = {"sentence": 1, "visitors": ["Vladimir Putin"], "destinations": ["North Korea", "Vietnam"]}
    text = REAL + "The Kremlin has not yet confirmed the dates of the visits."
    for found in brief_of(article_of(text), planned_visits=[entry]).planned_visits:
        assert [(c.aspect, c.value, c.by) for c in found.confirmations] == [
            ("dates", "not_confirmed", "Kremlin")
        ]


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("the palace confirmed the visit", "occurrence"),
        ("the palace confirmed that the visit is being prepared", "preparation"),
        ("the palace confirmed the dates of the visit", "dates"),
        ("the palace confirmed the timing of the visit", "dates"),
        ("the palace confirmed the agenda", "agenda"),
        ("the palace confirmed that an invitation was accepted", "invitation"),
        ("preparations for the visit and its dates", "preparation"),
        ("the palace confirmed that Rell will go in June", "occurrence"),
        ("the update on the visit", "occurrence"),
    ],
)
def test_preparation_is_not_occurrence_and_dates_need_the_word(text: str, aspect: str) -> None:
    assert aspect_of(text) == aspect


def test_whoever_confirms_is_an_actor_of_the_brief() -> None:
    text = INVENTED + "Ostian ambassador Otto Berg confirmed that the visit to Ostia is being prepared."
    brief = brief_of(article_of(text), actors=ACTORS, planned_visits=[visit(2, "Ada Rell", "Ostia")])
    said = {c.by for c in only_visit(brief).confirmations}
    assert said == {"Otto Berg"}
    assert said <= {actor.name for actor in brief.actors}


def _said(aspect: Aspect, value: ConfirmationValue) -> Confirmation:
    return Confirmation(aspect=aspect, value=value, by="Norland")


@pytest.mark.parametrize(
    ("said", "asserted", "status"),
    [
        ([], True, "reported"),
        ([], False, "possible"),
        ([("occurrence", "confirmed")], False, "confirmed"),
        ([("preparation", "confirmed")], True, "partly_confirmed"),
        ([("dates", "confirmed")], False, "partly_confirmed"),
        ([("dates", "not_confirmed")], True, "reported"),
        ([("occurrence", "declined_to_comment")], False, "possible"),
        ([("occurrence", "confirmed"), ("occurrence", "cancelled")], True, "cancelled"),
        ([("occurrence", "confirmed"), ("occurrence", "postponed")], True, "postponed"),
        ([("preparation", "confirmed"), ("occurrence", "denied")], True, "denied"),
        ([("dates", "postponed")], True, "reported"),
        ([("occurrence", "not_confirmed"), ("preparation", "confirmed")], True, "partly_confirmed"),
    ],
)
def test_the_status_is_the_first_that_fits(
    said: list[tuple[Aspect, ConfirmationValue]], asserted: bool, status: str
) -> None:
    for order in itertools.permutations(said):
        assert derive_status([_said(*each) for each in order], asserted=asserted) == status
