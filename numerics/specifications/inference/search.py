"""Greedy decoding (92) and beam search (95)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, mean_is, true, worst
from reference_models.inference import decoding

PAGE = "reference_models.inference.decoding"


Tables = tuple[Tensor, Tensor, Tensor]


def _tables(draw: Draw, v: int = 3) -> Tables:
    """Probabilities of the first token, of the second given the first, of the third given both."""
    return draw.simplex(v), draw.simplex(v, v), draw.simplex(v, v, v)


def _next(tables: Tables) -> decoding.Next:
    return lambda x: torch.log(tables[len(x)][x])


def _joint(tables: Tables) -> Tensor:
    return tables[0][:, None, None] * tables[1][:, :, None] * tables[2]


def _as_others(model: Model, draw: Draw) -> Outcome:
    """Greedy is beam search of width 1, top-1 sampling and T → 0."""
    same = []
    for _ in range(8):
        following = _next(_tables(draw))
        first = model.beam_search(following, 3, 1)[0][0]
        ones = model.sampled(lambda x, f=following: decoding.top_k(f(x), 1), 3, draw.generator())
        cold = model.sampled(lambda x, f=following: decoding.tempered(f(x), 1e-12), 3, draw.generator())
        same.append(model.greedy(following, 3) == first == ones == cold)
    return true(all(same))


def _counterexample(model: Model, draw: Draw) -> Outcome:
    """Greedy goes for a > ½ and ends with a/2; the other way has 0.98 (1 − a) at its end."""
    a = float(draw.uniform(0.52, 0.65))
    rows = (draw.tensor([a, 1 - a]), draw.tensor([[0.5, 0.5], [0.02, 0.98]]))
    found = model.greedy(lambda x: torch.log(rows[len(x)][x]), 2)
    best = max(itertools.product((0, 1), repeat=2), key=lambda x: float(rows[0][x[0]] * rows[1][x]))
    score = rows[0][found[0]] * rows[1][found]
    other = rows[0][best[0]] * rows[1][best]
    return worst(true(found != best), equal(score, a / 2), true(other > score))


def _many(model: Model, draw: Draw) -> Outcome:
    """Many sequences at once: the greedy one is among them as often as it is probable, and so is each last token."""
    tables, n = _tables(draw), 3000

    def following(x: Tensor) -> Tensor:
        return torch.log(tables[x.shape[1]][tuple(x.T)]).expand(len(x), -1)

    found = model.sampled_many(following, 3, n, draw.generator())
    greedy = model.greedy(_next(tables), 3)
    hits = (found == torch.tensor(greedy, device=found.device)).all(-1).double()
    last = torch.nn.functional.one_hot(found[:, -1], 3).double()
    law = _joint(tables).sum((0, 1))
    return worst(mean_is(hits, float(_joint(tables)[greedy])), *[mean_is(last[:, k], float(law[k])) for k in range(3)])


def _many_one_behind(
    next_log_probs: Callable[[Tensor], Tensor], length: int, n: int, generator: torch.Generator
) -> Tensor:
    """Every token is drawn with the first token for all that came before."""
    return decoding.sampled_many(lambda x: next_log_probs(x[:, :1].expand_as(x)), length, n, generator)


def _exhaustive(next_log_probs: decoding.Next, length: int) -> tuple[int, ...]:
    v = len(next_log_probs(()))
    return decoding.beam_search(next_log_probs, length, v**length)[0][0]


def _one_behind(next_log_probs: decoding.Next, length: int) -> tuple[int, ...]:
    """Each token is chosen for the prefix without its last token."""
    sequence: tuple[int, ...] = ()
    for _ in range(length):
        sequence = (*sequence, int(next_log_probs(sequence[:-1]).argmax()))
    return sequence


def _chain(draw: Draw) -> tuple[Tensor, Tensor, decoding.Next]:
    """A Markov chain on five tokens."""
    start, step = draw.simplex(5), draw.simplex(5, 5)
    return start, step, lambda x: torch.log(start if not x else step[x[-1]])


def _decode_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Sequences of 12 from a Markov chain on 5 tokens: sampling meets the entropy, full search Viterbi's score."""
    start, step, following = _chain(draw)
    length, n = 12, 400
    g = draw.generator()
    scores = []
    for i in range(n):
        x = model.sampled(following, length, g)
        scores.append(float(decoding.sequence_log_prob(following, x)))
        progress(0.7 * i / n)
    law, entropy = start, -(start * torch.log(start)).sum()
    rows = -(step * torch.log(step)).sum(-1)
    for _ in range(length - 1):
        entropy = entropy + (law * rows).sum()
        law = law @ step
    best = torch.log(start)
    for _ in range(3):
        best = (best[:, None] + torch.log(step)).max(0).values  # Viterbi, to length 4
    exact = model.beam_search(following, 4, 5**3)[0][1]  # no prefix of 3 is lost
    found = {w: model.beam_search(following, length, w)[0][1] for w in (1, 2, 5, 25)}
    greedy = float(decoding.sequence_log_prob(following, model.greedy(following, length)))
    spread = torch.tensor(scores).std() / n**0.5
    progress(1.0)
    return Result(
        (
            Figure("mean −log p of samples", -sum(scores) / n, float(entropy), 6 * float(spread), "nats"),
            Figure("greedy score", greedy, found[1], 1e-9, "nats"),
            Figure("best score of length 4", exact, float(best.max()), 1e-9, "nats"),
        ),
        (Panel("log-probability against beam width", "points", {"beam search": (list(found), list(found.values()))}),),
    )


CHAIN = [[0.1, 0.5, 0.26, 0.14], [0.4, 0.05, 0.35, 0.2], [0.22, 0.3, 0.09, 0.39], [0.6, 0.1, 0.17, 0.13]]
"""A Markov chain that starts from token 0."""


def _generate(inputs: Mapping[str, Any]) -> Answers:
    from transformers import GenerationConfig, GenerationMixin, PretrainedConfig, PreTrainedModel
    from transformers.modeling_outputs import CausalLMOutput

    table = torch.log(torch.tensor(inputs["chain"], dtype=torch.float64))

    class Chain(PreTrainedModel, GenerationMixin):  # type: ignore[misc]
        config_class = PretrainedConfig

        def __init__(self, config: Any) -> None:
            super().__init__(config)
            self.one = torch.nn.Parameter(torch.ones((), dtype=torch.float64))
            self.post_init()

        def forward(self, input_ids: Tensor, **others: Any) -> Any:
            return CausalLMOutput(logits=self.one * table[input_ids])

        def prepare_inputs_for_generation(self, input_ids: Tensor, **others: Any) -> dict[str, Tensor]:
            return {"input_ids": input_ids}

    made = Chain(PretrainedConfig(vocab_size=4, num_hidden_layers=1, hidden_size=1, num_attention_heads=1))
    answers: dict[str, Any] = {}
    for width in inputs["widths"]:
        how = GenerationConfig(
            num_beams=width,
            num_return_sequences=width,
            max_new_tokens=inputs["length"],
            length_penalty=0.0,
            use_cache=False,
            return_dict_in_generate=True,
            output_scores=True,
            pad_token_id=0,
        )
        found = made.generate(torch.tensor([[0]]), generation_config=how)
        answers[f"sequences at width {width}"] = found.sequences[:, 1:]
        if width > 1:
            answers[f"scores at width {width}"] = found.sequences_scores
    return answers


def _our_beams(model: Model, inputs: Mapping[str, Any]) -> Answers:
    table = torch.log(torch.tensor(inputs["chain"], dtype=torch.float64))

    def following(x: tuple[int, ...]) -> Tensor:
        return table[x[-1] if x else 0]

    answers: dict[str, Any] = {}
    for width in inputs["widths"]:
        beams = model.beam_search(following, inputs["length"], width)
        answers[f"sequences at width {width}"] = torch.tensor([x for x, _ in beams], dtype=torch.float64)
        if width > 1:
            answers[f"scores at width {width}"] = torch.tensor([s for _, s in beams], dtype=torch.float64)
    return answers


def _our_greedy(model: Model, inputs: Mapping[str, Any]) -> Answers:
    table = torch.log(torch.tensor(inputs["chain"], dtype=torch.float64))
    found = model.greedy(lambda x: table[x[-1] if x else 0], inputs["length"])
    return {"sequences at width 1": torch.tensor([found], dtype=torch.float64)}


GREEDY = Specification(
    name="greedy_decoding",
    family="inference",
    systems=(92,),
    title="Greedy decoding",
    statement="x_t = argmax p(· | x_<t)",
    page=PAGE,
    functions={
        "greedy": decoding.greedy,
        "beam_search": decoding.beam_search,
        "sampled": decoding.sampled,
        "sampled_many": decoding.sampled_many,
    },
    properties=(
        Property(
            "it is a beam of width 1, top-1 sampling, and the limit T → 0",
            _as_others,
            Mutant("the context lacks its last token", {"greedy": _one_behind}),
        ),
        Property(
            "it misses the best sequence where the first step is a trap",
            _counterexample,
            Mutant("every sequence is tried", {"greedy": _exhaustive}),
        ),
        Property(
            "among many draws it comes as often as it is probable",
            _many,
            Mutant("all that is read of the context is its first token", {"sampled_many": _many_one_behind}),
        ),
    ),
    source="Russell and Norvig 2021, chapter 24",
    oracles=(
        Oracle(
            "transformers",
            {"chain": CHAIN, "widths": [1], "length": 6},
            _generate,
            _our_greedy,
            1e-12,
            "generate with one beam, on a model whose logits are the chain's",
        ),
    ),
    task=Task("sequences of 12 from a Markov chain on 5 tokens", _decode_task),
    conventions=("the lowest token wins a tie",),
)


def _full_width(model: Model, draw: Draw) -> Outcome:
    tables = _tables(draw)
    found = model.beam_search(_next(tables), 3, 27)
    scores = torch.log(_joint(tables)).flatten().sort(descending=True).values
    best = model.beam_search(_next(tables), 3, 9)[0]  # nothing can be lost: 9 are all prefixes of two
    return worst(equal(draw.tensor([s for _, s in found]), scores), equal(draw.tensor(best[1]), scores[0]))


def _adds(model: Model, draw: Draw) -> Outcome:
    """A beam's score is its sequence's log-probability; each kept prefix is among the best extensions."""
    tables, width = _tables(draw), draw.whole(1, 4)
    found = model.beam_search(_next(tables), 3, width)
    joint = torch.log(_joint(tables))
    own = draw.tensor([float(joint[x]) for x, _ in found])
    two = [x for x, _ in model.beam_search(_next(tables), 2, width)]
    grown = torch.stack([joint[x] for x in two]).flatten().sort(descending=True).values[:width]
    return worst(equal(draw.tensor([s for _, s in found]), own), equal(draw.tensor([s for _, s in found]), grown))


def _not_monotone(model: Model, draw: Draw) -> Outcome:
    """Three tokens where width 2 ends below width 1: both kept prefixes then lead to even odds."""
    small = float(draw.uniform(0, 0.01))
    first = draw.tensor([3, 4, 5]) / 12
    second = draw.tensor([[4 / 7, 1 / 7, 2 / 7], [0.09, 0.455, 0.455], [0.355, 0.325, 0.32]])
    third = torch.full((3, 3, 3), 1 / 3, dtype=torch.float64, device=draw.device)
    third[2, 0] = draw.tensor([0.25 - small, 0.25, 0.5 + small])
    third[0, 0] = draw.tensor([0.39, 0.17, 0.44])
    scores = [model.beam_search(_next((first, second, third)), 3, w)[0][1] for w in (1, 2, 9)]
    wanted = torch.log(draw.tensor([5 / 12 * 0.355 * (0.5 + small), 4 / 12 * 0.455 / 3]))
    return worst(equal(draw.tensor(scores[:2]), wanted), true(scores[1] < scores[0] <= scores[2]))


def _last_steps(next_log_probs: decoding.Next, length: int, width: int) -> list[tuple[tuple[int, ...], float]]:
    """Prefixes are ranked by their last step alone."""
    found = decoding.beam_search(next_log_probs, length, width)
    return sorted([(x, float(next_log_probs(x[:-1])[x[-1]])) for x, _ in found], key=lambda f: -f[1])


def _greedy_beams(next_log_probs: decoding.Next, length: int, width: int) -> list[tuple[tuple[int, ...], float]]:
    """Each beam is extended by its own best tokens only, one for each: no prefix can push another out."""
    beams = decoding.beam_search(next_log_probs, 1, width)
    for _ in range(length - 1):
        tops = [(x, s, next_log_probs(x)) for x, s in beams]
        beams = sorted([((*x, int(t.argmax())), s + float(t.max())) for x, s, t in tops], key=lambda f: -f[1])
    return beams


def _averaged(next_log_probs: decoding.Next, length: int, width: int) -> list[tuple[tuple[int, ...], float]]:
    return [(x, s / length) for x, s in decoding.beam_search(next_log_probs, length, width)]


BEAM = Specification(
    name="beam_search",
    family="inference",
    systems=(95,),
    title="Beam search",
    statement="keep the k prefixes of largest Σ log p(x_t | x_<t)",
    page=PAGE,
    functions={"beam_search": decoding.beam_search},
    properties=(
        Property(
            "at full width it ranks every sequence",
            _full_width,
            Mutant("the last step's log-probability stands for the sum", {"beam_search": _last_steps}),
        ),
        Property(
            "scores are log-probabilities of whole sequences, the best extensions of the beams before",
            _adds,
            Mutant("scores are divided by the length", {"beam_search": _averaged}),
        ),
        Property(
            "a wider beam can end lower",
            _not_monotone,
            Mutant("each beam is extended by its best token only", {"beam_search": _greedy_beams}),
        ),
    ),
    source="Russell and Norvig 2021, chapter 24",
    oracles=(
        Oracle(
            "transformers",
            {"chain": CHAIN, "widths": [2, 4], "length": 4},
            _generate,
            _our_beams,
            1e-6,
            "generate with length_penalty 0, on a model whose logits are the chain's; its scores are float32",
        ),
    ),
    conventions=("no length penalty",),
)

SPECIFICATIONS = (GREEDY, BEAM)
