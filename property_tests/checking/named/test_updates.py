"""Updates written as assignments."""

import pytest

from property_tests.checking.named import Case, right, said, wrong

CASES: list[Case] = [
    (
        r"Gradient descent with learning rate $\eta$ is @",
        [
            r"\theta \leftarrow \theta - \eta \nabla_\theta L(\theta)",
            r"w \leftarrow w - \eta \nabla L(w)",
            r"w \leftarrow w - \alpha \frac{\partial J}{\partial w}",
        ],
        [r"\theta \leftarrow \theta + \eta \nabla_\theta L(\theta)"],
    ),
    (
        "Gradient descent with weight decay is @",
        [r"w \leftarrow w - \eta (\nabla L(w) + \lambda w)", r"w \leftarrow (1 - \eta \lambda) w - \eta \nabla L(w)"],
        [],
    ),
    (
        "SARSA updates by @",
        [
            r"Q(s, a) \leftarrow Q(s, a) + \alpha [r + \gamma Q(s', a') - Q(s, a)]",
            r"Q(S_t, A_t) \leftarrow Q(S_t, A_t) + \alpha [R_{t+1} + \gamma Q(S_{t+1}, A_{t+1}) - Q(S_t, A_t)]",
        ],
        [r"Q(s, a) \leftarrow Q(s, a) + \alpha [r + \gamma Q(s', a') + Q(s, a)]"],
    ),
    (
        "TD(0) updates the value by @",
        [
            r"V(s) \leftarrow V(s) + \alpha (r + \gamma V(s') - V(s))",
            r"V(s_t) \leftarrow V(s_t) + \alpha \delta_t",
            r"V(s) \leftarrow (1 - \alpha) V(s) + \alpha (r + \gamma V(s'))",
        ],
        [r"V(s) \leftarrow V(s) - \alpha (r + \gamma V(s') - V(s))"],
    ),
    (
        "In value iteration each sweep sets @",
        [
            r"V(s) \leftarrow \max_a \sum_{s'} P(s' \mid s, a) [r(s, a, s') + \gamma V(s')]",
            r"V(s) \leftarrow \max_a \left[r(s, a) + \gamma \sum_{s'} P(s' \mid s, a) V(s')\right]",
        ],
        [],
    ),
    (
        "The target network follows slowly (Polyak averaging): @",
        [
            r"\theta' \leftarrow \tau \theta + (1 - \tau) \theta'",
            r"\bar\theta \leftarrow (1 - \tau) \bar\theta + \tau \theta",
        ],
        [r"\theta' \leftarrow \tau \theta + (1 + \tau) \theta'"],
    ),
    (
        "Adam keeps the moment @",
        [r"m \leftarrow \beta_1 m + (1 - \beta_1) g", r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2"],
        [r"m \leftarrow \beta_1 m + (1 + \beta_1) g"],
    ),
    (
        "Monte Carlo control moves towards the return: @",
        [r"V(s) \leftarrow V(s) + \alpha (G_t - V(s))", r"Q(s, a) \leftarrow Q(s, a) + \alpha (G - Q(s, a))"],
        [],
    ),
    (
        "The incremental mean is @ after $n$ samples.",
        [r"\mu \leftarrow \mu + \frac1n (x - \mu)", r"Q \leftarrow Q + \frac{1}{n} (R - Q)"],
        [],
    ),
]


@right(CASES)
def test_a_form_of_a_result_holds(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "holds"


@wrong(CASES)
def test_one_with_a_slip_does_not(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "wrong"


@pytest.mark.parametrize(
    ("sentence", "latex"),
    [
        (r"TD(0) updates the value by @", r"V(s) \leftarrow V(s) + \alpha (r + V(s') - V(s))"),
        (
            r"Unlike gradient descent, gradient ascent maximises $J$ with the update @",
            r"\theta \leftarrow \theta + \eta \nabla J(\theta)",
        ),
    ],
)
def test_the_value_of_the_next_state_is_another_and_an_ascent_is_no_descent(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "left"
