"""Run every kind of break over every subject, and print what the rules catch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import kinds_actors
import kinds_allegations
import kinds_answers
import kinds_certainty
import kinds_dates
import kinds_evidence
import kinds_figures
import kinds_lines
import kinds_motives
import kinds_plans
import kinds_positions
import kinds_questions
import kinds_sources
import kinds_speech
import kinds_status
import kinds_timing
import kinds_visits
import kinds_words
from breaks import Kind, Mutant, found_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from subjects import Subject

FAMILIES = {
    "evidence": kinds_evidence.KINDS,
    "visits": (*kinds_visits.KINDS, *kinds_sources.KINDS),
    "status": kinds_status.KINDS,
    "timing": (*kinds_timing.KINDS, *kinds_dates.KINDS),
    "motives": kinds_motives.KINDS,
    "positions": kinds_positions.KINDS,
    "allegations": (*kinds_allegations.KINDS, *kinds_answers.KINDS),
    "actors": kinds_actors.KINDS,
    "questions": kinds_questions.KINDS,
    "words": kinds_words.KINDS,
    "figures": kinds_figures.KINDS,
    "certainty": kinds_certainty.KINDS,
    "plans": kinds_plans.KINDS,
    "speech": kinds_speech.KINDS,
    "lines": kinds_lines.KINDS,
}
ALL_KINDS: tuple[Kind, ...] = tuple(kind for kinds in FAMILIES.values() for kind in kinds)


@dataclass(frozen=True)
class Trial:
    """One mutant and what it woke: facet and code of each finding that the unbroken brief does not have."""

    kind: Kind
    subject: Subject
    mutant: Mutant
    found: frozenset[tuple[str, str]]

    @property
    def here(self) -> frozenset[str]:
        """Codes found in the facets where the break must be seen."""
        wanted = self.mutant.facets
        return frozenset(code for facet, code in self.found if not wanted or facet in wanted)

    def facets_of(self, code: str) -> frozenset[str]:
        """Facets in which a code was found."""
        return frozenset(facet for facet, found in self.found if found == code)

    @property
    def intended(self) -> bool:
        """Caught by a rule that the kind is meant for, where it was broken."""
        return bool(self.here & self.kind.codes)

    @property
    def caught(self) -> bool:
        """Caught by any rule, anywhere."""
        return bool(self.found)


def judged(kind: Kind, subject: Subject, mutant: Mutant) -> Trial:
    """Audit one mutant."""
    return Trial(kind, subject, mutant, frozenset(found_in(mutant, subject)))


def trials(subjects: Iterable[Subject], *, most: int) -> Iterator[Trial]:
    """Try ``most`` mutants of each kind on each subject."""
    for subject in subjects:
        for kind in ALL_KINDS:
            for mutant in kind.mutants(subject, most):
                yield judged(kind, subject, mutant)


def by_kind(made: Iterable[Trial]) -> dict[Kind, list[Trial]]:
    found: dict[Kind, list[Trial]] = defaultdict(list)
    for trial in made:
        found[trial.kind].append(trial)
    return found


def report(made: list[Trial]) -> Iterator[str]:
    """The table, a line a kind: applied, articles, caught by the intended rule, by any, missed."""
    grouped = by_kind(made)
    yield f"{'kind of break':74} {'intended':24} {'n':>4} {'art':>4} {'rule':>5} {'any':>5} {'miss':>5}"
    for family, kinds in FAMILIES.items():
        yield f"-- {family}"
        for kind in kinds:
            rows = grouped.get(kind, [])
            intended = sum(trial.intended for trial in rows)
            caught = sum(trial.caught for trial in rows)
            articles = len({trial.subject.id for trial in rows})
            codes = " ".join(sorted(kind.codes))
            yield f"{kind.name:74} {codes:24} {len(rows):4} {articles:4} {intended:5} {caught:5} {len(rows) - caught:5}"
    total, intended, caught = len(made), sum(t.intended for t in made), sum(t.caught for t in made)
    articles = len({trial.subject.id for trial in made})
    yield (
        f"{total} broken briefs of {len(grouped)} kinds over {articles} articles: "
        f"caught by the intended rule {intended / total:.1%}, by any rule {caught / total:.1%}, missed {total - caught}"
    )
