"""Sources: bytes to :class:`briefgen.article.Article`, one module per format."""

from briefgen.sources.base import MAX_BYTES, Metadata, RawText, Source, shown
from briefgen.sources.files import make_article, read_article
from briefgen.sources.records import from_record

__all__ = [
    "MAX_BYTES",
    "Metadata",
    "RawText",
    "Source",
    "from_record",
    "make_article",
    "read_article",
    "shown",
]
