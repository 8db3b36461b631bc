"""Quantile functions of the named laws, for nets and antithetic pairs: from uniforms to draws, one for each.

They are SciPy's, which shares no code with the samplers: a law drawn both ways is drawn independently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from scipy import stats
from torch import Tensor

from claims import laws
from claims.notation import Law, Normal


def quantile(law: Law) -> Callable[[Tensor], Tensor]:
    """The quantile function of a law with numbers for parameters, on (0, 1). Raises TypeError for a stranger."""
    made = _FROZEN.get(type(law))
    if made is None:
        raise TypeError(f"{law} has no quantile function here")
    frozen = made(*map(float, law.args))
    return lambda u: torch.as_tensor(np.asarray(frozen.ppf(u.cpu().numpy()), dtype=np.float64), device=u.device)


_FROZEN: Mapping[type, Callable[..., Any]] = {
    Normal: lambda m, v: stats.norm(m, v**0.5),
    laws.LogNormal: lambda m, v: stats.lognorm(v**0.5, scale=np.exp(m)),
    laws.Uniform: lambda a, b: stats.uniform(a, b - a),
    laws.Exponential: lambda rate: stats.expon(scale=1 / rate),
    laws.Laplace: stats.laplace,
    laws.Logistic: stats.logistic,
    laws.Cauchy: stats.cauchy,
    laws.Pareto: lambda least, shape: stats.pareto(shape, scale=least),
    laws.Weibull: lambda shape, scale: stats.weibull_min(shape, scale=scale),
    laws.Rayleigh: lambda scale: stats.rayleigh(scale=scale),
    laws.Gamma: lambda shape, rate: stats.gamma(shape, scale=1 / rate),
    laws.InverseGamma: lambda shape, scale: stats.invgamma(shape, scale=scale),
    laws.ChiSquared: stats.chi2,
    laws.Beta: stats.beta,
    laws.F: stats.f,
    laws.StudentT: stats.t,
    laws.InverseGaussian: lambda mean, shape: stats.invgauss(mean / shape, scale=shape),
    laws.Wigner: lambda radius: stats.semicircular(scale=radius),
    laws.Bernoulli: stats.bernoulli,
    laws.Binomial: stats.binom,
    laws.Poisson: stats.poisson,
    laws.Geometric: stats.geom,
    laws.GeometricFailures: lambda p: stats.geom(p, loc=-1),
    laws.NegativeBinomial: stats.nbinom,
    laws.NegativeBinomialTrials: lambda r, p: stats.nbinom(r, p, loc=r),
    laws.DiscreteUniform: lambda a, b: stats.randint(a, b + 1),
    laws.BetaBinomial: stats.betabinom,
}
