"""Ways to break one field of one item of a brief, for tests of the rules that must see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefgen.brief import Background, Confirmation, Response, SummarySentence
from briefgen.evidence import whole_sentence
from briefgen.timing import resolve
from core_helpers import actor_id, broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from base_briefs import Base

    from briefgen.brief import Brief

    Break = Callable[[Base], Brief]


def changed(facet: str, at: int = 0, **fields: Any) -> Break:
    """Fields of the item exchanged."""
    return lambda base: broken(base.brief, facet, at, **fields)


def visit_by(name: str, at: int = 0) -> Break:
    """Somebody else travels."""
    return lambda base: broken(base.brief, "planned_visits", at, visitors=(actor_id(base.brief, name),))


def cites(facet: str, *numbers: int, at: int = 0) -> Break:
    """The item rests on other sentences."""
    return lambda base: broken(
        base.brief, facet, at, evidence=tuple(whole_sentence(base.article, n) for n in numbers)
    )


def dated(text: str, at: int = 0, *, facet: str = "planned_visits", **fields: Any) -> Break:
    """The item has another time: ``text`` resolved against the article's day, then ``fields`` changed."""

    def make(base: Base) -> Brief:
        name = "timing" if facet == "planned_visits" else "made"
        direction: Any = "future" if name == "timing" else "past"
        timing = resolve(text, base.article.published, direction=direction).model_copy(update=fields)
        return broken(base.brief, facet, at, **{name: timing})

    return make


def retimed(at: int = 0, *, facet: str = "planned_visits", **fields: Any) -> Break:
    """The item's own time with fields exchanged."""

    def make(base: Base) -> Brief:
        name = "timing" if facet == "planned_visits" else "made"
        timing = getattr(getattr(base.brief, facet)[at], name)
        return broken(base.brief, facet, at, **{name: timing.model_copy(update=fields)})

    return make


def confirmation(at: int = 0, which: int = 0, **fields: Any) -> Break:
    """One confirmation of one visit changed."""

    def make(base: Base) -> Brief:
        said = list(base.brief.planned_visits[at].confirmations)
        said[which] = said[which].model_copy(update=fields)
        return broken(base.brief, "planned_visits", at, confirmations=tuple(said))

    return make


def confirms(by: str, n: int, at: int = 0, aspect: str = "occurrence", value: str = "confirmed") -> Break:
    """One more confirmation, by somebody, out of sentence ``n``."""

    def make(base: Base) -> Brief:
        said: Any = Confirmation(
            aspect=aspect,  # type: ignore[arg-type]  # broken on purpose
            value=value,  # type: ignore[arg-type]  # broken on purpose
            by=by,
            evidence=(whole_sentence(base.article, n),),
        )
        known = base.brief.planned_visits[at].confirmations
        return broken(base.brief, "planned_visits", at, confirmations=(*known, said))

    return make


def twin(at: int = 0, **fields: Any) -> Break:
    """One visit a second time."""

    def make(base: Base) -> Brief:
        again = base.brief.planned_visits[at].model_copy(update={"id": "visit-9", **fields})
        return base.brief.model_copy(update={"planned_visits": (*base.brief.planned_visits, again)})

    return make


def without_visit(at: int) -> Break:
    """One visit forgotten."""

    def make(base: Base) -> Brief:
        kept = tuple(v for place, v in enumerate(base.brief.planned_visits) if place != at)
        return base.brief.model_copy(update={"planned_visits": kept})

    return make


def line(text: str, n: int) -> Break:
    """A line of the summary, resting on sentence ``n``."""

    def make(base: Base) -> Brief:
        told = SummarySentence(text=text, evidence=(whole_sentence(base.article, n),))
        return base.brief.model_copy(update={"summary": (told,)})

    return make


def headline(text: str) -> Break:
    """Another headline."""
    return lambda base: base.brief.model_copy(update={"headline": text})


def past(n: int) -> Break:
    """Sentence ``n`` as a past visit of the background."""

    def make(base: Base) -> Brief:
        piece = whole_sentence(base.article, n)
        told = Background(id="background-9", text=piece.quote, kind="past_visit", evidence=(piece,))
        return base.brief.model_copy(update={"background": (*base.brief.background, told)})

    return make


def told_as_background(text: str, n: int) -> Break:
    """A text of the background, resting on sentence ``n``."""

    def make(base: Base) -> Brief:
        told = Background(
            id="background-9", text=text, kind="event", evidence=(whole_sentence(base.article, n),)
        )
        return base.brief.model_copy(update={"background": (*base.brief.background, told)})

    return make


def parties(accusers: list[str], accused: list[str], at: int = 0) -> Break:
    """Other accusers and accused."""

    def make(base: Base) -> Brief:
        ids = [tuple(actor_id(base.brief, name) for name in names) for names in (accusers, accused)]
        return broken(base.brief, "allegations", at, accusers=ids[0], accused=ids[1])

    return make


def answers(stance: str | None, by: str = "", n: int = 1, at: int = 0) -> Break:
    """Other responses: one of this stance out of sentence ``n``, or none at all."""

    def make(base: Base) -> Brief:
        if stance is None:
            return broken(base.brief, "allegations", at, responses=())
        said: Any = Response(
            by=actor_id(base.brief, by),
            stance=stance,  # type: ignore[arg-type]  # broken on purpose
            evidence=() if stance == "not_reported" else (whole_sentence(base.article, n),),
        )
        return broken(base.brief, "allegations", at, responses=(said,))

    return make


def held_by(name: str, at: int = 0) -> Break:
    """A motive of somebody else."""
    return lambda base: broken(base.brief, "motives", at, holder=actor_id(base.brief, name))
