"""Information: entropies as code lengths, divergences, and what makes a scoring rule proper. In bits unless said."""

from __future__ import annotations

from flint import arb, fmpq

from numerics.counterexamples.refutation import Refutation, Sides

HALF = fmpq(1, 2)


def _entropy(*masses: fmpq) -> arb:
    """In nats; zero masses add nothing."""
    return -sum((p * arb(p).log() for p in masses if p > 0), arb(0))


def _divergence(p: tuple[fmpq, ...], q: tuple[fmpq, ...]) -> arb:
    """KL(p ‖ q) in nats."""
    return sum((a * (arb(a) / b).log() for a, b in zip(p, q, strict=True) if a > 0), arb(0))


def _bits(nats: arb) -> arb:
    return nats / arb(2).log()


def _steep_score(chance: fmpq, told: fmpq) -> fmpq:
    """The expected loss where 1/p̂ is paid for the outcome that comes."""
    return chance / told + (1 - chance) / (1 - told)


def _log_score(chance: fmpq, told: fmpq) -> arb:
    return -(chance * arb(told).log() + (1 - chance) * arb(1 - told).log())


def _surprise_of_sure() -> Sides:
    return _log_score(fmpq(7, 10), fmpq(99, 100)), _log_score(fmpq(7, 10), fmpq(7, 10))


optimal_code_costs_the_entropy = Refutation(
    name="optimal_code_costs_the_entropy",
    says="the best code spends H(p) bits on average for each symbol",
    left="the mean length of the best prefix code",
    relation="=",
    right="H(p) in bits",
    witness="a coin of 0.99: two code words have at least one bit each, H = 0.081",
    sides=lambda: (fmpq(1), _bits(_entropy(fmpq(99, 100), fmpq(1, 100)))),
    holds_if="every −log₂ p is whole, or long blocks are coded together and the limit is meant",
    saved_at="(1/2, 1/4, 1/8, 1/8)",
    saved=lambda: (fmpq(7, 4), _bits(_entropy(HALF, fmpq(1, 4), fmpq(1, 8), fmpq(1, 8)))),
    derived=("source_coding_ge", "shannon_code_le"),
)

divergence_is_extra_bits = Refutation(
    name="divergence_is_extra_bits",
    says="KL(p ‖ q) is the number of extra bits for each symbol of a code built for q",
    left="the extra bits of the best prefix code for q over that for p",
    relation="=",
    right="KL(p ‖ q) in bits",
    witness="p = (1/2, 1/2), q = (9/10, 1/10): both codes spend one bit, the divergence is 0.737",
    sides=lambda: (fmpq(0), _bits(_divergence((HALF, HALF), (fmpq(9, 10), fmpq(1, 10))))),
    holds_if="the lengths are −log₂ q and −log₂ p themselves: whole ones, or long blocks in the limit",
    saved_at="p = (1/2, 1/4, 1/8, 1/8) and q = (1/8, 1/8, 1/4, 1/2)",
    saved=lambda: (
        fmpq(7, 8),
        _bits(
            _divergence(
                (HALF, fmpq(1, 4), fmpq(1, 8), fmpq(1, 8)),
                (fmpq(1, 8), fmpq(1, 8), fmpq(1, 4), HALF),
            )
        ),
    ),
    derived=("wrong_code_eq", "source_coding_ge"),
)

any_code_within_a_bit = Refutation(
    name="any_code_within_a_bit",
    says="a prefix code spends at most H(p) + 1 bits for each symbol",
    left="the mean length of the code",
    relation="≤",
    right="H(p) + 1",
    witness="(0.98, 0.01, 0.01) with lengths (2, 2, 1)",
    sides=lambda: (
        fmpq(2 * 98 + 2 + 1, 100),
        _bits(_entropy(fmpq(98, 100), fmpq(1, 100), fmpq(1, 100))) + 1,
    ),
    holds_if="the code is the best one, or has Shannon's lengths",
    saved_at="the same law with lengths (1, 2, 2)",
    saved=lambda: (
        fmpq(98 + 2 + 2, 100),
        _bits(_entropy(fmpq(98, 100), fmpq(1, 100), fmpq(1, 100))) + 1,
    ),
    derived=("shannon_code_le", "source_coding_ge"),
)

steepness_makes_proper = Refutation(
    name="steepness_makes_proper",
    says="a loss that grows without bound for confident mistakes is a proper scoring rule",
    left="the expected loss 1/p̂ at p̂ = 3/5",
    relation="≥",
    right="that at the true chance",
    witness="chance 7/10: the loss is as steep as one likes, and a lie scores better",
    sides=lambda: (_steep_score(fmpq(7, 10), fmpq(3, 5)), _steep_score(fmpq(7, 10), fmpq(7, 10))),
    holds_if="the loss is −log p̂: least on average at the truth by KL ≥ 0, as is the bounded Brier score",
    saved_at="the same chances under −log p̂",
    saved=lambda: (_log_score(fmpq(7, 10), fmpq(3, 5)), _log_score(fmpq(7, 10), fmpq(7, 10))),
    derived=("kl_nonneg", "cross_entropy_bernoulli_eq", "brier_eq"),
)

next_word_should_be_sure = Refutation(
    name="next_word_should_be_sure",
    says="cross-entropy is best served by giving the observed word probability 1",
    left="the expected cross-entropy at probability 0.99",
    relation="≤",
    right="that at the frequency with which the word follows",
    witness="a word that follows in 7 of 10 cases",
    sides=_surprise_of_sure,
    holds_if="the context leaves one word only",
    saved_at="a word that always follows: −log 0.99 against −log 0.98",
    saved=lambda: (-arb(fmpq(99, 100)).log(), -arb(fmpq(98, 100)).log()),
    derived=("cross_entropy_bernoulli_eq",),
)

mean_log_mass_is_entropy = Refutation(
    name="mean_log_mass_is_entropy",
    says="E log p(x) under p is the entropy H(p)",
    left="E log p(x)",
    relation="=",
    right="H(p), in nats",
    witness="a fair coin: −log 2 against log 2",
    sides=lambda: (-arb(2).log(), _entropy(HALF, HALF)),
    holds_if="a minus stands before it; without it p is certain, where both are 0",
    saved_at="a certain outcome",
    saved=lambda: (fmpq(0), _entropy(fmpq(1), fmpq(0))),
    derived=("entropy_bernoulli_eq", "cross_entropy_eq"),
)

perplexity_of_whole_sequences = Refutation(
    name="perplexity_of_whole_sequences",
    says="the perplexity is exp of the expected −log p of a sequence",
    left="the number of equally likely tokens at each place",
    relation="=",
    right="exp(−log p(x₁ … x_T))",
    witness="three tokens of a fair coin: 2 against 8",
    sides=lambda: (fmpq(2), (3 * arb(2).log()).exp()),
    holds_if="−log p is divided by the number of tokens",
    saved_at="the same sequence, −log p / 3",
    saved=lambda: (fmpq(2), (3 * arb(2).log() / 3).exp()),
    derived=("perplexity_eq",),
)

CASES = (
    optimal_code_costs_the_entropy,
    divergence_is_extra_bits,
    any_code_within_a_bit,
    steepness_makes_proper,
    next_word_should_be_sure,
    mean_log_mass_is_entropy,
    perplexity_of_whole_sequences,
)
