"""Ten exercises and more, each with a right and at least three wrong implementations that share no code with ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from numerics.conformance.catalogue import EXERCISES
from numerics.conformance.holding import conformance
from numerics.conformance.process import Theirs

FOLDER = Path(__file__).with_name("homework")
BY_NAME = {exercise.name: exercise for exercise in EXERCISES}

RIGHT = [
    ("attention.causal", "attention:right"),
    ("classifier_cross_entropy.cross_entropy", "losses:cross_entropy"),
    ("infonce.infonce", "losses:infonce"),
    ("dpo.dpo_loss", "losses:dpo"),
    ("normal.log_prob", "densities:normal"),
    ("gamma.log_prob", "densities:gamma"),
    ("poisson.log_prob", "densities:poisson"),
    ("elementwise_flows.affine", "densities:affine"),
    ("forward_kl.kl", "inference:kl"),
    ("iwae_bound.iwae_bound", "inference:iwae"),
    ("gmm.responsibilities", "inference:responsibilities"),
    ("hmm.log_evidence", "inference:forward"),
    ("adam.adam_step", "inference:adam"),
    ("vae.kl", "generative:vae_kl"),
    ("ddpm.jump", "generative:jump"),
    ("ddpm.posterior", "generative:posterior"),
    ("kalman_filter.gain", "estimation:gain"),
    ("map_estimation.ridge", "estimation:ridge"),
    ("metropolis_hastings.acceptance", "estimation:accepted"),
]

WRONG = [
    ("attention.causal", "attention:unscaled", "not divided by √d"),
    ("attention.causal", "attention:unmasked", "the mask is missing"),
    ("attention.causal", "attention:by_queries", "runs over the queries"),
    ("attention.causal", "attention:divided_by_d", "divided by d, not √d"),
    ("classifier_cross_entropy.cross_entropy", "losses:cross_entropy_summed", "a sum over n"),
    ("classifier_cross_entropy.cross_entropy", "losses:cross_entropy_in_bits", "base 2"),
    ("classifier_cross_entropy.cross_entropy", "losses:cross_entropy_softmax_twice", "a softmax twice"),
    ("infonce.infonce", "losses:infonce_by_columns", "runs over columns"),
    ("infonce.infonce", "losses:infonce_without_positive", "the positive is left out"),
    ("infonce.infonce", "losses:infonce_summed", "a sum over n"),
    ("dpo.dpo_loss", "losses:dpo_swapped", "swapped"),
    ("dpo.dpo_loss", "losses:dpo_without_reference", "the reference is left out"),
    ("dpo.dpo_loss", "losses:dpo_averaged", "averaged to one number"),
    ("normal.log_prob", "densities:normal_of_precision", "taken for a precision"),
    ("normal.log_prob", "densities:normal_without_determinant", "½ log |Σ| is missing"),
    ("normal.log_prob", "densities:normal_without_constant", "½ log 2π for each of d is added"),
    ("gamma.log_prob", "densities:gamma_of_scale", "taken for a scale"),
    ("gamma.log_prob", "densities:gamma_density", "the logarithm is missing"),
    ("gamma.log_prob", "densities:gamma_unnormalised", "log Γ(k) is missing"),
    ("poisson.log_prob", "densities:poisson_without_factorial", "log k! is missing"),
    ("poisson.log_prob", "densities:poisson_summed", "summed to one number"),
    ("poisson.log_prob", "densities:poisson_with_gamma_of_k", "(k + 1)! for k!"),
    ("elementwise_flows.affine", "densities:affine_without_determinant", "log-determinant is missing"),
    ("elementwise_flows.affine", "densities:affine_with_inverse_determinant", "of the inverse map"),
    ("elementwise_flows.affine", "densities:affine_transposed", "applied transposed"),
    ("forward_kl.kl", "inference:kl_reversed", "swapped"),
    ("forward_kl.kl", "inference:kl_in_bits", "base 2"),
    ("forward_kl.kl", "inference:kl_cross_entropy", "a cross-entropy"),
    ("iwae_bound.iwae_bound", "inference:iwae_of_logs", "a mean of logarithms"),
    ("iwae_bound.iwae_bound", "inference:iwae_without_k", "log k is missing"),
    ("iwae_bound.iwae_bound", "inference:iwae_unlogged", "the logarithm is missing"),
    (
        "gmm.responsibilities",
        "inference:responsibilities_without_weights",
        "the weights of the components are left out",
    ),
    ("gmm.responsibilities", "inference:responsibilities_transposed", "the matrix is transposed"),
    ("gmm.responsibilities", "inference:responsibilities_over_points", "normalised over the points"),
    ("hmm.log_evidence", "inference:forward_transposed", "the transition matrix is transposed"),
    ("hmm.log_evidence", "inference:forward_best_path", "the best path"),
    ("hmm.log_evidence", "inference:forward_without_first", "the first observation is left out"),
    ("adam.adam_step", "inference:adam_uncorrected", "not corrected"),
    ("adam.adam_step", "inference:adam_from_zero", "counted from 0"),
    ("adam.adam_step", "inference:adam_eps_inside", "ε stands inside the root"),
    ("vae.kl", "generative:vae_kl_of_log_std", "taken for log σ"),
    ("vae.kl", "generative:vae_kl_averaged", "a mean over d"),
    ("vae.kl", "generative:vae_kl_without_half", "the ½ is missing"),
    ("ddpm.jump", "generative:jump_without_roots", "the square roots are missing"),
    ("ddpm.jump", "generative:jump_exchanged", "exchanged"),
    ("ddpm.jump", "generative:jump_with_variance", "multiplied by its variance"),
    ("ddpm.posterior", "generative:posterior_std", "a standard deviation"),
    ("ddpm.posterior", "generative:posterior_beta", "β_t is returned"),
    ("ddpm.posterior", "generative:posterior_off_by_one", "off by one step"),
    ("kalman_filter.gain", "estimation:gain_without_noise", "R is left out"),
    ("kalman_filter.gain", "estimation:gain_transposed", "K is returned transposed"),
    ("kalman_filter.gain", "estimation:gain_of_noise", "P Hᵀ R⁻¹"),
    ("map_estimation.ridge", "estimation:ridge_of_deviations", "λ = σ/τ"),
    ("map_estimation.ridge", "estimation:ridge_of_means", "n times too large"),
    ("map_estimation.ridge", "estimation:ridge_centred", "centred first"),
    ("metropolis_hastings.acceptance", "estimation:accepted_by_target", "the ratio of the proposals is left out"),
    ("metropolis_hastings.acceptance", "estimation:accepted_uncapped", "not capped at 1"),
    ("metropolis_hastings.acceptance", "estimation:accepted_by_barker", "Barker's rule"),
]


def held(exercise: str, target: str):
    file, name = target.split(":")
    with Theirs(FOLDER / f"{file}.py", name) as implementation:
        return conformance(BY_NAME[exercise], implementation, examples=25)


@pytest.mark.parametrize(("exercise", "target"), RIGHT, ids=lambda v: v)
def test_a_right_implementation_conforms(exercise, target):
    found = held(exercise, target)
    assert found.disagreement is None, found.disagreement
    assert found.tried >= 20


@pytest.mark.parametrize(("exercise", "target", "said"), WRONG, ids=lambda v: v)
def test_a_wrong_implementation_is_refuted_with_the_right_diagnosis(exercise, target, said):
    found = held(exercise, target)
    assert found.disagreement is not None
    assert found.likely and said in found.likely[0], found.likely


def test_the_page_lists_every_implementation_with_its_diagnosis():
    page = (Path(__file__).parents[2] / "docs" / "conform.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(" `"): line for line in page.splitlines() if line.startswith("| `")}
    assert set(rows) == {exercise for exercise, _ in RIGHT}
    for exercise, target, said in WRONG:
        assert target.split(":")[1] in rows[exercise] and said in rows[exercise]
    assert all(target in rows[exercise] for exercise, target in RIGHT)
