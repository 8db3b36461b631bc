"""Score: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Score",
    (
        Entry(
            called="Hyvärinen's score matching",
            also=("implicit score matching", "score matching by parts", "Hyvarinen"),
            derivations=("hyvarinen_normal_eq", "hyvarinen_integrand_eq"),
            proved_for="normal data with a parabola for a model; a quartic density with a cubic",
        ),
        Entry(
            called="sliced score matching",
            also=("random projections",),
            derivations=("sliced_score_step_eq",),
            proved_for="any dimension a coordinate at a time",
        ),
        Entry(
            called="denoising score matching = explicit + constant",
            also=("DSM", "Vincent", "explicit score matching"),
            derivations=("denoising_normal_eq", "denoising_two_points_eq"),
            proved_for="Gaussian data; two points",
        ),
        Entry(
            called="Langevin dynamics and Fokker-Planck",
            also=("stationary distribution", "Langevin SDE"),
            derivations=("langevin_stationary_eq",),
            proved_for="a double well",
        ),
        Entry(
            called="the stationary variance of ULA",
            also=("unadjusted Langevin algorithm", "discretisation bias"),
            derivations=("ula_variance_eq",),
            proved_for="a normal target",
        ),
        Entry(
            called="annealing of noise levels",
            also=("annealed Langevin dynamics", "NCSN"),
            derivations=("annealed_step_eq",),
            proved_for="one noise level",
        ),
    ),
)
