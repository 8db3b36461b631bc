"""float32 beside float64, sample by sample: they agree within the bound, and a bound with a mistake is caught."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
import sympy as sp
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import laws
from claims.notation import KL, Density, Expectation, Normal
from numerics.balls import Undetermined
from numerics.sampling import rounding, single
from numerics.sampling.averages import FLOAT32, LEAF, average
from numerics.sampling.estimates import Sampling, rounding_of, sampled
from numerics.sampling.rounding import Rounded
from numerics.sampling.streams import Stream

x, y = sp.symbols("x y", real=True)
P, Q = Normal(0, 1), Normal(1, 4)
CASES = {
    "log ratio": (sp.log(Density(P, x) / Density(Q, x)), {x: P}),
    "cube": (x**3, {x: Normal(1, 2)}),
    "surprise": (x * sp.log(x), {x: laws.Exponential(2)}),
    "nested": (sp.sin(x * y) / (1 + y**2), {x: laws.Exponential(1), y: Normal(x, 1)}),
    "logistic": (sp.tanh(x), {x: laws.Logistic(0, 1)}),
    "root": (sp.sqrt(x), {x: laws.Weibull(2, 3)}),
    "bell": (sp.erf(x), {x: laws.Rayleigh(3)}),
    "square of a log": (sp.log(x) ** 2, {x: laws.LogNormal(0, 1)}),
    "quotient": (1 / (1 + x), {x: laws.Uniform(0, 1)}),
}
N = 2**12


def worst(name: str) -> float:
    """The largest difference between the precisions, in bounds of its sample."""
    integrand, drawn = CASES[name]
    low = average(name, integrand, drawn, precision=FLOAT32)
    apart = (low.values(0, N) - average(name, integrand, drawn).values(0, N)).abs()
    return float((apart / low.rounding(0, N)).max())


@pytest.mark.parametrize("name", CASES)
def test_every_sample_differs_by_its_bound_at_the_most(name):
    assert 0 < worst(name) < 1


def test_a_mean_in_float32_carries_the_rounding_in_its_interval():
    integrand, drawn = CASES["cube"]
    low = average("cube", integrand, drawn, precision=FLOAT32)
    within = rounding_of(low, 1e-9)
    assert 1e-6 < within < 1e-3
    wide = sampled(Expectation(x**3, x, Normal(1, 2)), "cube", Sampling(samples=LEAF, precision=FLOAT32))
    narrow = sampled(Expectation(x**3, x, Normal(1, 2)), "cube", Sampling(samples=LEAF))
    assert wide.contains(7)
    assert abs(float(wide.mid() - narrow.mid())) < within
    assert float(wide.rad()) > float(narrow.rad()) + within


def test_a_constant_offset_that_float32_cannot_hold_is_in_the_bound():
    """10⁸ + x − 10⁸ in float32 has lost x: so says the bound, and so does the interval."""
    far = Normal(10**8, 1)
    low = average("far", x - 10**8, {x: far}, precision=FLOAT32)
    off = (low.values(0, N) - average("far", x - 10**8, {x: far}).values(0, N)).abs()
    assert float(off.mean()) > 0.1
    assert bool((off <= low.rounding(0, N)).all())
    thousand = Expectation((x - 1000) ** 2, x, Normal(1000, 1))
    ball = sampled(thousand, "far", Sampling(samples=LEAF, precision=FLOAT32))
    assert ball.contains(1)
    assert float(ball.rad() - sampled(thousand, "far", Sampling(samples=LEAF)).rad()) > 1e-4


# Planted mistakes in the bound.

MISTAKES: Mapping[str, Callable[[pytest.MonkeyPatch], None]] = {
    "a unit a hundred times too small": lambda m: (
        [m.setattr(rounding, name, getattr(rounding, name) / 100) for name in ("UNIT", "QUOTIENT", "FUNCTION")]
        and m.setattr(single, "UNIT", single.UNIT / 100)
    ),
    "the draw is taken to be exact": lambda m: m.setattr(
        Rounded, "__getitem__", lambda self, at: Rounded(self.value[at], 0 * self.error[at])
    ),
    "a product carries nothing": lambda m: m.setattr(
        rounding, "mul", lambda a, b: rounding._made(*_product(*rounding._both(a, b)), rounding.UNIT)
    ),
}


def _product(a: Rounded, b: Rounded):
    return a.value * b.value, torch.zeros_like(a.error)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_bound_is_caught(mistake, monkeypatch):
    MISTAKES[mistake](monkeypatch)
    assert max(worst(name) for name in ("log ratio", "cube", "nested")) > 1


# The rules one by one, against float64.

FUNCTIONS: Mapping[str, tuple[Callable[..., torch.Tensor], float, float]] = {
    "exp": (torch.exp, -20, 20), "log": (torch.log, 1e-3, 50), "log1p": (torch.log1p, -0.9, 50),
    "sqrt": (torch.sqrt, 0.5, 50), "sin": (torch.sin, -30, 30), "cos": (torch.cos, -30, 30),
    "tanh": (torch.tanh, -5, 5), "atan": (torch.atan, -9, 9), "erf": (torch.erf, -4, 4), "erfc": (torch.erfc, -4, 4),
    "sigmoid": (torch.sigmoid, -9, 9), "sinh": (torch.sinh, -9, 9), "cosh": (torch.cosh, -9, 9),
    "square": (lambda t: t**2, -50, 50), "power": (lambda t: torch.pow(t, 1.7), 0.1, 20),
    "reciprocal": (lambda t: 3 / t, 0.1, 50), "affine": (lambda t: 2.3 - 0.7 * t, -50, 50),
}  # fmt: skip


@settings(max_examples=30)
@given(st.data())
@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_rule_holds_for_every_number_within_the_error_of_its_argument(name, data):
    function, low, high = FUNCTIONS[name]
    value = torch.tensor([data.draw(st.floats(low, high))], dtype=torch.float32)
    error = float(value.abs()) * data.draw(st.sampled_from([0.0, 1e-7, 1e-3, 0.02]))
    found = function(Rounded(value, torch.tensor([error], dtype=torch.float64)))
    for side in (-1.0, -0.3, 0.0, 0.8, 1.0):
        exact = function(value.double() + side * error)
        assert float((found.value.double() - exact).abs()) <= float(found.error) * (1 + 1e-12)


def test_what_has_no_stated_rounding_is_refused():
    for law, integrand in ((laws.Laplace(0, 1), x), (laws.Gamma(2, 1), x), (P, sp.floor(x)), (P, sp.loggamma(x**2))):
        with pytest.raises(TypeError, match=r"no stated rounding|without a bound|not supported"):
            average("refused", integrand, {x: law}, precision=FLOAT32)
    with pytest.raises(TypeError, match="without a bound"):
        rounding.add(Rounded(torch.ones(1), torch.zeros(1)), torch.ones(1))
    with pytest.raises(Undetermined, match=r"tail|finite"):
        sampled(KL(P, Q) + Expectation(1 / x, x, P), "pole", Sampling(samples=LEAF, precision=FLOAT32))


def test_the_stream_in_float32_is_the_stream_rounded():
    low, high = single.Single("s"), Stream("s")
    assert torch.allclose(low.uniforms(3, 99, 5).double(), high.uniforms(3, 99, 5), rtol=3e-7, atol=0)
    assert torch.allclose(low.normals(3, 99).double(), high.normals(3, 99), rtol=0, atol=5e-6)
    assert torch.equal(low.normals(3, 99)[7:], low.normals(10, 92))
