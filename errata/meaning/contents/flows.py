"""Flows: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Flows",
    (
        Entry(
            called="change of variables, in one and more dimensions, both directions",
            also=("normalising flow", "Jacobian", "log-determinant", "push-forward density"),
            derivations=(
                "density_of_image_eq",
                "log_density_either_way_eq",
                "polar_volume_eq",
                "density_of_affine_image_eq",
            ),
            proved_for="two dimensions",
        ),
        Entry(
            called="coupling, 1×1, autoregressive and spline layers",
            also=(
                "RealNVP",
                "Glow",
                "MAF",
                "IAF",
                "affine coupling",
                "log-determinant",
                "invertible convolution",
                "LU",
            ),
            derivations=(
                "coupling_volume_eq",
                "coupling_inverse_volume_eq",
                "pixelwise_volume_eq",
                "lu_volume_eq",
                "autoregressive_volume_eq",
                "spline_slope_eq",
            ),
            proved_for=(
                "two and three coordinates, two pixels; one bin, whose log-determinant is the log of the slope"
            ),
        ),
        Entry(
            called="composition of flows and its order",
            also=("normalising flow", "log-determinants add"),
            derivations=("composition_volume_eq",),
            proved_for="two layers",
        ),
        Entry(
            called="the trace formula",
            also=(
                "instantaneous change of variables",
                "continuous normalising flow",
                "neural ODE",
                "FFJORD",
                "Jacobi's formula",
            ),
            derivations=("trace_formula_eq",),
            proved_for="two dimensions",
        ),
        Entry(
            called="Hutchinson's estimate and its variance",
            also=("trace estimator", "Rademacher", "FFJORD"),
            derivations=("hutchinson_mean_eq", "hutchinson_variance_sign_eq", "hutchinson_variance_normal_eq"),
            proved_for="two dimensions",
        ),
    ),
)
