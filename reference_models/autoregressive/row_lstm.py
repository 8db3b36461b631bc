"""PixelRNN: an LSTM that runs down the rows of an image, its gates convolutions along them. Standalone: imports torch.

Source   van den Oord, Kalchbrenner and Kavukcuoglu 2016 (Pixel recurrent neural networks), sections 3.1 and 3.4.
Shapes   images are (batch, rows, columns) of zeros and ones, scanned row by row; maps (batch, C, rows, columns). A
         layer is (into, state, bias): (4 H, C, k), (4 H, H, k), (4 H,), k odd, gates in the paper's order o, f, i, g.
         float64, nats.
Here     a convolution with mask A (the pixel itself is hidden) comes first; the input-to-state kernels have mask B; the
         state-to-state kernel reads the row above, which is known whole, and has no mask. Zeros and ones enter as −1
         and 1, so that they differ from the 0 outside of the image.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import conv1d, conv2d, logsigmoid

Layer = tuple[Tensor, Tensor, Tensor]


def hidden_pixel(x: Tensor, kernel: Tensor) -> Tensor:
    """kernel ⊙ mask A over pixels −1 and 1, 0 around: (batch, rows, columns), (H, k, k) -> (batch, H, rows, …)."""
    k = kernel.shape[-1]
    earlier = (torch.arange(k * k) < k * k // 2).reshape(k, k).to(kernel)
    return conv2d(2 * x[:, None] - 1, (kernel * earlier)[:, None], padding=k // 2)


def row_step(gates: Tensor, h: Tensor, c: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
    """One row: o, f, i, g = K_ss ∗ h + gates; c ← σ(f) c + σ(i) tanh(g), h = σ(o) tanh(c): (batch, H, columns) each."""
    o, f, i, g = (gates + conv1d(h, state, padding=state.shape[-1] // 2)).chunk(4, 1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def row_lstm(x: Tensor, layer: Layer) -> Tensor:
    """All rows from the top, starting from h = c = 0: (batch, C, rows, columns) -> (batch, H, rows, columns)."""
    into, state, bias = layer
    k, found = into.shape[-1], []
    seen = into * (torch.arange(k) <= k // 2).to(into)  # mask B: the column itself and those to the left
    h = c = x.new_zeros(x.shape[0], state.shape[1], x.shape[-1])
    for row in x.unbind(-2):
        gates = conv1d(row, seen, bias, padding=k // 2)
        h, c = row_step(gates, h, c, state)
        found.append(h)
    return torch.stack(found, -2)


def logits(x: Tensor, first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor) -> Tensor:
    """Mask A, then layers that add their input; each pixel's logit is out · h + offset: the shape of x."""
    h = hidden_pixel(x, first)
    for layer in layers:
        h = h + row_lstm(h, layer)
    return torch.einsum("h,bhrc->brc", out, h) + offset


def log_prob(x: Tensor, first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor) -> Tensor:
    """Σ over pixels of log p(x_i | earlier pixels): (batch, rows, columns) -> (batch,)."""
    a = logits(x, first, layers, out, offset)
    return (x * logsigmoid(a) + (1 - x) * logsigmoid(-a)).sum((-2, -1))


def sample(first: Tensor, layers: Sequence[Layer], out: Tensor, offset: Tensor, u: Tensor) -> Tensor:
    """Pixel after pixel: x_i = 1 where u_i < σ(a_i): u (batch, rows, columns) uniform -> images of that shape."""
    x = torch.zeros_like(u)
    for r in range(u.shape[1]):
        for c in range(u.shape[2]):
            p = torch.sigmoid(logits(x, first, layers, out, offset)[:, r, c])
            x[:, r, c] = (u[:, r, c] < p).to(u)
    return x
