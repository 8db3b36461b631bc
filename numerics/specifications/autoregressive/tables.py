"""n-gram models, conditional probability tables: rows 118 and 120."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, repeated, worst
from reference_models.autoregressive import tables
from reference_models.learning import estimation


def _sequences(vocabulary: int, length: int, draw: Draw) -> Tensor:
    return torch.tensor(list(product(range(vocabulary), repeat=length)), device=draw.device)


def _text(draw: Draw) -> tuple[Tensor, int, int]:
    """Tokens in which every n-gram occurs, n, and the size of the vocabulary."""
    n, v = draw.whole(1, 3), draw.whole(2, 3)
    return torch.cat([draw.integers(0, v - 1, 30), _sequences(v, n, draw).flatten()]), n, v


def _stationary(model: Model, draw: Draw) -> Outcome:
    tokens, n, v = _text(draw)
    table = model.mle(model.counts(tokens, n, v))
    slope = gradient(lambda a: model.log_prob(tokens, torch.softmax(a, -1)), torch.log(table))
    return equal(slope, 0.0, 1e-9, f"slope of the log-likelihood in the logits of each row, n = {n}")


def _counted(model: Model, draw: Draw) -> Outcome:
    tokens, n, v = _text(draw)
    found, seen = model.counts(tokens, n, v), tokens.tolist()
    expected = torch.zeros_like(found)
    for start in range(len(seen) - n + 1):
        expected[tuple(seen[start : start + n])] += 1
    return equal(found, expected)


def _sentences_sum(model: Model, draw: Draw) -> Outcome:
    table = draw.simplex(3, 3, 3)
    start = draw.integers(0, 2, 2)
    ends = _sequences(3, 3, draw)
    log_p = [model.log_prob(torch.cat([start, end]), table) for end in ends]
    return equal(torch.exp(torch.stack(log_p)).sum(), 1.0)


def _shifted_log_prob(tokens: Tensor, table: Tensor) -> Tensor:
    return tables.ngram_log_prob(tokens.flip(0), table)


def _softmax_rank(model: Model, draw: Draw) -> Outcome:
    n, v = draw.whole(1, 3), draw.whole(2, 3)
    a = draw.normal(*(v,) * n)
    slopes = torch.func.jacrev(lambda at: torch.softmax(at, -1).flatten())(a).reshape(v**n, v**n)
    return equal(model.free_parameters(v, n), int(torch.linalg.matrix_rank(slopes, rtol=1e-9)))


def _smoothed_rows(model: Model, draw: Draw) -> Outcome:
    counts, k = draw.integers(0, 3, 4, 3).to(torch.float64), draw.uniform(0.1, 2)
    extra = torch.cat([counts, k.expand(4, 3)], 1).reshape(4, 2, 3).sum(1)  # k more of each
    found = model.smoothed(counts, k)
    return worst(close(found.sum(-1), 1.0), close(found, extra / extra.sum(-1, keepdim=True)))


def _from_nltk(inputs: Mapping[str, Any]) -> Answers:
    from nltk.lm import MLE, Laplace
    from nltk.util import ngrams

    v, n = inputs["vocabulary"], inputs["n"]
    text, words = [str(token) for token in inputs["tokens"]], [str(token) for token in range(v)]
    answers = {}
    for name, kind in (("mle", MLE), ("laplace", Laplace)):
        law = kind(n)
        law.fit([list(ngrams(text, n)), list(ngrams(text, n - 1))], words * 2)
        rows = product(words, repeat=n)
        size = len(law.vocab)
        scores = [law.score(row[-1], row[:-1]) for row in rows]
        if name == "laplace":  # nltk counts one more word, the unknown one, in its vocabulary
            seen = [law.context_counts(row[:-1]).N() for row in product(words, repeat=n)]
            scores = [s * (c + size) / (c + v) for s, c in zip(scores, seen, strict=True)]
        answers[name] = torch.tensor(scores).reshape((v,) * n).tolist()
    return answers


def _ngram_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    counts = model.counts(torch.tensor(inputs["tokens"]), inputs["n"], inputs["vocabulary"])
    return {"mle": model.mle(counts), "laplace": model.smoothed(counts, torch.tensor(1.0))}


NGRAM = Specification(
    name="ngram",
    family="autoregressive",
    systems=(118,),
    title="n-gram model",
    statement="P(w | context) = count(context, w) / count(context)",
    page="reference_models.autoregressive.tables",
    functions={
        "counts": tables.ngram_counts,
        "mle": estimation.categorical_mle,
        "smoothed": tables.ngram_smoothed,
        "log_prob": tables.ngram_log_prob,
        "free_parameters": tables.ngram_free_parameters,
    },
    properties=(
        Property(
            "the shares of counts are where the likelihood is flat",
            repeated(_stationary, 6),
            Mutant("one is added to every count", {"mle": lambda c: tables.ngram_smoothed(c, torch.ones(()))}),
        ),
        Property(
            "every n-gram is counted",
            _counted,
            Mutant("the last n-gram is lost", {"counts": lambda x, n, v: tables.ngram_counts(x[:-1], n, v)}),
        ),
        Property(
            "the continuations of a context have total probability 1",
            _sentences_sum,
            Mutant("the text is scored from its end", {"log_prob": _shifted_log_prob}),
        ),
        Property(
            "V^(n−1) (V − 1) is the rank of the rows in their logits",
            _softmax_rank,
            Mutant("rows that need not sum to 1", {"free_parameters": lambda v, n: v**n}),
        ),
        Property(
            "smoothing is counting k more of each word",
            _smoothed_rows,
            Mutant("k is added once below", {"smoothed": lambda c, k: (c + k) / (c.sum(-1, keepdim=True) + k)}),
        ),
    ),
    source="Jurafsky and Martin, Speech and Language Processing, chapter 3",
    oracles=(
        Oracle(
            package="nltk",
            inputs={"tokens": [0, 1, 2, 0, 1, 1, 2, 2, 0, 2, 1, 0, 0, 1, 2], "vocabulary": 3, "n": 2},
            ask=_from_nltk,
            tell=_ngram_answers,
            tolerance=1e-7,
            conversion="nltk's vocabulary has one word more (unknown): its Laplace scores are rescaled to V words",
        ),
    ),
    conventions=("no start or end symbols", "nothing is smoothed unless said"),
)


def _joint_again(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(12).reshape(2, 3, 2)
    x = torch.tensor(list(product(range(2), range(3), range(2))), device=draw.device)
    return close(torch.exp(model.log_prob(x, model.conditionals(joint))), joint.flatten())


def _bayes(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(8).reshape(2, 2, 2)
    _, second, third = model.conditionals(joint)
    pair, triple = joint.sum(2), joint[0, 1]
    return worst(
        close(second[1], pair[1] / pair[1].sum()),
        close(third[0, 1], triple / triple.sum()),
    )


def _from_the_end(joint: Tensor) -> list[Tensor]:
    found = tables.conditionals(joint)
    return [*found[:-1], joint / joint.sum(0, keepdim=True)]


def _tables_rank(model: Model, draw: Draw) -> Outcome:
    k, n = draw.whole(2, 3), draw.whole(1, 3)
    x = _sequences(k, n, draw)
    sizes = [(k,) * i for i in range(1, n + 1)]
    flat = draw.normal(sum(k**i for i in range(1, n + 1)))

    def law(a: Tensor) -> Tensor:
        pieces = a.split([k ** len(s) for s in sizes])
        rows = [torch.softmax(p.reshape(s), -1) for p, s in zip(pieces, sizes, strict=True)]
        return torch.exp(model.log_prob(x, rows))

    rank = torch.linalg.matrix_rank(torch.func.jacrev(law)(flat), rtol=1e-9)
    return equal(model.free_parameters(n, k), int(rank), detail=f"n = {n}, k = {k}")


CPT = Specification(
    name="conditional_tables",
    family="autoregressive",
    systems=(120,),
    title="Conditional probability tables",
    statement="p(x_1 … x_n) = Π_i p(x_i | x_1 … x_{i−1}), one table each",
    page="reference_models.autoregressive.tables",
    functions={
        "conditionals": tables.conditionals,
        "log_prob": tables.tables_log_prob,
        "free_parameters": tables.tables_free_parameters,
    },
    properties=(
        Property(
            "the tables of a joint law give it back",
            _joint_again,
            Mutant("the last table is normalised over the first variable", {"conditionals": _from_the_end}),
        ),
        Property(
            "each table is a ratio of marginals",
            _bayes,
            Mutant("the last table is normalised over the first variable", {"conditionals": _from_the_end}),
        ),
        Property(
            "k^n − 1 is the rank of the law in its tables",
            _tables_rank,
            Mutant(
                "as many as the tables have entries",
                {"free_parameters": lambda n, k: sum(k**i for i in range(1, n + 1))},
            ),
        ),
    ),
    source="Murphy 2012, section 10.1",
)

SPECIFICATIONS = (NGRAM, CPT)
