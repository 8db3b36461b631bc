"""Operations and laws that are written without SciPy, which is slow to import, held against SciPy's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import special, stats

from errata.worlds import operations as on
from errata.worlds.experiments import nodes_of

HOUSE = Path(__file__).parents[2]


def same(one: object, other: object) -> bool:
    return bool(np.allclose(one, other, rtol=1e-9, atol=1e-300, equal_nan=True))


@pytest.mark.parametrize("p", [0.001, 0.3, 0.999])
@pytest.mark.parametrize("trials", [1, 9, 29])
def test_binomial_weights(trials: int, p: float) -> None:
    values, weights = nodes_of("binomial", (float(trials), p), 1)
    assert same(values, np.arange(trials + 1)) and same(weights, stats.binom.pmf(values, trials, p))
    assert not same(weights, stats.binom.pmf(values, trials, p * 0.99))


@pytest.mark.parametrize("rate", [0.001, 2.5, 11.9])
def test_poisson_weights(rate: float) -> None:
    values, weights = nodes_of("poisson", (rate,), 1)
    assert same(weights, stats.poisson.pmf(values, rate)) and not same(weights, stats.poisson.pmf(values, rate * 1.01))


@pytest.mark.parametrize("array", [[[-800.0], [3.0], [2.0], [700.0]], [[1.0, 2.0], [-3.0, 5.0]], [[0.0]]])
def test_softmax_and_its_logarithm(array: list[list[float]]) -> None:
    values = np.asarray(array)
    assert same(on.softmax(values), special.softmax(values, axis=0 if values.shape[1] == 1 else 1))
    assert same(on.log_sum_exp(values), special.logsumexp(values))


def test_the_sigmoid_keeps_its_digits_far_out() -> None:
    x = np.linspace(-700, 700, 201)
    assert same(on.ENTRYWISE["sigmoid"](x), special.expit(x))


@pytest.mark.parametrize(
    ("n", "k"), [(5, 2), (0, 0), (5, 6), (5, -1), (5.5, 2), (5, 1.638), (0.3, 0.2), (-3, 2), (999, 500), (2000, 1000)]
)
def test_binomial_coefficients(n: float, k: float) -> None:
    assert same(on.binomial(n, k), special.binom(n, k))


def test_a_page_with_laws_and_a_sigmoid_is_judged_without_scipy() -> None:
    script = (
        "import sys\n"
        "from errata.checking.examine import examine\n"
        "from errata.checking.options import Options\n"
        "from errata.reading.sources import read_document\n"
        "examine(read_document('docs/sample/likelihood.md'), Options())\n"
        "print([m for m in ('numpy', 'scipy', 'torch', 'rich') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert ran.stdout == "['numpy']\n"
