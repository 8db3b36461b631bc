"""Causal convolutions: PixelCNN's masks on images and WaveNet's dilations on signals. Standalone: imports torch.

Source   van den Oord et al. 2016 (Pixel recurrent neural networks), section 3; (WaveNet), section 2.
Shapes   images are (*batch, rows, columns) of zeros and ones, scanned row by row; signals are (batch, channels, T).
         Kernels are torch's: cross-correlations, so that tap 0 is the leftmost (the oldest). float64, nats.
Here     mask A hides the pixel itself and all later ones, mask B the later ones only. The PixelCNN is one stack of
         masks A and B of odd width k (one channel between), its pixels binary.
"""

import math

import torch
from torch import Tensor
from torch.nn.functional import conv1d, conv2d, logsigmoid, pad


def pixel_mask(kind: str, k: int) -> Tensor:
    """(k, k) of ones at earlier pixels, and at the centre for kind "B"."""
    order = torch.arange(k * k).reshape(k, k)
    centre = (k * k) // 2
    return ((order < centre) | ((order == centre) & (kind == "B"))).to(torch.float64)


def masked_convolution(x: Tensor, kernel: Tensor, mask: Tensor) -> Tensor:
    """kernel ⊙ mask over images (batch, in, rows, columns), zeros around: kernel (out, in, k, k)."""
    return conv2d(x, kernel * mask.to(kernel), padding=kernel.shape[-1] // 2)


def pixel_logits(x: Tensor, first: Tensor, later: Tensor) -> Tensor:
    """Mask A with kernel (1, 1, k, k), then tanh and mask B for each of ``later`` (L, 1, 1, k, k): same shape as x."""
    k = first.shape[-1]
    h = masked_convolution(x.unsqueeze(-3), first, pixel_mask("A", k))
    for kernel in later:
        h = masked_convolution(torch.tanh(h), kernel, pixel_mask("B", k))
    return h.squeeze(-3)


def pixel_log_prob(x: Tensor, first: Tensor, later: Tensor) -> Tensor:
    """Σ over pixels of log p(x_i | earlier pixels): (batch, rows, columns) -> (batch,)."""
    a = pixel_logits(x, first, later)
    return (x * logsigmoid(a) + (1 - x) * logsigmoid(-a)).sum((-2, -1))


def causal_convolution(x: Tensor, kernel: Tensor, dilation: int) -> Tensor:
    """y_t = Σ_i K_i x_{t − (k−1−i) · dilation}: zeros are put on the left only. (batch, in, T), (out, in, k)."""
    return conv1d(pad(x, ((kernel.shape[-1] - 1) * dilation, 0)), kernel, dilation=dilation)


def gated(x: Tensor, filters: Tensor, gates: Tensor, dilation: int) -> Tensor:
    """tanh(W_f ∗ x) ⊙ σ(W_g ∗ x)."""
    return torch.tanh(causal_convolution(x, filters, dilation)) * torch.sigmoid(causal_convolution(x, gates, dilation))


def wavenet(x: Tensor, filters: Tensor, gates: Tensor) -> Tensor:
    """Sum of the L gated layers of dilations 1, 2, 4, …, each added to its input: (batch, C, T) -> (batch, C, T)."""
    skips = torch.zeros_like(x)
    for layer in range(filters.shape[0]):
        z = gated(x, filters[layer], gates[layer], 2**layer)
        x, skips = x + z, skips + z
    return skips


def receptive_field(k: int, layers: int) -> int:
    """1 + (k − 1)(2^L − 1) samples."""
    return int(1 + (k - 1) * (2**layers - 1))


def mu_law(x: Tensor, mu: int = 255) -> Tensor:
    """sign(x) ln(1 + μ|x|)/ln(1 + μ): [−1, 1] -> [−1, 1]."""
    return torch.sign(x) * torch.log1p(mu * x.abs()) / math.log1p(mu)


def mu_law_inverse(y: Tensor, mu: int = 255) -> Tensor:
    """sign(y) ((1 + μ)^|y| − 1)/μ."""
    return torch.sign(y) * torch.expm1(y.abs() * math.log1p(mu)) / mu


def quantised(y: Tensor, mu: int = 255) -> Tensor:
    """The nearest of μ + 1 equal steps from −1 to 1, as a whole number 0 … μ."""
    return torch.round((y + 1) / 2 * mu).to(torch.int64)
