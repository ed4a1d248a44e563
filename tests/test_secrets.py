"""No key is among what the project keeps of models and articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "sk-" + "a1B2" * 6: r"\bsk-[A-Za-z0-9_-]{20,}",
    "AKIA" + "A1" * 8: r"\bAKIA[0-9A-Z]{16}\b",
    "ghp_" + "a1B2" * 9: r"\bgh[pousr]_[A-Za-z0-9]{36,}",
    "AIza" + "a1B2-" * 7: r"\bAIza[\w-]{35}",
    "hf_" + "a1B2" * 8: r"\bhf_[A-Za-z0-9]{30,}",
    "Bearer " + "a1B2" * 6: r"(?i)\bbearer +[\w.~+/-]{20,}",
    "authorization: " + "a1B2" * 3: r"(?i)\b(?:authorization|api[_-]?key|x-api-key)[\"']?\s*[:=]\s*[\"']?[\w-]{8,}",
    "-----BEGIN " + "RSA PRIVATE KEY": r"-----BEGIN [A-Z ]*PRIVATE KEY",
}  # fmt: skip
KEY = re.compile("|".join(f"(?:{pattern.removeprefix('(?i)')})" for pattern in KEYS.values()), re.IGNORECASE)


@pytest.mark.covers("T-SEC-5")
def test_fixtures_and_recordings_hold_no_key(repository: Path) -> None:
    kept = [*(repository / "fixtures").rglob("*"), *(repository / "tests/quality/recordings").rglob("*")]
    files = [path for path in kept if path.is_file()]
    assert len(files) > 50
    found = {path.name: match[0][:12] for path in files if (match := KEY.search(path.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_would_be_found(key: str) -> None:
    assert KEY.search(f'{{"text": "{key}"}}')
