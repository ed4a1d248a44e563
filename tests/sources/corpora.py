"""Where the test corpora are: beside the repository, not inside it."""

from __future__ import annotations

from pathlib import Path

import pytest

_CORPORA = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora"


def corpus(name: str, pattern: str) -> list[Path]:
    """Return the corpus files that match; skip the test where the corpus is not there."""
    folder = _CORPORA / name
    if not folder.is_dir():
        pytest.skip(f"the corpus {name} is not beside the repository")
    files = sorted(folder.glob(pattern))
    assert files, f"nothing matches {pattern} in {name}"
    return files
