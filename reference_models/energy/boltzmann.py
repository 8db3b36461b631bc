"""Boltzmann machines: general, restricted, deep; contrastive divergence; deep belief network.

Standalone: imports torch; nothing of ours.
Source   Ackley et al. 1985; Hinton 2002; Hinton et al. 2006; Salakhutdinov and Hinton 2009.
Shapes   units are zeros and ones; v (*batch, d), h (*batch, m); W (d, m), visible bias b (d,), hidden bias c (m,); the
         general machine has s (*batch, n) and a symmetric W (n, n) with a zero diagonal. float64, nats.
Here     energies are E = −vᵀWh − bᵀv − cᵀh and −½sᵀWs − bᵀs; p ∝ e^(−E). Gradients are of the log-likelihood, means
         over the data. Exact normalisers sum over one layer of 2^m states: m at most about 20.
"""

import torch
from torch import Tensor

RBM = tuple[Tensor, Tensor, Tensor]
softplus = torch.nn.functional.softplus


def states(n: int, like: Tensor) -> Tensor:
    """All 2^n states, the last unit changing fastest: (2^n, n)."""
    bits = torch.arange(2**n, device=like.device)[:, None] >> torch.arange(n - 1, -1, -1, device=like.device)
    return (bits & 1).to(like.dtype)


def machine_energy(s: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """−½ sᵀWs − bᵀs."""
    return -((s @ weights) * s).sum(-1) / 2 - s @ bias


def machine_log_prob(s: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """−E(s) − log Z, Z over all 2^n states."""
    return -machine_energy(s, weights, bias) - torch.logsumexp(
        -machine_energy(states(len(bias), bias), weights, bias), 0
    )


def machine_gradient(data: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """∂ mean log p/∂w_ij = ⟨s_i s_j⟩_data − ⟨s_i s_j⟩_model for i ≠ j, w_ij = w_ji being one parameter: (n, n)."""
    every = states(len(bias), bias)
    chance = torch.exp(machine_log_prob(every, weights, bias))
    gap = data.mT @ data / len(data) - every.mT @ (chance[:, None] * every)
    return gap - torch.diag(gap.diagonal())


def machine_conditional(s: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """P(s_i = 1 | the others) = σ(Σ_j w_ij s_j + b_i), for every unit: (*batch, n)."""
    return torch.sigmoid(s @ weights + bias)


def energy(v: Tensor, h: Tensor, rbm: RBM) -> Tensor:
    """−vᵀWh − bᵀv − cᵀh."""
    w, b, c = rbm
    return -((v @ w) * h).sum(-1) - v @ b - h @ c


def hidden_prob(v: Tensor, rbm: RBM) -> Tensor:
    """P(h_j = 1 | v) = σ((vW + c)_j)."""
    w, _, c = rbm
    return torch.sigmoid(v @ w + c)


def visible_prob(h: Tensor, rbm: RBM) -> Tensor:
    """P(v_i = 1 | h) = σ((hWᵀ + b)_i)."""
    w, b, _ = rbm
    return torch.sigmoid(h @ w.mT + b)


def free_energy(v: Tensor, rbm: RBM) -> Tensor:
    """F(v) = −log Σ_h e^(−E) = −bᵀv − Σ_j log(1 + e^((vW + c)_j))."""
    w, b, c = rbm
    return -(v @ b) - softplus(v @ w + c).sum(-1)


def log_partition(rbm: RBM) -> Tensor:
    """log Z = log Σ_h e^(cᵀh) Π_i (1 + e^((hWᵀ + b)_i)), the sum over the hidden layer: ()."""
    w, b, c = rbm
    h = states(len(c), c)
    return torch.logsumexp(h @ c + softplus(h @ w.mT + b).sum(-1), 0)


def gibbs_step(v: Tensor, rbm: RBM, u: Tensor) -> Tensor:
    """All hidden units given v, then all visible ones given them; uniforms u (*batch, m + d)."""
    m = len(rbm[2])
    h = (u[..., :m] < hidden_prob(v, rbm)).to(v.dtype)
    return (u[..., m:] < visible_prob(h, rbm)).to(v.dtype)


def block_kernel(rbm: RBM) -> Tensor:
    """P(v′ | v) of one block Gibbs step over all visible states: (2^d, 2^d)."""
    v, h = states(len(rbm[1]), rbm[1]), states(len(rbm[2]), rbm[2])
    down = torch.softmax(-energy(v[:, None], h, rbm), 1)  # p(h | v)
    up = torch.softmax(-energy(v[:, None], h, rbm), 0).mT  # p(v′ | h)
    return down @ up


def contrastive_gradient(v0: Tensor, vk: Tensor, rbm: RBM) -> RBM:
    """⟨v p(h | v)⟩ of the data minus that of the chains after k steps, for W, b and c."""
    h0, hk, n = hidden_prob(v0, rbm), hidden_prob(vk, rbm), len(v0)
    return (v0.mT @ h0 - vk.mT @ hk) / n, (v0 - vk).mean(0), (h0 - hk).mean(0)


def dbn_log_joint(v: Tensor, h: Tensor, weights: Tensor, bias: Tensor, top: RBM) -> Tensor:
    """log p(v | h) + log p_top(h): a directed layer, W (d, m) and b (d,), under an RBM whose visible layer is h."""
    logits = h @ weights.mT + bias
    return (v * logits - softplus(logits)).sum(-1) - free_energy(h, top) - log_partition(top)


def dbn_bound(v: Tensor, weights: Tensor, bias: Tensor, recognition: Tensor, top: RBM) -> Tensor:
    """E_q[log p(v, h) − log q(h | v)], q(h_j = 1 | v) = σ((vW + c)_j) with bias c: (*batch, d) -> (*batch,)."""
    logits = v @ weights + recognition
    h = states(weights.shape[1], v)
    log_q = (h * logits[..., None, :] - softplus(logits)[..., None, :]).sum(-1)
    log_p = dbn_log_joint(v[..., None, :], h, weights, bias, top)
    return (torch.exp(log_q) * (log_p - log_q)).sum(-1)


def dbm_energy(v: Tensor, h1: Tensor, h2: Tensor, w1: Tensor, w2: Tensor) -> Tensor:
    """−vᵀW₁h₁ − h₁ᵀW₂h₂, without biases."""
    return -((v @ w1) * h1).sum(-1) - ((h1 @ w2) * h2).sum(-1)


def dbm_middle(v: Tensor, h2: Tensor, w1: Tensor, w2: Tensor) -> Tensor:
    """P(h₁ = 1 | v, h₂) = σ(vW₁ + h₂W₂ᵀ): both neighbours count."""
    return torch.sigmoid(v @ w1 + h2 @ w2.mT)


def dbm_mean_field(v: Tensor, w1: Tensor, w2: Tensor, sweeps: int) -> tuple[Tensor, Tensor]:
    """μ₁ = σ(vW₁ + μ₂W₂ᵀ), μ₂ = σ(μ₁W₂), in turn from μ₂ = ½."""
    mu2 = torch.full((*v.shape[:-1], w2.shape[1]), 0.5, dtype=v.dtype, device=v.device)
    mu1 = dbm_middle(v, mu2, w1, w2)
    for _ in range(sweeps):
        mu2 = torch.sigmoid(mu1 @ w2)
        mu1 = dbm_middle(v, mu2, w1, w2)
    return mu1, mu2
