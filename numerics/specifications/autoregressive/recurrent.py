"""Recurrent networks, LSTM, the neural probabilistic language model: rows 123, 128 and 129."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, worst
from reference_models.autoregressive import recurrent


def _sequences(vocabulary: int, length: int, draw: Draw) -> Tensor:
    return torch.tensor(list(product(range(vocabulary), repeat=length)), device=draw.device)


def _rnn_jacobian(model: Model, draw: Draw) -> Outcome:
    x, h, w, u, b = draw.normal(3, 2), draw.normal(4), draw.normal(4, 4), draw.normal(4, 2), draw.normal(4)

    def run(start: Tensor) -> Tensor:
        for at in x:
            start = model.step(at, start, w, u, b)
        return start

    expected = torch.eye(4, dtype=torch.float64, device=draw.device)
    state = h
    for at in x:
        state = model.step(at, state, w, u, b)
        expected = model.state_jacobian(state, w) @ expected
    return close(expected, torch.func.jacrev(run)(h))


def _rnn_sums(model: Model, draw: Draw) -> Outcome:
    w, u, b, out = draw.normal(4, 4), draw.normal(4, 3), draw.normal(4), draw.normal(3, 4)
    return equal(torch.exp(model.log_prob(_sequences(3, 3, draw), w, u, b, out)).sum(), 1.0)


def _peeking(tokens: Tensor, w: Tensor, u: Tensor, b: Tensor, out: Tensor) -> Tensor:
    h = torch.zeros((*tokens.shape[:-1], b.numel()), dtype=b.dtype, device=b.device)
    total = torch.zeros(tokens.shape[:-1], dtype=b.dtype, device=b.device)
    for token in tokens.unbind(-1):
        h = recurrent.rnn_step(torch.nn.functional.one_hot(token, u.shape[1]).to(b.dtype), h, w, u, b)
        total = total + torch.log_softmax(h @ out.mT, -1).gather(-1, token[..., None])[..., 0]
    return total


def _prefix(model: Model, draw: Draw) -> Outcome:
    at = (draw.normal(4, 4), draw.normal(4, 3), draw.normal(4), draw.normal(3, 4))
    start = draw.integers(0, 2, 2)
    ends = _sequences(3, 2, draw)
    longer = torch.cat([start.expand(len(ends), 2), ends], 1)
    return close(torch.logsumexp(model.log_prob(longer, *at), 0), model.log_prob(start[None], *at)[0])


def _from_rnn(inputs: Mapping[str, Any]) -> Answers:
    x, w, u, b = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "w", "u", "b"))
    net = torch.nn.RNN(u.shape[1], w.shape[0], batch_first=True, dtype=torch.float64)
    given = {"weight_hh_l0": w, "weight_ih_l0": u, "bias_ih_l0": b, "bias_hh_l0": 0 * b}
    out, _ = torch.func.functional_call(net, given, (x[None],))
    return {"h": out[0].tolist()}


def _rnn_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, w, u, b = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "w", "u", "b"))
    h, found = torch.zeros(w.shape[0], dtype=torch.float64), []
    for at in x:
        h = model.step(at, h, w, u, b)
        found.append(h)
    return {"h": torch.stack(found)}


RNN = Specification(
    name="rnn",
    family="autoregressive",
    systems=(129,),
    title="Recurrent network",
    statement="h_t = tanh(W h_{t−1} + U x_t + b)",
    page="reference_models.autoregressive.recurrent",
    functions={
        "step": recurrent.rnn_step,
        "state_jacobian": recurrent.rnn_state_jacobian,
        "log_prob": recurrent.rnn_log_prob,
    },
    properties=(
        Property(
            "the gradient through time is a product of Jacobians",
            _rnn_jacobian,
            Mutant(
                "the slope of tanh multiplies the columns",
                {"state_jacobian": lambda h, w: w * (1 - h**2)[..., None, :]},
            ),
        ),
        Property(
            "sums to 1 over all sequences",
            _rnn_sums,
            Mutant("a token is read before its score", {"log_prob": _peeking}),
        ),
        Property(
            "a prefix has the probability of all that may follow",
            _prefix,
            Mutant("a token is read before its score", {"log_prob": _peeking}),
        ),
    ),
    source="Elman 1990; Goodfellow, Bengio and Courville 2016, section 10.2",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[0.3, -1.0], [1.2, 0.4], [-0.7, 0.9]],
                "w": [[0.2, -0.5, 0.1], [0.7, 0.3, -0.4], [-0.6, 0.8, 0.5]],
                "u": [[1.0, -0.2], [0.4, 0.6], [-0.9, 0.1]],
                "b": [0.1, -0.3, 0.2],
            },
            ask=_from_rnn,
            tell=_rnn_answers,
            tolerance=1e-12,
            conversion="torch has two biases, which are added: ours is the first, the second is 0",
        ),
    ),
    conventions=("h_0 = 0 for scoring", "W acts on the state, U on the input"),
)


def _lstm_at(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    return draw.normal(12, 3), draw.normal(12, 2), draw.normal(12)


def _direct_path(model: Model, draw: Draw) -> Outcome:
    x, h, c, at = draw.normal(2), draw.normal(3), draw.normal(3), _lstm_at(draw)
    slopes = torch.func.jacrev(lambda v: model.step(x, h, v, *at)[1])(c)  # h held: the direct path
    pre = h @ at[0][3:6].mT + x @ at[1][3:6].mT + at[2][3:6]
    return close(slopes, torch.diag(torch.sigmoid(pre)))


def _coupled(x: Tensor, h: Tensor, c: Tensor, w: Tensor, u: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    i, _, g, o = recurrent.lstm_gates(x, h, w, u, b)
    c = (1 - i) * c + i * g
    return o * torch.tanh(c), c


def _bounded(model: Model, draw: Draw) -> Outcome:
    x, h, c, at = 3 * draw.normal(20, 2), draw.normal(20, 3), 9 * draw.normal(20, 3), _lstm_at(draw)
    h, c = model.step(x, h, c, *at)
    return worst(at_most(h.abs(), 1.0), at_most(h.abs(), c.abs()))


def _no_tanh(x: Tensor, h: Tensor, c: Tensor, w: Tensor, u: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    i, f, g, o = recurrent.lstm_gates(x, h, w, u, b)
    c = f * c + i * g
    return o * c, c


def _vanishing(model: Model, draw: Draw) -> Outcome:
    x, c, steps = draw.normal(1, 2), draw.normal(1, 3), 12
    w, u, b = _lstm_at(draw)
    w = torch.zeros_like(w)  # no way through h: what is left of c_0 is Π f
    run = torch.func.jacrev(lambda v: model.run(x.expand(1, steps, 2), 0 * c, v, w, u, b)[2])
    f = torch.sigmoid(u[3:6] @ x[0] + b[3:6])
    return close(run(c)[0, :, 0], torch.diag(f**steps))


def _late_run(x: Tensor, h: Tensor, c: Tensor, w: Tensor, u: Tensor, b: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return recurrent.lstm(x[:, 1:], h, c, w, u, b)


def _from_lstm(inputs: Mapping[str, Any]) -> Answers:
    x, w, u, b = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "w", "u", "b"))
    net = torch.nn.LSTM(u.shape[1], w.shape[1], batch_first=True, dtype=torch.float64)
    given = {"weight_hh_l0": w, "weight_ih_l0": u, "bias_ih_l0": b, "bias_hh_l0": 0 * b}
    out, (_, c) = torch.func.functional_call(net, given, (x[None],))
    return {"h": out[0].tolist(), "c": c[0, 0].tolist()}


def _lstm_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, w, u, b = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "w", "u", "b"))
    zero = torch.zeros(1, w.shape[1], dtype=torch.float64)
    out, _, c = model.run(x[None], zero, zero, w, u, b)
    return {"h": out[0], "c": c[0]}


LSTM = Specification(
    name="lstm",
    family="autoregressive",
    systems=(123,),
    title="LSTM",
    statement="c_t = f ⊙ c_{t−1} + i ⊙ g, h_t = o ⊙ tanh c_t",
    page="reference_models.autoregressive.recurrent",
    functions={"gates": recurrent.lstm_gates, "step": recurrent.lstm_step, "run": recurrent.lstm},
    properties=(
        Property(
            "∂c_t/∂c_{t−1} = f along the direct path",
            _direct_path,
            Mutant("the forget gate is 1 minus the input gate", {"step": _coupled}),
        ),
        Property("|h| is below 1 and below |c|", _bounded, Mutant("no tanh of the cell", {"step": _no_tanh})),
        Property(
            "of c_0, f^T is left after T steps",
            _vanishing,
            Mutant("the first input is skipped", {"run": _late_run}),
        ),
    ),
    source="Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[0.3, -1.0], [1.2, 0.4], [-0.7, 0.9]],
                "w": [[((5 * r + 3 * k) % 7 - 3) / 4 for k in range(2)] for r in range(8)],
                "u": [[((3 * r + 2 * k) % 5 - 2) / 3 for k in range(2)] for r in range(8)],
                "b": [((4 * r) % 9 - 4) / 5 for r in range(8)],
            },
            ask=_from_lstm,
            tell=_lstm_answers,
            tolerance=1e-12,
            conversion="the same order of gates (input, forget, candidate, output); torch's second bias is 0",
        ),
    ),
    conventions=("gates stacked as input, forget, candidate, output", "no peepholes"),
)


def _nplm_at(draw: Draw) -> tuple[Tensor, ...]:
    return draw.normal(3, 2), draw.normal(4, 4), draw.normal(4), draw.normal(3, 4), draw.normal(3)


def _nplm_sums(model: Model, draw: Draw) -> Outcome:
    at, start = _nplm_at(draw), draw.integers(0, 2, 2)
    ends = _sequences(3, 3, draw)
    tokens = torch.cat([start.expand(len(ends), 2), ends], 1)
    return equal(torch.exp(model.log_prob(tokens, 3, *at)).sum(), 1.0)


def _keeps_the_first(tokens: Tensor, order: int, *at: Tensor) -> Tensor:
    grams = tokens.unfold(-1, order, 1).clone()
    grams[..., 0] = tokens[..., :1]
    law = torch.log_softmax(recurrent.nplm_logits(grams[..., :-1], *at), -1)
    return law.gather(-1, grams[..., -1:])[..., 0].sum(-1)


def _blocks(model: Model, draw: Draw) -> Outcome:
    table, h, d, u, b = _nplm_at(draw)
    context = draw.integers(0, 2, 5, 2)
    one_hot = torch.nn.functional.one_hot(context, 3).to(torch.float64)
    hidden = torch.einsum("nkv,vm,hkm->nh", one_hot, table, h.reshape(4, 2, 2))  # Σ_k H_k C[w_k]
    return close(model.logits(context, table, h, d, u, b), b + torch.tanh(d + hidden) @ u.mT)


def _markov(model: Model, draw: Draw) -> Outcome:
    at, early, late = _nplm_at(draw), draw.integers(0, 2, 4, 3), draw.integers(0, 2, 4).unsqueeze(-1)
    context = draw.integers(0, 2, 4, 2)
    once = model.log_prob(torch.cat([context, late], 1), 3, *at)
    long, without = torch.cat([early, context, late], 1), torch.cat([early, context], 1)
    return close(model.log_prob(long, 3, *at) - model.log_prob(without, 3, *at), once)


def _reads_the_target(tokens: Tensor, order: int, *at: Tensor) -> Tensor:
    grams = tokens.unfold(-1, order, 1)
    law = torch.log_softmax(recurrent.nplm_logits(grams[..., 1:], *at), -1)
    return law.gather(-1, grams[..., -1:])[..., 0].sum(-1)


def _bag(context: Tensor, table: Tensor, h: Tensor, d: Tensor, u: Tensor, b: Tensor) -> Tensor:
    return recurrent.nplm_logits(context.flip(-1), table, h, d, u, b)


NPLM = Specification(
    name="nplm",
    family="autoregressive",
    systems=(128,),
    title="Neural probabilistic language model",
    statement="p(w_t | context) = softmax(b + U tanh(d + H e))_{w_t}, e the embeddings of the n − 1 words before",
    page="reference_models.autoregressive.recurrent",
    functions={"logits": recurrent.nplm_logits, "log_prob": recurrent.nplm_log_prob},
    properties=(
        Property(
            "the continuations of a context have total probability 1",
            _nplm_sums,
            Mutant("the word itself is in the context", {"log_prob": _reads_the_target}),
        ),
        Property(
            "each place of the context has its own block of H",
            _blocks,
            Mutant("the context is read from its end", {"logits": _bag}),
        ),
        Property(
            "only the last n − 1 words count",
            _markov,
            Mutant("the first word stays in every context", {"log_prob": _keeps_the_first}),
        ),
    ),
    source="Bengio et al. 2003, section 2",
    conventions=("the context is oldest first", "no direct connections from embeddings to output"),
)

SPECIFICATIONS = (LSTM, NPLM, RNN)
