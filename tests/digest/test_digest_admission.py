"""Which articles are the day's: every one is counted once, and the numbers have no gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from digest_builders import government, person, place, report, visit
from digest_days import digest_of
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief import Reason, Withheld
from briefgen.digest.digest import Digest
from briefgen.digest.intake import Arrived
from briefgen.digest.making import DigestOptions, make_digest

CAST = [person("actor-1", "Ana Ruiz", "UY"), government("actor-2", "Finland", "FI")]
DAY = date(2024, 6, 10)


def arrived(number: int, published: str | None = "2024-06-10", *, withheld: bool = False) -> Arrived:
    kept_back = Withheld(facet="motives", item={}, reasons=(Reason(code="M03", message="no aim"),))
    made = report(
        number,
        published=published,
        actors=CAST,
        planned_visits=[visit(["actor-1"], place("Finland", "FI"))],
        withheld=[kept_back] if withheld else [],
    )
    return Arrived.of(made.brief, f"article-{number}")


def failed(number: int) -> Arrived:
    return Arrived(f"article-{number}", "failed", published=DAY, reason="the model could not be reached")


def duplicate(number: int, of: Arrived, publisher: str = "Wire") -> Arrived:
    return Arrived(
        f"article-{number}", "duplicate", published=DAY, publisher=publisher, duplicate_of=of.article_id
    )


def made(*articles: Arrived, days: int = 1) -> Digest:
    return make_digest(articles, DigestOptions(DAY, days))[0]


def test_every_article_is_in_one_count_and_in_the_list() -> None:
    first = arrived(1)
    digest = made(first, arrived(2, withheld=True), failed(3), duplicate(4, first), arrived(5, None))
    counts = digest.counts
    assert (counts.articles, counts.ok, counts.partly_withheld, counts.failed, counts.duplicates) == (
        5,
        2,
        1,
        1,
        1,
    )
    assert counts.undated == 1
    assert counts.withheld_items == 1
    assert len(digest.articles) == 5


def test_a_copy_names_its_original_and_vouches_for_nothing_more() -> None:
    first = arrived(1)
    digest = made(first, duplicate(2, first))
    copy = next(each for each in digest.articles if each.state == "duplicate")
    assert copy.duplicate_of == next(each.number for each in digest.articles if each.id == first.article_id)
    assert digest.planned_visits[0].sources.independent == 1


def test_what_is_published_after_the_day_waits_for_its_own_digest() -> None:
    digest = made(arrived(1), arrived(2, "2024-06-11"))
    assert (digest.counts.articles, digest.counts.later) == (1, 1)
    assert digest.newest_article == DAY


def test_a_window_of_several_days_takes_their_articles_as_new() -> None:
    assert made(arrived(1, "2024-06-08"), arrived(2), days=3).counts.articles == 2


def test_the_same_brief_given_twice_is_one_article() -> None:
    assert made(arrived(1), arrived(1)).counts.articles == 1


def test_history_that_no_line_rests_on_is_left_out_and_leaves_no_gap() -> None:
    old = report(7, published="2024-05-01", actors=CAST)
    digest = made(Arrived.of(old.brief, "old"), arrived(2, "2024-06-09"), arrived(3))
    assert [each.number for each in digest.articles] == [1, 2]
    assert digest.counts.history == 1
    assert digest.planned_visits[0].articles == (1, 2)


def test_a_digest_of_nothing_is_a_digest() -> None:
    digest = made()
    assert digest.counts.articles == 0
    assert digest.bottom_line == ()


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(6)))
def test_the_order_of_the_input_changes_no_byte(order: list[int]) -> None:
    first = arrived(1)
    articles = [first, arrived(2, "2024-06-08"), failed(3), duplicate(4, first), arrived(5, None), arrived(6)]
    shuffled = [articles[at] for at in order]
    assert made(*shuffled).to_json() == made(*articles).to_json()


def test_a_digest_reads_back_as_it_was_written() -> None:
    digest = made(arrived(1), failed(2))
    assert Digest.model_validate_json(digest.to_json()) == digest


def test_the_text_of_an_article_is_kept_for_showing_its_sentences() -> None:
    told = report(1, actors=CAST, text="Ruiz will visit Finland. She said so.")
    digest = digest_of([told])
    assert digest.articles[0].text == told.text
    assert len(digest.articles[0].sentences) == 2
    without = make_digest([replace(Arrived.of(told.brief), text=None)], DigestOptions(DAY))[0]
    assert without.articles[0].text is None


def test_what_failed_without_a_date_is_counted_in_one_digest_alone() -> None:
    lost = Arrived("broken.txt", "failed", reason="it is empty")
    first, state = make_digest([arrived(1), lost], DigestOptions(DAY))
    second, _ = make_digest([arrived(2, "2024-06-11"), lost], DigestOptions(date(2024, 6, 11), since=state))
    assert (first.counts.failed, second.counts.failed) == (1, 0)
