"""Which derivations say on paper what a model does in code: by the names of both, without torch."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TIED = """
bernoulli: entropy_bernoulli_eq kl_bernoulli_eq cross_entropy_bernoulli_eq nll_bernoulli_eq mle_bernoulli_eq
    content_sum_eq content_rarer_ge certain_nonneg maxent_bernoulli_le
binomial: entropy_binomial_eq
categorical: entropy_categorical_eq nll_categorical_eq mle_categorical_le softmax_jacobian_diag_eq
    softmax_jacobian_off_eq sigmoid_slope_eq entropy_categorical_le entropy_categorical_ge entropy_discrete_uniform_eq
    softmax_any_own_eq softmax_any_other_eq
multinomial: entropy_multinomial_of_two_eq
poisson: entropy_poisson_eq nll_poisson_eq mle_poisson_eq
geometric: entropy_geometric_eq
negative_binomial: entropy_negative_binomial_eq
exponential: entropy_exponential_eq mle_exponential_eq maxent_exponential_le
gamma: entropy_gamma_eq
normal: entropy_normal_eq entropy_normal_any_eq kl_normal_eq nll_normal_eq mle_normal_mean_eq mle_normal_var_eq
    sum_normal_eq affine_normal_eq marginal_normal_eq conditional_normal_eq product_normal_eq normal_density_any_step_eq
    decay_normal_eq generating_normal_eq kl_normal_of_two_eq kl_normal_of_two_std_eq entropy_normal_of_two_eq
    linear_map_cov_eq mi_normal_eq maxent_normal_var_le maxent_normal_le
standard_normal: kl_normal_std_eq kl_isotropic_any_eq
uniform: entropy_uniform_eq maxent_uniform_le
beta: entropy_beta_eq
laplace: entropy_laplace_eq nll_laplace_eq
dirichlet: entropy_dirichlet_eq
student_t: entropy_student_eq
logistic_normal: entropy_logistic_normal_eq
exponential_family: exponential_family_mean_eq family_mean_eq family_variance_eq family_score_eq mle_family_ge
    entropy_exponential_family_eq
conjugate: posterior_beta_eq posterior_gamma_eq posterior_normal_eq posterior_dirichlet_eq sequential_beta_eq
    sequential_normal_eq beta_posterior_mean_eq gamma_posterior_mean_eq normal_posterior_mean_eq
posterior_predictive: predictive_coin_eq predictive_normal_eq predictive_poisson_eq predictive_variance_eq
    beta_posterior_mean_eq
least_squares: ols_normal_equations_eq
map_regression: map_normal_prior_eq map_laplace_prior_eq ridge_eq map_ridge_eq soft_threshold_above_eq
    soft_threshold_within_eq lasso_zero_ge
map_estimation: map_beta_eq map_beta_logit_eq map_flat_prior_eq
maximum_likelihood: mle_normal_mean_eq mle_normal_var_eq mle_exponential_eq var_mle_mean_eq var_mle_of_two_eq
    mle_forward_kl_eq mle_forward_kl_argmin_eq map_forward_kl_eq mle_bernoulli_eq maxent_exponential_rate_eq
classifier_cross_entropy: ce_logits_eq ce_logit_gradient_eq bce_logits_eq logsumexp_shift_eq ce_any_slope_eq
losses: squared_risk_eq squared_risk_ge median_risk_ge mode_risk_ge
empirical_risk: empirical_risk_eq logistic_gradient_eq
gmm: responsibility_eq mixture_slope_eq mixture_score_eq total_variance_eq
mixture_operation: total_variance_eq
em: em_mean_eq em_ascent_ge
ppca: ppca_determinant_eq ppca_noise_eq ppca_axis_variance_eq ppca_axis_ge ppca_shrinkage_eq ppca_inverse_any_eq
factor_analysis: factor_covariance_eq factor_variance_eq factor_posterior_mean_eq
kalman_filter: kalman_predict_eq kalman_gain_eq kalman_update_mean_eq kalman_update_variance_eq
hmm: hmm_forward_eq hmm_smoothing_eq
ar: ar_one_variance_eq ar_one_correlation_eq
forward_kl: kl_nonneg mle_forward_kl_eq forward_kl_loss_eq forward_kl_var_eq kl_nonneg_of_jensen kl_hellinger_ge
    kl_merged_ge pinsker_bernoulli_ge kl_chain_eq kl_chain_any_eq kl_part_le kl_same_channel_eq mean_kl_any_eq
    donsker_varadhan_le donsker_varadhan_gap_eq
reverse_kl: kl_asymmetry_eq two_modes_eq reverse_kl_two_modes_eq reverse_kl_curvature_ge reverse_kl_middle_le
    log_cosh_slope_eq tanh_slope_eq sech_squared_eq
jensen_shannon: js_entropy_eq js_nonneg js_le
f_divergences: f_divergence_kl_eq f_divergence_reverse_kl_eq f_divergence_chi_squared_eq f_divergence_hellinger_eq
    f_divergence_line_eq f_divergence_power_ge f_divergence_class_ge f_divergence_of_three_ge nwj_le
total_variation: tv_positive_part_eq tv_overlap_eq tv_event_le pinsker_ge tv_class_le tv_class_eq
chi_square: chi_squared_eq kl_chi_squared_le
entropy_and_information: entropy_chain_eq mi_entropies_eq mi_conditional_eq mi_mean_kl_eq mi_nonneg data_processing_le
    cross_entropy_categorical_eq cross_entropy_eq entropy_lognormal_eq conditioning_entropy_le mi_data_processing_le
    mi_chain_eq mi_given_nonneg mi_grows_ge entropy_chain_any_eq mi_mean_kl_any_eq mi_nonneg_any barber_agakov_ge
    entropy_grouping_eq source_coding_ge wrong_code_eq shannon_code_le one_hot_cross_entropy_eq
wasserstein: wasserstein_dual_eq wasserstein_dual_le coupling_cost_eq wasserstein_step_le wasserstein_step_eq
maximum_mean_discrepancy: mmd_coins_eq mmd_kernel_mean_eq
variational_free_energy: free_energy_eq
ddpm: jump_step_eq jump_variance_eq log_posterior_eq posterior_variance_eq posterior_mean_of_noise_eq kl_term_noise_eq
    kl_term_start_eq simple_loss_drops_eq score_of_jump_eq velocity_of_start_eq start_of_velocity_eq
    noise_of_velocity_eq jump_of_three_variance_eq velocity_loss_eq start_of_score_eq noise_of_score_eq
ddpm_hvae: elbo_telescoped_eq elbo_telescoped_any_eq diffusion_elbo_any_laws_eq
diffusion_chain: elbo_telescoped_eq elbo_telescoped_any_eq diffusion_elbo_any_laws_eq
ddim: ddim_variance_eq ddim_eta_one_eq ddim_eta_zero_eq
classifier_guidance: classifier_guidance_eq guided_noise_eq guided_peak_eq
classifier_free_guidance: classifier_free_score_eq classifier_free_conventions_eq
vp_sde: vp_limit_eq vp_signal_eq fokker_planck_eq
ve_sde: ve_limit_eq
score_sde: reverse_sde_variance_eq
probability_flow_ode: probability_flow_path_eq fokker_planck_eq
denoising_autoencoder: tweedie_normal_eq tweedie_two_points_eq
denoising_score_matching: denoising_normal_eq denoising_two_points_eq score_of_jump_eq tweedie_normal_eq
    tweedie_two_points_eq
score_matching: hyvarinen_normal_eq hyvarinen_integrand_eq
langevin: langevin_stationary_eq ula_variance_eq
annealed_langevin: annealed_step_eq
transformation: density_of_image_eq log_density_either_way_eq polar_volume_eq density_of_affine_image_eq
normalizing_flow: composition_volume_eq
cnf: trace_formula_eq
ffjord: hutchinson_mean_eq hutchinson_variance_sign_eq hutchinson_variance_normal_eq
realnvp: coupling_volume_eq coupling_inverse_volume_eq
maf: autoregressive_volume_eq
glow: pixelwise_volume_eq lu_volume_eq
neural_spline_flow: spline_slope_eq
gan: optimal_discriminator_eq game_value_eq saturating_slope_eq non_saturating_slope_eq
wgan: wasserstein_dual_eq wasserstein_dual_le
mmd_gan: mmd_kernel_mean_eq
infonce: infonce_is_cross_entropy_eq infonce_slope_positive_eq infonce_slope_negative_eq infonce_optimum_eq
    infonce_gap_eq infonce_bound_le infonce_ceiling_le infonce_share_eq infonce_any_laws_le infonce_any_laws_gap_eq
clip: clip_loss_eq
bradley_terry: bradley_terry_eq bradley_terry_slope_eq
rlhf: kl_optimum_two_eq kl_objective_is_distance_eq gibbs_variational_eq gibbs_variational_le gibbs_reached_eq
    kl_objective_le
dpo: dpo_reward_eq dpo_reward_difference_eq dpo_preference_eq dpo_slope_eq
box_muller: box_muller_eq
external_noise: gumbel_density_eq gumbel_max_eq
gumbel_softmax: gumbel_max_eq
temperature_sampling: temperature_entropy_slope_eq
top_k_sampling: top_k_kl_eq
nucleus_sampling: top_p_tv_eq
metropolis_hastings: metropolis_balance_eq metropolis_invariance_eq
gibbs_sampling: gibbs_invariance_eq
hamiltonian_monte_carlo: leapfrog_volume_eq leapfrog_position_reverses_eq leapfrog_momentum_reverses_eq
importance_sampling: importance_mean_eq importance_square_shift_eq importance_square_scale_eq importance_evidence_eq
annealed_importance_sampling: annealed_weight_eq
elbo: elbo_entropy_eq elbo_reconstruction_eq elbo_gap_eq elbo_le_log_evidence elbo_argmax_eq elbo_at_posterior_eq
    elbo_le_of_jensen elbo_argmax_theta_eq gap_argmin_theta_eq
discrete_latent_variable_model: elbo_gap_eq elbo_reconstruction_eq
iwae_bound: iwae_one_le_two iwae_two_le_three iwae_le_log_evidence
iwae: iwae_one_le_two iwae_two_le_three iwae_le_log_evidence
mean_field: mean_field_update_eq mean_field_var_eq mean_field_var_le
pathwise_gradient: reparameterised_eq pathwise_gradient_eq
score_function_gradient: score_gradient_eq baseline_eq score_gradient_coin_eq naive_gradient_eq
hvae: hierarchical_gap_eq hierarchical_entropy_eq hierarchical_joint_kl_eq hierarchical_top_down_eq hierarchical_elbo_eq
    hierarchical_elbo_le
vae: vae_loss_eq kl_normal_std_eq kl_normal_diagonal_eq
beta_vae: beta_variance_eq
decoder_covariance: decoder_variance_eq
frechet_inception_distance: frechet_is_w2_eq frechet_map_cost_eq frechet_root_trace_eq
inception_score: inception_information_eq
perplexity: perplexity_eq
bleu: brevity_penalty_eq
erdos_renyi: degree_generating_eq degree_variance_eq poisson_limit_eq poisson_ratio_eq
stochastic_block_model: block_spectrum_eq block_posterior_eq
barabasi_albert: attachment_recursion_eq attachment_tail_eq attachment_exponent_eq attachment_growth_eq
conditional_model: nll_normal_eq nll_normal_mse_eq nll_normal_logvar_eq nll_laplace_eq bce_logits_eq
    logistic_gradient_eq
bayesian_learning: log_evidence_two_eq
boltzmann: entropy_boltzmann_eq boltzmann_bernoulli_eq gibbs_partition_eq
"""


def _read(text: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in text.replace("\n    ", " ").strip().splitlines():
        model, _, names = line.partition(":")
        found[model] = tuple(names.split())
    return MappingProxyType(found)


DERIVATIONS: Mapping[str, tuple[str, ...]] = _read(_TIED)
"""The name of a model to those of derivations about it."""


def models_of(derivation: str) -> tuple[str, ...]:
    """The models that a derivation is about, in the order of the list."""
    return tuple(model for model, names in DERIVATIONS.items() if derivation in names)
