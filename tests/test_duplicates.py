"""Near-duplicates: copies are linked, other stories never, whatever the order and however many."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import duplicates
from briefgen.article import Article
from briefgen.duplicates import THRESHOLD, NearDuplicates, bands_of, most_similar
from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry, ReadingOptions
from briefgen.store.packing import pack

if TYPE_CHECKING:
    from pathlib import Path

STORY = """President Ilan Moro of Varnia will visit Korvia on June 12, his office said on Monday, in what would be the first
such journey in nine years. The two governments have been talking about a rail line through the Selm valley since
the spring, and officials in both capitals said that a contract could be signed during the stay. Moro is to be
received by Prime Minister Tara Venn at the old customs house, and will address members of parliament on the
second day. The opposition in Korvia accused the government of hiding the cost of the line, which a newspaper put
at 400 million marks. A spokesman for Venn denied that, and said that the figures would be published in full
before the house votes. Traders along the border welcomed the plan, and said that lorries now wait for days."""
LAST = " It was not clear whether the foreign ministers would come along, or who would pay for the bridges."


def article(text: str) -> Article:
    return Article.from_text(text)


def is_copy(first: str, second: str) -> bool:
    """Whether the second is linked to the first; the same the other way round."""
    answers = []
    for one, other in ((first, second), (second, first)):
        with NearDuplicates() as near:
            assert near.seen(article(one)) is None
            found = near.seen(article(other))
            assert found in (None, article(one).id)
            answers.append(found is not None)
    assert answers[0] == answers[1]
    return answers[0]


@pytest.mark.parametrize(
    "other",
    [
        STORY + LAST,
        "VARN (Selm Kurier) - " + STORY,
        STORY.replace("\n", " ").replace("lorries", "trucks"),
        STORY.upper(),
        STORY[: STORY.rindex("Traders")],
        STORY.replace("will address", "is to address"),
        STORY.replace("on Monday", ""),
    ],
    ids=["a sentence more", "an agency's line", "one word", "capitals", "cut", "reworded", "a day less"],
)
def test_syndicated_copies_are_linked(other: str) -> None:
    """A copy with a passage more or less, another agency's line or lighter words is linked to the first."""
    assert is_copy(STORY, other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Korvia", "Ostia"),
        ("June 12", "June 19"),
        ("nine years", "three years"),
        ("400 million", "900 million"),
        ("Ilan Moro", "Ada Rell"),
        ("in the spring", "in the autumn"),
        ("will visit", "will not visit"),
        ("denied that", "said that"),
        ("Venn", "Orm"),
    ],
)
def test_a_form_filled_in_otherwise_is_no_copy(old: str, new: str) -> None:
    """Texts that differ in a name, a number or a negation tell something else, however alike they are."""
    assert old in STORY or old == "in the spring"
    changed = (
        STORY.replace(old, new)
        if old in STORY
        else STORY.replace("the spring", "June 2021").replace("400", "300")
    )
    assert changed != STORY
    assert not is_copy(STORY, changed)


def test_another_story_in_the_same_words_is_no_copy() -> None:
    """Shared words in another order, and shared paragraphs below 0.8, link nothing."""
    words = STORY.split()
    random.Random(3).shuffle(words)
    assert not is_copy(STORY, " ".join(words))
    assert not is_copy(STORY, STORY[: len(STORY) // 2])


def test_the_same_text_is_linked_however_short() -> None:
    """A text of fewer than five words repeats only the very same one; its id is its own."""
    with NearDuplicates() as near:
        assert near.seen(article("Moro leaves Korvia.")) is None
        assert near.seen(article("Moro leaves  Korvia.")) == article("Moro leaves Korvia.").id
        assert near.seen(article("Moro leaves Ostia.")) is None
    assert bands_of(article("Moro leaves Korvia.")) == ()


def test_scripts_without_spaces_or_capitals() -> None:
    """Chinese and Arabic copies are found too; where there are no capitals a changed word is taken for a name."""
    chinese = (
        "总统莫罗将于六月十二日访问科尔维亚，他的办公室周一说，这将是九年来的首次访问。两国政府自春天以来一直在讨论一条铁路。"
        * 2
    )
    assert is_copy(chinese, chinese + "合同可能在访问期间签署。")
    assert not is_copy(chinese, chinese.replace("莫罗", "雷尔"))
    arabic = " ".join(f"كلمة{number}" for number in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي") * 2
    assert is_copy(arabic, arabic + " والمزيد من الكلام هنا")


def test_a_copy_is_linked_to_the_most_similar_whatever_the_order() -> None:
    """Of several originals that fit, the closest is taken; at a tie the smallest id."""
    base = STORY + LAST
    near_one, far_one = article(STORY + " Rain fell all day."), article(STORY + LAST * 3)
    found = set()
    for order in itertools.permutations([near_one, far_one]):
        candidates = [(each.id, pack(each.text)) for each in order]
        found.add(most_similar(article(STORY + " Rain fell all night."), candidates))
    assert found == {near_one.id}
    twins = [(name, pack(base)) for name in ("b", "a", "c")]
    assert {most_similar(article(STORY), order) for order in itertools.permutations(twins)} == {"a"}
    assert most_similar(article(STORY), []) is None


def test_sketches_are_the_same_in_every_process() -> None:
    """Bands that a store kept are found by a later process: no seed of the interpreter goes into them."""
    code = (
        "import sys, json; from briefgen.article import Article; from briefgen.duplicates import bands_of;"
        "print(json.dumps(bands_of(Article.from_text(sys.argv[1]))))"
    )
    bands = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", code, STORY],
                capture_output=True,
                text=True,
                check=True,
                env={"PYTHONHASHSEED": seed},
            ).stdout
        )
        for seed in ("1", "2")
    ]
    assert bands[0] == bands[1] == list(bands_of(article(STORY)))
    assert len(set(bands[0])) == 21
    assert all(0 <= band < 1 << 64 for band in bands[0])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 12))
def test_candidates_are_found_where_the_similarity_is_high(seed: int, cut: int) -> None:
    """A text of 150 words that lost up to twelve at its end shares a band with the whole: it is linked."""
    rng = random.Random(seed)
    words = [rng.choice("abcdefghijklm") * rng.randint(1, 3) + str(number) for number in range(150)]
    assert is_copy(" ".join(words), " ".join(words[: 150 - cut])) or cut == 0


@pytest.mark.parametrize("kill_at", [0, 1, 7, 30, 59])
def test_a_run_that_goes_on_decides_as_one_that_was_not_stopped(kill_at: int) -> None:
    """Originals recorded up to the kill, and then the rest: the same links, with bands from a store."""
    rng = random.Random(11)
    stories = [" ".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=120)) for _ in range(20)]
    texts = [story + " " + " ".join(rng.choices("xyz", k=4)) for story in stories for _ in range(3)]
    rng.shuffle(texts)

    def run(articles: list[Article], kept: dict[str, bytes]) -> list[tuple[str, str | None]]:
        links = []
        for one in articles:
            near = [(name, text) for name, text in kept.items() if bands[name] & bands[one.id]]
            first = most_similar(one, near)
            if first is None:
                kept[one.id] = pack(one.text)
            links.append((one.id, first))
        return links

    articles = [article(text) for text in dict.fromkeys(texts)]
    bands = {one.id: set(bands_of(one)) for one in articles}
    whole = run(articles, {})
    kept: dict[str, bytes] = {}
    resumed = run(articles[:kill_at], kept)
    shuffled = list(kept.items())
    rng.shuffle(shuffled)  # a store gives them in any order
    assert resumed + run(articles[kill_at:], dict(shuffled)) == whole
    with NearDuplicates() as near:
        assert [(one.id, near.seen(one)) for one in articles] == whole
    assert sum(first is not None for _, first in whole) >= 30


def test_the_work_does_not_grow_with_forms_that_share_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thousands of forms filled in differently only the oldest few are compared."""
    compared = []
    similarity = duplicates._similarity

    def counted(*arguments: Any) -> float:
        compared.append(1)
        return similarity(*arguments)

    monkeypatch.setattr(duplicates, "_MOST_OF_A_BAND", 4)
    monkeypatch.setattr(duplicates, "_similarity", counted)
    with NearDuplicates() as near:
        for number in range(100):
            assert near.seen(article(STORY.replace("400 million", f"{number + 1000} million"))) is None
    assert 0 < len(compared) < 2500  # of 4,950 pairs


def test_what_is_remembered_is_not_in_memory() -> None:
    """The index is in a temporary file of SQLite's own, of which only a part is in memory."""
    code = (
        "import random, resource\nfrom briefgen.article import Article\n"
        "from briefgen.duplicates import NearDuplicates\n"
        "rng = random.Random(1)\npeak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "with NearDuplicates() as near:\n"
        "    near._memory.execute('PRAGMA cache_size = -1000')\n"
        "    for number in range(3_000):\n"
        "        if number == 1_000: before = peak()\n"
        "        near.seen(Article.from_text(' '.join(rng.choices('abcdefghijkl', k=150))))\n"
        "print(peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 4_000


@pytest.mark.covers("T-REDOS-1")
@pytest.mark.parametrize("unit", ["a ", ". ", "\n", "A ", "1", "总", "'", "a.A "])
def test_anything_is_compared_in_time_that_grows_with_it(unit: str) -> None:
    """Sketching and comparing take time in proportion to the text."""
    text = "x " + unit * (200_000 // len(unit))
    started = time.process_time()
    bands_of(article(text))
    assert most_similar(article(text + " x"), [("first", pack(text))]) in (None, "first")
    assert time.process_time() - started < 15


def test_real_copies_and_real_forms(shared: Path) -> None:
    """Pairs looked at by eye: reprints and trimmed versions are linked, other dividends and other states not."""
    lines = {3668, 3687, 11021, 11039, 12150, 12180, 117, 6197, 2511, 2787, 7612, 7670}
    options = ReadingOptions(known=lambda label, _fingerprint: int(label.rpartition(":")[2]) not in lines)
    found = {
        each.record_id: each.article
        for each in read_archive([shared / "data/archive/reuters21578.jsonl.gz"], options)
        if isinstance(each, Entry)
    }
    copies = [(5009, 5031), (13056, 13074), (14881, 14912)]
    forms = [(1125, 7769), (3734, 4025), (9330, 9390)]
    for pairs, linked in ((copies, True), (forms, False)):
        for one, other in pairs:
            texts = [found[f"reuters21578-{number}"].text for number in (one, other)]
            assert is_copy(*texts) is linked, (one, other)


def test_the_threshold_is_the_one_asked_for() -> None:
    """A similarity just below the threshold links nothing; the default is 0.8."""
    assert THRESHOLD == 0.8
    shorter = STORY[: STORY.rindex("A spokesman")]
    assert not is_copy(STORY, shorter)
    candidates = [("first", pack(STORY))]
    assert most_similar(article(shorter), candidates, 0.5) == "first"
