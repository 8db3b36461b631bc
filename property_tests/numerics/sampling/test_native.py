"""The compiled loops draw the samples of the streams and sum what the plain way sums, in both precisions."""

from __future__ import annotations

import pytest
import sympy as sp
import torch

from claims.laws import Exponential
from claims.notation import Density, Normal
from claims.records import replace
from numerics.sampling import averages, fused, native
from numerics.sampling.averages import FLOAT32, average
from numerics.sampling.engine import summed
from numerics.sampling.moments import moments_of
from numerics.sampling.streams import Stream

x = sp.Symbol("x", real=True)
P, Q = Normal(0, 1), Normal(1, 4)
INTEGRANDS = {
    "log ratio": sp.log(Density(P, x) / Density(Q, x)),
    "many functions": sp.exp(x / 5) * sp.sin(x) / (2 + sp.Abs(x)) ** 3 + sp.sqrt(1 + x**2) - sp.log(3 + sp.cos(x)),
    "powers": (1 + x**2) ** -3 + x**7 / 100 + (2 + x**2) ** sp.Rational(1, 3),
}
COUNT = 2**14
compiled = pytest.mark.skipif(native.compiler() is None, reason="no C compiler: the compiled loop can't be built")


def of(name: str, precision: str = "float64"):
    return average(name, INTEGRANDS[name], {x: Normal(sp.Rational(1, 3), 2)}, precision=precision)


@compiled
@pytest.mark.parametrize("name", INTEGRANDS)
def test_the_loop_agrees_with_the_plain_way_to_a_stated_rounding(name, monkeypatch):
    """Sums of 2¹⁴ terms in another order, and normals that differ by their rounding: 1e-12 of the deviation."""
    monkeypatch.setattr(averages, "FUSED_LEAF", COUNT)
    plain, n = of(name), 3 * COUNT + 5
    fast, slow = summed(replace(plain, fused=True), n), summed(plain, n)
    assert plain.can_be_fused
    assert fast.n == slow.n
    assert fast != slow  # it is another way
    assert abs(fast.mean - slow.mean) < 1e-12 * (1 + slow.deviation)
    assert abs(fast.deviation - slow.deviation) < 1e-12 * (1 + slow.deviation)
    assert summed(replace(plain, fused=True), n, chunk=1) == fast


@compiled
@pytest.mark.parametrize("name", ["log ratio", "powers"])
def test_the_loop_in_float32_stays_within_the_bound_of_its_rounding(name):
    single, double = of(name, FLOAT32), of(name)
    fast = native.native_leaf(single.integrand, Stream(name), *single.normal, 0.4, 0, COUNT, True)
    off = abs(fast.mean - moments_of(double.values(0, COUNT)).mean)
    assert 0 < off < float(single.rounding(0, COUNT).mean())


@compiled
def test_the_loop_draws_pairs_beyond_the_first_word_of_the_counter():
    start = 2 * (2**32 - 256)
    stream = Stream("far")
    total = native.generated_leaf(stream, start, 1024)
    assert abs(total - float(stream.normals(start, 1024).sum())) < 1e-10
    assert abs(total - float(stream.normals(0, 1024).sum())) > 1
    with pytest.raises(ValueError, match="divisible by 512"):
        native.generated_leaf(stream, 100, 1024)


def test_what_has_no_function_of_c_is_left_to_torch():
    assert native.in_c(average("g", sp.loggamma(3 + sp.Abs(x)), {x: P}).integrand.tree) is None
    assert not average("g", sp.loggamma(3 + sp.Abs(x)), {x: P}).can_be_fused
    assert not average("e", x, {x: Exponential(1)}).can_be_fused


def test_a_machine_without_a_compiler_gives_the_same_to_a_rounding(monkeypatch):
    monkeypatch.setattr(averages, "FUSED_LEAF", COUNT)
    monkeypatch.setattr(averages, "native_leaf", lambda *_: None)
    plain = of("log ratio")
    assert abs(summed(replace(plain, fused=True), COUNT).mean - summed(plain, COUNT).mean) < 1e-12


@pytest.mark.parametrize("single", [False, True])
def test_the_kernel_for_a_graphics_processor_is_the_stream_before_it_is_compiled(single):
    """Run as it stands, on this machine's processor."""
    wanted = of("log ratio", FLOAT32 if single else "float64")
    start, count = 2**34, 4096
    real = torch.float32 if single else torch.float64
    given = torch.tensor([*wanted.integrand.constants, *wanted.normal, 0.25], dtype=real)
    where = fused.where(Stream("log ratio"), start // 2)
    first, second = fused.summing(wanted.integrand.tree, count, single)(*where, given)
    away = wanted.values(start, count) - 0.25
    slack = float(wanted.rounding(start, count).sum()) if single else 1e-9
    assert first.dtype == second.dtype == torch.float64
    assert abs(float(first - away.sum())) < slack
    assert abs(float(second - away.square().sum())) < 50 * slack
    (total,) = fused.summing(("x", 0), count, single, plain=True)(*where, given[:0])
    z = Stream("log ratio").normals(start, count)
    assert abs(float(total - z.sum())) < (1e-3 if single else 1e-9)
    assert not fused.can_be_fused("cpu")
