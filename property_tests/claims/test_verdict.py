"""decide() is total and pure, and never says more than the evidence does."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from claims.evidence import Agreement, Counterexample, Inconclusive, Proof
from claims.verdict import LEAST_POINTS, Proved, Refuted, Repair, Supported, Tried, Undecided, decide

proofs = st.builds(Proof, st.just("proof"), st.just(("a step",)))
agreements = st.builds(Agreement, st.just("points"), st.integers(0, 12), st.just(10), st.just(""), st.booleans())
counterexamples = st.builds(
    Counterexample,
    st.just("points"),
    st.just((("x", "1"),)),
    st.just("1"),
    st.just("2"),
    st.just(""),
    st.booleans(),
    st.booleans(),
)
unknowns = st.builds(Inconclusive, st.just("slow"), st.just("no answer within 10 s"))
evidence = st.lists(st.one_of(proofs, agreements, counterexamples, unknowns), max_size=4).map(tuple)
first = st.builds(Tried, st.none(), evidence)
others = st.builds(Tried, st.sampled_from(["log is base 2", "s is a variance"]), evidence)
readings = st.one_of(
    st.just([]), st.builds(lambda a, more: [a, *more], st.one_of(first, others), st.lists(others, max_size=2))
)

PROOF = Proof("proof", ("a step",))
ENOUGH = Agreement("points", LEAST_POINTS, 10, "")
TOO_FEW = Agreement("points", LEAST_POINTS - 1, 10, "")
APART = Counterexample("points", (("x", "1"),), "1", "2", "", admissible=True, confirmed=True)
UNCONFIRMED = Counterexample("points", (("x", "1"),), "1", "2", "", admissible=True, confirmed=False)
OUTSIDE = Counterexample("points", (("x", "-1"),), "1", "2", "", admissible=False, confirmed=True)
UNKNOWN = Inconclusive("slow", "no answer within 10 s")


def witnesses(tried: Tried) -> list[Counterexample]:
    return [e for e in tried.evidence if isinstance(e, Counterexample) and e.admissible and e.confirmed]


def of_kind(tried: Tried, kind: type) -> list:
    return [e for e in tried.evidence if isinstance(e, kind)]


@given(readings)
def test_there_is_always_a_verdict_and_always_the_same(tried):
    verdict = decide(tried)
    assert isinstance(verdict, Proved | Supported | Refuted | Undecided)
    assert decide(tried) == verdict
    assert decide(tuple(tried)) == verdict


@given(readings)
@example([Tried(None, (APART,)), Tried("log is base 2", (APART,))])
def test_refuted_needs_an_admissible_confirmed_witness_in_every_reading(tried):
    verdict = decide(tried)
    if isinstance(verdict, Refuted):
        assert tried and all(witnesses(t) and not of_kind(t, Proof) for t in tried)
        assert verdict.by.admissible and verdict.by.confirmed


@given(readings)
@example([Tried(None, (APART,)), Tried("log is base 2", (APART,))])
def test_a_witness_in_every_reading_and_no_proof_is_refuted(tried):
    if tried and all(witnesses(t) and not of_kind(t, Proof) for t in tried):
        assert isinstance(decide(tried), Refuted)


@given(readings)
@example([Tried(None, (PROOF,))])
def test_proved_needs_a_proof_of_the_unconditional_first_reading(tried):
    if isinstance(decide(tried), Proved):
        assert tried[0].condition is None
        assert of_kind(tried[0], Proof)
        assert not witnesses(tried[0])


@given(readings)
@example([Tried(None, (ENOUGH,))])
@example([Tried(None, (TOO_FEW, TOO_FEW))])
def test_supported_needs_a_proof_or_enough_points_in_the_reading_it_names(tried):
    verdict = decide(tried)
    if isinstance(verdict, Supported):
        chosen = [t for t in tried if t.condition == verdict.holds_if and not witnesses(t)]
        assert any(
            of_kind(t, Proof)
            or any(a.exhaustive and a.points for a in of_kind(t, Agreement))
            or sum(a.points for a in of_kind(t, Agreement)) >= LEAST_POINTS
            for t in chosen
        )


@given(st.lists(unknowns, max_size=4).map(tuple), st.integers(1, 3))
def test_the_unknown_never_passes(unknown, count):
    assert isinstance(decide([Tried(None, unknown)] * count), Undecided)


def test_each_rule_by_its_plainest_case():
    assert decide([Tried(None, (PROOF,))]) == Proved((PROOF,))
    assert decide([Tried(None, (ENOUGH, UNKNOWN))]) == Supported((ENOUGH,))
    assert decide([Tried(None, (APART, ENOUGH))]) == Refuted(APART)
    assert decide([]) == Undecided((), "no admissible reading")
    assert decide([Tried(None, ())]) == Undecided((), "no route applies")
    assert decide([Tried(None, (UNKNOWN,))]) == Undecided((UNKNOWN,), "no answer within 10 s")


def test_fewer_than_eight_points_support_nothing_unless_they_are_all_there_are():
    assert isinstance(decide([Tried(None, (TOO_FEW,))]), Undecided)
    assert isinstance(decide([Tried(None, (Agreement("points", 1, 10, "", exhaustive=True),))]), Supported)
    assert isinstance(decide([Tried(None, (Agreement("points", 0, 10, "", exhaustive=True),))]), Undecided)


def test_a_counterexample_that_is_not_confirmed_refutes_nothing_and_lets_nothing_pass():
    verdict = decide([Tried(None, (ENOUGH, UNCONFIRMED))])
    assert isinstance(verdict, Undecided)
    assert verdict.why == "a counterexample was found but not confirmed"


def test_a_counterexample_outside_the_domain_says_nothing():
    assert decide([Tried(None, (OUTSIDE,))]) == Undecided((OUTSIDE,), "no admissible point was found")
    assert decide([Tried(None, (OUTSIDE, ENOUGH))]) == Supported((ENOUGH,))


def test_a_proof_beside_a_counterexample_decides_nothing():
    assert isinstance(decide([Tried(None, (PROOF, APART))]), Undecided)


def test_one_reading_that_holds_saves_the_claim_under_its_condition():
    saved = decide([Tried(None, (APART,)), Tried("log is base 2", (PROOF,))])
    assert saved == Supported((PROOF,), "log is base 2")
    assert isinstance(decide([Tried(None, (APART,)), Tried("log is base 2", (UNKNOWN,))]), Undecided)


def test_a_proof_of_a_reading_that_is_not_the_first_supports_and_no_more():
    assert decide([Tried("log is base 2", (UNKNOWN,)), Tried(None, (PROOF,))]) == Supported((PROOF,))
    assert decide([Tried("log is base 2", (PROOF,))]) == Supported((PROOF,), "log is base 2")


def test_a_refutation_carries_its_repair():
    repair = Repair("0.693", "last-digit")
    assert decide([Tried(None, (APART,))], repair) == Refuted(APART, repair=repair)
