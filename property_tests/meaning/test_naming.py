"""Which results a text names: whole names, the longest that fits, and no commands of LaTeX."""

from __future__ import annotations

import pytest

from errata.meaning.results.catalogue import RESULTS
from errata.meaning.results.naming import named, sentence_of


def names(text: str) -> set[str]:
    return {r.name for r in named(RESULTS, text, text)}


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        ("the Kalman gain is", "kalman_gain", True),
        ("Kalman gains", "kalman_gain", True),
        ("an exponential law", "exponential_cdf", True),
        ("the squared exponential kernel", "exponential_cdf", False),
        ("the squared exponential kernel", "rbf_kernel", True),
        (r"a factor $\gamma$", "gamma_mean", False),
        (r"$\text{Gamma}$ law", "gamma_mean", True),
        ("He initialisation", "he_initialisation", True),
        ("a rectifier", "relu", True),
        ("under an intervention", "backdoor", True),
        ("the joint factorises along the graph", "bayesian_network", True),
        ("the Baum-Welch re-estimation", "hmm_transition_update", True),
        ("an initial value", "he_initialisation", False),
        ("the kalmanesque gains of it", "woodbury", False),
    ],
)
def test_names(text: str, name: str, is_named: bool) -> None:
    assert (name in names(text)) is is_named


def test_a_name_in_the_sentence_is_near_and_one_of_few_results_is_specific() -> None:
    text = "The Woodbury identity helps. Gaussian laws are many. Here $x = 1$."
    found = {r.name: n for r, n in named(RESULTS, text, "Gaussian laws are many.").items()}
    assert not found["woodbury"].near
    assert found["normal_density"].near and not found["normal_density"].specific


def test_the_sentence_of_a_formula_ends_at_stops() -> None:
    text = "One thing. Another thing is $x$ here. A third."
    start = text.index("$x$") + 1
    assert sentence_of(text, start, start + 1).split() == "Another thing is $ x $ here".split()
