"""Language models and conditioned ones: rows 205, 206, 207 and 208."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, frequencies_are, repeated, worst
from reference_models.autoregressive import language

Network = Callable[[Tensor], Tensor]


def _texts(draw: Draw, vocabulary: int, length: int) -> Tensor:
    return torch.tensor(list(product(range(vocabulary), repeat=length)), device=draw.device)


def _network(draw: Draw, vocabulary: int) -> Network:
    """A small network that reads the whole prefix, place by place."""
    words, places, out = draw.normal(vocabulary, 4), draw.uniform(0.5, 2, 9), draw.normal(vocabulary, 4)

    def logits(prefix: Tensor) -> Tensor:
        t = prefix.shape[-1]
        state = (words[prefix] * places[:t, None]).sum(-2) + 0.3
        return torch.tanh(state) @ out.mT

    return logits


def _sums(model: Model, draw: Draw) -> Outcome:
    return equal(torch.exp(model.log_prob(_texts(draw, 3, 4), _network(draw, 3))).sum(), 1.0)


def _reads_itself(tokens: Tensor, network: Network) -> Tensor:
    total = torch.zeros(tokens.shape[:-1], dtype=torch.float64, device=tokens.device)
    for t in range(tokens.shape[-1]):
        law = torch.log_softmax(network(tokens[..., : t + 1]), -1)
        total = total + law.gather(-1, tokens[..., t : t + 1])[..., 0]
    return total


def _joint_is_conditional(model: Model, draw: Draw) -> Outcome:
    x, network, data = _texts(draw, 3, 3), _network(draw, 3), draw.simplex(27)
    joint = -(data * model.log_prob(x, network)).sum()  # E_data[−log p(x)]
    total = torch.zeros((), dtype=torch.float64, device=draw.device)
    for t in range(3):
        prefixes = data.reshape(3**t, 3, -1).sum(-1)  # p_data(x_{<t}, x_t)
        law = torch.log_softmax(network(_texts(draw, 3, t).reshape(3**t, t).to(torch.int64)), -1)
        total = total - (prefixes * law).sum()
    return close(joint, total)


def _mean_per_token(tokens: Tensor, network: Network) -> Tensor:
    return language.log_prob(tokens, network) / tokens.shape[-1]


def _best_is_data(model: Model, draw: Draw) -> Outcome:
    """With the true conditionals the cross-entropy is the entropy of the data."""
    x, data = _texts(draw, 3, 3), draw.simplex(27)
    table = data.reshape(3, 3, 3)

    def true_network(prefix: Tensor) -> Tensor:
        at = table[tuple(prefix.unbind(-1))] if prefix.shape[-1] else table.expand(*prefix.shape[:-1], 3, 3, 3)
        return torch.log(at.sum(tuple(range(prefix.dim(), at.dim())))) if at.dim() > prefix.dim() else torch.log(at)

    return close(-(data * model.log_prob(x, true_network)).sum(), -(data * torch.log(data)).sum())


def _truncation(model: Model, draw: Draw) -> Outcome:
    logits, k, p, temperature = draw.normal(6), draw.whole(1, 5), float(draw.uniform(0.2, 0.95)), 0.7
    found = model.truncated(logits, temperature, k, p)
    weights = torch.exp(logits / temperature)
    order = sorted(range(6), key=lambda i: -float(weights[i]))[:k]
    top = sum(float(weights[i]) for i in order)
    kept: list[int] = []
    while sum(float(weights[i]) for i in kept) < p * top:  # the least set of the likeliest whose mass reaches p
        kept.append(order[len(kept)])
    expected = torch.zeros_like(weights)
    expected[kept] = weights[kept] / weights[kept].sum()
    return close(found, expected)


def _drops_the_crossing(logits: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
    p = language.truncated(logits, temperature, top_k, 1.1)
    ordered, place = p.sort(-1, descending=True)
    keep = ordered.cumsum(-1) <= top_p
    keep[..., 0] = True
    kept = torch.zeros_like(p).scatter(-1, place, torch.where(keep, ordered, torch.zeros_like(p)))
    return kept / kept.sum(-1, keepdim=True)


def _truncation_many(model: Model, draw: Draw) -> Outcome:
    return worst(*(_truncation(model, draw) for _ in range(30)))


def _draws(model: Model, draw: Draw) -> Outcome:
    network, temperature = _network(draw, 3), float(draw.choice([0.4, 2.0]))
    x = model.sample(network, 20_000, 2, temperature, draw.generator())
    law = torch.exp(model.log_prob(_texts(draw, 3, 2), lambda prefix: network(prefix) / temperature))
    return frequencies_are(3 * x[:, 0] + x[:, 1], law)


def _multiplies(network: Network, n: int, length: int, temperature: float, generator: torch.Generator) -> Tensor:
    return language.sample(network, n, length, 1 / temperature, generator)


LANGUAGE_MODEL = Specification(
    name="language_model",
    family="autoregressive",
    systems=(205,),
    title="Autoregressive language model",
    statement="p(x_1 … x_T) = Π_t softmax(h_θ(x_{<t}))_{x_t}",
    page="reference_models.autoregressive.language",
    functions={"log_prob": language.log_prob, "truncated": language.truncated, "sample": language.sample},
    properties=(
        Property(
            "sums to 1 over all texts",
            _sums,
            Mutant("a token is read before its score", {"log_prob": _reads_itself}),
        ),
        Property(
            "the joint cross-entropy is the sum of the conditional ones",
            _joint_is_conditional,
            Mutant("the mean over tokens", {"log_prob": _mean_per_token}),
        ),
        Property(
            "with the true conditionals it is the entropy",
            _best_is_data,
            Mutant("the mean over tokens", {"log_prob": _mean_per_token}),
        ),
        Property(
            "top-k and top-p keep the least set of the likeliest",
            _truncation_many,
            Mutant("the token that crosses p is dropped", {"truncated": _drops_the_crossing}),
        ),
        Property(
            "draws have the tempered law", _draws, Mutant("temperature multiplies the logits", {"sample": _multiplies})
        ),
    ),
    source="Bengio et al. 2003; Holtzman et al. 2020, section 3",
    conventions=("log-probabilities are sums over tokens", "top-p keeps the token that crosses p"),
)


def _captioner(draw: Draw) -> Callable[[Tensor, Tensor], Tensor]:
    inner, mix = _network(draw, 3), draw.normal(3, 2)
    return lambda u, prefix: inner(prefix) + u @ mix.mT


def _ended(draw: Draw, longest: int) -> tuple[Tensor, Tensor]:
    """All captions over {1, 2} that end with 0, padded with 1s after the end; and those that never end."""
    texts, lengths, seen = [], [], set()
    for y in product(range(3), repeat=longest):
        length = y.index(0) + 1 if 0 in y else longest
        if y[:length] not in seen:
            seen.add(y[:length])
            texts.append([*y[:length], *[1] * (longest - length)])
            lengths.append(length)
    return torch.tensor(texts, device=draw.device), torch.tensor(lengths, device=draw.device)


def _captions_sum(model: Model, draw: Draw) -> Outcome:
    (y, lengths), u = _ended(draw, 3), draw.normal(2)
    loss = model.loss(u.expand(len(y), 2), y, lengths, _captioner(draw))
    return equal(torch.exp(-loss).sum(), 1.0)


def _padding_scored(u: Tensor, y: Tensor, lengths: Tensor, network: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    return language.caption_loss(u, y, lengths + 1, network)


def _teacher(model: Model, draw: Draw) -> Outcome:
    network, y, u = _captioner(draw), draw.integers(0, 2, 5, 4), draw.normal(5, 2)
    lengths = draw.integers(1, 4, 5)
    expected = []
    for row in range(5):
        total = 0.0
        for t in range(int(lengths[row])):
            z = torch.exp(network(u[row : row + 1], y[row : row + 1, :t]))[0]
            total -= float(torch.log(z[y[row, t]] / z.sum()))
        expected.append(total)
    return close(model.loss(u, y, lengths, network), draw.tensor(expected))


def _own_guesses(u: Tensor, y: Tensor, lengths: Tensor, network: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    read, total = y[:, :0], torch.zeros(len(y), dtype=torch.float64, device=y.device)
    for t in range(y.shape[1]):
        law = torch.log_softmax(network(u, read), -1)
        total = total - torch.where(t < lengths, law.gather(-1, y[:, t : t + 1])[:, 0], torch.zeros_like(total))
        read = torch.cat([read, law.argmax(-1, keepdim=True)], 1)
    return total


SEQUENCE_CE = Specification(
    name="captioning",
    family="autoregressive",
    systems=(206,),
    title="Sequence cross-entropy: captioning, sequence to sequence, answers about images",
    statement="L = −Σ_t log p(y_t | y_{<t}, z), the true y_{<t} being read",
    page="reference_models.autoregressive.language",
    functions={"loss": language.caption_loss},
    properties=(
        Property(
            "captions of every length have total probability 1",
            _captions_sum,
            Mutant("one token of padding is scored", {"loss": _padding_scored}),
        ),
        Property(
            "teacher forcing: each token given the true ones before",
            repeated(_teacher, 5),
            Mutant("the model reads its own guesses", {"loss": _own_guesses}),
        ),
    ),
    source="Sutskever, Vinyals and Le 2014, section 2",
    conventions=("sum over tokens", "padding after the length is not scored"),
)


def _eye(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Callable[[Tensor], Tensor]]:
    """Vision weights, projection, word embeddings, and a causal decoder of embeddings."""
    vision, projection, words = draw.normal(3, 4), draw.normal(4, 3), draw.normal(3, 4)
    mix, out = draw.normal(4, 4) / 2, draw.normal(3, 4)

    def decode(x: Tensor) -> Tensor:
        weights = torch.arange(1, x.shape[-2] + 1, dtype=x.dtype, device=x.device)[:, None]
        return torch.tanh(torch.cumsum(x * weights, -2) / weights.cumsum(-2) @ mix) @ out.mT

    return vision, projection, words, decode


def _answers_sum(model: Model, draw: Draw) -> Outcome:
    vision, projection, words, decode = _eye(draw)
    image = model.image_tokens(draw.normal(4, 4), 2, vision, projection)
    y = _texts(draw, 3, 3)
    prompt = draw.integers(0, 2, 2)
    loss = model.loss(image.expand(27, -1, -1), prompt.expand(27, 2), y, decode, words)
    return equal(torch.exp(-loss).sum(), 1.0)


def _one_early(image: Tensor, prompt: Tensor, answer: Tensor, decode: Network, words: Tensor) -> Tensor:
    x = torch.cat([image, words[prompt], words[answer]], -2)
    law = torch.log_softmax(decode(x)[:, image.shape[-2] + prompt.shape[-1] :], -1)
    return -law.gather(-1, answer[..., None])[..., 0].sum(-1)


def _prompt_given(model: Model, draw: Draw) -> Outcome:
    """−log p(y | u) from exact enumeration: the joint law of prompt and answer over the marginal of the prompt."""
    vision, projection, words, decode = _eye(draw)
    image = model.image_tokens(draw.normal(1, 4, 4), 2, vision, projection)
    prompt, y = draw.integers(0, 2, 1, 2), draw.integers(0, 2, 1, 2)
    empty = prompt[:, :0]
    both = model.loss(image, empty, torch.cat([prompt, y], 1), decode, words)
    return close(model.loss(image, prompt, y, decode, words), both - model.loss(image, empty, prompt, decode, words))


def _prompt_scored(image: Tensor, prompt: Tensor, answer: Tensor, decode: Network, words: Tensor) -> Tensor:
    return language.answer_loss(image, prompt[:, :-1], torch.cat([prompt[:, -1:], answer], 1), decode, words)


def _patches(model: Model, draw: Draw) -> Outcome:
    image, vision, projection = draw.normal(4, 6), draw.normal(3, 4), draw.normal(5, 3)
    expected = []
    for r, c in product((0, 2), (0, 2, 4)):
        patch = torch.stack([image[r, c], image[r, c + 1], image[r + 1, c], image[r + 1, c + 1]])
        expected.append(projection @ torch.tanh(vision @ patch))
    return close(model.image_tokens(image, 2, vision, projection), torch.stack(expected))


def _columns_first(image: Tensor, size: int, vision: Tensor, projection: Tensor) -> Tensor:
    patches = image.unfold(-2, size, size).unfold(-2, size, size).flatten(-2).transpose(-3, -2).flatten(-3, -2)
    return torch.tanh(patches @ vision.mT) @ projection.mT


VLM = Specification(
    name="vlm",
    family="autoregressive",
    systems=(207,),
    title="Vision-language model",
    statement="p(y | image, prompt) = Π_t softmax(LM(image tokens, prompt, y_{<t}))_{y_t}",
    page="reference_models.autoregressive.language",
    functions={"image_tokens": language.image_tokens, "loss": language.answer_loss},
    properties=(
        Property(
            "answers have total probability 1 given image and prompt",
            _answers_sum,
            Mutant("a place predicts its own token", {"loss": _one_early}),
        ),
        Property(
            "the prompt is given, not scored: p(y | u) = p(u, y)/p(u)",
            _prompt_given,
            Mutant("the prompt's last token is scored too", {"loss": _prompt_scored}),
        ),
        Property("patches are read row by row", _patches, Mutant("column by column", {"image_tokens": _columns_first})),
    ),
    source="Liu et al. 2023 (LLaVA), section 4",
    conventions=("image, then prompt, then answer", "no latent variable and no KL term"),
)


def _offsets(model: Model, draw: Draw) -> Outcome:
    sizes = [draw.whole(2, 4) for _ in range(3)]
    parts = [torch.arange(size, device=draw.device) for size in sizes]
    whole = model.joined(parts, sizes)
    kinds = torch.cat([torch.full((size,), i, device=draw.device) for i, size in enumerate(sizes)])
    return worst(
        equal(whole.sort().values, torch.arange(sum(sizes), device=draw.device), detail="a bijection"),
        equal(model.modality(whole, sizes), kinds),
    )


def _overlapping(parts: list[Tensor], sizes: list[int]) -> Tensor:
    return language.joined(parts, [size - 1 for size in sizes])


def _mixed_sums(model: Model, draw: Draw) -> Outcome:
    sizes, network = [2, 1, 1], _network(draw, 4)
    x = _texts(draw, 4, 3)
    law = torch.exp(model.log_prob(x, network))
    kinds = model.modality(x, sizes)
    by_kind = [law[kinds[:, 0] == i].sum() for i in range(3)]
    first = torch.softmax(network(x[:1, :0])[0], -1)
    return worst(equal(law.sum(), 1.0), close(torch.stack(by_kind), torch.stack([first[:2].sum(), first[2], first[3]])))


def _ends_inside(tokens: Tensor, sizes: list[int]) -> Tensor:
    ends = torch.tensor(sizes, device=tokens.device).cumsum(0)
    return (tokens[..., None] > ends).sum(-1)


def _blind(model: Model, draw: Draw) -> Outcome:
    network, x, cut = _network(draw, 4), draw.integers(0, 3, 6, 4), draw.whole(1, 3)
    other = torch.cat([x[:, :cut], (x[:, cut:] + 1) % 4], 1)
    return close(model.log_prob(x[:, :cut], network), _chain_up_to(model, other, network, cut))


def _chain_up_to(model: Model, x: Tensor, network: Network, cut: int) -> Tensor:
    """log p of the first ``cut`` tokens, as the log of the total of all that may follow."""
    total = []
    for end in product(range(4), repeat=x.shape[1] - cut):
        tail = torch.tensor(end, device=x.device).expand(len(x), -1)
        total.append(model.log_prob(torch.cat([x[:, :cut], tail], 1), network))
    return torch.logsumexp(torch.stack(total), 0)


MIXED_TOKENS = Specification(
    name="mixed_tokens",
    family="autoregressive",
    systems=(208,),
    title="Multimodal autoregression over mixed tokens",
    statement="one law p(x) = Π_t p(x_t | x_{<t}) over the joint vocabulary of text, visual and audio codes",
    page="reference_models.autoregressive.language",
    functions={"joined": language.joined, "modality": language.modality, "log_prob": language.log_prob},
    properties=(
        Property(
            "the parts of the vocabulary are apart and fill it",
            _offsets,
            Mutant("each part overlaps the next by one", {"joined": _overlapping}),
        ),
        Property(
            "sums to 1, the modalities' shares those of the softmax",
            _mixed_sums,
            Mutant("a part ends one token late", {"modality": _ends_inside}),
        ),
        Property(
            "a prefix has the probability of all that may follow",
            _blind,
            Mutant("a token is read before its score", {"log_prob": _reads_itself}),
        ),
    ),
    source="Chameleon Team 2024, section 2",
    conventions=("text first, then visual, then audio codes",),
)

SPECIFICATIONS = (LANGUAGE_MODEL, SEQUENCE_CE, VLM, MIXED_TOKENS)
