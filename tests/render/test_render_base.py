"""The folder's one interface."""

from __future__ import annotations

import pytest
from example_briefs import rich_brief

from briefgen.errors import UsageError
from briefgen.render import RENDERERS, render, render_text


def test_the_default_format_is_text() -> None:
    assert render(rich_brief()) == render_text(rich_brief())


@pytest.mark.parametrize("name", RENDERERS)
def test_every_renderer_ends_its_output_with_one_line_end(name: str) -> None:
    page = render(rich_brief(), name)
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


def test_an_unknown_format_is_a_usage_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="text, markdown, json"):
        render(rich_brief(), "pdf")
