"""Recurrent networks: the simple one, the LSTM, and the neural probabilistic language model. Standalone: imports torch.

Source   Elman 1990; Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; Bengio et al. 2003,
         section 2.
Shapes   x is (*batch, in), h and c are (*batch, H); W acts on the state, U on the input, both (out, in). float64, nats.
Here     the four gates of the LSTM are stacked in torch's order: input, forget, candidate, output, each of H rows.
"""

import torch
from torch import Tensor


def rnn_step(x: Tensor, h: Tensor, w: Tensor, u: Tensor, b: Tensor) -> Tensor:
    """h_t = tanh(W h_{t−1} + U x_t + b): (*batch, in), (*batch, H) -> (*batch, H)."""
    return torch.tanh(h @ w.mT + x @ u.mT + b)


def rnn_state_jacobian(h: Tensor, w: Tensor) -> Tensor:
    """∂h_t/∂h_{t−1} = diag(1 − h_t²) W, from the new state: (*batch, H) -> (*batch, H, H)."""
    return (1 - h**2)[..., None] * w


def rnn_log_prob(tokens: Tensor, w: Tensor, u: Tensor, b: Tensor, out: Tensor) -> Tensor:
    """Σ_t log softmax(O h_{t−1})_{x_t} with h_0 = 0: tokens (*batch, T), U (H, V), O (V, H) -> (*batch,)."""
    h = torch.zeros((*tokens.shape[:-1], b.numel()), dtype=b.dtype, device=b.device)
    total = torch.zeros(tokens.shape[:-1], dtype=b.dtype, device=b.device)
    for token in tokens.unbind(-1):
        total = total + torch.log_softmax(h @ out.mT, -1).gather(-1, token[..., None])[..., 0]  # x_t is not read yet
        h = rnn_step(torch.nn.functional.one_hot(token, u.shape[1]).to(b.dtype), h, w, u, b)
    return total


def lstm_gates(x: Tensor, h: Tensor, w: Tensor, u: Tensor, b: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """i, f, g, o: W is (4 H, H), U is (4 H, in), b is (4 H,); each gate is (*batch, H)."""
    i, f, g, o = (h @ w.mT + x @ u.mT + b).chunk(4, -1)
    return torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)


def lstm_step(x: Tensor, h: Tensor, c: Tensor, w: Tensor, u: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """c_t = f ⊙ c_{t−1} + i ⊙ g and h_t = o ⊙ tanh c_t: (h_t, c_t)."""
    i, f, g, o = lstm_gates(x, h, w, u, b)
    c = f * c + i * g
    return o * torch.tanh(c), c


def lstm(x: Tensor, h: Tensor, c: Tensor, w: Tensor, u: Tensor, b: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """All steps of x (*batch, T, in): every h (*batch, T, H), then the last h and c."""
    found = []
    for at in x.unbind(-2):
        h, c = lstm_step(at, h, c, w, u, b)
        found.append(h)
    return torch.stack(found, -2), h, c


def nplm_logits(context: Tensor, table: Tensor, h: Tensor, d: Tensor, u: Tensor, b: Tensor) -> Tensor:
    """b + U tanh(d + H e) with e the embeddings of the context, oldest first, one after another.

    context (*batch, n − 1), table (V, m), H (hidden, (n − 1) m), d (hidden,), U (V, hidden), b (V,) -> (*batch, V).
    """
    e = table[context].flatten(-2)
    return b + torch.tanh(d + e @ h.mT) @ u.mT


def nplm_log_prob(tokens: Tensor, order: int, table: Tensor, h: Tensor, d: Tensor, u: Tensor, b: Tensor) -> Tensor:
    """Σ_{t ≥ n} log softmax(logits(x_{t−n+1} … x_{t−1}))_{x_t} for n = order: (*batch, T) -> (*batch,)."""
    grams = tokens.unfold(-1, order, 1)  # (*batch, T − n + 1, n)
    log_p = torch.log_softmax(nplm_logits(grams[..., :-1], table, h, d, u, b), -1)
    return log_p.gather(-1, grams[..., -1:])[..., 0].sum(-1)
