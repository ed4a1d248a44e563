"""The daily brief as a message with text and HTML, ready for any mailer. Nothing is sent.

The message is a draft (``X-Unsent: 1``, as Outlook and Thunderbird know it) without From, To and Message-ID:
RFC 5322 wants From of a message that is sent, and the mailer that sends a draft writes the sender's own; one
made up here would be a forged sender. The date is the digest's day, not the clock's, and the boundary follows
from the content: the same digest gives the same bytes. The HTML holds the cited sentences and not the articles'
texts: mailers run no script that would show them, cut long messages, and texts are not ours to send around.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from rich.cells import cell_len

from briefgen.render.base import RenderOptions
from briefgen.render.clean import one_line
from briefgen.render.days import day_text
from briefgen.render.digest_html import render_html
from briefgen.render.digest_outline import digest_outline
from briefgen.render.text import lay_out
from briefgen.render.words import counted, word

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest

_LONGEST_LEAD = 160
"""Columns. A longer lead is not cut, for its attribution might go: the subject then counts."""
_TEXT_WIDTH = 76


def render_eml(digest: Digest) -> str:
    """The message, in ASCII with CR LF: subject with day and lead, text, and HTML for mailers that show it."""
    text = lay_out(digest_outline(digest), RenderOptions(width=_TEXT_WIDTH))
    html = render_html(without_texts(digest))
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(digest)
    # Without a zone: "-0000" says that it tells nothing of where the message was made.
    message["Date"] = datetime.combine(digest.last, time())
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # "=_" stands in no quoted-printable text, so the boundary cannot occur in a part.
    message.set_boundary(f"=_{hashlib.sha256((text + html).encode()).hexdigest()[:40]}")
    return message.as_bytes().decode("ascii")


def without_texts(digest: Digest) -> Digest:
    articles = tuple(article.model_copy(update={"text": None}) for article in digest.articles)
    return digest.model_copy(update={"articles": articles})


def subject(digest: Digest) -> str:
    """ "Daily brief, 10 June 2031: …": the first bottom line whole, attribution and all, or what there is to read."""
    lead = ""
    if digest.bottom_line:
        first = digest.bottom_line[0]
        lead = one_line(first.text)
        if first.single_source:
            lead = f"{lead} {word('digest_mail', 'single_source')}"
    if not lead or cell_len(lead) > _LONGEST_LEAD:
        lead = word(
            "digest_mail",
            "counts",
            visits=counted("digest_mail", "visit_one", "visits", len(digest.planned_visits)),
            allegations=counted("digest_mail", "allegation_one", "allegations", len(digest.allegations)),
            changes=counted("digest_mail", "change_one", "changes", len(digest.changes)),
        )
    # Python's email library decodes what looks like an encoded word even where it writes it: "=?utf-8?q?=0ABcc:…"
    # in a headline would become a header of its own.
    return word("digest_mail", "subject", day=day_text(digest.last), lead=lead.replace("=?", "= ?"))
