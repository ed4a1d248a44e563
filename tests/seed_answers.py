"""What a good and what a careless model answers about the seed article (``../shared/data/articles/seed.txt``)."""

from __future__ import annotations

from typing import Any

GOOD: dict[str, Any] = {
    "actors": {
        "items": [
            {"name": "Vladimir Putin", "kind": "person"},
            {"name": "Vedomosti", "kind": "media"},
            {"name": "Alexander Matsegora", "kind": "person"},
            {"name": "Kremlin", "kind": "government"},
            {"name": "Kim Jong Un", "kind": "person"},
            {"name": "Vostochny", "kind": "place"},
        ]
    },
    "planned_visits": {
        "items": [
            {
                "sentence": 1,
                "visitors": ["Vladimir Putin"],
                "destinations": ["North Korea", "Vietnam"],
                "purpose": None,
            },
            {"sentence": 2, "visitors": ["Vladimir Putin"], "destinations": ["North Korea"], "purpose": None},
            {"sentence": 4, "visitors": ["Vladimir Putin"], "destinations": ["Vietnam"], "purpose": None},
            {"sentence": 11, "visitors": [], "destinations": [], "purpose": None},
        ]
    },
    "allegations": {
        "items": [
            {
                "sentence": 16,
                "accusers": ["United States", "Ukraine"],
                "accused": ["Russia"],
                "claim": "Russia fired North Korean-supplied short-range ballistic missiles at Ukraine",
            }
        ]
    },
    "motives": {
        "items": [
            {"sentence": 14, "holder": "Russia", "aim": "diversify its diplomatic and economic partnerships"},
            {"sentence": 9, "holder": "Putin and Kim", "aim": ""},
        ]
    },
    "open_questions": {
        "items": [
            {"sentence": 4, "question": "When will Putin visit North Korea?"},
            {"sentence": 9, "question": "Will Putin and Kim discuss migrant workers from North Korea?"},
        ]
    },
    "background": {
        "items": [{"sentence": 8, "text": "Putin promised to help North Korea build satellites."}]
    },
    "summary": {
        "headline": "Putin reportedly planning visits to North Korea and Vietnam",
        "items": [
            {
                "sentence": 1,
                "text": "Vladimir Putin is reportedly planning to visit North Korea and Vietnam in the coming weeks, "
                "according to the Vedomosti newspaper.",
            },
            {"sentence": 4, "text": "The Kremlin has not yet confirmed the dates of the planned visits."},
            {
                "sentence": 16,
                "text": "The United States and Ukraine accused Russia of firing North Korean-supplied ballistic "
                "missiles at Ukraine; Russia declined to confirm or deny the allegations.",
            },
        ],
    },
}

CARELESS: dict[str, Any] = {
    "actors": {
        "items": [
            {"name": "Putin", "kind": "person"},
            {"name": "President Putin", "kind": "person"},
            {"name": "Vladimir Putin", "kind": "person"},
            {"name": "Vedomosti", "kind": "organisation"},
            {"name": "Alexander Matsegora", "kind": "person"},
            {"name": "Vyacheslav Kharinov", "kind": "person"},
            {"name": "Kim Jong Un", "kind": "person"},
            {"name": "Dmitry Peskov", "kind": "person"},
        ]
    },
    "planned_visits": {
        "items": [
            {
                "sentence": 1,
                "visitors": ["Putin"],
                "destinations": ["North Korea", "Vietnam", "China"],
                "purpose": None,
            },
            {
                "sentence": 2,
                "visitors": ["Alexander Matsegora"],
                "destinations": ["North Korea"],
                "purpose": "null",
            },
            {"sentence": 3, "visitors": ["Putin"], "destinations": ["North Korea"], "purpose": "first year"},
            {
                "sentence": 7,
                "visitors": ["Putin"],
                "destinations": ["Vostochny space launch center"],
                "purpose": None,
            },
            {
                "sentence": 7,
                "visitors": ["Kim Jong Un"],
                "destinations": ["Russia"],
                "purpose": "talks with Putin",
            },
            {
                "sentence": 17,
                "visitors": ["Putin"],
                "destinations": ["North Korea", "Vietnam"],
                "purpose": "2024 tour",
            },
            {"sentence": 44, "visitors": ["Putin"], "destinations": ["Vietnam"], "purpose": None},
        ]
    },
    "allegations": {
        "items": [
            {
                "sentence": 16,
                "accusers": ["Russia"],
                "accused": ["United States", "Ukraine"],
                "claim": "The United States and Ukraine fired ballistic missiles at Russia",
            },
            {
                "sentence": 16,
                "accusers": ["United States"],
                "accused": ["North Korea"],
                "claim": "North Korea supplied short-range ballistic missiles",
            },
            {
                "sentence": 15,
                "accusers": ["United States", "allies"],
                "accused": ["Russia"],
                "claim": "Russia has growing relations with countries hostile to their interests",
            },
            {
                "sentence": 16,
                "accusers": ["United States"],
                "accused": ["Russia"],
                "claim": "Russia fired North Korean-supplied short-range ballistic missiles at Ukraine",
            },
        ]
    },
    "motives": {
        "items": [
            {
                "sentence": 14,
                "holder": "Vedomosti",
                "aim": "diversify its diplomatic and economic partnerships",
            },
            {"sentence": 12, "holder": "Russia", "aim": "settle payments with Vietnam"},
            {"sentence": 18, "holder": "Russia", "aim": "have far-reaching consequences"},
            {"sentence": 10, "holder": "North Korea", "aim": "avoid a labor shortage"},
        ]
    },
    "open_questions": {
        "items": [
            {"sentence": 16, "question": "Why did Russia fire the missiles?"},
            {"sentence": 4, "question": "The dates are open."},
        ]
    },
    "background": {
        "items": [
            {"sentence": 16, "text": "Russia fired North Korean-supplied ballistic missiles at Ukraine."},
            {"sentence": 8, "text": "Russia helps North Korea build satellites."},
            {"sentence": 3, "text": "Putin visited North Korea 24 years ago."},
        ]
    },
    "summary": {
        "headline": "Kremlin confirms Putin's visits to North Korea and Vietnam",
        "items": [
            {"sentence": 17, "text": "Putin prepares to embark on visits to North Korea and Vietnam."},
            {"sentence": 4, "text": "Putin will visit Vietnam in June 2024."},
            {"sentence": 16, "text": "Russia denied firing North Korean-supplied missiles at Ukraine."},
        ],
    },
}
