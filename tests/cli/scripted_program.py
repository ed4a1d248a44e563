"""The program ``briefgen`` with a model that is none: ``scripted_program.py BEHAVIOUR ARGUMENT…``."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.cli.main import run
from briefgen.providers import registry
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from briefgen.providers.base import Prompt


def tell(word: str) -> None:
    sys.stderr.write(f"{word}\n")
    sys.stderr.flush()


def answers(_prompt: Prompt) -> dict[str, Any]:
    return {}


def waits(_prompt: Prompt) -> dict[str, Any]:
    tell("asked")
    threading.Event().wait()
    return {}


def stuck(_prompt: Prompt) -> dict[str, Any]:
    """Be inside a library that does not come back to Python, as a model being loaded is."""
    inside = threading.Timer(0.2, tell, ["asked"])
    inside.start()  # tells when the main thread is inside for certain
    hashlib.pbkdf2_hmac("sha256", b"x", b"y", 10**9)
    return {}


def unkillable(_prompt: Prompt) -> dict[str, Any]:
    """Take for ever to clean up."""
    try:
        return waits(_prompt)
    finally:
        tell("cleaning")
        threading.Event().wait()


def broken(_prompt: Prompt) -> dict[str, Any]:
    raise KeyError(os.environ.get("CANARY", ""))


def canned(path: Path) -> None:
    """Let every article have the brief in ``path``."""
    from briefgen import generator
    from briefgen.brief import Brief

    brief = Brief.model_validate_json(path.read_bytes())
    setattr(generator.BriefGenerator, "generate", lambda *_: brief)  # noqa: B010 - mypy knows it for a method


BEHAVIOURS = {function.__name__: function for function in (answers, waits, stuck, unkillable, broken)}

if __name__ == "__main__":
    behaviour = sys.argv.pop(1)
    if behaviour.endswith(".json"):
        canned(Path(behaviour))
    script = BEHAVIOURS.get(behaviour, answers)
    setattr(registry, "open_model", lambda *_, **__: ScriptedModel(script))  # noqa: B010 - mypy knows its type
    run()
