"""Whether a store was made as it is about to be added to: with the same model, prompts and way of asking (B-CLI-13)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefgen.store import Recipe, Store

_LAST = """SELECT c.* FROM runs r JOIN recipes c ON c.id = r.recipe
    WHERE EXISTS (SELECT 1 FROM works w WHERE w.recipe = c.id AND w.state = 'done') ORDER BY r.id DESC LIMIT 1"""
_ASKING = ("calls", "guided", "repair_rounds")
_NAMED = 3


def refuse_another(store: Store, recipe: Recipe) -> None:
    """Refuse to pay for a whole archive again by mistake.

    Raises :class:`UsageError`, which says what differs from the recipe of the last run that made briefs.
    """
    row = store.row(_LAST)
    if row is None or row["digest"] == recipe.digest:
        return
    before = {
        "model": row["model"],
        "second reader": row["checked_by"],
        "schema version": row["schema_version"],
        "prompts": json.loads(row["prompts"]),
        "asking": {name: json.loads(row["profile"]).get(name) for name in _ASKING},
    }
    now = {
        "model": recipe.model,
        "second reader": recipe.checked_by,
        "schema version": recipe.schema_version,
        "prompts": dict(recipe.prompts),
        "asking": {name: recipe.profile.get(name) for name in _ASKING},
    }
    raise UsageError(
        f"the store has briefs made otherwise: {'; '.join(_differences(before, now))}",
        hint="use another store, or --new-run to ask about every article again",
    )


def _differences(before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    for name, old in before.items():
        new = now[name]
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            changed = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
            more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
            yield f"{name} ({', '.join(changed[:_NAMED])}{more})"
        else:
            yield f"{name} {old or 'none'}, now {new or 'none'}"
