"""The page of a digest or of one brief: one file that needs nothing from elsewhere.

Every string that is printed is cleaned and escaped: article and brief are untrusted. The style sheet and the
script are files of this package, written into the page and allowed by their hashes alone (Content Security
Policy), so that nothing else on the page can run, load or be sent, whatever an article says.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from briefgen.render.clean import cut, one_line
from briefgen.render.days import day_text, resolved_text, span_text
from briefgen.render.extras import short_form
from briefgen.render.outline import Role
from briefgen.render.page_cites import Cites
from briefgen.render.page_texts import texts
from briefgen.render.page_view import View, page_word, web_address
from briefgen.render.timeline import picture
from briefgen.render.words import counted, heading, listed, value_word, word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from briefgen.digest.digest import Digest
    from briefgen.render.outline import Line, Section

LONGEST = 20_000
"""No string on the page is longer: sentences have at most 2,000 characters, but a title may be a whole book."""

SENTENCE_NUMBER = re.compile(r"s(\d+)")


@dataclass(frozen=True)
class Frame:
    """What differs between the page of a digest and that of one brief.

    ``today``: the day that the timeline marks. ``source`` and ``footer``: small print. Of one brief
    (``single``) also ``sections``, what no digest has; ``messages``, what must be told of a section, by its
    name; and ``extra``, sentences that these cite.
    """

    title: str
    today: date | None
    single: bool = False
    source: tuple[Line, ...] = ()
    footer: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
    messages: Mapping[str, Line] = field(default_factory=dict)
    extra: frozenset[int] = frozenset()


def page(digest: Digest, frame: Frame, *, ascii_only: bool = False) -> str:
    """The whole page. ``ascii_only``: every other character as a reference to it."""
    template = environment().get_template("page.html.jinja")
    style, script = _file("page.css"), _file("page.js")
    shown = texts(digest, frame.extra)
    html = template.render(
        digest=digest,
        frame=frame,
        view=View(digest),
        texts=shown,
        cites=Cites(shown, (article.number for article in digest.articles), single=frame.single),
        picture=picture(digest, frame.today),
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        policy=_policy(style, script),
    )
    html = html.rstrip() + "\n"
    return html.encode("ascii", "xmlcharrefreplace").decode("ascii") if ascii_only else html


@cache
def environment() -> Environment:
    """Templates of this folder; what they print is cleaned, and then escaped."""
    found = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_file),
    )
    found.globals |= {"Role": Role}
    found.filters |= {
        "day": day_text,
        "days": span_text,
        "resolved": resolved_text,
        "word": lambda key, table, **values: word(table, key, **values),
        "page_word": lambda key, table: page_word(table, key),
        "value": value_word,
        "counted": lambda count, table, one, many: counted(table, one, many, count),
        "listed": lambda names: listed([one_line(name) for name in names]),
        "heading": heading,
        "short_form": short_form,
        "short": lambda text, columns: cut(one_line(text), columns),
        "web": web_address,
        "spaced": _spaced,
        "sentence_numbers": lambda text: [int(n) for n in SENTENCE_NUMBER.findall(text)],
    }
    return found


def _clean(value: object) -> object:
    """What an expression prints: no control, bidi or invisible character of an untrusted string."""
    return one_line(value, LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value


def _spaced(text: str) -> Markup:
    """A piece of a line, cleaned, in a direction of its own, with the spaces that part it from its neighbours."""
    shown = one_line(text, LONGEST)
    before, after = " " * text.startswith(" "), " " * (text.endswith(" ") and bool(shown))
    return Markup("{}<bdi>{}</bdi>{}").format(before, shown, after) if shown else Markup(before)  # noqa: S704


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return files("briefgen.render").joinpath(name).read_text(encoding="utf-8")
