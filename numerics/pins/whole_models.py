"""Pins of the systems that are built whole: graph transformers, autoencoders with attention, priors."""

from __future__ import annotations

from numerics.pins.contract import Pin, normals, seeded
from reference_models.diffusion import residual_unet as diffusion_residual_unet
from reference_models.diffusion import text_to_image as diffusion_text_to_image
from reference_models.graphs import transformer as graphs_transformer
from reference_models.multimodal import vision_language as multimodal_vision_language

PINS: tuple[Pin, ...] = (
    Pin(
        diffusion_residual_unet.weights,
        lambda f: f(1, 2, seeded())["in"],
        lambda: normals(2, 1, 3, 3) / 3,
        "the first drawn: kernels of 9 numbers, so a third of a normal",
    ),
    Pin(
        diffusion_text_to_image.autoencoder_weights,
        lambda f: f(2, 1, 3, seeded())["in"],
        lambda: normals(3, 1, 2, 2) / 2,
        "the first drawn: four pixels, so half of a normal",
    ),
    Pin(
        diffusion_text_to_image.denoiser_weights,
        lambda f: f((4, 1, 1), 2, seeded())["z"],
        lambda: normals(2, 4) / 2,
        "the first drawn: four channels, so half of a normal",
    ),
    Pin(
        graphs_transformer.weights,
        lambda f: f((1, 1), 2, 1, 0, seeded())["nodes"],
        lambda: normals(2, 4) / 2,
        "the first drawn: a type, a degree and two numbers of cycles, so half of a normal",
    ),
    Pin(
        multimodal_vision_language.weights,
        lambda f: f((9, 1, 1, 1), 2, 1, seeded())["patch"],
        lambda: normals(2, 9) / 3,
        "the first drawn: nine pixels, so a third of a normal",
    ),
)
