"""InfoNCE of three candidates from any laws on 0 … k, by listing the candidates. Standalone: imports math, torch.

Idea     candidate 1 is drawn from one law and the other two from q; the mean is over all triples of outcomes.
Source   van den Oord et al. 2018, section 2.3.
Shapes   laws are torch's, on the whole numbers from 0; triples are (k + 1)³; results are scalars. float64, nats.
Here     the critic is log t/q for a law t; the loss is the cross-entropy of the first candidate.
"""

import math

import torch
from torch import Tensor
from torch.distributions import Distribution


def outcomes(law: Distribution) -> Tensor:
    """0, 1, … up to what torch calls the law's last outcome: (k + 1,)."""
    return law.enumerate_support().to(torch.float64)


def over_triples(first: Distribution, q: Distribution, f: Tensor) -> Tensor:
    """The mean of f over x ~ first and y, z ~ q, all independent."""
    one, other = (torch.exp(law.log_prob(outcomes(q))) for law in (first, q))
    return torch.einsum("i,j,k,ijk->", one, other, other, f)


def losses(scores: Tensor) -> Tensor:
    """The cross-entropy of the first of three candidates for all triples of scores: (k + 1,) -> (k + 1,)³."""
    a, b, c = torch.meshgrid(scores, scores, scores, indexing="ij")
    return torch.logsumexp(torch.stack([a, b, c]), 0) - a


def critic(law: Distribution, q: Distribution) -> Tensor:
    """log law/q at every outcome."""
    return law.log_prob(outcomes(q)) - q.log_prob(outcomes(q))


def share(q: Distribution, t: Distribution) -> Tensor:
    """N times the mean share of the first candidate, all drawn from q."""
    return 3 * over_triples(q, q, torch.exp(-losses(critic(t, q))))


def bound(p: Distribution, q: Distribution, t: Distribution) -> Tensor:
    """log N less the mean loss."""
    return math.log(3) - over_triples(p, q, losses(critic(t, q)))


def gap(p: Distribution, q: Distribution) -> Tensor:
    """KL(p ‖ q) less the bound at the best critic."""
    return (torch.exp(p.log_prob(outcomes(q))) * critic(p, q)).sum() - bound(p, q, p)
