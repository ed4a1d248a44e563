"""Which articles of the input are the day's, and under which numbers: the header's counts come from here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from briefgen.digest.digest import Counts, DigestArticle
from briefgen.digest.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefgen.digest.digest import ArticlePlace
    from briefgen.digest.intake import Arrived
    from briefgen.digest.state import State

_ENGLISH = "en"


@dataclass(frozen=True)
class Admitted:
    """The reports of the digest, its list of articles, and how many there are of each sort.

    ``previous``: day of the digest that changes are told from; ``None`` for the first.
    """

    reports: tuple[Report, ...]
    articles: tuple[DigestArticle, ...]
    counts: Counts
    previous: date | None


@dataclass(frozen=True)
class _Placed:
    arrived: Arrived
    place: ArticlePlace

    @property
    def order(self) -> tuple[bool, date, str, str]:
        """History behind the day's; the day's by publication, undated last."""
        day = self.arrived.published
        return self.place == "history", day or date.max, self.arrived.label, self.arrived.article_id or ""


def admit(arrived: Iterable[Arrived], first: date, last: date, since: State | None) -> Admitted:
    """Sort the input by the window from ``first`` to ``last``.

    Without a state, what is older than the window is what the last digest knew. With one, that is what the state
    says, and older articles it does not have are late arrivals.
    """
    known = {entry.brief.article.id: entry for entry in since.briefs} if since else {}
    placed: list[_Placed] = []
    later = 0
    for each in _once(arrived):
        day = each.published
        if since and (each.article_id in known or _was_told(each, since)):
            continue
        if day is not None and day > last:
            later += 1
        elif day is None:
            placed.append(_Placed(each, "undated"))
        elif day >= first:
            placed.append(_Placed(each, "new"))
        elif since:
            placed.append(_Placed(each, "late"))
        elif each.brief is not None:
            placed.append(_Placed(each, "history"))
    placed.sort(key=lambda each: each.order)
    reports, articles = _numbered(placed, last)
    for at, entry in enumerate(known.values(), len(articles) + 1):
        report = Report(at, entry.brief, entry.arrived, "history", label=entry.label, is_new=False)
        reports.append(report)
        articles.append(_article(at, None, report))
    history = [report.arrived for report in reports if not report.is_new]
    previous = since.day if since else max(history, default=None) and first - timedelta(days=1)
    return Admitted(tuple(reports), tuple(articles), _counts(articles, later), previous)


def _was_told(each: Arrived, since: State) -> bool:
    """An article without a brief and without a date is one of the first digest's that has it alone."""
    return each.brief is None and each.published is None and each.label in since.told


def _once(arrived: Iterable[Arrived]) -> list[Arrived]:
    """The same brief given twice is one; which of two texts with one id comes first does not hang on order."""
    found: dict[str, Arrived] = {}
    rest = []
    for each in arrived:
        if each.brief is None or each.article_id is None:
            rest.append(each)
        elif each.article_id not in found or each.label < found[each.article_id].label:
            found[each.article_id] = each
    return [*found.values(), *rest]


def _numbered(placed: Sequence[_Placed], last: date) -> tuple[list[Report], list[DigestArticle]]:
    printed: dict[str, list[str]] = defaultdict(list)
    for each in placed:
        if each.arrived.duplicate_of and each.arrived.publisher:
            printed[each.arrived.duplicate_of].append(each.arrived.publisher)
    numbers = {
        each.arrived.article_id: at for at, each in enumerate(placed, 1) if each.arrived.brief is not None
    }
    reports, articles = [], []
    for at, each in enumerate(placed, 1):
        entry = each.arrived
        report = None
        if entry.brief is not None:
            is_new = each.place != "history"
            day = last if is_new else entry.published or last
            report = Report(
                at,
                entry.brief,
                day,
                each.place,
                entry.text,
                entry.label,
                tuple(printed.get(entry.brief.article.id, ())),
                is_new,
            )
            reports.append(report)
        article = _article(at, entry, report)
        articles.append(
            article.model_copy(update={"place": each.place, "duplicate_of": numbers.get(entry.duplicate_of)})
        )
    return reports, articles


def _article(number: int, entry: Arrived | None, report: Report | None) -> DigestArticle:
    if report is not None:
        brief = report.brief
        info = brief.article
        return DigestArticle(
            number=number,
            id=info.id,
            label=report.label,
            title=info.title,
            publisher=info.publisher,
            published=info.published,
            url=info.url,
            language=info.language,
            state="partly_withheld" if brief.withheld else "ok",
            place=report.place,
            withheld=brief.withheld,
            text=report.text,
            sentences=info.sentences if report.text is not None else (),
        )
    assert entry is not None
    return DigestArticle(
        number=number,
        id=entry.article_id,
        label=entry.label,
        title=entry.title,
        publisher=entry.publisher,
        published=entry.published,
        url=entry.url,
        language=entry.language,
        state="duplicate" if entry.state == "duplicate" else "failed",
        reason=entry.reason,
    )


def _counts(articles: Sequence[DigestArticle], later: int) -> Counts:
    of_the_day = [each for each in articles if each.place != "history"]

    def states(name: str) -> int:
        return sum(each.state == name for each in of_the_day)

    return Counts(
        articles=len(of_the_day),
        ok=states("ok"),
        partly_withheld=states("partly_withheld"),
        failed=states("failed"),
        duplicates=states("duplicate"),
        undated=sum(each.place == "undated" for each in of_the_day),
        late=sum(each.place == "late" for each in of_the_day),
        other_languages=sum(
            each.language is not None and not each.language.startswith(_ENGLISH) for each in of_the_day
        ),
        later=later,
        history=len(articles) - len(of_the_day),
        withheld_items=sum(len(each.withheld) for each in of_the_day),
    )
