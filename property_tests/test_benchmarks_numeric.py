"""The numeric benchmarks count and compare what they say. Nothing here is timed: rates are only there."""

from __future__ import annotations

import pytest

from benchmarks import balls, coverage, monte_carlo


def test_the_rows_of_the_balls_agree_with_mpmath_before_they_are_timed(monkeypatch):
    rows = balls.measured(3)
    assert {row.name for row in rows} >= {"kl_normal_eq", "kl_normal_std_eq"}
    assert balls.of_balls(rows).count("\n") == 5
    monkeypatch.setattr(balls, "DIGITS", 20)
    with pytest.raises(RuntimeError, match="doesn't hold"):
        balls.measured(3)


def test_every_way_of_sampling_comes_near_the_closed_form(monkeypatch):
    monkeypatch.setattr(monte_carlo, "compiler", lambda: None)
    rates = monte_carlo.measured(2**17, 1)
    assert [rate.name for rate in rates] == list(monte_carlo.ways())
    assert "| torch.distributions |" in monte_carlo.of_rates(rates)
    monkeypatch.setattr(monte_carlo, "EXACT", monte_carlo.EXACT + 0.1)
    with pytest.raises(RuntimeError, match="the closed form"):
        monte_carlo.measured(2**17, 1)


def test_the_tables_of_coverage_count_misses():
    sequences = {(row.name.split(",")[0], row.law): row for row in coverage.sequences(100, 500, 0.05)}
    assert sequences["fixed-n interval", "Exp(1)"].hits > 20 > sequences["empirical Bernstein", "Beta(2, 5)"].hits
    small = coverage.small_alpha(2000, 1e-3)
    assert [row.hits > 10 for row in small] == [True, False, True, False]
    rows = coverage.size_and_power(40)
    assert len(rows) == 12
    assert all(row.hits <= 5 for row in rows if row.promised != "nothing")
    assert all(row.hits > 10 for row in rows if row.promised == "nothing")
    tails = coverage.refusals(3, 20_000)
    assert [row.hits for row in tails] == [3 * int(row.promised) for row in tails]
    assert coverage.of_counts(rows).count("\n") == 13
