"""RecordedModel: a model's answers kept in a folder, so that tests replay them without a key or weights.

The folder holds ``model.json`` (name and profile of the model) and a JSON Lines file per article, a line per
request. Prompts are not stored, only their hashes; and no stretch of an article is: see :mod:`briefgen.excerpts`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from briefgen import errors
from briefgen.errors import ConfigurationError, ModelError, Usage
from briefgen.excerpts import cut, restored
from briefgen.providers.base import Completion, ModelProfile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from briefgen.providers.base import LanguageModel, Prompt

T = TypeVar("T", bound=BaseModel)
Entry = dict[str, Any]

_META = "model.json"
_FENCE = re.compile(r"<([0-9a-f]{16})>\n")


class NotRecorded(ConfigurationError):
    """The folder has no answer to this request. No model error: it must not pass for a facet that failed."""

    code = "not_recorded"


class RecordedModel:
    """Answers from ``folder`` what is recorded there; asks ``model`` for the rest, and records its answers.

    Without ``model`` nothing is asked: what is not recorded raises :class:`NotRecorded`. Errors that the same
    request would meet again (a refusal, an answer that does not fit) are recorded and raised like answers.
    ``asked`` counts the requests that went to ``model``. Safe to call from many threads at once; two processes
    must not record into one folder.

    Raises :class:`ConfigurationError` for a folder without recordings, or of another model than ``model``.
    """

    def __init__(self, folder: Path, model: LanguageModel | None = None) -> None:
        self._folder = folder
        self._model = model
        self._lock = threading.Lock()
        self._entries: dict[str, dict[str, Entry]] = {}
        self._used: dict[str, set[str]] = {}
        self.asked = 0
        self.name, self.profile = _known_model(folder, model)

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Answer as recorded, usage included. See :class:`briefgen.providers.base.LanguageModel`."""
        key = self._key(prompt, output_type, schema)
        group = _group(prompt)
        with self._lock:
            entry = self._file(group).get(key)
            self._used.setdefault(group, set()).add(key)
        if entry is None:
            entry = self._record(prompt, output_type, schema, key=key)
        usage = Usage(**entry["usage"])
        if "error" in entry:
            raise _error(entry["error"], usage)
        text = json.dumps(restored(entry["output"], prompt.user))
        output = output_type.model_validate_json(text, strict=True)
        return Completion(output, usage, entry["answered_by"], tuple(entry["warnings"]))

    def prune(self) -> int:
        """Drop what this object was not asked, of the articles it was asked about; return how much it was."""
        dropped = 0
        with self._lock:
            for group, used in self._used.items():
                known = self._file(group)
                stale = known.keys() - used
                dropped += len(stale)
                for key in stale:
                    del known[key]
                if stale:
                    self._save(group)
        return dropped

    def close(self) -> None:
        if self._model is not None:
            self._model.close()

    def _key(self, prompt: Prompt, output_type: type[T], schema: Mapping[str, Any] | None) -> str:
        """SHA-256 of everything that an answer hangs on."""
        parts = [self.name, prompt.facet, prompt.system, prompt.user, output_type.model_json_schema(), schema]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _record(
        self, prompt: Prompt, output_type: type[T], schema: Mapping[str, Any] | None, *, key: str
    ) -> Entry:
        if self._model is None:
            raise NotRecorded(
                f"this request ({prompt.facet}) to {self.name} is not recorded in {self._folder.name}",
                hint="the article, a prompt or a schema changed: record again with benchmarks/record.py",
            )
        entry: Entry = {"facet": prompt.facet, "key": key}
        try:
            completion = self._model.complete(prompt, output_type, schema=schema)
        except ModelError as error:
            if error.retryable or error.ends_run:
                raise
            entry["error"] = {"type": type(error).__name__, "code": error.code, "message": error.message}
            usage = error.usage
        else:
            entry["output"] = cut(completion.output.model_dump(mode="json"), prompt.user)
            entry["answered_by"] = completion.answered_by
            entry["warnings"] = list(completion.warnings)
            usage = completion.usage
        entry["usage"] = {**dataclasses.asdict(usage), "seconds": round(usage.seconds, 2)}
        with self._lock:
            self.asked += 1
            self._file(_group(prompt))[key] = entry
            self._save(_group(prompt))
        return entry

    def _path(self, group: str) -> Path:
        return self._folder / f"{group}.jsonl"

    def _file(self, group: str) -> dict[str, Entry]:
        """The entries of one article, by key; read when first needed. Call it with the lock held."""
        if group not in self._entries:
            path = self._path(group)
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            entries = [json.loads(line) for line in text.split("\n") if line]
            self._entries[group] = {entry["key"]: entry for entry in entries}
        return self._entries[group]

    def _save(self, group: str) -> None:
        """Write an article's file in one step, in an order that does not hang on when each line came."""
        entries = sorted(self._entries[group].values(), key=lambda entry: (entry["facet"], entry["key"]))
        _write(self._path(group), "".join(f"{json.dumps(e, ensure_ascii=False)}\n" for e in entries))


def _group(prompt: Prompt) -> str:
    """What tells articles apart: the fence of a prompt, which is a hash of the article."""
    fence = _FENCE.search(prompt.user)
    return fence[1] if fence else "other"


def _known_model(folder: Path, model: LanguageModel | None) -> tuple[str, ModelProfile]:
    """Name and profile of the model whose answers the folder holds; noted there when first recorded."""
    path = folder / _META
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    if model is None:
        if known is None:
            raise ConfigurationError(
                f"there are no recordings in {str(folder)!r}", hint="make them with benchmarks/record.py"
            )
        return known["name"], ModelProfile(**known["profile"])
    if known is not None and known["name"] != model.name:
        raise ConfigurationError(
            f"{str(folder)!r} holds recordings of {known['name']}, not of {model.name}",
            hint="a folder for each model",
        )
    folder.mkdir(parents=True, exist_ok=True)
    meta = {"name": model.name, "profile": dataclasses.asdict(model.profile)}
    if meta != known:
        _write(path, json.dumps(meta, indent=2) + "\n")
    return model.name, model.profile


def _write(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(path)


def _error(recorded: Mapping[str, str], usage: Usage) -> ModelError:
    kind = getattr(errors, recorded["type"])
    error: ModelError = kind(recorded["message"], code=recorded["code"], usage=usage)
    return error
