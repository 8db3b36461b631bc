"""Metrics and graphs: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Metrics and graphs",
    (
        Entry(
            called="the Fréchet distance = Gaussian W₂²",
            also=("FID", "Fréchet inception distance", "Wasserstein-2", "optimal transport of Gaussians", "Bures"),
            derivations=("coupling_cost_eq", "frechet_is_w2_eq", "frechet_map_cost_eq", "frechet_root_trace_eq"),
            proved_for="one and two dimensions",
        ),
        Entry(
            called="inception score as mutual information",
            also=("generated images", "marginal and conditional class"),
            derivations=("inception_information_eq",),
            proved_for="two images, two classes",
        ),
        Entry(
            called="perplexity",
            also=("language model", "bits per token", "cross-entropy"),
            derivations=("perplexity_eq",),
            proved_for="three words",
        ),
        Entry(
            called="BLEU's brevity",
            also=("brevity penalty", "machine translation"),
            derivations=("brevity_penalty_eq",),
            proved_for="as stated",
        ),
        Entry(
            called="Erdős–Rényi degrees and their Poisson limit",
            also=("random graph", "binomial degree", "Erdos-Renyi"),
            derivations=("degree_generating_eq", "degree_variance_eq", "poisson_limit_eq", "poisson_ratio_eq"),
            proved_for="three possible neighbours; any number in the limit",
        ),
        Entry(
            called="stochastic block model",
            also=("SBM", "community detection", "spectrum"),
            derivations=("block_spectrum_eq", "block_posterior_eq"),
            proved_for="two blocks",
        ),
        Entry(
            called="preferential attachment's exponent",
            also=("Barabási-Albert", "power law", "scale-free"),
            derivations=(
                "attachment_recursion_eq",
                "attachment_tail_eq",
                "attachment_exponent_eq",
                "attachment_growth_eq",
            ),
            proved_for="the stationary law of degrees",
        ),
    ),
)
