"""How a property compares: equality within a tolerance, order, and samples against a law at a stated false-alarm rate.

Every stochastic comparison has the false-alarm probability ALPHA = 1e-9: of means by their normal law, of frequencies
by Bernstein's inequality. A property states how many samples it takes, enough for its planted mistake to lie well
beyond the bound.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Outcome
from numerics.specifications.draws import Draw

ALPHA = 1e-9
Z = 6.11  # two-sided normal quantile of ALPHA
EXACT = 1e-10


def equal(left: Tensor | float, right: Tensor | float, allowed: float = EXACT, detail: str = "") -> Outcome:
    """Largest |left − right|, where infinities of one sign are equal. Shapes must broadcast; NaN never passes."""
    a, b = torch.as_tensor(left, dtype=torch.float64), torch.as_tensor(right, dtype=torch.float64)
    b = b.to(a.device)
    gap = torch.where(a == b, torch.zeros_like(a + b), (a - b).abs())
    return Outcome(_largest(gap), allowed, detail)


def close(left: Tensor | float, right: Tensor | float, relative: float = 1e-9, detail: str = "") -> Outcome:
    """Largest |left − right| over max(1, |right|)."""
    a, b = torch.as_tensor(left, dtype=torch.float64), torch.as_tensor(right, dtype=torch.float64)
    b = b.to(a.device)
    gap = torch.where(a == b, torch.zeros_like(a + b), (a - b).abs() / b.abs().clamp_min(1.0))
    return Outcome(_largest(gap), relative, detail)


def at_most(left: Tensor | float, right: Tensor | float, allowed: float = EXACT, detail: str = "") -> Outcome:
    """How far left lies above right at worst."""
    a, b = torch.as_tensor(left, dtype=torch.float64), torch.as_tensor(right, dtype=torch.float64)
    over = (a - b.to(a.device)).clamp_min(0.0)
    return Outcome(_largest(over), allowed, detail)


def true(condition: Tensor | bool, detail: str = "") -> Outcome:
    """Whether a condition holds everywhere."""
    return Outcome(0.0 if bool(torch.as_tensor(condition).all()) else 1.0, 0.5, detail)


def mean_is(samples: Tensor, expected: Tensor | float, detail: str = "") -> Outcome:
    """Means along the first axis against their expectation, in standard errors of the samples; Z are allowed.

    A spread of zero is compared exactly.
    """
    values = samples.to(torch.float64)
    n = values.shape[0]
    error = values.std(0) / sqrt(n)
    gap = (values.mean(0) - torch.as_tensor(expected, dtype=torch.float64, device=values.device)).abs()
    exact = torch.where(gap <= EXACT, torch.zeros_like(gap), torch.full_like(gap, torch.inf))
    return Outcome(
        _largest(torch.where(error > 0, gap / error, exact)), Z, detail or f"{n} samples; unit: standard error"
    )


def frequencies_are(outcomes: Tensor, probabilities: Tensor, detail: str = "") -> Outcome:
    """Frequencies of the whole numbers 0 … k − 1 against their probabilities, rare ones too.

    Bernstein's inequality bounds all of them at once at ALPHA, whatever the number of draws; a share of the bound is
    given in the same unit as the standard errors of ``mean_is``. What is impossible must not occur.
    """
    n, k = outcomes.numel(), probabilities.numel()
    counts = torch.bincount(outcomes.flatten().to(torch.int64), minlength=k).to(torch.float64)
    if counts.numel() > k:
        return Outcome(torch.inf, Z, f"an outcome beyond {k - 1}")
    p = probabilities.flatten().to(device=counts.device, dtype=torch.float64)
    level = log(2 * k / ALPHA)
    bound = (level / 3 + torch.sqrt(level**2 / 9 + 2 * n * p * (1 - p) * level)) / n
    gap = (counts / n - p).abs()
    impossible = ((p == 0) & (counts > 0)) | ((p == 1) & (counts < n))
    share = torch.where(impossible, torch.full_like(gap, torch.inf), Z * gap / bound)
    return Outcome(_largest(share), Z, detail or f"{n} draws; unit: 1/{Z} of Bernstein's bound")


def worst(*outcomes: Outcome) -> Outcome:
    """The one that misses most of what it is allowed; where nothing is allowed, one that misses at all.

    Raises ValueError without any.
    """
    if not outcomes:
        raise ValueError("no outcome to choose from")
    return max(outcomes, key=_missed)


def _missed(outcome: Outcome) -> float:
    if outcome.error != outcome.error:
        return float("inf")
    if outcome.allowed == 0:
        return float("inf") if outcome.error else 0.0
    return outcome.error / outcome.allowed


def repeated(check: Callable[[Model, Draw], Outcome], times: int) -> Callable[[Model, Draw], Outcome]:
    """The worst of a check's outcomes on so many independent draws, for a mistake that some inputs can't show.

    A mistake that is let through on a share p of the draws is let through with probability p^times.
    """

    def checked(model: Model, draw: Draw) -> Outcome:
        return worst(*(check(model, draw) for _ in range(times)))

    return checked


def jacobian_log_det(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """log |det ∂f/∂x| by autograd, for each row of x: (batch, d) -> (batch,)."""
    rows = [torch.func.jacrev(lambda v: f(v[None])[0])(row) for row in x]
    found: Tensor = torch.linalg.slogdet(torch.stack(rows))[1]
    return found


def gradient(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """∂ Σ f(x) / ∂x by autograd."""
    point = x.detach().clone().requires_grad_(True)
    found: Tensor = torch.autograd.grad(f(point).sum(), point)[0]
    return found


def _largest(gaps: Tensor) -> float:
    if gaps.numel() == 0:
        return float("nan")  # nothing was compared, so nothing passes
    return float("nan") if bool(torch.isnan(gaps).any()) else float(gaps.max())
