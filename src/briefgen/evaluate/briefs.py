"""Briefs of a folder, each brought to the article of the gold that it is of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from briefgen.brief import Brief
from briefgen.errors import InputError

if TYPE_CHECKING:
    from briefgen.evaluate.gold import GoldSet


def read_briefs(folder: str | Path, gold: GoldSet) -> dict[str, Brief]:
    """Read the ``.json`` briefs of a folder, by the gold's article ids.

    A brief belongs to the article whose id its file is named by, else to the one whose text it was made of.
    Briefs of other articles are left alone. Raises :class:`InputError` for a folder that cannot be read, and
    for a file, named by an article, that holds no brief.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(
            f"{str(folder)!r} is no folder", hint="name a folder of briefs", code="input_missing"
        )
    by_text = {article.article.id: article.id for article in gold.articles}
    named: dict[str, Brief] = {}
    by_content: dict[str, Brief] = {}
    for path in sorted(folder.glob("*.json")):
        known = path.stem in gold.ids
        brief = _read(path, needed=known)
        if brief is None:
            continue
        if known:
            named[path.stem] = brief
        elif brief.article.id in by_text:
            by_content[by_text[brief.article.id]] = brief
    return by_content | named


def _read(path: Path, *, needed: bool) -> Brief | None:
    try:
        return Brief.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        if not needed:
            return None
    raise InputError(f"{str(path)!r} holds no brief", hint="write it with: briefgen brief --format json")
