"""The forms of the identities of the catalogue, as ``errata.checking.identities.forms_of`` makes them."""

from __future__ import annotations

from collections.abc import Mapping

FORMS: Mapping[str, tuple[str, str]] = {
    "db327f7e220f227b08a62b23": ("nll_laplace_eq", "2af40a41f56f6839fdb72814"),
    "83b4be9d6a0b237734177698": ("nll_bernoulli_eq", "8688a5ddfd641e04f9170d6b"),
    "ec349853ffb60b518ffa522d": ("bce_logits_eq", "d627e3584633c8a273af0d96"),
    "325f7b2a04b53c1fc784ef17": ("ce_logits_eq", "ec4853f0c59c1e222b24b72d"),
    "c6d183dac38a802bd9b4c3c8": ("logsumexp_shift_eq", "c288b191006ccbc2c5943b99"),
    "3abc32250b5ca7cccb71b46e": ("nll_poisson_eq", "db5146ed2840f5eafd54eb2a"),
    "9d15fc3cf7960e7d839fffb0": ("log_evidence_two_eq", "7581905efdd2632659d2e984"),
    "312f9177074467a2899766e7": ("entropy_categorical_eq", "36cf70b9514ef4bc3c85f9b1"),
    "64249beda1f34dc0c873cb5c": ("entropy_chain_eq", "eac4fad476bdf323b2459f91"),
    "14c840e0e670248739bd0ddf": ("mi_entropies_eq", "0e44d96b68ffc3bcb2f06834"),
    "d175c1574fd135c6b3fe4a39": ("mi_conditional_eq", "103fcf549a6942d43557cfca"),
    "998978661803508884529945": ("mi_mean_kl_eq", "dbc2be4eecbbdcae04ee7702"),
    "0549a5a97e35901347af8e6d": ("entropy_grouping_eq", "320e9fbcd84e19e5023234ec"),
    "ad152ebf5d6e6a5ccd22468e": ("mle_forward_kl_eq", "f2fd95be77755bbc44a585ad"),
    "bc240e0b9ba78b06167f08d2": ("map_forward_kl_eq", "ff856b536ee028fa20903254"),
    "292ea2becf28fb90fd1a0605": ("one_hot_cross_entropy_eq", "6bc077ebd43aa5e483d9bff2"),
    "c7fed3911301d06f545173f0": ("game_value_eq", "bfe1377d2f9195f18eb64d14"),
    "41f028d4dbe64fb2618d64c1": ("infonce_is_cross_entropy_eq", "896ce2bf5e154b554960bea1"),
    "29f7ca8cb686d82d6d1f1458": ("infonce_gap_eq", "7e39adb71883938e681d9fc0"),
    "0d5955ff8787c8f52b7b7cdf": ("clip_loss_eq", "a99d1bf5229ccac3de7f9b81"),
    "699d1b82d90ddfc62267ebd2": ("bradley_terry_eq", "92316477473b754b1abf49b1"),
    "b5611ab9c532298590120f7c": ("responsibility_linear_eq", "bc46e57f86777561d2863a06"),
    "567a86b3d112c1d3b653253e": ("top_k_kl_eq", "3662ba105fbea227b76f156f"),
    "9a15cae566d482f56c3e549e": ("elbo_entropy_eq", "1eda942c16869dddec8614dc"),
    "ef776d54ec61ccafaf37cefe": ("elbo_reconstruction_eq", "0c3d9d850daec83e69b37e19"),
    "8822d3e18770d92367258d5a": ("elbo_gap_eq", "3495efc2231f59e6a12cfc79"),
    "d4480b9d8e74c9c4f4a14b47": ("free_energy_eq", "cd74b2a42b5d2e3eed795d36"),
    "0763da145a652dbf68cb00da": ("aggregated_posterior_eq", "58ee3c39c6b2bfb4968ce151"),
    "2628f2564a66dfb1a96155c1": ("perplexity_eq", "816e6ee79bd0f7e0e4ba6b3f"),
    "887fc3e25b923a31f346993c": ("brevity_penalty_eq", "64f3fb1f39693f6f82e62400"),
    "d5a46fb1ceccf57912c10ffa": ("block_posterior_eq", "9ff8cbbcccfa4321875e917c"),
}
"""The digest of a tree without names: the derivation, and the digest of its form."""
