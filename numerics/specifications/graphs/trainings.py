"""A longer training of a graph autoencoder: who appears together in Les Misérables, some pairs held out."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import Longer, curve, learned

Progress = Callable[[float], None]


def graph_vae(model: Model, draw: Draw, progress: Progress, d: int = 8, hidden: int = 32, steps: int = 1500) -> Result:
    """77 people and 254 pairs, a tenth of them hidden: how often a hidden pair outranks a gap, 1/2 by chance."""
    import networkx as nx

    whole = draw.tensor(nx.to_numpy_array(nx.les_miserables_graph(), weight=None))
    n = len(whole)
    i, j = (side.to(draw.device) for side in torch.triu_indices(n, n, 1))
    pairs = whole[i, j] == 1
    edges = torch.nonzero(pairs)[:, 0]
    hidden_edges = edges[draw.permutation(len(edges))[: len(edges) // 10]]
    seen = whole.clone()
    seen[i[hidden_edges], j[hidden_edges]] = 0
    seen[j[hidden_edges], i[hidden_edges]] = 0
    x = torch.eye(n).to(whole)
    weights = [0.2 * draw.normal(*shape) for shape in ((n, hidden), (hidden, d), (hidden, d))]

    def loss() -> Tensor:
        mean, log_var = model.encode(seen, x, *weights)
        found: Tensor = -model.elbo(seen, mean, log_var, draw.normal(8, n, d)).mean()
        return found

    losses = learned([w.requires_grad_() for w in weights], loss, steps, 0.01, progress)
    rate = float(seen[i, j].mean())
    plain = len(i) * (rate * torch.log(draw.tensor(rate)) + (1 - rate) * torch.log1p(-draw.tensor(rate)))
    with torch.no_grad():
        mean, log_var = model.encode(seen, x, *weights)
        bound = float(model.elbo(seen, mean, log_var, draw.normal(1000, n, d)).mean())
        chance = model.edge_probs(mean)[i, j]
        gaps = chance[~pairs]
        ranked = (chance[hidden_edges][:, None] > gaps).to(whole).mean()
        drawn = model.edge_probs(mean + torch.exp(log_var / 2) * draw.normal(n, d))
        own = (chance[edges][:, None] > gaps).to(whole).mean()
    order = whole.sum(0).argsort(descending=True)
    return Result(
        (
            Figure("chance that a hidden pair outranks a gap", float(ranked)),
            Figure("the same of all pairs", float(own)),
            Figure("the same by chance", 0.5),
            Figure("bound at the end", bound, unit="nats"),
            Figure("bound at the start", -losses[0], unit="nats"),
            Figure("log-likelihood of one rate for all pairs", float(plain), unit="nats"),
        ),
        (
            Panel("Pairs, by degree", "image", {"seen": seen[order][:, order].tolist()}),
            Panel("Edge probabilities of a draw", "image", {"drawn": drawn[order][:, order].tolist()}),
            curve("Negative bound", losses),
        ),
    )


LONG: Longer = {
    "graph_vae": ("people of Les Misérables of networkx, a tenth of their pairs hidden", graph_vae),
}
