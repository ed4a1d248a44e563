"""Break verified briefs in every way the catalogue of rules names, and print what the rules catch.

    python benchmarks/mutations.py [--most N] [--missed]

Every kind of break on every article of ``fixtures/`` and, where it stands beside the checkout, of ``../shared``:
``--most`` mutants of each (default 2). ``--missed`` lists what no rule saw.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "mutations")]

from subjects import all_subjects  # noqa: E402
from table import report, trials  # noqa: E402


def main() -> None:
    parser = ArgumentParser(description="what the rules catch of briefs broken on purpose")
    parser.add_argument("--most", type=int, default=2, help="mutants of each kind and article")
    parser.add_argument("--missed", action="store_true", help="list what no rule saw")
    options = parser.parse_args()
    subjects = all_subjects()
    made = list(trials(subjects, most=options.most))
    print("\n".join(report(made)))
    clean = [(subject.id, found) for subject in subjects for found in sorted(subject.audited())]
    print(f"findings on the {len(subjects)} unbroken briefs: {clean or 'none'}")
    for trial in made if options.missed else ():
        if not trial.caught:
            print(f"missed: {trial.kind.name} | {trial.subject.id} | {trial.mutant.shown}")


if __name__ == "__main__":
    main()
