"""The daily brief in every format: one string each, and CSV a folder of tables."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from briefgen.errors import UsageError
from briefgen.render.base import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefgen.digest.digest import Digest


@dataclass(frozen=True)
class DigestLayout(RenderOptions):
    """``months``: in the calendar, visits of which only the month is known fill that month, marked as such."""

    months: bool = False


class DigestRenderer(Protocol):
    """Returns the files of a format: what stands behind the digest's name in theirs, and what is in them.

    Line ends are those of the format. UTF-8 is how the files are to be written.
    """

    def __call__(self, digest: Digest, options: DigestLayout) -> dict[str, str]: ...


def _text(digest: Digest, options: DigestLayout) -> dict[str, str]:
    from briefgen.render.digest_outline import digest_outline  # noqa: PLC0415 - each format loads its own
    from briefgen.render.text import lay_out  # noqa: PLC0415

    return {".txt": lay_out(digest_outline(digest), options)}


def _markdown(digest: Digest, options: DigestLayout) -> dict[str, str]:
    from briefgen.render.digest_outline import digest_outline  # noqa: PLC0415 - each format loads its own
    from briefgen.render.markdown import lay_out  # noqa: PLC0415

    return {".md": lay_out(digest_outline(digest), options)}


def _html(digest: Digest, options: DigestLayout) -> dict[str, str]:
    from briefgen.render.digest_html import render_html  # noqa: PLC0415 - each format loads its own

    page = render_html(digest)
    if options.ascii:
        page = page.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return {".html": page}


def _json(digest: Digest, options: DigestLayout) -> dict[str, str]:
    from briefgen.render.json import harmless  # noqa: PLC0415 - each format loads its own

    return {".json": harmless(digest.to_json(), ascii_only=options.ascii)}


def _csv(digest: Digest, options: DigestLayout) -> dict[str, str]:  # noqa: ARG001 - the interface
    from briefgen.render.digest_tables import table_files  # noqa: PLC0415 - each format loads its own

    return {f"-{name}.csv": text for name, text in table_files(digest).items()}


def _ics(digest: Digest, options: DigestLayout) -> dict[str, str]:
    from briefgen.render.ics import render_ics  # noqa: PLC0415 - each format loads its own

    return {".ics": render_ics(digest, months=options.months)}


def _eml(digest: Digest, options: DigestLayout) -> dict[str, str]:  # noqa: ARG001 - the interface
    from briefgen.render.eml import render_eml  # noqa: PLC0415 - each format loads its own

    return {".eml": render_eml(digest)}


DIGEST_RENDERERS: Mapping[str, DigestRenderer] = MappingProxyType(
    {
        "text": _text,
        "markdown": _markdown,
        "html": _html,
        "json": _json,
        "csv": _csv,
        "ics": _ics,
        "eml": _eml,
    }
)
"""All formats by name. A new format is one module and one entry here."""
DIGEST_FORMATS = tuple(DIGEST_RENDERERS)


def render_digest(digest: Digest, format: str, options: DigestLayout | None = None) -> str:  # noqa: A002 - the option's name
    """The digest in a format that is one file.

    Raises :class:`UsageError` for a format that there is none of, and for one of several files.
    """
    files = _rendered(digest, format, options or DigestLayout())
    if len(files) != 1:
        raise UsageError(f"{format} is {len(files)} files", hint="name a folder for them with -o")
    return next(iter(files.values()))


def digest_files(
    digest: Digest, formats: Iterable[str], options: DigestLayout | None = None
) -> dict[str, str]:
    """The files of several formats by name: ``digest-2024-06-10.txt``, ``digest-2024-06-10-visits.csv``, …

    Names are made of the digest's day alone, and of nothing that an article says. Raises :class:`UsageError`
    for a format that there is none of.
    """
    chosen = options or DigestLayout()
    return {
        f"digest-{digest.last.isoformat()}{ending}": text
        for name in dict.fromkeys(formats)
        for ending, text in _rendered(digest, name, chosen).items()
    }


def _rendered(digest: Digest, name: str, options: DigestLayout) -> dict[str, str]:
    if name not in DIGEST_RENDERERS:
        raise UsageError(f"no format {name!r}", hint=f"the formats are {', '.join(DIGEST_FORMATS)}")
    return DIGEST_RENDERERS[name](digest, options)
