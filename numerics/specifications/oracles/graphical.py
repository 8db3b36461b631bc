"""Packages that are asked about graphical models: pgmpy, hmmlearn."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import torch

from numerics.specifications.contract import Answers, Model, Oracle
from numerics.specifications.draws import t

Inputs = Mapping[str, Any]
JOINT = {"joint": [[[0.10, 0.05], [0.20, 0.05]], [[0.15, 0.15], [0.05, 0.25]]], "x": [[0, 1, 0], [1, 0, 1], [1, 1, 1]]}
CHAIN = {
    "start": [0.6, 0.3, 0.1],
    "transition": [[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.2, 0.3, 0.5]],
    "x": [0, 0, 1, 2, 1],
}
LATENT = {
    "prior": [0.2, 0.5, 0.3],
    "likelihood": [[0.7, 0.3], [0.1, 0.9], [0.5, 0.5]],
    "q": [[0.3, 0.3, 0.4], [0.1, 0.8, 0.1]],
}
FIELD = {"pair": [[2.0, 1.0], [0.5, 3.0]], "other": [[1.0, 4.0], [2.0, 1.0]], "single": [0.7, 1.3]}
SPINS = {"j": [[0.0, 0.5, -0.3], [0.5, 0.0, 0.8], [-0.3, 0.8, 0.0]], "h": [0.1, -0.4, 0.2], "s": [1.0, -1.0, 1.0]}
TREE = {
    "unary": [[1.0, 2.0], [1.5, 0.5], [1.0, 1.0], [0.3, 0.9]],
    "pairs": [[[2.0, 1.0], [1.0, 3.0]], [[1.0, 0.2], [0.5, 2.0]], [[1.0, 4.0], [2.0, 1.0]]],
}
CONFOUNDED = {"z": [0.4, 0.6], "x": [[0.8, 0.2], [0.3, 0.7]], "y": [[[0.9, 0.1], [0.5, 0.5]], [[0.6, 0.4], [0.2, 0.8]]]}
BELIEFS = {"weights": [[0.0, 0.0, 0.0], [1.5, 0.0, 0.0], [-2.0, 1.0, 0.0]], "bias": [0.4, -0.6, 0.2]}
STDS = {"weights": [[0.0, 0.0], [0.8, 0.0]], "std": [0.5, 1.2], "x": [[0.3, -1.0], [2.0, 0.4]]}
MACHINE = {"w": [[0.0, 0.7, -0.4], [0.7, 0.0, 1.1], [-0.4, 1.1, 0.0]], "b": [0.2, -0.5, 0.1]}
DEEP = {"w1": [[0.5, -0.3], [0.2, 0.8]], "w2": [[0.7], [-0.6]], "v": [1.0, 0.0], "h2": [1.0]}
GIVEN = {"prior": [[0.3, 0.7], [0.6, 0.4]], "likelihood": [[[0.2, 0.8], [0.5, 0.5]], [[0.9, 0.1], [0.3, 0.7]]]}


def _chain_rule(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor

    joint = DiscreteFactor(["a", "b", "c"], [2, 2, 2], np.array(inputs["joint"]))
    pair = joint.marginalize(["c"], inplace=False)
    first = pair.marginalize(["b"], inplace=False)
    tables = first, pair.divide(first, inplace=False), joint.divide(pair, inplace=False)
    log_prob = [
        sum(np.log(f.get_value(**dict(zip(f.variables, row[: i + 1], strict=True)))) for i, f in enumerate(tables))
        for row in inputs["x"]
    ]
    return {"first": first.values.tolist(), "second": tables[1].values.tolist(), "log_prob": log_prob}


def _our_chain_rule(model: Model, inputs: Inputs) -> Answers:
    tables = model.tables(t(inputs["joint"]))
    return {"first": tables[0], "second": tables[1], "log_prob": model.log_prob(torch.tensor(inputs["x"]), tables)}


def _our_conditionals(model: Model, inputs: Inputs) -> Answers:
    tables = model.conditionals(t(inputs["joint"]))
    return {"first": tables[0], "second": tables[1], "log_prob": model.log_prob(torch.tensor(inputs["x"]), tables)}


def _hidden_nothing(inputs: Inputs) -> Answers:
    import numpy as np
    from hmmlearn.hmm import CategoricalHMM

    seen = CategoricalHMM(3)
    seen.startprob_, seen.transmat_ = np.array(inputs["start"]), np.array(inputs["transition"])
    seen.emissionprob_, seen.n_features = np.eye(3), 3
    return {
        "stationary": seen.get_stationary_distribution().tolist(),
        "log_prob": float(seen.score(np.array(inputs["x"])[:, None])),
    }


def _our_chain(model: Model, inputs: Inputs) -> Answers:
    start, transition = t(inputs["start"]), t(inputs["transition"])
    return {
        "stationary": model.stationary(transition),
        "log_prob": model.log_prob(torch.tensor(inputs["x"]), start, transition),
    }


def _latent(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    net = DiscreteBayesianNetwork([("z", "x")])
    net.add_cpds(
        TabularCPD("z", 3, [[v] for v in inputs["prior"]]),
        TabularCPD("x", 2, np.array(inputs["likelihood"]).T, ["z"], [3]),
    )
    asked = VariableElimination(net)
    given = [asked.query(["z"], evidence={"x": x}, show_progress=False).values.tolist() for x in (0, 1)]
    return {"log_marginal": np.log(asked.query(["x"], show_progress=False).values).tolist(), "posterior": given}


def _our_latent(model: Model, inputs: Inputs) -> Answers:
    prior, likelihood = t(inputs["prior"]), t(inputs["likelihood"])
    return {"log_marginal": model.log_marginal(prior, likelihood), "posterior": model.posterior(prior, likelihood)}


def _set_value(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import CausalInference
    from pgmpy.models import DiscreteBayesianNetwork

    net = DiscreteBayesianNetwork([("z", "x"), ("z", "y"), ("x", "y")])
    net.add_cpds(
        TabularCPD("z", 2, [[v] for v in inputs["z"]]),
        TabularCPD("x", 2, np.array(inputs["x"]).T, ["z"], [2]),
        TabularCPD("y", 2, np.array(inputs["y"]).reshape(4, 2).T, ["z", "x"], [2, 2]),
    )
    asked = CausalInference(net)
    return {"y_if_set": [asked.query(["y"], do={"x": v}, show_progress=False).values.tolist() for v in (0, 1)]}


def _our_set_value(model: Model, inputs: Inputs) -> Answers:
    tables = [t(inputs[name]) for name in "zxy"]
    found = [model.do(((), (0,), (0, 1)), tables, 1, v)[:, v].sum(0) for v in (0, 1)]
    return {"y_if_set": torch.stack(found)}


def _field(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteMarkovNetwork

    net = DiscreteMarkovNetwork([("a", "b"), ("b", "c")])
    net.add_factors(
        DiscreteFactor(["a", "b"], [2, 2], np.array(inputs["pair"])),
        DiscreteFactor(["b", "c"], [2, 2], np.array(inputs["other"])),
        DiscreteFactor(["c"], [2], np.array(inputs["single"])),
    )
    asked = VariableElimination(net)
    law = asked.query(["a", "b", "c"], show_progress=False)
    law = np.transpose(law.normalize(inplace=False).values, [law.variables.index(v) for v in "abc"])
    given = asked.query(["b"], evidence={"a": 1, "c": 0}, show_progress=False).normalize(inplace=False)
    return {"law": law.tolist(), "b_given_rest": given.values.tolist()}


def _our_field(model: Model, inputs: Inputs) -> Answers:
    scopes, factors = ((0, 1), (1, 2), (2,)), [t(inputs[k]) for k in ("pair", "other", "single")]
    return {
        "law": model.law(scopes, factors, (2, 2, 2)),
        "b_given_rest": model.conditional(scopes, factors, (1, 0, 0), 1, 2),
    }


def _spins(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteMarkovNetwork

    spin, names = np.array([-1.0, 1.0]), "abc"
    net = DiscreteMarkovNetwork([("a", "b"), ("b", "c"), ("a", "c")])
    for i in range(3):
        net.add_factors(DiscreteFactor([names[i]], [2], np.exp(inputs["h"][i] * spin)))
        for k in range(i):
            net.add_factors(
                DiscreteFactor([names[k], names[i]], [2, 2], np.exp(inputs["j"][k][i] * np.outer(spin, spin)))
            )
    state = {name: int(s > 0) for name, s in zip(names, inputs["s"], strict=True)}
    rest = {name: {k: v for k, v in state.items() if k != name} for name in names}
    asked = VariableElimination(net)
    given = [asked.query([n], evidence=rest[n], show_progress=False).normalize(inplace=False) for n in names]
    up = [float(one.values[1]) for one in given]
    return {"log_partition": float(np.log(net.get_partition_function())), "up": up}


def _our_spins(model: Model, inputs: Inputs) -> Answers:
    j, h = t(inputs["j"]), t(inputs["h"])
    return {"log_partition": model.log_partition(j, h), "up": model.conditional(t(inputs["s"]), j, h)}


def _tree(inputs: Inputs) -> Any:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.models import DiscreteMarkovNetwork

    net = DiscreteMarkovNetwork([("a", "b"), ("b", "c"), ("b", "d")])
    net.add_factors(*(DiscreteFactor([n], [2], np.array(row)) for n, row in zip("abcd", inputs["unary"], strict=True)))
    net.add_factors(
        *(
            DiscreteFactor(list(e), [2, 2], np.array(row))
            for e, row in zip(("ab", "bc", "bd"), inputs["pairs"], strict=True)
        )
    )
    return net


def _propagated(inputs: Inputs) -> Answers:
    from pgmpy.inference import BeliefPropagation

    asked = BeliefPropagation(_tree(inputs))
    return {"beliefs": [asked.query([n], show_progress=False).values.tolist() for n in "abcd"]}


def _our_propagated(model: Model, inputs: Inputs) -> Answers:
    unary, edges = t(inputs["unary"]), ((0, 1), (1, 2), (1, 3))
    messages = model.propagate(unary, {e: t(row) for e, row in zip(edges, inputs["pairs"], strict=True)}, 4)
    return {"beliefs": torch.stack([model.belief(unary, messages, i) for i in range(4)])}


def _eliminated(inputs: Inputs) -> Answers:
    from pgmpy.inference import VariableElimination

    tree = _tree(inputs)
    found = VariableElimination(tree).query(["c"], show_progress=False).normalize(inplace=False)
    return {"c": (tree.get_partition_function() * found.values).tolist()}


def _our_eliminated(model: Model, inputs: Inputs) -> Answers:
    factors: list[tuple[tuple[int, ...], torch.Tensor]] = [((i,), t(row)) for i, row in enumerate(inputs["unary"])]
    factors += [(e, t(row)) for e, row in zip(((0, 1), (1, 2), (1, 3)), inputs["pairs"], strict=True)]
    (_, left), _ = model.eliminate(factors, (3, 0, 1))
    return {"c": left}


def _belief_net(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.models import DiscreteBayesianNetwork
    from scipy.special import expit

    w, b = np.array(inputs["weights"]), np.array(inputs["bias"])
    net, names = DiscreteBayesianNetwork([("a", "b"), ("a", "c"), ("b", "c")]), "abc"
    for i, name in enumerate(names):
        on = np.array([expit(w[i, :i] @ np.array(rows) + b[i]) for rows in product((0, 1), repeat=i)])
        net.add_cpds(TabularCPD(name, 2, np.stack([1 - on, on]), list(names[:i]), [2] * i))
    states = product((0, 1), repeat=3)
    return {"log_joint": [float(np.log(net.get_state_probability(dict(zip(names, s, strict=True))))) for s in states]}


def _our_belief_net(model: Model, inputs: Inputs) -> Answers:
    states = t(list(product((0, 1), repeat=3)))
    return {"log_joint": model.sigmoid_log_joint(states, t(inputs["weights"]), t(inputs["bias"]))}


def _linear_network(inputs: Inputs) -> Answers:
    from pgmpy.factors.continuous import LinearGaussianCPD
    from pgmpy.models import LinearGaussianBayesianNetwork
    from scipy.stats import multivariate_normal

    net = LinearGaussianBayesianNetwork([("a", "b")])
    net.add_cpds(
        LinearGaussianCPD("a", [0.0], inputs["std"][0]),
        LinearGaussianCPD("b", [0.0, inputs["weights"][1][0]], inputs["std"][1], ["a"]),
    )
    mean, cov = net.to_joint_gaussian()
    return {"log_prob": multivariate_normal(mean, cov).logpdf(inputs["x"]).tolist()}


def _our_linear_network(model: Model, inputs: Inputs) -> Answers:
    return {
        "log_prob": model.gaussian_network_log_prob(t(inputs["x"]), t(inputs["weights"]), lambda x: x, t(inputs["std"]))
    }


def _machine(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.models import DiscreteMarkovNetwork

    names, both = "abc", np.array([[0.0, 0.0], [0.0, 1.0]])
    net = DiscreteMarkovNetwork([("a", "b"), ("b", "c"), ("a", "c")])
    for i in range(3):
        net.add_factors(DiscreteFactor([names[i]], [2], np.exp([0.0, inputs["b"][i]])))
        for k in range(i):
            net.add_factors(DiscreteFactor([names[k], names[i]], [2, 2], np.exp(inputs["w"][k][i] * both)))
    law = net.get_factors()[0]
    for factor in net.get_factors()[1:]:
        law = law.product(factor, inplace=False)
    values = np.transpose(law.values, [law.variables.index(n) for n in names]) / net.get_partition_function()
    up = [float(values[1, 0, 1] / values[:, 0, 1].sum()), float(values[1, 1, 1] / values[1, :, 1].sum())]
    return {"log_prob": np.log(values).ravel().tolist(), "up": up}


def _our_machine(model: Model, inputs: Inputs) -> Answers:
    w, b = t(inputs["w"]), t(inputs["b"])
    states = t(list(product((0, 1), repeat=3)))
    up = model.machine_conditional(t([1.0, 0.0, 1.0]), w, b)
    return {"log_prob": model.machine_log_prob(states, w, b), "up": up[:2]}


def _deep_machine(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteMarkovNetwork

    both = np.array([[0.0, 0.0], [0.0, 1.0]])
    pairs = {(f"v{i}", f"h{j}"): inputs["w1"][i][j] for i in range(2) for j in range(2)}
    pairs |= {(f"h{j}", "top"): inputs["w2"][j][0] for j in range(2)}
    net = DiscreteMarkovNetwork(list(pairs))
    net.add_factors(*(DiscreteFactor(list(edge), [2, 2], np.exp(w * both)) for edge, w in pairs.items()))
    seen = {"v0": int(inputs["v"][0]), "v1": int(inputs["v"][1]), "top": int(inputs["h2"][0])}
    asked = VariableElimination(net)
    found = [asked.query([f"h{j}"], evidence=seen, show_progress=False).normalize(inplace=False) for j in range(2)]
    return {"middle": [float(one.values[1]) for one in found]}


def _our_deep_machine(model: Model, inputs: Inputs) -> Answers:
    return {"middle": model.dbm_middle(*(t(inputs[name]) for name in ("v", "h2", "w1", "w2")))}


def _conditioned(inputs: Inputs) -> Answers:
    import numpy as np
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    net = DiscreteBayesianNetwork([("c", "z"), ("c", "u"), ("z", "u")])
    net.add_cpds(
        TabularCPD("c", 2, [[0.5], [0.5]]),
        TabularCPD("z", 2, np.array(inputs["prior"]).T, ["c"], [2]),
        TabularCPD("u", 2, np.array(inputs["likelihood"]).reshape(4, 2).T, ["c", "z"], [2, 2]),
    )
    asked = VariableElimination(net)
    evidence = [asked.query(["u"], evidence={"c": c}, show_progress=False).values for c in (0, 1)]
    given = [
        [asked.query(["z"], evidence={"c": c, "u": u}, show_progress=False).values.tolist() for c in (0, 1)]
        for u in (0, 1)
    ]
    return {"log_evidence": np.log(np.stack(evidence, 1)).tolist(), "posterior": given}


def _our_conditioned(model: Model, inputs: Inputs) -> Answers:
    tables = t(inputs["prior"]), t(inputs["likelihood"])
    return {"log_evidence": model.log_evidence(*tables), "posterior": model.posterior(*tables)}


ORACLES: Mapping[str, tuple[Oracle, ...]] = {
    "chain_rule_table": (
        Oracle("pgmpy", JOINT, _chain_rule, _our_chain_rule, 1e-12, "its tables are quotients of margins"),
    ),
    "conditional_tables": (
        Oracle("pgmpy", JOINT, _chain_rule, _our_conditionals, 1e-12, "its tables are quotients of margins"),
    ),
    "markov_chain": (
        Oracle("hmmlearn", CHAIN, _hidden_nothing, _our_chain, 1e-9, "a hidden Markov model whose states are seen"),
    ),
    "latent_variable_model": (Oracle("pgmpy", LATENT, _latent, _our_latent, 1e-12, "columns are values of z"),),
    "do_calculus": (
        Oracle("pgmpy", CONFOUNDED, _set_value, _our_set_value, 1e-12, "columns enumerate parents, the last fastest"),
    ),
    "markov_random_field": (Oracle("pgmpy", FIELD, _field, _our_field, 1e-12, "none"),),
    "ising": (Oracle("pgmpy", SPINS, _spins, _our_spins, 1e-12, "values 0 and 1 are spins −1 and 1"),),
    "belief_propagation": (Oracle("pgmpy", TREE, _propagated, _our_propagated, 1e-12, "its beliefs are normalised"),),
    "variable_elimination": (
        Oracle("pgmpy", TREE, _eliminated, _our_eliminated, 1e-12, "its law times its partition function"),
    ),
    "sigmoid_belief_network": (
        Oracle("pgmpy", BELIEFS, _belief_net, _our_belief_net, 1e-12, "tables of σ, columns enumerate parents"),
    ),
    "gaussian_belief_network": (
        Oracle("pgmpy", STDS, _linear_network, _our_linear_network, 1e-6, "linear f; its covariances are rounded"),
    ),
    "boltzmann_machine": (
        Oracle("pgmpy", MACHINE, _machine, _our_machine, 1e-12, "a factor e^(w s_i s_j) for each pair"),
    ),
    "deep_boltzmann_machine": (
        Oracle("pgmpy", DEEP, _deep_machine, _our_deep_machine, 1e-12, "a factor e^(w s_i s_j) for each pair"),
    ),
    "cvae": (
        Oracle("pgmpy", GIVEN, _conditioned, _our_conditioned, 1e-12, "columns enumerate parents, the last fastest"),
    ),
}
"""By the names of specifications."""
