"""Networks: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Networks",
    (
        Entry(
            called="momentum unrolled, Adam's bias",
            also=("Adam bias correction", "heavy ball", "exponential moving average", "optimiser"),
            derivations=("momentum_step_eq", "momentum_constant_eq", "adam_bias_eq"),
            proved_for="any number of steps, any law of gradients",
        ),
        Entry(
            called="linear models and their tangent kernel",
            also=("neural tangent kernel", "NTK", "lazy training", "gradient flow"),
            derivations=("linear_slope_any_eq", "ntk_step_eq", "residual_decay_eq"),
            proved_for="any number of weights, two data; along an eigenvector",
        ),
        Entry(
            called="attention's 1/√d",
            also=("scaled dot-product attention", "transformer"),
            derivations=("dot_product_step_eq", "attention_variance_eq"),
            proved_for="any laws, a coordinate at a time; normal laws in any dimension",
        ),
        Entry(
            called="initialisation: Xavier and He",
            also=("Glorot", "Kaiming", "variance of activations", "ReLU"),
            derivations=("relu_half_eq", "he_layer_step_eq", "xavier_layer_step_eq"),
            proved_for="any symmetric law, an input at a time",
        ),
        Entry(
            called="dropout: mean, variance and the ridge that it adds",
            also=("inverted dropout", "regularisation"),
            derivations=("dropout_mean_eq", "dropout_variance_eq", "dropout_ridge_step_eq"),
            proved_for="a unit at a time",
        ),
        Entry(
            called="the Jacobian of layer and RMS normalisation",
            also=("LayerNorm", "RMSNorm", "batch normalisation"),
            derivations=(
                "layer_norm_own_eq",
                "layer_norm_other_eq",
                "layer_norm_shift_eq",
                "rms_norm_own_eq",
                "rms_norm_other_eq",
            ),
            proved_for="any number of coordinates",
        ),
    ),
)
