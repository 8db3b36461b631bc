"""Pins of generative models: diffusions, flows, autoencoders, autoregressive and adversarial networks."""

from __future__ import annotations

import math

import torch

from numerics.pins.contract import Pin, t
from reference_models.adversarial import gan as adversarial_gan
from reference_models.autoencoders import deterministic as autoencoders_deterministic
from reference_models.autoencoders import variational as autoencoders_variational
from reference_models.autoregressive import convolutions as autoregressive_convolutions
from reference_models.autoregressive import recurrent as autoregressive_recurrent
from reference_models.autoregressive import series as autoregressive_series
from reference_models.autoregressive import sigmoid as autoregressive_sigmoid
from reference_models.diffusion import chain as diffusion_chain
from reference_models.diffusion import implicit as diffusion_implicit
from reference_models.diffusion import latent as diffusion_latent
from reference_models.diffusion import rendering as diffusion_rendering
from reference_models.diffusion import sde as diffusion_sde
from reference_models.flows import autoregressive as flows_autoregressive
from reference_models.flows import coupling as flows_coupling
from reference_models.flows import layers as flows_layers
from reference_models.flows import ode as flows_ode

TWO_BY_TWO = [[[[1.0, 2.0], [3.0, 4.0]]]]
ONES = torch.ones(1, 1, 3, 3, dtype=torch.float64)
T1, T3, T6 = math.tanh(1), math.tanh(3), math.tanh(6)
CENTRE = torch.zeros(1, 2, 3, 3, dtype=torch.float64)


def _two_centres(a: float, b: float) -> torch.Tensor:
    kernel = CENTRE.clone()
    kernel[0, :, 1, 1] = t(a, b)
    return kernel


PINS: tuple[Pin, ...] = (
    Pin(
        diffusion_chain.simple_loss,
        lambda f: f(lambda x, step: x, t(2.0)[None], 1, t(1.0, 0.64), t(1.0)[None]),
        lambda: 1.44,
        "x_t = 0.8 · 2 + 0.6 · 1, and 1 − 2.2",
    ),
    Pin(
        diffusion_implicit.consistency_gap,
        lambda f: f(lambda x, bar: x, t(1.0, 2.0), lambda x, bar: 0 * x, t(0.25), t(1.0)),
        lambda: 5,
        "without noise x doubles: |(1, 2)|²",
    ),
    Pin(
        diffusion_latent.time_features,
        lambda f: f(t(2.0), 4),
        lambda: [math.sin(2), math.sin(0.02), math.cos(2), math.cos(0.02)],
        "frequencies 1 and 1/100",
    ),
    Pin(
        diffusion_latent.unet,
        lambda f: f(t(TWO_BY_TWO), t(0.0), [0 * ONES], [_two_centres(2, 3)], [t([[9.0, 0.5]])]),
        lambda: [[[[5 * math.tanh(0.5)] * 2] * 2]],
        "tanh of what time adds, 1/2 cos 0; 2 of it from below, 3 by the skip",
    ),
    Pin(
        diffusion_chain.velocity_of,
        lambda f: f(t(1.0), t(0.5), t(0.64)),
        lambda: -0.2,
        "0.8 · 0.5 − 0.6 · 1",
    ),
    Pin(
        diffusion_chain.posterior,
        lambda f: f(t(2.0), t(1.0), t(0.09), t(0.36)),
        lambda: (1.09 / 0.91, 0.48 / 0.91),
        "(√b (1 − a) x_0 + √a (1 − b) x)/(1 − ab) and (1 − a)(1 − b)/(1 − ab), a = 0.25, b = 0.36",
    ),
    Pin(
        diffusion_rendering.rendered,
        lambda f: f(t(math.log(2), math.log(2)), t(1.0, 1.0), t([[1.0, 2.0, 4.0], [4.0, 0.0, 0.0]])),
        lambda: [1.5, 1, 2],
        "half of the light is kept at each: weights 1/2 and 1/4",
    ),
    Pin(
        diffusion_implicit.moved,
        lambda f: f(t(1.0), t(0.5), t(0.36), t(0.64), t(0.27), t(1.0)),
        lambda: 0.95 + math.sqrt(0.27),
        "0.8 + 0.3 · 0.5, and fresh noise of variance 0.75 · 0.36",
    ),
    Pin(diffusion_sde.ascent, lambda f: f(t(1.0), t(2.0), 0.5), lambda: 2, "1 + 2/2"),
    Pin(diffusion_sde.langevin, lambda f: f(t(1.0), t(2.0), 0.5, t(3.0)), lambda: 5, "1 + 2/2 + √1 · 3"),
    Pin(diffusion_sde.denoising_loss, lambda f: f(t(1.0, 2.0), t(0.5), t(1.0, -1.0)), lambda: 4.5, "|(3, 0)|²/2"),
    Pin(
        diffusion_sde.ode_path,
        lambda f: f(lambda x, at: 2 * x, t(1.0, 1.0), 0.0, 1.0, 1),
        lambda: ([7, 7], 4),
        "one step of order 4: 1 + 2 + 2 + 4/3 + 2/3; the divergence is 4",
    ),
    Pin(
        diffusion_sde.predictor_corrector,
        lambda f: f(t([1.0]), t(1.0), 0.25, lambda x, at: 0 * x, t(2.0), lambda x, at: 0 * x, 0.5, t([[1.0], [3.0]])),
        lambda: [5],
        "1 + 2 √(1/4) + √1 · 3",
    ),
    Pin(diffusion_sde.ve_diffusion, lambda f: f(t(1.0), 1.0, math.exp(2)), lambda: 2 * math.exp(2), "σ = e², √(2 · 2)"),
    Pin(diffusion_sde.ve_kernel, lambda f: f(t(0.5), 1.0, 3.0), lambda: (1, 2), "3 − 1 halfway"),
    Pin(
        flows_autoregressive.made_masks,
        lambda f: f(3, 2),
        lambda: ([[1, 0, 0], [1, 1, 0]], [[0, 0], [1, 0], [1, 1]]),
        "units of degrees 1 and 2",
    ),
    Pin(
        flows_autoregressive.made,
        lambda f: f(
            t(0.5, 9.0), t([[2.0, 7.0]]), t([0.1]), t([[[5.0], [3.0]], [[5.0], [-1.0]]]), t([[0.1, 0.2], [0.3, 0.4]])
        ),
        lambda: ([0.1, 3 * math.tanh(1.1) + 0.2], [0.3, 0.4 - math.tanh(1.1)]),
        "the only unit reads x_0, output 0 reads none",
    ),
    Pin(
        flows_coupling.actnorm,
        lambda f: f(torch.ones(1, 1, 1, 2).double(), t([2.0]), t([3.0])),
        lambda: ([[[[5, 5]]]], [2 * math.log(2)]),
        "2 + 3 at two pixels",
    ),
    Pin(
        flows_layers.coupling,
        lambda f: f(t(1.0, 2.0), t(0.5), t(0.0), t(3.0)),
        lambda: [1, 2 * math.exp(0.5) + 3],
        "the second is scaled by e^½ and moved by 3",
    ),
    Pin(
        flows_ode.ffjord,
        lambda f: f(
            lambda at, z: torch.stack([z[..., 1], 0 * z[..., 0]], -1), t([[1.0, 2.0]]), t([[1.0, 1.0]]), 0.0, 1.0, 2
        ),
        lambda: ([[3, 2]], [1]),
        "ż = (z_1, 0): 1 + 2; the probe sees the one entry above the diagonal",
    ),
    Pin(
        flows_ode.sample,
        lambda f: f(lambda at, z: 3 + 0 * z, t([[1.0]]), 2),
        lambda: [[4]],
        "speed 3 for a time of 1",
    ),
    Pin(
        adversarial_gan.mapping,
        lambda f: f(t(3.0, 4.0), t([[[1.0, 0.0], [0.0, -1.0]]])),
        lambda: [3 * 2**0.5 / 5, -0.8 * 2**0.5 / 5],
        "(3, 4) over 5/√2; below zero a fifth",
    ),
    Pin(
        autoencoders_deterministic.denoising_loss,
        lambda f: f(t(1.0, 2.0), t(1.0, -1.0), t(0.5), lambda x: 2 * x),
        lambda: 5,
        "(1, 2) − 2 · (1.5, 1.5)",
    ),
    Pin(autoencoders_variational.floored, lambda f: f(t(0.0), 0.25), lambda: 1.25, "1/4 + e⁰"),
    Pin(
        autoregressive_convolutions.gated,
        lambda f: f(t([[[1.0, 2.0, 3.0]]]), t([[[0.1, 0.2]]]), t([[[0.0, 0.0]]]), 2),
        lambda: [[[math.tanh(0.2) / 2, math.tanh(0.4) / 2, math.tanh(0.7) / 2]]],
        "two steps back from the third on",
    ),
    Pin(
        autoregressive_convolutions.masked_convolution,
        lambda f: f(t(TWO_BY_TWO), ONES, t([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0], [0.0, 0.0, 0.0]])),
        lambda: [[[[1, 3], [6, 10]]]],
        "each pixel and those before it",
    ),
    Pin(
        autoregressive_convolutions.pixel_mask,
        lambda f: (f("A", 3), f("B", 3)),
        lambda: ([[1, 1, 1], [1, 0, 0], [0, 0, 0]], [[1, 1, 1], [1, 1, 0], [0, 0, 0]]),
        "before the centre; and the centre",
    ),
    Pin(
        autoregressive_convolutions.pixel_logits,
        lambda f: f(t(TWO_BY_TWO)[0], ONES, ONES[None]),
        lambda: [[[0, T1], [T1 + T3, T1 + T3 + T6]]],
        "sums 0, 1, 3, 6 of what is before; then of their tanh, with itself",
    ),
    Pin(
        autoregressive_convolutions.wavenet,
        lambda f: f(t([[[1.0]]]), t([[[[1.0]]], [[[2.0]]]]), t([[[[0.0]]], [[[0.0]]]])),
        lambda: [[[T1 / 2 + math.tanh(2 + T1) / 2]]],
        "a gate of 1/2; the second layer reads x + the first",
    ),
    Pin(
        autoregressive_recurrent.lstm,
        lambda f: f(t([[0.0], [0.0]]), t([0.0]), t([1.0]), t([[0.0]] * 4), t([[0.0]] * 4), t([0.0] * 4)),
        lambda: ([[math.tanh(0.5) / 2], [math.tanh(0.25) / 2]], [math.tanh(0.25) / 2], [0.25]),
        "all gates are 1/2",
    ),
    Pin(
        autoregressive_series.companion,
        lambda f: f(t(0.5, -0.3, 0.1)),
        lambda: [[0.5, -0.3, 0.1], [1, 0, 0], [0, 1, 0]],
        "coefficients, then a shift",
    ),
    Pin(
        autoregressive_sigmoid.fvsbn_logits,
        lambda f: f(t(1.0, 0.0, 1.0), t([[9.0, 9.0, 9.0], [2.0, 9.0, 9.0], [3.0, 4.0, 9.0]]), t(0.1, 0.2, 0.3)),
        lambda: [0.1, 2.2, 3.3],
        "only what stands before counts",
    ),
)
"""What makes pictures, texts and series."""
