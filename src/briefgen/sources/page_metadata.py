"""Title, publisher, author, address, date and language that a page says of itself.

Each from JSON-LD, else ``<meta>``, else the page's own elements. What only a guess would give (a date in the
text or in the address) stays unknown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from briefgen.sources.base import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_MAX_JSON_LD = 2_000_000
_MAX_NODES = 500
_MAX_VALUE = 2000
_ARTICLE_TYPES = frozenset({"Report", "BlogPosting", "LiveBlogPosting"})
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
)
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


@dataclass
class Page:
    """What a page says of itself. ``is_article``: it calls itself one. ``is_teaser``: the rest costs money."""

    metadata: Metadata = field(default_factory=Metadata)
    flags: list[str] = field(default_factory=list)
    is_article: bool = False
    is_teaser: bool = False


def read_metadata(tree: HtmlElement) -> Page:
    """Read a page's metadata. The tree is not changed; nothing raises, wrong types are ignored and flagged."""
    page = Page()
    meta = _meta(tree)
    article = _json_ld_article(tree, page) or {}
    page.is_article = bool(article) or meta.get("og:type", "").lower() == "article"
    page.is_teaser = str(article.get("isAccessibleForFree")).lower() == "false"
    author = _names(article.get("author"), page) or next(
        (meta[name] for name in _AUTHORS if name in meta and "://" not in meta[name]), None
    )
    addresses = (_address(article.get("url")), _link(tree, "canonical"), meta.get("og:url"))
    page.metadata = Metadata(
        title=_text(article.get("headline"), page) or meta.get("og:title") or meta.get("twitter:title"),
        publisher=_names(article.get("publisher"), page) or meta.get("og:site_name"),
        author=author,
        url=next((url for url in addresses if _address(url)), None),
        published=_published(tree, _text(article.get("datePublished"), page), meta, page.flags),
        language=_language(tree),
    )
    page.flags = list(dict.fromkeys(page.flags))
    return page


def line_of(tree: HtmlElement, tag: str) -> str | None:
    """Return the text of the first element of a kind that has any, as one line."""
    for element in tree.iter(tag):
        line = " ".join("".join(element.itertext()).split())
        if line:
            return line[:_MAX_VALUE]
    return None


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Return the page's ``<meta>`` values by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = " ".join(element.get("content", "")[:_MAX_VALUE].split())
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _link(tree: HtmlElement, rel: str) -> str | None:
    return next((link.get("href") for link in tree.iter("link") if link.get("rel", "").lower() == rel), None)


def _language(tree: HtmlElement) -> str | None:
    root = tree.getroottree().getroot()
    value = (root.get("lang") or root.get("xml:lang") or "").strip()
    return value if _LANGUAGE.fullmatch(value) else None


def _address(value: object) -> str | None:
    """Return a web address as it is; anything else (``javascript:``, relative, no string) is none."""
    if isinstance(value, str) and value.strip().lower().startswith(("http://", "https://")):
        return value.strip()
    return None


def _json_ld_article(tree: HtmlElement, page: Page) -> Mapping[str, Any] | None:
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = "".join(script.itertext())
        try:
            data = json.loads(text, strict=False) if len(text) <= _MAX_JSON_LD else None
        except (ValueError, RecursionError):
            data = None
        if data is None:
            page.flags.append("metadata_malformed")
        for node in _nodes(data):
            if _is_article(node.get("@type")):
                return node
    return None


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top, in ``@graph`` and ``mainEntity``: not those of lists of other articles."""
    waiting = [data]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_MAX_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)


def _is_article(types: object) -> bool:
    names = types if isinstance(types, list) else [types]
    return any(
        isinstance(name, str) and (name.endswith("Article") or name in _ARTICLE_TYPES) for name in names
    )


def _text(value: object, page: Page) -> str | None:
    if isinstance(value, str):
        return " ".join(unescape(value[:_MAX_VALUE]).split()) or None
    if value is not None:
        page.flags.append("metadata_malformed")
    return None


def _names(value: object, page: Page) -> str | None:
    """Return the name, or the names, of JSON-LD persons and organisations, which have many shapes."""
    names: list[str] = []
    for one in value[:20] if isinstance(value, list) else [value]:
        name = _text(one.get("name") if isinstance(one, dict) else one, page)
        if name and "://" not in name and name not in names:
            names.append(name)
    return ", ".join(names) or None


def _published(
    tree: HtmlElement, json_ld: str | None, meta: Mapping[str, str], flags: list[str]
) -> str | None:
    """Return the date of JSON-LD, else of ``<meta>``, else of ``<time>``; flag it if they disagree."""
    stated = [json_ld, next((meta[name] for name in _DATES if name in meta), None), _time(tree)]
    values = [value for value in stated if value]
    moments = {value: moment for value in values if (moment := _moment(value))}
    if values and len(moments) < len(set(values)):
        flags.append("date_unreadable")
    # Two zones may call one moment two days: a conflict is where the days differ both ways.
    if len({m.date() for m in moments.values()}) > 1 and len({_utc_day(m) for m in moments.values()}) > 1:
        flags.append("date_conflict")
    return next(iter(moments), None)


def _time(tree: HtmlElement) -> str | None:
    """Return the ``<time>`` that is marked as the publication's, else the first inside the article."""
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or "datepublished" in element.get("itemprop", "").lower():
            return str(element.get("datetime") or element.text or "")
    for scope in tree.iter("article"):
        for element in scope.iter("time"):
            about = (element.get("itemprop", "") + element.get("class", "")).lower()
            if element.get("datetime") and not re.search("modif|updat", about):
                return str(element.get("datetime"))
    return None


def _moment(value: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(value.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _utc_day(moment: datetime) -> date:
    try:
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except OverflowError:  # in the year 1 or 9999
        return moment.date()
