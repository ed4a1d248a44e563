"""``briefgen batch`` as a process of its own, with a model that tells of every call: ``batch_child.py BEHAVIOUR ARGUMENT…``.

On standard output ``asked N`` when the model is asked about article N and ``answered N`` when it has answered.
Behaviours: ``answers``; ``poor`` does so with few file descriptors; ``hangs`` never answers but for the first two; ``down`` is not there for anybody;
``dies:POINT`` kills itself at a point of the third article's way, ``raises:POINT`` raises there.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from batch_examples import NumberedModel, Point, quick_generate, unavailable

from briefgen.cli.main import run
from briefgen.generator import BriefGenerator
from briefgen.providers import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from batch_examples import Said


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def answers(n: int, _times: int) -> Said:
    tell("asked", n)
    tell("answered", n)
    return None


def poor(n: int, _times: int) -> Said:
    """As ``answers``, with 64 file descriptors."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    return answers(n, _times)


def hangs(n: int, _times: int) -> Said:
    tell("asked", n)
    if n > 2:
        threading.Event().wait()
    tell("answered", n)
    return None


def down(n: int, _times: int) -> Said:
    tell("asked", n)
    return unavailable()


def patch(home: Any, name: str, value: Any) -> None:
    setattr(home, name, value)


SCRIPTS: dict[str, Callable[[int, int], Said]] = {
    "answers": answers,
    "hangs": hangs,
    "down": down,
    "poor": poor,
}

if __name__ == "__main__":
    behaviour, _, point = sys.argv.pop(1).partition(":")
    patch(BriefGenerator, "generate", quick_generate)
    script = (
        Point(behaviour, point, lambda n: tell("asked", n)).install(patch) if point else SCRIPTS[behaviour]
    )
    patch(registry, "open_model", lambda *_, **__: NumberedModel(script))
    run()
