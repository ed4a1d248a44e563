"""Bytes of the store: texts, briefs and answers, compressed; and text that SQLite can hold."""

from __future__ import annotations

import zlib

from briefgen.errors import StoreCorrupt

_LEVEL = 6
# What every brief and every list of answers has in it. zlib copies from it what is the same, which halves
# small ones. Packed data can be read only with the dictionary it was made with: to change it, give the new
# one another first byte (below), and keep this one.
_WORDS = (
    b'{"facet":"","output":"{\\"items\\":[{\\"sentence\\":,\\"guided\\":true,"answered_by":"","usage":[1,'
    b'"motives":[{"id":"motive-1","holder":"actor-1","text":"","basis":"attributed","according_to":[],"applies_to":['
    b'"allegations":[{"id":"allegation-1","accusers":["actor-1"],"accused":["actor-2"],"claim":"","made":null,'
    b'"responses":[{"by":"actor-2","stance":"not_reported","evidence":[]}],"status":"unresolved"}],'
    b'"open_questions":[{"id":"question-1","question":"","kind":"unconfirmed","about":["visit-1"]}],'
    b'"background":[{"id":"background-1","text":"","kind":"past_visit"}],'
    b'"planned_visits":[{"id":"visit-1","visitors":["actor-1"],"destination":{"name":"","country":"US"},"hosts":[],'
    b'"timing":{"text":"","earliest":null,"latest":null,"edtf":null,"granularity":"vague","bound":null,'
    b'"ambiguous":false},"status":"reported","confirmations":[],"purpose":null,"according_to":[],"hedges":[]}],'
    b'"withheld":[{"facet":"summary","item":{"sentence":1,"text":""},"reasons":[{"code":"G02","message":"'
    b'"notes":[],"coverage":{"facets":{"actors":"complete","planned_visits":"empty","allegations":"empty",'
    b'"motives":"empty","open_questions":"empty","background":"complete","summary":"complete"},"uncovered":[],'
    b'"failures":{}},"provenance":{"briefgen":"","model":"","answered_by":"","prompts":{"actors":"","allegations":"'
    b'"created":"2026-01-01T00:00:00Z","requests":7,"input_tokens":null,"cached_tokens":null,"output_tokens":null,'
    b'"cost_usd":null,"seconds":0.0,"ai_generated":true}}'
    b'"name":"","kind":"government","role":null,"affiliation":null,"aliases":[],"country":null},{"id":"actor-2",'
    b'"evidence":[{"sentence":1,"quote":"","start":0,"end":100}],"name":"","kind":"person","role":"'
    b'{"schema_version":"1","article":{"id":"","title":"","publisher":null,"author":null,"url":null,'
    b'"published":null,"language":"en","sentences":[{"n":1,"start":0,"end":100},{"n":2,"start":101,"end":200},'
    b'"flags":[]},"headline":"","summary":[{"text":"","refs":["visit-1"],"evidence":[]}],"actors":[{"id":"actor-1",'
)
_PLAIN, _WITH_WORDS = b"\x00", b"\x01"
"""First byte of packed data: compressed as it is, or with the dictionary."""


def pack(text: str, *, json: bool = False) -> bytes:
    """Compress a text; ``json``: it is one of ours, so that the dictionary helps. With a checksum (zlib's)."""
    if not json:
        return _PLAIN + zlib.compress(text.encode(), _LEVEL)
    packer = zlib.compressobj(_LEVEL, zdict=_WORDS)
    return _WITH_WORDS + packer.compress(text.encode()) + packer.flush()


def unpack(data: bytes, what: str) -> str:
    """The text that was packed. Raises :class:`StoreCorrupt`, which names ``what``, if it is damaged."""
    try:
        if data[:1] == _PLAIN:
            return zlib.decompress(data[1:]).decode()
        if data[:1] == _WITH_WORDS:
            unpacker = zlib.decompressobj(zdict=_WORDS)
            text = (unpacker.decompress(data[1:]) + unpacker.flush()).decode()
            if unpacker.eof:
                return text
    except (zlib.error, UnicodeDecodeError):
        pass
    raise StoreCorrupt(
        f"{what} is damaged in the store", hint="restore the store from a copy, or brief it again"
    )


def storable(text: str) -> str:
    """A text as SQLite can hold it: half characters (of file names that are no UTF-8) are written out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
