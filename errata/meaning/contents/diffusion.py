"""Diffusion: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Diffusion",
    (
        Entry(
            called="the jump of a diffusion, by induction",
            also=("DDPM forward process", "closed-form jump", "q(x_t | x_0)", "marginal", "alpha bar"),
            derivations=("jump_step_eq", "jump_variance_eq", "jump_of_three_variance_eq"),
            proved_for="one step of the induction; three steps",
        ),
        Entry(
            called="the forward posterior's mean and variance",
            also=("DDPM posterior", "diffusion"),
            derivations=("log_posterior_eq", "posterior_variance_eq", "posterior_mean_of_noise_eq"),
            proved_for="one coordinate",
        ),
        Entry(
            called="noise, start, velocity and score of a diffusion",
            also=("epsilon prediction", "x_0 prediction", "v-prediction", "parameterisation"),
            derivations=(
                "score_of_jump_eq",
                "velocity_of_start_eq",
                "start_of_velocity_eq",
                "noise_of_velocity_eq",
                "start_of_score_eq",
                "noise_of_score_eq",
            ),
            proved_for="one coordinate",
        ),
        Entry(
            called="KL terms → weighted loss, and what L_simple drops",
            also=("DDPM loss", "simple loss", "denoising loss", "noise prediction"),
            derivations=("kl_term_noise_eq", "kl_term_start_eq", "simple_loss_drops_eq", "velocity_loss_eq"),
            proved_for="one coordinate",
        ),
        Entry(
            called="the diffusion ELBO telescopes",
            also=("variational bound", "evidence lower bound", "DDPM"),
            derivations=("elbo_telescoped_eq", "elbo_telescoped_any_eq"),
            proved_for="three steps; any number of steps, before the mean",
        ),
        Entry(
            called="the diffusion ELBO from the laws: a reconstruction less a KL for each step",
            also=("variational bound", "evidence lower bound", "DDPM"),
            derivations=("diffusion_elbo_any_laws_eq",),
            proved_for="any laws, three steps",
        ),
        Entry(
            called="DDIM, η = 1 and η = 0",
            also=("deterministic sampler", "implicit model"),
            derivations=("ddim_variance_eq", "ddim_eta_one_eq", "ddim_eta_zero_eq"),
            proved_for="one coordinate",
        ),
        Entry(
            called="guidance, by a classifier and free, in both conventions",
            also=("classifier guidance", "classifier-free guidance", "CFG"),
            derivations=(
                "classifier_guidance_eq",
                "guided_noise_eq",
                "guided_peak_eq",
                "classifier_free_score_eq",
                "classifier_free_conventions_eq",
            ),
            proved_for="a logistic classifier; normal laws",
        ),
        Entry(
            called="VP and VE as limits",
            also=("variance preserving", "variance exploding", "SDE", "continuous time"),
            derivations=("vp_limit_eq", "ve_limit_eq"),
            proved_for="constant β; a geometric schedule",
        ),
        Entry(
            called="reverse SDE and probability-flow ODE",
            also=("Fokker-Planck", "reverse-time SDE", "Anderson", "score-based model"),
            derivations=("fokker_planck_eq", "probability_flow_path_eq", "reverse_sde_variance_eq"),
            proved_for="Gaussian data",
        ),
        Entry(
            called="flow matching: conditional = marginal gradient",
            also=("conditional flow matching", "CFM"),
            derivations=("flow_matching_gradient_eq",),
            proved_for="two data, at any place and time",
        ),
        Entry(
            called=(
                "flow matching, and what it shares with denoising: the losses differ by a variance, the gradients agree"
            ),
            also=("conditional flow matching", "CFM", "denoising score matching"),
            derivations=("flow_matching_gap_eq", "flow_matching_any_gradient_eq"),
            proved_for="any laws of places and velocities, any model",
        ),
        Entry(
            called="straight paths: the velocity, by the score, and what straightening costs",
            also=("rectified flow", "optimal transport path", "reflow", "velocity"),
            derivations=("rectified_velocity_eq", "velocity_of_score_eq", "rectified_cost_le"),
            proved_for="any laws of both ends; normal noise for the score",
        ),
        Entry(
            called="the diffusion bound by signal-to-noise ratios, in steps and in continuous time",
            also=("VDM", "variational diffusion model", "SNR weighting", "continuous-time VLB"),
            derivations=("vdm_term_eq", "vdm_noise_term_eq", "vdm_continuous_eq", "vdm_ends_eq"),
            proved_for="any schedule; the limit for a log-SNR that is a line",
        ),
        Entry(
            called="preconditioned denoisers, and the boundary of a consistency model",
            also=("EDM", "Karras", "c_skip", "c_out", "consistency models"),
            derivations=("edm_target_eq", "edm_skip_eq", "edm_out_eq", "consistency_boundary_eq"),
            proved_for="normal data; any network",
        ),
        Entry(
            called="changes of drift (Girsanov)",
            also=("Girsanov's theorem", "KL of path measures", "likelihood ratio of SDEs"),
            derivations=("girsanov_path_eq", "girsanov_kl_eq", "girsanov_mean_eq"),
            proved_for="any number of steps, any drifts; constant drifts for means",
        ),
        Entry(
            called="a step of Jordan, Kinderlehrer and Otto's scheme",
            also=("JKO", "Wasserstein gradient flow"),
            derivations=("jko_mean_eq", "jko_deviation_eq", "jko_limit_eq"),
            proved_for="normal laws, a parabola for a potential",
        ),
        Entry(
            called="rectified flow's velocity carries the density",
            also=("continuity equation", "rectified flow"),
            derivations=("rectified_continuity_eq",),
            proved_for="Gaussian data",
        ),
        Entry(
            called="Tweedie's formula of denoising",
            also=("posterior mean by the score", "denoiser", "diffusion"),
            derivations=("tweedie_normal_eq", "tweedie_two_points_eq"),
            proved_for="Gaussian data, and data at two points",
        ),
    ),
)
