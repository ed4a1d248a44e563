"""Articles that go through a batch API together: what they need to ask, and what was answered.

What a chunk is about to submit is in the store before it is, with a token that the batch carries, so that
nothing is submitted twice: after a crash the batch is looked for by its token, and its answers are read again.
"""

from __future__ import annotations

import json
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.batch.crew import Answered
from briefgen.batch.prepared import PreparedModel, Reply
from briefgen.errors import BriefgenError, ModelError, ModelUnavailable
from briefgen.generator import BriefGenerator
from briefgen.providers.batch_endpoint import failure_of
from briefgen.providers.retrying import NEVER
from briefgen.providers.statuses import error_in_success
from briefgen.store import AnswerRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from briefgen.batch.crew import Task
    from briefgen.batch.options import BatchClock
    from briefgen.providers.batch_endpoint import BatchEndpoint, RemoteBatch
    from briefgen.providers.openai import OpenAIModel
    from briefgen.store import Run

PREFIX = "batch-api/"
"""Of the keys under which the store remembers chunks."""
_TRIES = 3
"""Batches that one request may be part of."""
_CREATIONS = 3
_KEPT_DAYS = 30
"""Servers delete the answers after so many days."""
_FULL = {"token_limit_exceeded", "rate_limit_exceeded"}
"""The server takes no more for now: what is on its way there must be done first."""


@dataclass
class Submission:
    """One batch of a chunk. Without ``batch`` nobody knows whether it was made."""

    token: str
    batch: str = ""
    read: bool = False
    """In this process: another one reads the answers again."""


@dataclass
class Chunk:
    """``members``: ids of its articles that the store does not have; ``tasks``: those of them that this run has to
    bring to an end, by id. ``made``: on which day since 1970.
    """

    key: str
    members: set[str]
    made: int
    submissions: list[Submission] = field(default_factory=list)
    tasks: dict[str, Task] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    missing: dict[str, dict[str, Any]] = field(default_factory=dict)
    look_at: float = float("-inf")
    """When there is something to do about it."""
    looks: int = 0
    """How often the answers were not there yet."""
    failures: int = 0
    """How often in a row the server could not be asked."""


class Correspondence:
    """Chunks to the server and back. One thread's business; raises :class:`briefgen.errors.BriefgenError`."""

    def __init__(
        self, generator: BriefGenerator, endpoint: BatchEndpoint, run: Run, clock: BatchClock
    ) -> None:
        self._clock = clock
        self._model: OpenAIModel = generator.model  # type: ignore[assignment]  # checked by the runner
        self._prepared = PreparedModel(self._model)
        self._recorder = AnswerRecorder(self._prepared)
        self._generator = BriefGenerator(self._recorder, prompts=generator.prompts)
        self._endpoint = endpoint
        self._run = run

    def remembered(self) -> Iterator[Chunk]:
        """The chunks that earlier runs left on their way. The oldest are forgotten, as servers do."""
        for key, value in self._run.remembered(PREFIX).items():
            if self._today() - value["made"] > _KEPT_DAYS:
                self._run.forget(key)
                continue
            submissions = [Submission(**each) for each in value["submissions"]]
            yield Chunk(key, set(value["members"]), value["made"], submissions)

    def begin(self, tasks: list[Task]) -> Chunk:
        """Make a chunk of these tasks."""
        by_id = {task.article.id: task for task in tasks}
        return Chunk(f"{PREFIX}{secrets.token_hex(8)}", set(by_id), self._today(), tasks=by_id)

    def kept(self, chunk: Chunk, article_id: str) -> None:
        """The store has the end of this article: its answers are not needed any more."""
        chunk.members.discard(article_id)
        if not chunk.members:
            self._run.forget(chunk.key)

    def _today(self) -> int:
        return int(self._clock.wall() // 86_400)

    # -- judging ------------------------------------------------------------------------------------------

    def judge(self, chunk: Chunk) -> Iterator[Answered]:
        """Bring to an end what can be; the rest is what ``missing`` is asked for."""
        chunk.missing = {}
        self._prepared.replies = chunk.replies
        for name, task in list(chunk.tasks.items()):
            self._prepared.missing = {}
            answered = self._try(task)
            if not self._prepared.missing:
                del chunk.tasks[name]
                yield answered
            chunk.missing |= self._prepared.missing

    def _try(self, task: Task) -> Answered:
        with self._recorder.taking_down() as answers:
            try:
                return Answered(task.number, self._generator.generate(task.article), None, tuple(answers))
            except BriefgenError as error:
                return Answered(task.number, None, error, tuple(answers))

    # -- there --------------------------------------------------------------------------------------------

    def submit(self, chunk: Chunk, wait: Callable[[float], None]) -> None:
        """Ask for what is missing, in a batch of its own. ``wait(seconds)`` between two tries to make it."""
        with tempfile.TemporaryDirectory(prefix="briefgen-") as folder:
            path = Path(folder) / "requests.jsonl"
            path.touch(mode=0o600)
            with path.open("w", encoding="utf-8") as file:
                for name, body in chunk.missing.items():
                    line = {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body}
                    file.write(json.dumps(line) + "\n")
            uploaded = self._endpoint.upload(path)
        submission = Submission(secrets.token_hex(16))
        chunk.submissions.append(submission)
        self._remember(chunk)
        submission.batch = self._create(uploaded, submission.token, wait)
        self._remember(chunk)
        for name in chunk.missing:
            chunk.replies.setdefault(name, Reply()).tries += 1

    def _create(self, uploaded: str, token: str, wait: Callable[[float], None]) -> str:
        """Make the batch; after a failure look whether it was made all the same, before it is tried again."""
        for attempt in range(_CREATIONS):
            try:
                return self._endpoint.create(uploaded, token).id
            except ModelUnavailable as error:
                wait(2.0 * 2**attempt)
                found = self._endpoint.find(token)
                if found is not None:
                    return found.id
                last = error
        raise last

    def _remember(self, chunk: Chunk) -> None:
        submissions = [{"token": each.token, "batch": each.batch} for each in chunk.submissions]
        kept = {"members": sorted(chunk.members), "made": chunk.made, "submissions": submissions}
        self._run.remember(chunk.key, kept)

    # -- and back -----------------------------------------------------------------------------------------

    def look(self, chunk: Chunk) -> bool:
        """Read the answers of the batch on its way, if the server is done with it; return whether it is.

        ``False`` too while the server has no room for it: it is submitted again later.
        """
        for submission in chunk.submissions:
            if not submission.batch:
                found = self._endpoint.find(submission.token)
                submission.batch = found.id if found else ""
        chunk.submissions = [each for each in chunk.submissions if each.batch]
        for submission in chunk.submissions:
            if submission.read:
                continue
            batch = self._endpoint.get(submission.batch)
            if not batch.over:
                return False
            if batch.status == "failed" and {code for code, _ in batch.errors} & _FULL:
                self._withdraw(chunk, submission)
                return False
            self._read(chunk, batch)
            submission.read = True
        return True

    def _withdraw(self, chunk: Chunk, submission: Submission) -> None:
        """The server had no room for a batch: it is as if it had never been submitted."""
        chunk.submissions.remove(submission)
        self._remember(chunk)
        for name in chunk.missing:
            chunk.replies[name].tries -= 1

    def _read(self, chunk: Chunk, batch: RemoteBatch) -> None:
        if batch.status == "failed" and batch.errors:
            code, message = batch.errors[0]
            raise error_in_success({"code": code, "message": message}, self._model.settings, 0.0).error
        for file in batch.files:
            for line in self._endpoint.lines(file):
                name = line.get("custom_id")
                if isinstance(name, str):
                    self._take(chunk.replies.setdefault(name, Reply(tries=1)), line)
        for reply in chunk.replies.values():
            if reply.envelope is None and reply.error is None and reply.tries >= _TRIES:
                reply.error = ModelUnavailable(f"the batch API gave no answer in {_TRIES} batches")

    def _take(self, reply: Reply, line: Mapping[str, Any]) -> None:
        failure = failure_of(line, self._model.settings)
        if failure is None:
            reply.envelope = line["response"].get("body") or {}
        elif failure.attempts == NEVER and isinstance(failure.error, ModelError):
            reply.error = failure.error
