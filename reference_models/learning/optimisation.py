"""Gradient methods and backpropagation. Standalone: imports torch; nothing of ours.

Source   Robbins and Monro 1951; Polyak 1964; Sutskever et al. 2013, section 2; Kingma and Ba 2015, algorithm 1;
         Goodfellow, Bengio and Courville 2016, section 6.5.
Shapes   parameters θ and gradients are (*batch, d); per-example gradients (n, d); images of a layer (n, width).
Here     steps descend. Heavy ball: v ← μv + g, θ ← θ − ηv, without damping. Nesterov's gradient is taken at θ − ημv.
         Adam counts steps from 1 and adds eps outside the root. A network's loss is a mean over its n examples.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def gradient_step(theta: Tensor, g: Tensor, rate: float) -> Tensor:
    """θ − ηg."""
    return theta - rate * g


def minibatch_gradient(gradients: Tensor, batch: Tensor) -> Tensor:
    """The mean gradient of the chosen examples: (n, d), (m,) indices -> (d,)."""
    return gradients[batch].mean(0)


def robbins_monro_rate(step: int) -> float:
    """η_k = 1/k, from k = 1: Σ η_k = ∞ and Σ η_k² < ∞."""
    return 1 / step


def heavy_ball_step(theta: Tensor, v: Tensor, g: Tensor, rate: float, momentum: float) -> tuple[Tensor, Tensor]:
    """v ← μv + g, θ ← θ − ηv."""
    v = momentum * v + g
    return theta - rate * v, v


def nesterov_step(
    theta: Tensor, v: Tensor, gradient: Callable[[Tensor], Tensor], rate: float, momentum: float
) -> tuple[Tensor, Tensor]:
    """v ← μv + g(θ − ημv), θ ← θ − ηv: the gradient is taken where momentum alone would lead."""
    return heavy_ball_step(theta, v, gradient(theta - rate * momentum * v), rate, momentum)


def adam_step(
    theta: Tensor, m: Tensor, v: Tensor, g: Tensor, step: int, rate: float, beta1: float, beta2: float, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    """One step of Adam, ``step`` = 1, 2, …: the new θ and both moments."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**step), v / (1 - beta2**step)  # bias corrections: the moments start at 0
    return theta - rate * m_hat / (torch.sqrt(v_hat) + eps), m, v


def network_loss(weights: tuple[Tensor, Tensor, Tensor, Tensor], x: Tensor, y: Tensor) -> Tensor:
    """(1/n) Σ ½|W₂ tanh(W₁x + b₁) + b₂ − y|²: x (n, d), y (n, k) -> ()."""
    w1, b1, w2, b2 = weights
    h = torch.tanh(x @ w1.mT + b1)
    return ((h @ w2.mT + b2 - y) ** 2).sum() / (2 * len(x))


def backpropagation(weights: tuple[Tensor, Tensor, Tensor, Tensor], x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    """∂loss/∂(W₁, b₁, W₂, b₂) by the chain rule from the output back."""
    w1, b1, w2, b2 = weights
    h = torch.tanh(x @ w1.mT + b1)
    out = (h @ w2.mT + b2 - y) / len(x)  # ∂loss/∂output
    hidden = (out @ w2) * (1 - h**2)  # through tanh′ = 1 − tanh²
    return hidden.mT @ x, hidden.sum(0), out.mT @ h, out.sum(0)
