"""The bottom line: attributed in the same sentence, the called-off first, no rumour leading in silence."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from digest_builders import (
    allegation,
    confirmation,
    government,
    medium,
    person,
    place,
    position,
    quote,
    report,
    response,
    summary_line,
    timing,
    visit,
)

from briefgen.accusations import accusations_in
from briefgen.attribution import sources_in
from briefgen.digest.bottom_line import Wording
from briefgen.digest.intake import Arrived
from briefgen.digest.making import DigestOptions, make_digest
from briefgen.errors import ModelUnavailable
from briefgen.prompts import PromptLibrary
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import Confirmation, SummarySentence, VisitStatus
    from briefgen.digest.digest import BottomLine, Digest
    from briefgen.digest.reports import Report

TEXT = (
    "Ada Rell is planning to visit Velia in June, the Tarn Post reported, citing a diplomatic source. "
    "The harbour of Velia is being painted."
)
PLAN = TEXT.partition(". ")[0] + "."
OWN = "Ada Rell is planning to visit Velia in June, according to the Tarn Post."


def rell(
    number: int,
    *,
    status: VisitStatus = "reported",
    sources: Sequence[str] = ("Tarn Post", "diplomatic source"),
    says: Sequence[Confirmation] = (),
    hedges: Sequence[str] = (),
    summary: Sequence[SummarySentence] = (),
    publisher: str = "Osmark Times",
    published: str = "2024-06-10",
    text: str = TEXT,
    to: str = "Velia",
) -> Report:
    """An article on a visit of Ada Rell."""
    return report(
        number,
        published=published,
        publisher=publisher,
        text=f"{text} Edition {number}.",
        headline=f"Ada Rell to {to}",
        actors=[person("rell", "Ada Rell"), government("velia", "Velia"), medium("post", "Tarn Post")],
        planned_visits=[
            visit(
                ["rell"],
                place(to),
                hosts=["velia"],
                status=status,
                when=timing("in June", published),
                according_to=sources,
                confirmations=says,
                hedges=hedges,
                evidence=[quote(text, text.partition(". ")[0])],
            )
        ],
        summary=summary,
    )


def digest(reports: Sequence[Report], *, days: int = 1, wording: Wording | None = None) -> Digest:
    arrived = [Arrived.of(each.brief, each.label, each.text) for each in reports]
    return make_digest(arrived, DigestOptions(date(2024, 6, 10), days, wording=wording))[0]


def first(reports: Sequence[Report], **more: Any) -> BottomLine:
    return digest(reports, **more).bottom_line[0]


def test_a_plan_is_told_with_the_paper_and_its_source_and_labelled_where_there_is_one() -> None:
    line = first([rell(1)])
    assert line.text == (
        "The Tarn Post, citing a diplomatic source, reports that Ada Rell is planning to visit Velia in June."
    )
    assert line.single_source
    assert line.worded_by == "template"
    assert {cite.quote for cite in line.evidence} == {PLAN.rstrip(".")}


def test_a_day_without_two_independent_sources_says_that_nothing_leads() -> None:
    assert digest([rell(1)]).no_lead == "The one article rests on one source."


def test_two_independent_sources_make_a_lead() -> None:
    other = rell(2, sources=["Bo Lind"], publisher="Sky Daily")
    made = digest([rell(1), other])
    assert made.no_lead == ""
    assert not made.bottom_line[0].single_source


def test_a_briefs_own_sentence_stands_where_it_still_holds() -> None:
    line = first([rell(1, summary=[summary_line(OWN, ["visit-1"])])])
    assert (line.text, line.worded_by) == (OWN, "brief")


def test_a_sentence_that_no_longer_holds_is_not_used_and_the_postponement_is_told() -> None:
    said = rell(1, summary=[summary_line(OWN, ["visit-1"])], published="2024-06-09")
    off = rell(
        2,
        status="postponed",
        sources=(),
        says=[confirmation("Velia", "occurrence", "postponed")],
        text="Velia has postponed the visit of Ada Rell to Velia in June. The harbour of Velia is wet.",
    )
    line = first([said, off], days=2)
    assert line.text == "The visit of Ada Rell to Velia is postponed, according to Velia."


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Rell is planning to visit Velia in June.",
        "Ada Rell is planning to visit Velia in June, according to another source.",
        "He is planning to visit Velia in June, according to the Tarn Post.",
        "Velia is to be visited in June, according to the Tarn Post.",
        "Ada Rell is planning a journey in June, according to the Tarn Post.",
    ],
    ids=["no source", "another source", "he", "no visitor", "no place"],
)
def test_a_sentence_that_cannot_stand_alone_is_not_used(sentence: str) -> None:
    line = first([rell(1, summary=[summary_line(sentence, ["visit-1"])])])
    assert line.worded_by == "template"


def test_a_time_that_others_replaced_is_not_repeated_from_an_older_brief() -> None:
    old = rell(1, summary=[summary_line(OWN, ["visit-1"])], published="2024-06-09")
    text = "Ada Rell will visit Velia on June 20, Velia announced. The harbour is ready."
    new = report(
        2,
        text=text,
        publisher="Sky Daily",
        actors=[person("rell", "Ada Rell"), government("velia", "Velia")],
        planned_visits=[
            visit(
                ["rell"],
                place("Velia"),
                hosts=["velia"],
                status="confirmed",
                when=timing("on June 20"),
                confirmations=[confirmation("Velia"), confirmation("Velia", "dates")],
                evidence=[quote(text, text.partition(". ")[0])],
            )
        ],
    )
    assert first([old, new], days=2).text == "Velia confirmed that Ada Rell is to visit Velia on June 20."


def comet(number: int, *, sources: int = 1) -> list[Report]:
    """Articles on another thing altogether, each with a source of its own."""
    names = ("Eno Farr", "Gil Hase", "Ida Jorn")
    text = "Astronomers warned of a comet with two tails over the southern desert. Its light is green."
    return [
        report(
            number + at,
            text=f"{text} So said {names[at]}.",
            publisher=f"Sky {at}",
            actors=[person("a", "Cy Dorn"), person("b", names[at])],
            planned_visits=[
                visit(
                    ["a"],
                    place("Tarn"),
                    according_to=[names[at]],
                    evidence=[quote(text, text.partition(". ")[0])],
                )
            ],
        )
        for at in range(sources)
    ]


def test_what_two_sources_say_goes_before_what_one_says() -> None:
    lines = digest([rell(1), *comet(2, sources=2)]).bottom_line
    assert [line.single_source for line in lines] == [False, True]
    assert "Cy Dorn" in lines[0].text


def test_what_is_called_off_goes_before_all_else() -> None:
    off = rell(1, status="cancelled", sources=(), says=[confirmation("Velia", "occurrence", "cancelled")])
    lines = digest([off, *comet(2, sources=3)]).bottom_line
    assert lines[0].text == "The visit of Ada Rell to Velia is cancelled, according to Velia."
    assert lines[0].single_source


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("reported", ()),
        ("possible", ()),
        ("partly_confirmed", (confirmation("Velia", "preparation"),)),
        ("confirmed", (confirmation("Velia"),)),
        ("postponed", (confirmation("Velia", "occurrence", "postponed"),)),
        ("cancelled", (confirmation("Velia", "occurrence", "cancelled"),)),
        ("denied", (confirmation("Velia", "occurrence", "denied"),)),
    ],
)
def test_every_line_says_in_the_same_sentence_who_says_so(
    status: VisitStatus, says: Sequence[Confirmation]
) -> None:
    line = first([rell(1, status=status, says=says)])
    assert sources_in(line.text)
    assert line.text.count(".") == 1
    assert ("confirmed" in line.text) == (status in {"partly_confirmed", "confirmed"})


def test_what_is_confirmed_is_told_by_whom_and_the_rest_is_not() -> None:
    line = first([rell(1, status="partly_confirmed", says=[confirmation("Velia", "preparation")])])
    assert line.text.endswith(
        "is planning to visit Velia in June; Velia has confirmed that it is being prepared."
    )


def test_who_only_says_that_nothing_is_fixed_is_not_cited_for_the_plan() -> None:
    line = first([rell(1, says=[confirmation("Velia", "dates", "not_confirmed")])])
    assert "citing a diplomatic source, reports" in line.text
    assert line.text.endswith("; Velia has not confirmed its dates.")


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("on Tuesday", "on Tuesday (11 June)"),
        ("on Tuesday and Wednesday", "on Tuesday and Wednesday (11 to 12 June)"),
    ],
)
def test_a_phrase_that_leans_on_its_articles_day_is_told_with_the_days_meant(phrase: str, told: str) -> None:
    made = report(
        1,
        text=TEXT,
        actors=[person("rell", "Ada Rell")],
        planned_visits=[
            visit(
                ["rell"],
                place("Velia"),
                when=timing(phrase),
                according_to=["Bo Lind"],
                evidence=[quote(TEXT, PLAN)],
            )
        ],
    )
    assert first([made]).text.endswith(f"visit Velia {told}.")


def test_hedges_are_kept() -> None:
    assert "“possibly”" in first([rell(1, hedges=["possibly"])]).text


def accused(
    number: int, publisher: str, text: str, *answers: str, summary: Sequence[SummarySentence] = ()
) -> Report:
    """Norland accuses Velia of jamming its radio; Velia answers, or no answer is reported."""
    stance: Any = answers[0] if answers else "not_reported"
    return report(
        number,
        text=text,
        publisher=publisher,
        actors=[government("norland", "Norland"), government("velia", "Velia")],
        allegations=[
            allegation(
                ["norland"],
                ["velia"],
                "jamming its radio",
                responses=[response("velia", stance)],
                evidence=[quote(text, text.partition(". ")[0])],
            )
        ],
        summary=summary,
    )


CHARGE = "Norland accused Velia of jamming its radio. The radio plays music."


def test_an_accusation_is_told_with_its_answer_even_from_another_article() -> None:
    told = [summary_line("Norland accused Velia of jamming its radio.", ["allegation-1"])]
    one = accused(1, "Tarn Post", CHARGE, summary=told)
    denial = "Velia denied the accusation of Norland that it is jamming its radio. The radio is silent."
    other = accused(2, "Sky Daily", denial, "denied")
    assert first([one]).text == "Norland accused Velia of jamming its radio."
    line = first([one, other])
    assert line.text == "Norland accused Velia of jamming its radio; Velia denied it."
    assert accusations_in(line.text)


def test_one_sentence_on_two_visits_is_told_once() -> None:
    text = "Ada Rell is planning to visit Velia and Osmark, the Tarn Post reported. The harbour is green."
    own = "Ada Rell is planning to visit Velia and Osmark, the Tarn Post reported."
    trips = [
        visit(
            ["rell"],
            place(to),
            id=f"visit-{at}",
            according_to=["Tarn Post"],
            evidence=[quote(text, text.partition(". ")[0])],
        )
        for at, to in enumerate(("Velia", "Osmark"), 1)
    ]
    both = report(
        1,
        text=text,
        actors=[person("rell", "Ada Rell"), medium("post", "Tarn Post")],
        planned_visits=trips,
        summary=[summary_line(own, ["visit-1", "visit-2"])],
    )
    (line,) = digest([both]).bottom_line
    assert line.text == own
    assert len(line.refs) == 2


def test_no_two_lines_say_the_same_and_the_next_news_takes_the_place() -> None:
    """Accusers differ, so that the two accusations were not merged."""
    text = "Norland accused Velia of jamming its radio. The Norland navy condemned the storm."
    storm = position("norland", "condemned the storm", "condemnation")
    twice = report(
        1,
        text=text,
        actors=[
            government("norland", "Norland"),
            government("velia", "Velia"),
            government("osmark", "Osmark"),
        ],
        allegations=[
            allegation(
                ["norland"], ["velia"], "jamming its radio", evidence=[quote(text, "Norland accused Velia")]
            ),
            allegation(
                ["norland"],
                ["velia"],
                "the jamming of its radio masts by radio",
                id="allegation-2",
                evidence=[quote(text, "Norland accused Velia")],
            ),
        ],
        positions=[storm],
    )
    texts = [line.text for line in digest([twice]).bottom_line]
    assert len(texts) == len(set(texts))
    assert texts[-1] == "Norland condemned the storm."


def test_there_are_five_lines_at_most() -> None:
    topics = (
        "ferry reef storm",
        "tobacco tax school",
        "comet desert tail",
        "orchard frost pear",
        "tunnel drill rock",
    )
    reports = [
        report(
            at,
            text=f"Farr{at} warned of {topic}. {topic} {topic}.",
            actors=[person("farr", f"Farr{at}")],
            positions=[position("farr", f"warned of {topic}", "warning")],
        )
        for at, topic in enumerate((*topics, "opera tenor aria", "beetle bark larch"), 1)
    ]
    made = digest(reports)
    assert len(made.stories) == 7
    assert len(made.bottom_line) == 5


def test_nobody_knows_whose_leaders_are_meant_away_from_their_article() -> None:
    text = "The leaders condemned the storm. It rained."
    alone = report(
        1, text=text, actors=[person("l", "leaders")], positions=[position("l", "condemned the storm")]
    )
    assert digest([alone]).bottom_line == ()


def test_the_order_of_the_articles_changes_nothing() -> None:
    reports = [rell(1), rell(2, sources=["Bo Lind"], publisher="Sky Daily"), *comet(3, sources=2)]
    expected = digest(reports)
    for seed in range(3):
        random.Random(seed).shuffle(reports)
        assert digest(reports) == expected


# -- worded by a model -----------------------------------------------------------------------------------


def worded(answer: Any, **more: Any) -> tuple[BottomLine, Wording]:
    wording = Wording(ScriptedModel({"bottom_line": [answer]}), PromptLibrary.load())
    return first([rell(1, **more)], wording=wording), wording


def test_a_model_may_word_a_line_that_keeps_to_its_sentences() -> None:
    text = (
        "Citing a diplomatic source, the Tarn Post reported that Ada Rell is planning to visit Velia in June."
    )
    line, wording = worded({"text": text})
    assert (line.text, line.worded_by) == (text, "model")
    assert wording.refused == []
    assert wording.usage.requests == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ada Rell is planning to visit Velia in June.", "S03"),
        ("Ada Rell will visit Velia in June.", "C04"),
        ("Cy Dorn is planning to visit Velia in June, the Tarn Post reported.", "G05"),
        ("Ada Rell is planning to visit Velia on 12 June, the Tarn Post reported.", "G06"),
        ("Ada Rell is planning to visit Velia in June, Velia confirmed.", "C04"),
        ("The visit of Ada Rell to Velia in June is cancelled, the Tarn Post reported.", "C04"),
        ("Ada Rell is planning to visit Velia in June, the Tarn Post reported. She likes it.", "G02"),
        (
            "A diplomatic source, citing the Tarn Post, said Ada Rell is planning to visit Velia in June.",
            "S01",
        ),
        ("The Tarn Post denied that Ada Rell is planning to visit Velia in June.", "L05"),
        ("Velia is planning to visit Ada Rell in June, the Tarn Post reported.", "G02"),
        ("", "G02"),
    ],
    ids=[
        "no source",
        "plan as fact",
        "name",
        "number",
        "confirmed",
        "cancelled",
        "two sentences",
        "chain turned",
        "denied",
        "swapped",
        "nothing",
    ],
)
def test_a_wording_that_breaks_a_rule_gives_way_to_the_template(text: str, code: str) -> None:
    line, wording = worded({"text": text})
    assert line.worded_by == "template"
    assert code in wording.refused[0][1]


def test_a_dropped_hedge_gives_way_to_the_template() -> None:
    hedged = "Ada Rell may visit Velia in June, the Tarn Post reported. The harbour is green."
    text = "Ada Rell is going to visit Velia in June, the Tarn Post reported."
    line, _ = worded({"text": text}, status="possible", hedges=["may"], text=hedged)
    assert line.worded_by == "template"


def test_without_the_model_the_template_stands_and_it_is_not_asked_again() -> None:
    model = ScriptedModel({"bottom_line": [ModelUnavailable("no answer")]})
    wording = Wording(model, PromptLibrary.load())
    made = digest([rell(1), *comet(2, sources=2)], wording=wording)
    assert {line.worded_by for line in made.bottom_line} == {"template"}
    assert len(model.history) == 1


def test_a_sentence_of_a_brief_is_not_worded_again() -> None:
    line, wording = worded({"text": "anything"}, summary=[summary_line(OWN, ["visit-1"])])
    assert line.worded_by == "brief"
    assert wording.usage.requests == 0


def test_what_articles_say_reaches_the_model_fenced_as_data() -> None:
    model = ScriptedModel({"bottom_line": [{"text": ""}]})
    digest([rell(1)], wording=Wording(model, PromptLibrary.load()))
    (prompt,) = model.history
    fence = prompt.system.rsplit(maxsplit=1)[-1]
    assert prompt.user.count(f"<{fence}>") == prompt.user.count(f"</{fence}>") == 2
    assert PLAN.rstrip(".") in prompt.user
