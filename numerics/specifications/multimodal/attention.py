"""Cross-attention and DALL-E: rows 171 and 172."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, mean_is, repeated, worst
from reference_models.multimodal import attention


def _streams(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Image (2, 3, 4), text (2, 5, 3), W_Q, W_K (2, …), W_V (4, 3), mask with at least two tokens each."""
    mask = torch.arange(5, device=draw.device) < draw.integers(2, 4, 2, 1)
    return draw.normal(2, 3, 4), draw.normal(2, 5, 3), draw.normal(2, 4), draw.normal(2, 3), draw.normal(4, 3), mask


def _rows(model: Model, draw: Draw) -> Outcome:
    image, text, w_q, w_k, _, mask = _streams(draw)
    w = model.attention_weights(image, text, w_q, w_k, mask)
    hidden = (~mask)[:, None].expand_as(w)
    return worst(equal(w.sum(-1), 1.0), equal(w[hidden], 0.0), at_most(-w, 0.0))


def _masked_after(image: Tensor, text: Tensor, w_q: Tensor, w_k: Tensor, mask: Tensor) -> Tensor:
    everything = torch.ones_like(mask)
    return attention.attention_weights(image, text, w_q, w_k, everything) * mask[..., None, :]


def _written_out(model: Model, draw: Draw) -> Outcome:
    image, text, w_q, w_k, w_v, mask = _streams(draw)
    expected = image.clone()
    for b in range(2):
        for i in range(3):
            tokens = text[b][mask[b]]
            e = torch.exp(torch.stack([(w_q @ image[b, i]) @ (w_k @ t) for t in tokens]) / 2**0.5)
            expected[b, i] += sum(share * (w_v @ t) for share, t in zip(e / e.sum(), tokens, strict=True))
    return close(model.cross_attention(image, text, w_q, w_k, w_v, mask), expected)


def _queries_from_text(image: Tensor, text: Tensor, w_q: Tensor, w_k: Tensor, w_v: Tensor, mask: Tensor) -> Tensor:
    s = (image @ w_q.mT) @ (text @ w_k.mT).mT / w_q.shape[1] ** 0.5  # the root of the wrong width
    w = torch.softmax(torch.where(mask[..., None, :], s, -torch.inf), -1)
    return image + w @ (text @ w_v.mT)


def _permuted(model: Model, draw: Draw) -> Outcome:
    """Moving text tokens (with their mask) changes nothing; moving image places moves the output."""
    image, text, w_q, w_k, w_v, mask = _streams(draw)
    order, places = torch.arange(5, device=draw.device).roll(draw.whole(1, 4)), draw.permutation(3)
    out = model.cross_attention(image, text, w_q, w_k, w_v, mask)
    moved = model.cross_attention(image, text[:, order], w_q, w_k, w_v, mask[:, order])
    shifted = model.cross_attention(image[:, places], text, w_q, w_k, w_v, mask)
    return worst(close(moved, out), close(shifted, out[:, places]))


def _with_places(image: Tensor, text: Tensor, w_q: Tensor, w_k: Tensor, w_v: Tensor, mask: Tensor) -> Tensor:
    numbered = text + 0.1 * torch.arange(text.shape[-2], dtype=text.dtype, device=text.device)[:, None]
    return attention.cross_attention(image, numbered, w_q, w_k, w_v, mask)


def _one_way(model: Model, draw: Draw) -> Outcome:
    """An image place reads text and itself, no other place."""
    image, text, w_q, w_k, w_v, mask = _streams(draw)
    slopes = gradient(lambda v: model.cross_attention(v, text, w_q, w_k, w_v, mask)[:, 1], image)
    hidden = gradient(lambda v: model.cross_attention(image, v, w_q, w_k, w_v, mask), text)[~mask]
    return worst(equal(slopes[:, [0, 2]], 0.0), equal(hidden, 0.0))


def _mixes_places(image: Tensor, text: Tensor, w_q: Tensor, w_k: Tensor, w_v: Tensor, mask: Tensor) -> Tensor:
    out = attention.cross_attention(image, text, w_q, w_k, w_v, mask)
    return out + 0.1 * image.mean(-2, keepdim=True)


def _hard_mean(model: Model, draw: Draw) -> Outcome:
    weights, features = draw.simplex(4), draw.normal(4, 3)
    drawn = model.hard_context(weights.expand(20_000, 4), features.expand(20_000, 4, 3), draw.generator())
    expected = torch.stack([weights @ features[:, i] for i in range(3)])
    soft = model.soft_context(weights, features)
    return worst(mean_is(drawn, soft), close(soft, expected))


def _uniform_place(weights: Tensor, features: Tensor, generator: torch.Generator) -> Tensor:
    return attention.hard_context(torch.ones_like(weights), features, generator)


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    image, text, w_q, w_k, w_v = (
        torch.tensor(inputs[name], dtype=torch.float64) for name in ("image", "text", "w_q", "w_k", "w_v")
    )
    mask = torch.tensor(inputs["mask"])
    attend = torch.nn.functional.scaled_dot_product_attention
    return {"out": (image + attend(image @ w_q.mT, text @ w_k.mT, text @ w_v.mT, attn_mask=mask)).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    image, text, w_q, w_k, w_v = (
        torch.tensor(inputs[name], dtype=torch.float64) for name in ("image", "text", "w_q", "w_k", "w_v")
    )
    return {"out": model.cross_attention(image, text, w_q, w_k, w_v, torch.tensor(inputs["mask"]))}


CROSS_ATTENTION = Specification(
    name="cross_attention",
    family="multimodal",
    systems=(171,),
    title="Cross-attention; Show, attend and tell",
    statement="x_i ← x_i + Σ_t softmax_t(q_i·k_t/√d) v_t, queries from the image, keys and values from the text",
    page="reference_models.multimodal.attention",
    functions={
        name: getattr(attention, name)
        for name in ("attention_weights", "cross_attention", "soft_context", "hard_context")
    },
    properties=(
        Property(
            "rows sum to 1 over the tokens that count",
            _rows,
            Mutant("masked after the softmax", {"attention_weights": _masked_after}),
        ),
        Property(
            "the weighted mean of values, written out",
            _written_out,
            Mutant("√ of the image's width", {"cross_attention": _queries_from_text}),
        ),
        Property(
            "doesn't see the order of the text",
            _permuted,
            Mutant("tokens are numbered", {"cross_attention": _with_places}),
        ),
        Property(
            "a place reads the text and itself only",
            _one_way,
            Mutant("places are mixed", {"cross_attention": _mixes_places}),
        ),
        Property(
            "hard attention has the soft one for its mean",
            repeated(_hard_mean, 5),
            Mutant("places are equally likely", {"hard_context": _uniform_place}),
        ),
    ),
    source="Xu et al. 2015, section 3; Vaswani et al. 2017, section 3.2",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "image": [[0.5, -1.0], [1.5, 0.3]],
                "text": [[0.2, 0.7, -0.4], [1.0, -0.6, 0.3], [-0.9, 0.8, 0.1]],
                "w_q": [[0.6, -0.2], [0.1, 0.9]],
                "w_k": [[0.4, 0.3, -0.8], [-0.5, 0.7, 0.2]],
                "w_v": [[1.0, -0.3, 0.5], [0.2, 0.6, -0.7]],
                "mask": [True, True, False],
            },
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="scaled_dot_product_attention with a mask that is True at tokens that count",
        ),
    ),
    conventions=("the text's features are not changed", "a residual connection"),
)


def _chain(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(12).reshape(3, 4)
    text = joint.sum(1)
    return close(torch.exp(model.token_log_prob(text, joint / text[:, None])), joint)


def _marginal_codes(text_law: Tensor, image_law: Tensor) -> Tensor:
    return torch.log(text_law)[:, None] + torch.log(text_law @ image_law)


def _bound(model: Model, draw: Draw) -> Outcome:
    """At β = 1: log p(x, y) less KL to the exact posterior p(z | x, y); a greater β is looser."""
    q, text, image, decoder = draw.simplex(5, 4), draw.simplex(3), draw.simplex(3, 4), draw.simplex(4, 5)
    joint = text[:, None, None] * image[:, :, None] * decoder  # (Y, Z, X)
    evidence = torch.log(joint.sum(1)).mT  # (X, Y)
    posterior = joint / joint.sum(1, keepdim=True)
    gap = torch.einsum("xz,yzx->xy", q, torch.log(q).mT[None] - torch.log(posterior))
    one, two = (model.joint_bound(q, text, image, decoder, beta) for beta in (1.0, 2.0))
    return worst(close(one, evidence - gap), at_most(two, one))


def _beta_on_fit(q: Tensor, text_law: Tensor, image_law: Tensor, decoder: Tensor, beta: float) -> Tensor:
    return attention.joint_bound(q, text_law, image_law, decoder, 2 - beta) + 0 * beta


DALLE = Specification(
    name="dalle",
    family="multimodal",
    systems=(172,),
    title="DALL-E: dVAE codes and an autoregressive prior",
    statement="log p(x, y) ≥ E_q log p(x | z) − β KL(q(z | x) ‖ p(z | y)) + log p(y), at β = 1",
    page="reference_models.multimodal.attention",
    functions={"token_log_prob": attention.token_log_prob, "joint_bound": attention.joint_bound},
    properties=(
        Property(
            "the chain rule over text and image tokens",
            _chain,
            Mutant("image tokens don't see the text", {"token_log_prob": _marginal_codes}),
        ),
        Property(
            "at β = 1 the gap is KL to the posterior; β > 1 is looser",
            _bound,
            Mutant("β counts downwards", {"joint_bound": _beta_on_fit}),
        ),
    ),
    source="Ramesh et al. 2021, section 2",
    conventions=("text first", "finite tables"),
)

SPECIFICATIONS = (CROSS_ATTENTION, DALLE)
