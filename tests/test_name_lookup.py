"""Names are looked up as their patterns would find them."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.article import Article
from briefgen.name_lookup import ArticleNames, spans_of
from briefgen.names import find_folded, name_pattern

_NAMES = st.lists(
    st.sampled_from(["Bo", "Lind", "Lind's", "Lind’s", "O'Hara", "al-Rell", "U.N.", "bo"]),
    min_size=1,
    max_size=3,
)
_TEXTS = st.lists(
    st.sampled_from(["Bo", "Lind", "Lind’s", "O’Hara", "al-Rell", "U.N.", "bo", "LIND", "ıſ", "_Bo", "said", ",", "-"]),
    min_size=1,
    max_size=12,
).flatmap(lambda words: st.sampled_from([" ", "", "  ", " \t"]).map(lambda space: space.join(words)))  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(_NAMES, _TEXTS)
def test_a_name_is_found_where_its_pattern_matches(words: list[str], text: str) -> None:
    name = " ".join(words)
    pattern = re.compile(name_pattern(name))
    assert list(spans_of(name, text)) == [match.span() for match in pattern.finditer(text)]
    everywhere = {match.span() for at in range(len(text)) if (match := pattern.match(text, at))}
    assert set(spans_of(name, text, overlapping=True)) == everywhere


@settings(max_examples=200, deadline=None)
@given(st.lists(_NAMES, min_size=1, max_size=3), _TEXTS)
def test_of_several_names_the_longest_at_the_first_place_is_found(
    several: list[list[str]], text: str
) -> None:
    names = [" ".join(words) for words in several]
    article = Article.from_text(text)
    book = ArticleNames(article)
    for sentence in article.sentences:
        expected = [match.span() for match in re.finditer(name_pattern(*names), sentence.text)]
        assert book.spans(names, sentence.n) == expected
    assert [book.as_the_article_has(name) for name in names] == [find_folded(article, name) for name in names]
