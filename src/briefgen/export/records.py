"""What is exported: the briefs and inputs of one store, or of several as if they were one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefgen.store import Input, Selection, Store, StoredBrief, inputs, stored_briefs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.store.briefs import Watch


@dataclass
class Export:
    """A walk through stores, counted. The same article under the same recipe is taken once: from the first
    store that has its brief. Go through :meth:`briefs` before :meth:`failures`.
    """

    stores: Sequence[Store]
    selection: Selection = field(default_factory=Selection)
    watch: Watch | None = None
    briefed: int = 0
    failed: int = 0
    repeated: int = 0
    """Briefs that another store had too."""
    _articles: set[bytes] = field(default_factory=set)

    def briefs(self) -> Iterator[StoredBrief]:
        """The selected briefs, store by store, each in the order of its labels."""
        seen: set[tuple[bytes, bytes]] = set()
        for store in self.stores:
            for found in stored_briefs(store, self.selection, watch=self.watch):
                key = bytes.fromhex(found.article_id)
                if (key, found.recipe_digest) in seen:
                    self.repeated += 1
                    continue
                seen.add((key, found.recipe_digest))
                self._articles.add(key)
                self.briefed += 1
                yield found

    def failures(self) -> Iterator[Input]:
        """The inputs that failed, but for articles that another store has a brief of; none where the briefs
        are only some of all.
        """
        if self.selection != Selection():
            return
        for store in self.stores:
            for found in inputs(store, "failed"):
                if found.article_id is None or bytes.fromhex(found.article_id) not in self._articles:
                    self.failed += 1
                    yield found

    def inputs(self) -> Iterator[tuple[Store, Input]]:
        """Every input of every store."""
        for store in self.stores:
            for found in inputs(store):
                yield store, found
