"""Kinds of break in worded texts: numbers and quotations (G02, G06, G07)."""

from __future__ import annotations

import re
from calendar import month_name
from typing import TYPE_CHECKING

from breaks import (
    CLAIMS,
    LINES,
    Kind,
    Text,
    ground,
    has,
    named_in,
    word,
    wording,
)

from briefgen.grounding import content_stems, numbers_in
from briefgen.lexicon import table
from briefgen.time_phrases import find_time_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject


# -- numbers -------------------------------------------------------------------------------------------------------


@wording("a figure changed", "G06 G02", *CLAIMS, "open_questions")
def figure_changed(text: Text, subject: Subject) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])", text.text):
        digits = found[0]
        last = str((int(digits[-1]) + 3) % 10)
        yield text.text[: found.start()] + digits[:-1] + last + text.text[found.end() :]


@wording("a figure taken from another sentence", "G06 G02", *CLAIMS)
def figure_from_elsewhere(text: Text, subject: Subject) -> Iterator[str]:
    figures = re.findall(r"(?<![\w.,-])\d{1,3}(?:,\d{3})*(?![\w-])", subject.article.text)
    for found in re.finditer(r"(?<![\w.,-])\d{1,3}(?:,\d{3})*(?![\w,-])", text.text):
        for other in figures:
            behind = [subject.sentence(n) for n in text.sentences] or [text.text]
            if not any(word(other).search(each) for each in behind) and other != found[0]:
                yield text.text[: found.start()] + other + text.text[found.end() :]
                break


@wording("a year taken from another sentence", "G06 G02 T01", *LINES)
def year_from_elsewhere(text: Text, subject: Subject) -> Iterator[str]:
    years = re.findall(r"\b(?:19|20)\d\d\b", subject.article.text)
    own = content_stems(text.text)
    near = [s.text for s in subject.article.sentences if len(own & content_stems(s.text)) > 2]
    behind = " ".join([*near, *(subject.sentence(n) for n in text.sentences)])
    for year in years:
        if year not in behind and year not in text.text:
            yield f"{text.text.rstrip('.')} in {year}."


@wording("a year from nowhere", "G06 T01", *LINES)
def year_invented(text: Text, subject: Subject) -> Iterator[str]:
    for year in ("2024", "2022", "2031"):
        if year not in subject.article.text and not (subject.article.title and year in subject.article.title):
            published = subject.article.published
            if not published or str(published.year) != year:
                yield f"{text.text.rstrip('.')} in {year}."
                break


@wording("a number word changed", "G06 G02", *CLAIMS)
def number_word_changed(text: Text, subject: Subject) -> Iterator[str]:
    spelled = {w: n for w, n in table("words")["numbers"].items() if 1 < n < 20}
    order = sorted(spelled, key=lambda w: spelled[w])
    for found in re.finditer(rf"\b({'|'.join(spelled)})\b", text.text, re.IGNORECASE):
        at = order.index(found[0].lower())
        other = order[(at + 2) % len(order)]
        yield (
            text.text[: found.start()]
            + (other.title() if found[0][0].isupper() else other)
            + text.text[found.end() :]
        )


@wording("a number added", "G06 G02", *CLAIMS)
def number_added(text: Text, subject: Subject) -> Iterator[str]:
    for number in ("seventeen", "16", "sixty"):
        if not set(numbers_in(number)) & set(numbers_in(subject.article.text)):
            found = re.search(
                r"\b(?:missiles|ships|vessels|letters|pilots|talks|inspectors|leaders|sides|weapons|arms|civilians|sentences|days|attacks|visits?|trip|states|countries|officials|troops|accusations?|actors|crowns)\b",
                text.text,
            )
            if found:
                yield f"{text.text[: found.start()]}{number} {text.text[found.start() :]}"
                break


@wording("a percentage changed", "G06 G02", *CLAIMS)
def percentage_changed(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(r"\b(\d+(?:\.\d+)?)(?= ?(?:per ?cent|%))", text.text)
    if found:
        yield f"{text.text[: found.start()]}{float(found[0]) + 11:g}{text.text[found.end() :]}"


@wording("a number put for “several” or “some”", "G06 G02", *CLAIMS)
def number_for_several(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(r"\b(?:several|some|many|a number of|a few)\b", text.text, re.IGNORECASE)
    if found:
        yield f"{text.text[: found.start()]}47{text.text[found.end() :]}"


@wording("the unit of a number changed", "G02", *CLAIMS)
def unit_changed(text: Text, subject: Subject) -> Iterator[str]:
    for unit, other in (
        ("crowns", "euros"),
        ("million", "billion"),
        ("weeks", "months"),
        ("years", "months"),
        ("days", "weeks"),
        ("percent", "dollars"),
        ("thirty years", "thirty months"),
    ):
        if re.search(rf"\b{unit}\b", text.text):
            yield re.sub(rf"\b{unit}\b", other, text.text, count=1)


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


@wording("an ordinal changed", "G06 G02", *CLAIMS, "open_questions")
def ordinal_changed(text: Text, subject: Subject) -> Iterator[str]:
    for at, ordinal in enumerate(_ORDINALS[:-1]):
        other = _ORDINALS[at + 1]
        if re.search(rf"\b{ordinal}\b", text.text) and not re.search(
            rf"\b{ordinal} (?:of |week of )", text.text
        ):
            yield re.sub(rf"\b{ordinal}\b", other, text.text, count=1)
    if re.search(r"\blast (?:visited|met|ruled|halted)\b", text.text):
        yield re.sub(r"\blast (?=visited|met|ruled|halted)", "first ", text.text, count=1)


_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = tuple(month_name)[1:]


@wording("a weekday changed", "G05 G02 T03", *LINES, "open_questions")
def weekday_changed(text: Text, subject: Subject) -> Iterator[str]:
    for at, day in enumerate(_WEEK):
        if word(day).search(text.text):
            yield word(day).sub(_WEEK[(at + 2) % 7], text.text, count=1)


@wording("a month changed", "G05 G02 T03", *LINES, "open_questions")
def month_changed(text: Text, subject: Subject) -> Iterator[str]:
    for at, month in enumerate(_MONTHS):
        if (
            re.search(rf"\b{month}\b(?! (?:\w+ )*(?:visit|travel|help|discuss))", text.text)
            and month != "May"
        ):
            yield word(month).sub(_MONTHS[(at + 1) % 12], text.text, count=1)


@wording("a time put into a sentence from another one", "G02 G06 V10", *LINES)
def time_from_elsewhere(text: Text, subject: Subject) -> Iterator[str]:
    told = " ".join(subject.sentence(n) for n in text.sentences)
    own = content_stems(text.text)
    for sentence in subject.article.telling:
        if len(own & content_stems(sentence.text)) > 1:
            continue  # it may well tell the same matter
        for phrase in find_time_phrases(sentence.text):
            core = phrase.text.split()[-1]
            if phrase.text[0].islower() and text.sentences and core not in told and core not in text.text:
                yield f"{text.text.rstrip('.')} {phrase.text}."


# -- quotations ----------------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"[“\"]([^”\"“]+)[”\"]")


@wording("a quotation altered by a word", "G07", *CLAIMS)
def quotation_altered(text: Text, subject: Subject) -> Iterator[str]:
    for found in _QUOTED.finditer(text.text):
        words = found[1].split()
        altered = " ".join((*words[:-1], f"really {words[-1]}"))
        yield text.text.replace(found[1], altered)


@wording("a quotation shortened without a mark", "G07", *CLAIMS)
def quotation_shortened(text: Text, subject: Subject) -> Iterator[str]:
    for found in _QUOTED.finditer(text.text):
        words = found[1].split()
        if len(words) > 3:
            short = " ".join((words[0], *words[2:]))
            if not has(subject, short):
                yield text.text.replace(found[1], short)


@wording("a paraphrase in quotation marks", "G07", *CLAIMS)
def paraphrase_quoted(text: Text, subject: Subject) -> Iterator[str]:
    words = text.text.rstrip(".").split(" ")
    for size in (6, 5, 4, 8):
        for at in range(1, len(words) - size + 1):
            piece = " ".join(words[at : at + size])
            clean = not re.search(r"[“”\",;.]", piece)
            if clean and not ground(subject).has_phrase(piece):
                yield text.text.replace(piece, f"“{piece}”", 1)
                return


@wording("reported words turned into a quotation", "G07", *CLAIMS)
def speech_quoted(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(
        r"\b(said|says|announced|claimed|alleged)(?: that)? (?P<what>[^,;“”\"]{15,})$", text.text.rstrip(".")
    )
    if found and not has(subject, found["what"]):
        yield f"{text.text[: found.start()]}{found[1]}: “{found['what'][:1].upper()}{found['what'][1:]}.”"


@wording("the article’s words put into somebody’s mouth", "G07 S01", *LINES)
def article_quoted(text: Text, subject: Subject) -> Iterator[str]:
    """A quotation made of a sentence that nobody says."""
    for _, name in named_in(text.text, subject, "person")[:1]:
        yield f"{text.text.rstrip('.')}; “this changes everything,” {name} said."


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
