"""The written-out shapes of known results are those of the results as they are."""

from __future__ import annotations

from errata.judging.result_shapes import computed, shapes
from errata.meaning.results.catalogue import RESULTS

WRITTEN = {shape for found in shapes().values() for shape in found}


def test_they_are_written_out_anew_when_results_change() -> None:
    assert set(computed(RESULTS)) == WRITTEN, "python -m errata.judging.result_shapes"
    assert len(WRITTEN) > 200


def test_a_result_that_is_not_written_out_is_noticed() -> None:
    first = next(r for r in RESULTS if any(s.result == r.name for s in WRITTEN))
    assert set(computed([r for r in RESULTS if r is not first])) != WRITTEN
