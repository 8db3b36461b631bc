"""Mixtures and linear-Gaussian: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Mixtures and linear-Gaussian",
    (
        Entry(
            called="total variance",
            also=("law of total variance", "Eve's law", "mixture variance"),
            derivations=("total_variance_eq", "total_variance_any_eq", "covariance_by_conditional_mean_eq"),
            proved_for="any laws; two components written out",
        ),
        Entry(
            called="responsibilities and the M step",
            also=("Gaussian mixture model", "GMM", "E-step", "M-step", "EM"),
            derivations=(
                "responsibility_eq",
                "responsibility_linear_eq",
                "mixture_slope_eq",
                "em_mean_eq",
                "em_mean_any_eq",
                "em_variance_slope_any_eq",
            ),
            proved_for="two components; the M step for any number of data",
        ),
        Entry(
            called="the bound for one mode of a mixture",
            also=("bimodality", "two Gaussians", "unimodal"),
            derivations=("mixture_bend_eq", "mixture_score_eq", "one_mode_le"),
            proved_for="two even components of one variance",
        ),
        Entry(
            called="factor analysis",
            also=("latent factor model", "marginal covariance", "loadings"),
            derivations=("factor_covariance_eq", "factor_variance_eq", "factor_posterior_mean_eq"),
            proved_for="two features, one factor",
        ),
        Entry(
            called="PPCA",
            also=("probabilistic PCA", "principal components", "marginal likelihood", "shrinkage"),
            derivations=(
                "ppca_determinant_eq",
                "ppca_noise_eq",
                "ppca_axis_variance_eq",
                "ppca_axis_ge",
                "ppca_shrinkage_eq",
                "ppca_axis_of_three_ge",
                "ppca_determinant_any_step_eq",
                "ppca_inverse_any_eq",
                "ppca_axis_any_ge",
            ),
            proved_for="one factor; any number of features a coordinate at a time",
        ),
        Entry(
            called="the matrix determinant lemma",
            also=("rank-one update",),
            derivations=("determinant_lemma_eq",),
            proved_for="three dimensions, any matrix",
        ),
        Entry(
            called="Gaussian-process regression with noise",
            also=("GP", "kriging", "posterior mean and variance", "kernel"),
            derivations=("gp_mean_any_step_eq", "gp_variance_any_step_eq", "gp_variance_le", "gp_linear_kernel_any_eq"),
            proved_for="a datum at a time; with a linear kernel any number of data",
        ),
        Entry(
            called="the bound of sparse Gaussian processes",
            also=("Titsias", "inducing points", "variational sparse GP", "collapsed bound"),
            derivations=(
                "sparse_expected_any_eq",
                "sparse_bound_any_step_le",
                "sparse_expected_eq",
                "sparse_collapsed_eq",
                "sparse_bound_le",
            ),
            proved_for=(
                "any number of data and inducing values, for the bound an eigenvector of K − Q at a time; the "
                "integral over the inducing values for one datum"
            ),
        ),
        Entry(
            called="the smoother of Rauch, Tung and Striebel",
            also=("RTS smoother", "Kalman smoother"),
            derivations=(
                "rts_mean_any_eq",
                "rts_variance_any_eq",
                "rts_given_next_eq",
                "rts_mean_eq",
                "rts_variance_eq",
                "rts_variance_le",
            ),
            proved_for=(
                "a step back: the mean and the covariance in any dimension, a coordinate and a direction at a "
                "time; the law given the next state, and that data never hurt, in one dimension"
            ),
        ),
        Entry(
            called="Sherman-Morrison, Woodbury, push-through, block inverses",
            also=("matrix inversion lemma", "Schur complement", "rank-one update", "matrix identity"),
            derivations=("sherman_morrison_any_eq", "woodbury_any_eq", "push_through_any_eq", "block_inverse_any_eq"),
            proved_for="any size and any rank, row by row",
        ),
        Entry(
            called="determinants of changed and block matrices",
            also=("matrix determinant lemma", "Sylvester's identity", "Schur complement"),
            derivations=("determinant_lemma_any_step_eq", "schur_determinant_eq", "sylvester_determinant_eq"),
            proved_for="a coordinate at a time; three rows, two columns",
        ),
        Entry(
            called="Kalman",
            also=("Kalman filter", "prediction", "gain", "update", "state space model"),
            derivations=("kalman_predict_eq", "kalman_gain_eq", "kalman_update_mean_eq", "kalman_update_variance_eq"),
            proved_for="one dimension, one step",
        ),
        Entry(
            called="HMM recursions",
            also=("hidden Markov model", "forward-backward", "alpha-beta", "Baum-Welch", "smoothing"),
            derivations=(
                "hmm_forward_eq",
                "hmm_smoothing_eq",
                "hmm_forward_any_eq",
                "hmm_smoothing_any_eq",
                "hmm_meeting_any_step_eq",
            ),
            proved_for="any number of states; three observations, and a step of the induction",
        ),
        Entry(
            called="sum-product messages on a tree",
            also=("belief propagation", "factor graph", "message passing", "marginals"),
            derivations=("tree_messages_any_eq", "tree_marginal_any_eq", "edge_messages_any_eq"),
            proved_for="any number of states, any factors; a tree of four nodes, and an edge of any tree",
        ),
    ),
)
