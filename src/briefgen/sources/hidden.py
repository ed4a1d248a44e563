"""Taking out of a page what its reader does not see: it must not reach the model either (RELIABILITY.md T2).

Told by attributes and inline styles. A style sheet may hide text too; it is not read, because sheets also
hide articles until a script shows them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_NEVER_TEXT = frozenset(
    {
        *(
            "script",
            "style",
            "noscript",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "canvas",
            "audio",
            "video",
        ),
        *("img", "picture", "button", "input", "select", "textarea", "datalist"),
    }
)
_MIN_WORDS = 3  # fewer are icons and labels of controls
_LENGTH = re.compile(r"(-?\d{0,9}(?:\.\d{1,9})?)(px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in)?")
_OFF_SCREEN = {"px": 500, "pt": 400, "em": 40, "rem": 40, "%": 99, "vw": 99, "vh": 99, "": 500}
_PLACING = (
    "left",
    "right",
    "top",
    "bottom",
    "text-indent",
    "margin-left",
    "margin-top",
    "inset-inline-start",
)
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,6}%?))?\s*\)")
_COLOURS = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "black": (0, 0, 0),
}
_CLOSE = 12  # difference per channel that no eye sees on a page
_Colour = tuple[int, int, int]
_WHITE: _Colour = (255, 255, 255)
_MARK = "briefgen-hidden"


def remove_hidden(tree: HtmlElement) -> bool:
    """Remove hidden elements from ``tree``; say whether any of them held words."""
    from lxml import etree  # noqa: PLC0415 - 40 ms that only HTML needs

    words = False
    stack: list[tuple[HtmlElement, _Colour | None]] = [(tree, _WHITE)]
    while stack:
        element, background = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element.tag in _NEVER_TEXT:
            element.tag = _MARK
            continue
        style = _declarations(element.get("style", ""))
        background = _background(element, style, background)
        # A page may hide its root until a script has run; what is read is the rest.
        if element.tag not in ("html", "body") and _is_hidden(element, style, background):
            words = words or _has_words(element)
            element.tag = _MARK
            continue
        stack.extend((child, background) for child in element)
    # Renamed and stripped at once: dropping one by one copies the text around them each time.
    etree.strip_elements(tree, _MARK, with_tail=False)
    return words


def _has_words(element: HtmlElement) -> bool:
    return len(" ".join(element.itertext()).split()) >= _MIN_WORDS


def _is_hidden(element: HtmlElement, style: Mapping[str, str], background: _Colour | None) -> bool:
    if element.tag == "template" or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.get("hidden") is not None or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    colour = style.get("color") or (element.get("color") if element.tag == "font" else None)
    return bool(style and _style_hides(style)) or bool(colour and _colour_hides(colour, background))


def _declarations(style: str) -> dict[str, str]:
    found = {}
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def _style_hides(style: Mapping[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or _at_most(style.get("opacity"), 0.05)
        or _at_most(style.get("font-size"), 1.0)
        or any(_at_most(style.get(name), 1.0) for name in ("height", "max-height", "width", "max-width"))
        or any(_off_screen(style.get(name)) for name in _PLACING)
        or style.get("clip", "").replace("px", "").replace(" ", "") in ("rect(0,0,0,0)", "rect(1,1,1,1)")
        or style.get("clip-path", "").replace(" ", "") in ("inset(50%)", "inset(100%)", "circle(0)")
        or style.get("transform", "").replace(" ", "") in ("scale(0)", "scale(0,0)")
    )


def _length(value: str | None) -> tuple[float, str] | None:
    found = _LENGTH.fullmatch(value) if value else None
    if not found or found[1] in ("", "-"):
        return None
    return float(found[1]), found[2] or ""


def _at_most(value: str | None, most: float) -> bool:
    """Say whether a size is (next to) nothing; only pixels and bare numbers can be small without being 0."""
    length = _length(value)
    if length is None:
        return False
    number, unit = length
    return 0 <= number <= (most if unit in ("", "px") else 0.05)


def _off_screen(value: str | None) -> bool:
    length = _length(value)
    return length is not None and -length[0] >= _OFF_SCREEN.get(length[1], 500)


def _background(element: HtmlElement, style: Mapping[str, str], inherited: _Colour | None) -> _Colour | None:
    """Return the colour behind an element's text; ``None`` where a picture or an unread colour is."""
    value = style.get("background-color") or style.get("background") or element.get("bgcolor")
    if not value or value in ("none", "transparent", "inherit", "initial", "unset"):
        return inherited
    return _colour(value)


def _colour_hides(value: str, background: _Colour | None) -> bool:
    if value == "transparent" or _alpha_is_zero(value):
        return True
    colour = _colour(value)
    if colour is None or background is None:
        return False
    return all(abs(one - other) <= _CLOSE for one, other in zip(colour, background, strict=True))


def _alpha_is_zero(value: str) -> bool:
    found, digits = _RGB.fullmatch(value), _HEX.fullmatch(value)
    if found and found[4]:
        return (
            float(found[4].rstrip("%") or 0) == 0 if found[4].count(".") <= 1 and found[4] != "." else False
        )
    return bool(digits) and len(value) in (5, 9) and set(value[-(len(value) // 4) :]) == {"0"}


def _colour(value: str) -> _Colour | None:
    value = value.strip().lower()
    found = _RGB.fullmatch(value)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    if _HEX.fullmatch(value):
        digits = value[1:] if len(value) > 5 else "".join(digit * 2 for digit in value[1:])
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    return _COLOURS.get(value)
