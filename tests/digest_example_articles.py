"""The articles of the example digest: invented people and states, in words of our own."""

from __future__ import annotations

from datetime import date
from functools import cache

from briefgen.article import Article
from briefgen.brief import Reason, SentenceSpan, Withheld
from briefgen.digest.digest import Cited, DigestArticle

PALACE, TWO_DATES, RADIOS, COURIER, FAILED, NOTICE, LATE, PORTS, EXPECTED = range(1, 10)
"""Numbers of the articles."""

_TEXTS = {
    PALACE: "President Ana Ruiz will visit Velia on 18 and 19 June, the presidential palace said. "
    "Tomas Lindqvist, the Norlandic ambassador to Osmark, confirmed that a trip there in July was being "
    "prepared, but no dates had been agreed. "
    "Ruiz hopes the talks in Velia will reopen the northern fishing grounds, the palace said. "
    "By courting Velia, Norland is seeking to reduce its reliance on the coastal states. "
    "Governor Iris Tal of Karst came to Norland on 8 June, as planned. "
    "Foreign Minister Ivo Brandt may travel to Karst in the coming weeks, a diplomatic source said.",
    TWO_DATES: "The cabinet office of Osmark said Prime Minister Lena Dahl would be in Velia on 24 and 25 June. "
    "The Velian chancellery said it had agreed to no such visit and could receive nobody before 26 June. "
    "Dahl could later travel to Norland, two people close to her said. "
    "Osmark cancelled the visit of the Velian trade minister, Marco Silvan, which had been set for 20 June. "
    "Silvan’s talks in the Free Ports were put off, his ministry said, and no new day was named. "
    "The Velian navy denied that Admiral Bo Renn would go to Osmark.",
    RADIOS: "Osmark and the Free Ports on Monday accused Norland of jamming ships’ radios in the strait. "
    "Norland would neither confirm nor deny the accusation. "
    "Seven ships lost their radios, the Osmark coast guard said. "
    "Velia is said to have cut a sea cable off Karst; who first said so is not known. "
    "Velian officials did not respond to questions. "
    "Osmark voiced concern over the crews. "
    "The jamming may serve to keep foreign trawlers away, a naval officer of Osmark said.",
    NOTICE: "Prime Minister Lena Dahl is expected in Velia between 24 and 29 June, this paper has learned. "
    "Karst admitted on Friday that it had overfished the northern banks, as the Free Ports had charged.",
    LATE: "ノルランドのアナ・ルイス大統領は近くベリアを訪問する見通しだと、外交筋が述べた。",
    PORTS: "Defence Minister Petra Oyen will be in the Free Ports on 3 and 4 June, her ministry confirmed. "
    "Ruiz visited Velia in 2029 and promised two ferries.",
    EXPECTED: "President Ana Ruiz is reportedly planning to visit Velia this month, the Norland Herald has "
    "learned from a diplomatic source. "
    "At least four ships lost their radios last week, and the Free Ports blamed Norland.",
}
_TEXTS[COURIER] = _TEXTS[PALACE]

_NOT_KEPT = frozenset({TWO_DATES, PORTS})
"""Articles whose text the store did not keep."""

_WITHHELD = (
    Withheld(
        facet="motives",
        item={"holder": "Osmark", "motive": "punish Norland for the trawlers", "sentences": [6]},
        reasons=(Reason(code="G03", message="sentence 6 does not say this"),),
    ),
    Withheld(
        facet="planned_visits",
        item={"visitors": ["the coast guard"], "destination": "Norland", "sentences": [3]},
        reasons=(
            Reason(code="V01", message="sentence 3 tells of no visit"),
            Reason(code="G02", message="“Norland” is not in sentence 3"),
        ),
    ),
)

_FACTS: dict[int, dict[str, object]] = {
    PALACE: {
        "title": "Palace names the days of Ruiz’s trip to Velia",
        "publisher": "Norland Herald",
        "published": date(2031, 6, 10),
        "url": "https://herald.example/2031/06/10/ruiz-velia",
    },
    TWO_DATES: {
        "title": "Two capitals, two dates: will Dahl go to Velia?",
        "publisher": "Harbour Post",
        "published": date(2031, 6, 10),
        "url": "https://harbour.example/dahl",
    },
    RADIOS: {
        "title": "Osmark and the Free Ports blame Norland for dead radios",
        "publisher": "Velian Wire",
        "published": date(2031, 6, 10),
        "state": "partly_withheld",
        "withheld": _WITHHELD,
    },
    COURIER: {
        "title": "Palace names the days of Ruiz’s trip to Velia",
        "publisher": "Coast Courier",
        "published": date(2031, 6, 10),
        "state": "duplicate",
        "duplicate_of": PALACE,
        "reason": "same text as article 1",
    },
    FAILED: {
        "title": "What Osmark’s fleet wants",
        "publisher": "Osmark Observer",
        "published": date(2031, 6, 10),
        "state": "failed",
        "reason": "api_timeout: no complete answer within 120 s",
    },
    NOTICE: {"place": "undated"},
    LATE: {
        "title": "ルイス大統領、ベリア訪問へ",
        "publisher": "架空日報",
        "published": date(2031, 6, 5),
        "language": "ja",
        "place": "late",
        "url": "https://kaku.example/ruiz",
    },
    PORTS: {
        "title": "Oyen to inspect the port works",
        "publisher": "Harbour Post",
        "published": date(2031, 6, 2),
        "place": "history",
    },
    EXPECTED: {
        "title": "Ruiz expected in Velia this month",
        "publisher": "Norland Herald",
        "published": date(2031, 6, 9),
        "place": "history",
    },
}
_LABELS = {NOTICE: "inbox/notice.txt", FAILED: "inbox/observer.html"}


@cache
def text_of(number: int) -> Article:
    return Article.from_text(_TEXTS[number])


def cite(number: int, *phrases: str) -> tuple[Cited, ...]:
    """The whole sentences of an article in which the phrases stand."""
    found = [next(s for s in text_of(number).sentences if phrase in s.text) for phrase in phrases]
    return tuple(Cited(article=number, sentence=s.n, quote=s.text, start=s.start, end=s.end) for s in found)


def articles() -> tuple[DigestArticle, ...]:
    """All articles under their numbers; the failed one has neither text nor id."""
    return tuple(_article(number) for number in sorted(_FACTS))


def _article(number: int) -> DigestArticle:
    facts = {"language": "en", "label": _LABELS.get(number, f"archive.jsonl:{number}"), **_FACTS[number]}
    if number == FAILED:
        return DigestArticle.model_validate({"number": number, "id": None, **facts})
    article = text_of(number)
    spans = tuple(SentenceSpan(n=s.n, start=s.start, end=s.end) for s in article.sentences)
    kept = None if number in _NOT_KEPT else article.text
    return DigestArticle.model_validate(
        {"number": number, "id": article.id, "text": kept, "sentences": spans, **facts}
    )
