"""The evaluator: briefs scored against gold.

    gold = read_gold("gold")
    evaluation = evaluate(gold, read_briefs("briefs", gold))
    evaluation.totals.facets["actors"].tally.f1

``gold`` and ``briefs`` read files; ``expected`` and ``found`` bring both to one shape (``entries``), with names
(``parties``), places (``destinations``) and quotations (``quotes``) made comparable; ``matching`` pairs them;
``scoring`` counts, ``critical`` and ``withholding`` judge; ``results`` is what comes out. ``table`` and ``page``
show it, ``comparison`` holds two evaluations against each other.
"""

from __future__ import annotations

from briefgen.evaluate.briefs import read_briefs
from briefgen.evaluate.comparison import Comparison, compare
from briefgen.evaluate.gold import GoldSet, read_gold
from briefgen.evaluate.results import Evaluation, Failed
from briefgen.evaluate.scoring import evaluate

__all__ = ["Comparison", "Evaluation", "Failed", "GoldSet", "compare", "evaluate", "read_briefs", "read_gold"]
