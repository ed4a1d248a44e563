"""CPU milliseconds of our own code for one article, model excluded, nothing remembered from the run before.

    python benchmarks/own_cpu.py ../shared/data/articles/seed.txt

The answers are scripted (tests/seed_answers.py: seven facets, seven calls).
"""

from __future__ import annotations

import functools
import gc
import statistics
import sys
import time
from pathlib import Path

from briefgen import Article, BriefGenerator
from briefgen.testing import ScriptedModel

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import seed_answers

CACHE = type(functools.lru_cache(lambda: None))


def forget() -> None:
    """Empty every cache of briefgen that holds something of a text: its own, and those of its cues."""
    for found in gc.get_objects():
        if isinstance(found, CACHE) and (found.cache_info().maxsize or 0) >= 64:
            home = getattr(found, "__module__", None) or "briefgen"
            if home.startswith("briefgen"):
                found.cache_clear()


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    script = {facet: [answer] for facet, answer in seed_answers.GOOD.items()}
    model = ScriptedModel(script)
    generator = BriefGenerator(model)
    generator.generate(Article.from_text(text))
    taken = []
    for _ in range(15):
        forget()
        started = time.process_time()
        generator.generate(Article.from_text(text))
        taken.append((time.process_time() - started) * 1000)
    calls = len(model.history) // 16
    print(f"median {statistics.median(taken):.1f} ms, least {min(taken):.1f} ms, {calls} calls")


if __name__ == "__main__":
    main()
