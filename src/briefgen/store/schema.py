"""The tables of a store, and how an older store becomes a newer one.

``PRAGMA application_id`` says that a file is a store, ``PRAGMA user_version`` which version of the tables it
has. Each step of :data:`MIGRATIONS` runs in one transaction with the version it leads to, so that a process
killed half-way leaves the old version (RELIABILITY K-10). A step is never changed once released: a change of
the tables is a new step.

An *input* is what the user gave, under its label. An *article* is a text, under its hash. A *work* is an
article under one recipe (model, prompts, way of asking, schema version): at most one brief each (I3). An
input has either a work, whose state is its state, or a state of its own (unreadable, skipped): the CHECK
makes it exactly one (I1).
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x42524753
"""``BRGS``: what ``file`` and SQLite's own tools show of the kind of database."""

_FIRST = (
    """CREATE TABLE recipes (
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,
        model TEXT NOT NULL,
        checked_by TEXT,
        schema_version TEXT NOT NULL,
        prompts TEXT NOT NULL,
        profile TEXT NOT NULL
    )""",
    """CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        recipe INTEGER REFERENCES recipes,
        briefgen TEXT NOT NULL,
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        started REAL NOT NULL,
        ended REAL,
        outcome TEXT,
        requests INTEGER NOT NULL DEFAULT 0,
        input_tokens INTEGER,
        cached_tokens INTEGER,
        output_tokens INTEGER,
        cost_usd REAL,
        unpriced INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        title TEXT,
        published TEXT,
        metadata TEXT NOT NULL,
        text BLOB NOT NULL,
        signature BLOB
    )""",
    """CREATE TABLE works (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles,
        recipe INTEGER NOT NULL REFERENCES recipes,
        state TEXT NOT NULL CHECK (state IN ('done', 'failed', 'pending')),
        code TEXT NOT NULL DEFAULT '',
        message TEXT NOT NULL DEFAULT '',
        retryable INTEGER NOT NULL DEFAULT 0,
        partial INTEGER NOT NULL DEFAULT 0,
        run INTEGER NOT NULL REFERENCES runs,
        changed REAL NOT NULL,
        UNIQUE (article, recipe)
    )""",
    """CREATE TABLE briefs (
        work INTEGER PRIMARY KEY REFERENCES works,
        headline TEXT NOT NULL,
        marks TEXT NOT NULL,
        brief BLOB NOT NULL,
        answers BLOB,
        briefgen TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        indexed INTEGER NOT NULL UNIQUE
    )""",
    """CREATE TABLE inputs (
        id INTEGER PRIMARY KEY,
        label TEXT NOT NULL UNIQUE,
        token INTEGER,
        work INTEGER REFERENCES works,
        state TEXT CHECK (state IN ('failed', 'skipped')),
        code TEXT NOT NULL DEFAULT '',
        message TEXT NOT NULL DEFAULT '',
        retryable INTEGER NOT NULL DEFAULT 0,
        hash BLOB,
        twin INTEGER REFERENCES articles,
        CHECK ((work IS NULL) <> (state IS NULL))
    )""",
    "CREATE INDEX inputs_of_work ON inputs (work)",
    "CREATE TABLE bands (band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID",
    "CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # Contentless: the words are in the brief already. Its rows are never changed, only left behind:
    # ``briefs.indexed`` says which row is the brief's.
    """CREATE VIRTUAL TABLE found USING fts5 (
        title, headline, body, actors, content='', tokenize='porter unicode61 remove_diacritics 2'
    )""",
)

# Near-copies were compared by a second packed text of each article, which ``articles.text`` has already.
_ONE_TEXT = ("ALTER TABLE articles DROP COLUMN signature",)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _ONE_TEXT)
"""``MIGRATIONS[n]`` leads from version n to version n + 1."""


def version_of(connection: sqlite3.Connection) -> int | None:
    """Version of the tables, 0 for an empty database, ``None`` for a database of something else."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION_ID:
        return int(version)
    (objects,) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    return 0 if application == version == objects == 0 else None


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, a transaction a step. Two at once: the second finds it done."""
    while True:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(connection)
            if version is None or version >= len(MIGRATIONS):
                connection.execute("COMMIT")
                return
            for statement in MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
