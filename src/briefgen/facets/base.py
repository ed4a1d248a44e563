"""The interface of a facet: what to ask, where to look, what to vouch for, and the rules it is judged by.

Adding a facet is one module in this folder with a :class:`Facet` subclass, and one prompt file.
"""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from briefgen.article import Sentence
from briefgen.brief import Item
from briefgen.cast import Cast, Member
from briefgen.grounding import Grounding

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from briefgen.article import Article
    from briefgen.brief import Brief

Part = Sequence[Sentence]
"""The sentences of an article that one call shows: all of them, unless the article is long."""

D = TypeVar("D", bound=BaseModel)
I = TypeVar("I", bound=Item)  # noqa: E741 - an item


class Draft(BaseModel):
    """Base of what a model fills in: strict, flat, closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Finding:
    """A broken rule. Critical: the item is withheld; otherwise it is kept and the finding noted."""

    code: str
    message: str
    critical: bool = True


@dataclass(frozen=True)
class Rule(Generic[I]):
    """One rule of the catalogue. ``check`` returns what is wrong with the item, or ``None``."""

    code: str
    says: str
    check: Callable[[I, Context], str | None]
    critical: bool = True

    def judge(self, item: I, context: Context) -> Finding | None:
        message = self.check(item, context)
        return Finding(self.code, message, self.critical) if message else None


def rule(
    code: str, says: str, *, critical: bool = True
) -> Callable[[Callable[[I, Context], str | None]], Rule[I]]:
    """Make a rule of a function of an item and its context."""

    def decorate(check: Callable[[I, Context], str | None]) -> Rule[I]:
        return Rule(code, says, check, critical)

    return decorate


@dataclass
class Context:
    """What verification knows of one article: its words, its cast, and the items vouched for so far.

    ``secret`` is the delimiter that fenced the article; text that holds it comes from the prompt (T3).
    """

    article: Article
    cast: Cast
    ground: Grounding
    items: dict[str, list[Item]] = field(default_factory=dict)
    secret: str = ""
    names: dict[tuple[int, ...], list[str]] = field(default_factory=dict)
    """Full names of a part's sentences (``facets.actors.names_in``), by their numbers."""

    @classmethod
    def of(cls, article: Article, *, secret: str = "") -> Context:
        return cls(article, Cast(article), Grounding(article), secret=secret)

    @classmethod
    def of_brief(cls, brief: Brief, article: Article) -> Context:
        """The context of a finished brief, so that the same rules judge it."""
        context = cls.of(article)
        for actor in brief.actors:
            context.cast.members.append(
                Member(
                    id=actor.id,
                    name=actor.name,
                    kind=actor.kind,
                    names=(actor.name, *actor.aliases),
                    role=actor.role,
                    country=actor.country,
                )
            )
        for facet in all_facets():
            context.items[facet.name] = list(facet.of_brief(brief, context))
        return context

    def text(self, n: int) -> str:
        """Text of sentence ``n``; "" where there is none (a stored brief may cite anything)."""
        return self.article.sentence(n).text if self.exists(n) else ""

    def exists(self, n: int) -> bool:
        return 1 <= n <= len(self.article.sentences)

    def members(self, ids: Iterable[str]) -> list[Member]:
        known = {member.id: member for member in self.cast.members}
        return [known[member_id] for member_id in ids if member_id in known]


@dataclass
class Proposal(Generic[I]):
    """A draft entry on its way: the item that code made of it (if it could), and what was found so far.

    ``raw`` is what the model said, kept for ``withheld``.
    """

    raw: dict[str, Any]
    item: I | None = None
    findings: list[Finding] = field(default_factory=list)


class Facet(ABC, Generic[D, I]):
    """One kind of thing that a brief lists."""

    name: ClassVar[str]
    prefix: ClassVar[str]
    """Start of its items' ids."""
    order: ClassVar[int]
    """Facets are asked and verified in this order: later ones refer to items of earlier ones."""
    draft: type[D]
    rules: tuple[Rule[I], ...]
    answer_tokens: ClassVar[int] = 900
    numbered: ClassVar[bool] = True
    """Whether the facet's items get their ids in order here; actors have theirs from the cast."""

    @abstractmethod
    def candidates(self, context: Context, part: Part) -> list[int]:
        """Numbers of the sentences that look as if they held an item: where the model is told to look."""

    def to_read(self, context: Context, part: Part) -> list[int]:
        """The candidates that a guided model reads one by one: those that code cannot read by itself."""
        return self.candidates(context, part)

    def material(self, context: Context, part: Part, *, guided: bool) -> str:
        """What the model is shown once more behind the task: the article's words, never instructions."""
        numbers = self.to_read(context, part) if guided else self.candidates(context, part)
        return sentences_block(context.article, numbers)

    def asks(self, context: Context, part: Part) -> bool:
        """Whether a guided model is asked at all: not where there is nothing to read."""
        return bool(self.material(context, part, guided=True))

    def schema(self, context: Context, part: Part) -> dict[str, Any] | None:
        """JSON schema that holds a guided model to what it is to read; ``None`` leaves it free."""
        return guided_schema(self.draft, self.to_read(context, part))

    @abstractmethod
    def propose(self, draft: D, context: Context) -> Iterator[Proposal[I]]:
        """Make items of a draft; what cannot become one is proposed without an item and with findings."""

    def identity(self, item: I) -> Hashable:
        """Two items of the same identity are one."""
        return id(item)

    def same(self, first: I, second: I) -> bool:
        """Whether two items are one."""
        return self.identity(first) == self.identity(second)

    def merge(self, first: I, second: I) -> I:
        """Unite two items of one identity."""
        return unite_evidence(first, second)

    def derive(self, item: I, context: Context) -> I:
        """Compute the derived values of an item that has all its evidence."""
        del context
        return item

    def complete(self, context: Context) -> Iterator[I]:
        """Items that code adds, whatever the model said, before the model's are looked at."""
        del context
        return iter(())

    def supply(self, context: Context) -> Iterator[I]:
        """Items that code reads by itself: they enter where no item of the model's is the same."""
        del context
        return iter(())

    def of_brief(self, brief: Brief, context: Context) -> Sequence[I]:
        """The facet's items in a finished brief, to be judged again."""
        del context
        items: Sequence[I] = getattr(brief, self.name, ())
        return items

    def finish(self, context: Context) -> list[I] | None:
        """The facet's items once all facets are verified, if that changes them."""
        del context
        return None


def unite_evidence(first: I, second: I) -> I:
    """``first`` with the evidence of both, in the order of the article."""
    by_place = {(e.start, e.end): e for e in (*first.evidence, *second.evidence)}
    return first.model_copy(update={"evidence": tuple(by_place[key] for key in sorted(by_place))})


def sentences_block(article: Article, numbers: Sequence[int]) -> str:
    """Numbered sentences, one a line."""
    return "\n".join(f"[{n}] {article.sentence(n).text}" for n in numbers)


def guided_schema(draft: type[BaseModel], numbers: Sequence[int]) -> dict[str, Any]:
    """The draft's schema with ``sentence`` limited to these numbers and one entry for each of them."""
    schema = plain_schema(draft)
    items = schema["properties"]["items"]
    entry = items["items"]
    narrowed = {**entry, "properties": {**entry["properties"], "sentence": {"enum": list(numbers)}}}
    bounds = {"minItems": len(numbers), "maxItems": len(numbers) + 2}
    return {**schema, "properties": {**schema["properties"], "items": {**items, "items": narrowed, **bounds}}}


def without_field(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """A draft's schema whose entries lack a field that code reads better than a small model writes."""
    items = schema["properties"]["items"]
    entry = items["items"]
    kept = {field: value for field, value in entry["properties"].items() if field != name}
    short = {**items, "items": {**entry, "properties": kept, "required": list(kept)}}
    return {**schema, "properties": {**schema["properties"], "items": short}}


@cache
def plain_schema(draft: type[BaseModel]) -> dict[str, Any]:
    """JSON schema of a draft without references, titles and defaults. Cached: do not change it."""
    schema = draft.model_json_schema()
    resolved = _plain(schema, schema.get("$defs", {}))
    assert isinstance(resolved, dict)
    return resolved


def _plain(node: Any, defs: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_plain(part, defs) for part in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(defs[node["$ref"].rpartition("/")[2]], defs)
    kept = {
        key: {name: _plain(part, defs) for name, part in value.items()}
        if key == "properties"
        else _plain(value, defs)
        for key, value in node.items()
        if key not in {"title", "default", "$defs"}
    }
    if kept.get("type") == "object":
        kept["required"] = list(kept.get("properties", {}))
    return kept


@cache
def all_facets() -> tuple[Facet[Any, Any], ...]:
    """Every facet of this folder, in order."""
    package = importlib.import_module(__package__ or "briefgen.facets")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return tuple(sorted((found() for found in _concrete(Facet)), key=lambda facet: facet.order))


def _concrete(root: type[Any]) -> list[type[Any]]:
    found: list[type[Any]] = []
    child: type[Any]
    for child in root.__subclasses__():
        found += _concrete(child)
        if hasattr(child, "order") and not getattr(child, "__abstractmethods__", None):
            found.append(child)
    return found
