"""Three real stories, day by day: the digest says what an editor wrote down beforehand, and nothing he would strike out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from editors_digests import STORIES, days_of

if TYPE_CHECKING:
    from pathlib import Path

every_story = pytest.mark.parametrize("story", STORIES)


@every_story
def test_each_day_says_what_the_editor_wants(story: str, shared: Path) -> None:
    lacking = [
        (f"{day.wanted['date']}", told)
        for day in days_of(story, shared)
        for told, known in day.missing()
        if known is None
    ]
    assert lacking == []


@every_story
def test_no_day_says_what_the_editor_would_strike_out(story: str, shared: Path) -> None:
    assert [line for day in days_of(story, shared) for line in day.forbidden()] == []


@every_story
def test_a_miss_that_is_none_any_more_loses_its_mark(story: str, shared: Path) -> None:
    assert [line for day in days_of(story, shared) for line in day.needless()] == []
