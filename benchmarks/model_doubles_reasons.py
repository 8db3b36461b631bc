"""Why functions of reference models that gave the same numbers are not one; the run insists on it."""

from __future__ import annotations

HELPER = "a helper of a few lines on pages that stand alone; one of them at most is what a model or a derivation asks"
CHANCE = "other formulas, which meet at the few points that were asked"

REASONS: tuple[tuple[str, str], ...] = (
    (
        "one share of two: of a data law, of a Beta law's counts, of a spectrum; the mode is found by search",
        """
        adversarial.gan.best_discriminator distributions.intervals.beta_mean structured.conjugate.beta_predictive
        structured.filters.wiener_gain priors.penalties.mode_in_probability
        """,
    ),
    (
        "shares of a whole: of degrees, of counts, of a Dirichlet law's parameters, of a joint law's rows",
        """
        graphs.attachment.attach learning.estimation.categorical_mle structured.conjugate.dirichlet_predictive
        structured.heads.log_predictor
        """,
    ),
    (
        "a mean of a list; the notions differ: a functional of the empirical law, estimators of a normal law's and of a"
        " Bernoulli law's parameters, averages over draws, moments of features, and what is nearest, found by search",
        """
        distributions.families.plug_in_mean distributions.trials.bernoulli_mle learning.estimation.normal_mle
        evaluation.likelihoods.elbo_score inference.weights.simple_estimate evaluation.features.moments
        likelihood.samples.nearest
        """,
    ),
    (
        "a sum of products; the notions differ: a mixture of laws, a code's law through its decoder, the context of"
        " attention, the best guess of a number, mean ratings, the mean velocity of those that share a place, a kernel",
        """
        structured.operations.mixture diffusion.latent.prior_and_decoder multimodal.attention.soft_context
        structured.heads.squared_predictor evaluation.judgements.absolute_score
        diffusion.velocities.marginal_velocity evaluation.judgements.mean_opinion_score
        divergences.two_samples.linear_kernel
        """,
    ),
    (
        "−Σ a log b: of two laws, of counts that are divided by their sum, of a law and chances that sum to anything",
        """
        divergences.kullback_leibler.cross_entropy learning.estimation.categorical_nll
        adversarial.gan.non_saturating_value
        """,
    ),
    (
        "four forms of one bound, on one page: that they agree is what is held",
        """
        autoencoders.hierarchical.path_elbo autoencoders.hierarchical.elbo_by_layer
        autoencoders.hierarchical.telescoped_elbo autoencoders.hierarchical.elbo_by_step
        """,
    ),
    ("one value, another gradient", "autoencoders.quantised.quantised autoencoders.quantised.straight_through"),
    ("one value, another gradient", "autoencoders.quantised.codebook_loss autoencoders.quantised.commitment_loss"),
    (
        "a step of one minimiser, and of two players at once, the first of whom alone was compared",
        "learning.optimisation.gradient_step adversarial.gan.simultaneous_step",
    ),
    (
        "one formula, of β_t for x_{t−1}, of 1 − ᾱ_t for x_0: a step is told how much is lost, a jump how much is kept",
        "diffusion.chain.step diffusion.chain.jump",
    ),
    (
        "any order of parents against one order, whose later weights are masked",
        "energy.belief_networks.sigmoid_log_joint autoregressive.sigmoid.fvsbn_log_prob",
    ),
    (
        "rewards against a judge's log-probabilities of two labels, from whose ratio the preference is formed",
        "learning.preferences.win_prob learning.preferences.judged_preference",
    ),
    (
        "the bound is this mean of importance weights; the other is asked for any numbers",
        "inference.weights.log_mean_exp inference.weights.iwae_bound",
    ),
    (
        "a mean difference: of two models' log-likelihoods, of two potential outcomes",
        "evaluation.likelihoods.log_ratio structured.directed.average_effect",
    ),
    (
        "both sides of a claim: found by search among the logs, and the closed form",
        "likelihood.samples.likeliest_rate learning.estimation.exponential_mle",
    ),
    (
        "both sides of a claim: a grid, and the closed form",
        "linear_gaussian.processes.collapsed_bound linear_gaussian.processes.log_bound",
    ),
    (
        "both sides of a claim: the nearest diagonal law by search, and the inverse of a covariance",
        "variational.bounds.narrow_variance variational.bounds.conditional_variance",
    ),
    (
        "both sides of a claim: the score function and the moved nodes",
        "variational.gradients.score_slope variational.gradients.mean_slope",
    ),
    (
        "both sides of a claim: the determinant of the flow, and the mean over probes",
        "flows.densities.unit_time_log_volume flows.densities.probe_mean",
    ),
    (
        "a normal density by its standard deviation, a helper of pages that stand alone; that of noise is of vectors",
        """
        distributions.noise.additive_log_prob gaussian.kl.log_normal diffusion.matching.log_normal
        linear_gaussian.latent.log_normal
        """,
    ),
    (
        "noise through a matrix, a change of variables with its volume, logits",
        "autoencoders.variational.dlgm_layer flows.composition.affine structured.classifiers.head_logits",
    ),
    (
        "the law of the data, and among all laws the likeliest: that they are one is a result",
        "distributions.families.empirical distributions.categories.categorical_mle",
    ),
    ("each is the other with real and made exchanged", "evaluation.features.precision evaluation.features.recall"),
    (HELPER, "distributions.noise.gumbel learning.gradients.gumbel"),
    (HELPER, "autoregressive.transformers.heads_of graphs.transformer.split"),
    (HELPER, "distributions.normal.standard_log_prob flows.composition.standard_normal"),
    (
        HELPER,
        """
        distributions.normal.log_prob structured.linear_latent.normal_log_prob structured.mixtures.component_log_prob
        """,
    ),
    (HELPER, "diffusion.chain.posterior diffusion.prior_decoder._step_back"),
    (HELPER, "structured.undirected.ising_energy energy.boltzmann.machine_energy"),
    (HELPER, "autoregressive.sigmoid.bits_log_prob energy.belief_networks.bernoulli_log_prob"),
    (HELPER, "multimodal.views.inverse_root structured.linear_latent.inverse_root"),
    (HELPER, "multimodal.vision_language.normed diffusion.residual_unet.normed"),
    (HELPER, "gaussian.blocks.column linear_gaussian.inverses._vector"),
    (HELPER, "mixtures.responsibilities.weights_of variational.hierarchy.coin"),
    (CHANCE, "divergences.two_samples.bayes_classifier structured.generators.coin_sample"),
    (CHANCE, "diffusion.sde.ve_kernel distributions.normal.cdf structured.tosses.component_given"),
    (
        CHANCE,
        "diffusion.sde.ascent distributions.noise.additive_sample linear_gaussian.inverses.grown_determinant",
    ),
    (CHANCE, "inference.decoding.top_p inference.decoding.top_k inference.decoding.tempered"),
    (CHANCE, "autoregressive.transformers.heads_of multimodal.vision_language.patches"),
    (CHANCE, "likelihood.fisher.of_poisson learning.optimisation.robbins_monro_rate"),
    (CHANCE, "learning.preferences.implicit_reward learning.gradients.score_function"),
    (CHANCE, "networks.units.leaky_relu likelihood.cramer_rao._places adversarial.transport.clipped"),
    (CHANCE, "samplers.transforms.first_is_soonest samplers.transforms.truncated_distance"),
)
"""A reason, and the full names of the functions that it keeps apart, each from each."""


def reason_of(first: str, second: str) -> str | None:
    """Why these two are not one, if a reason is given."""
    return next((why for why, names in REASONS if {first, second} <= set(names.split())), None)
