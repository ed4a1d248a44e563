"""BatchRunner: many articles, each to its end, with bounded work, memory and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.batch.admission import Limits
from briefgen.batch.crew import ThreadCrew
from briefgen.batch.desk import Desk
from briefgen.batch.estimate import Estimator
from briefgen.batch.options import BatchOptions
from briefgen.batch.processes import ProcessCrew
from briefgen.batch.ray_crew import RayCrew
from briefgen.batch.run import BatchRun
from briefgen.errors import UsageError
from briefgen.generator import BriefGenerator
from briefgen.prices import is_priced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefgen.batch.crew import Crew
    from briefgen.batch.reading import Input
    from briefgen.providers.base import LanguageModel
    from briefgen.store import Run


class BatchRunner:
    """Briefs many articles with one model.

    ``model``: a model, or a generator with prompts of its own and a second reader. ``store``: a run of a
    store, which keeps the briefs and knows what earlier runs did; its recipe must be that of the model.

    ``factory`` makes such a generator in each worker process, if the options ask for several; it must be
    picklable (a function of a module, or a ``functools.partial`` of one).

    Raises :class:`briefgen.errors.UsageError` for a budget in dollars where the model's price is not known.
    """

    def __init__(
        self,
        model: LanguageModel | BriefGenerator,
        options: BatchOptions | None = None,
        *,
        store: Run | None = None,
        factory: Callable[[], BriefGenerator] | None = None,
    ) -> None:
        self.generator = model if isinstance(model, BriefGenerator) else BriefGenerator(model)
        self.options = options or BatchOptions()
        self._desk = Desk(store, self.options)
        self._store = store
        self._factory = factory
        self._run: BatchRun | None = None
        if self.options.budgets.cost is not None and not is_priced(self.generator.model):
            raise UsageError(
                f"the price of {self.generator.model.name} is not known",
                hint="limit tokens or articles instead",
            )

    def known(self, label: str, fingerprint: bytes) -> bool:
        """For :class:`briefgen.sources.entries.ReadingOptions`: whether an input needs no parsing."""
        stopped = self._run is not None and self._run.stopped is not None
        return stopped or self._desk.settled(label, fingerprint)

    def run(self, inputs: Iterable[Input]) -> BatchRun:
        """Brief the inputs, as the outcomes are asked for. They come in the order in which they end.

        The iterator raises what reading the inputs raises, and :class:`briefgen.errors.StoreError`. Every
        other fault is the outcome of an input, or stops the run: see :attr:`BatchRun.stopped`.
        """
        via_batch = self.options.via == "batch-api"
        estimator = Estimator(self.generator.model, self.generator.prompts, half_price=via_batch)
        self._run = BatchRun(estimator, self.options, self._desk, self._crew(), inputs)
        return self._run

    def _crew(self) -> Crew:
        options = self.options
        limits = Limits(options.concurrency, options.rpm, options.tpm)
        if options.via == "batch-api":
            return self._batch_api_crew()
        if options.processes == 1 and options.engine == "local":
            return ThreadCrew(self.generator, limits, options.clock)
        if self._factory is None:
            raise UsageError(
                f"{options.processes} processes need a way to open the model in each", hint="give a factory"
            )
        if options.engine == "ray":
            return RayCrew(self._factory, limits, options.processes)
        loads = (type(self.generator.model).__module__,)
        return ProcessCrew(self._factory, limits, options.processes, loads=loads)

    def _batch_api_crew(self) -> Crew:
        from briefgen.batch.batch_api import BatchApiCrew  # noqa: PLC0415 - loads the SDK
        from briefgen.batch.chunks import Correspondence  # noqa: PLC0415
        from briefgen.providers.batch_endpoint import BatchEndpoint  # noqa: PLC0415
        from briefgen.providers.openai import OpenAIModel  # noqa: PLC0415

        model, clock = self.generator.model, self.options.clock
        if not isinstance(model, OpenAIModel):
            raise UsageError(f"{model.name} has no batch API", hint="use openai:<model>")
        if self._store is None:
            raise UsageError("a batch API needs a store", hint="what is on its way is kept there")
        if self.generator.check_with is not None:
            raise UsageError("a second reader cannot be asked by way of a batch API", hint="leave it out")
        endpoint = BatchEndpoint(model.settings)
        mail = Correspondence(self.generator, endpoint, self._store, clock)
        return BatchApiCrew(mail, endpoint, self.options.batch_api, clock)
