"""Updates that notes write as assignments, without a number of the step: what is on the left is the new value."""

from __future__ import annotations

from errata.meaning.results.learning import ETA, GOODFELLOW, LOSS, REWARD, SUTTON, A, G, S, W
from errata.meaning.results.result import Result, Slot

POS, UNIT = "positive", "unit"
GAMMA = Slot(r"\gamma", UNIT, ("discount",))
DECAY = Slot(r"\lambda", POS, ("weight decay", "penalty"))
RATE = Slot(r"\alpha", UNIT, ("learning rate", "step size"), (r"\eta",))
V, Q = Slot("V", "real", ("value",), ("v",)), Slot("Q", "real", ("action value",), ("q",))
NEXT = Slot("s'", "real")

RESULTS = (
    Result(
        "weight_decay_assignment",
        ("weight decay", "l2 regularis", "l2 regulariz", "ridge penalty"),
        r"w \leftarrow w - \eta (\nabla L(w) + \lambda w)",
        (W, ETA, DECAY, LOSS),
        "definition",
        GOODFELLOW,
        variants=(r"w \leftarrow (1 - \eta \lambda) w - \eta \nabla L(w)",),
    ),
    Result(
        "adam_first_moment_assignment",
        ("adam",),
        r"m \leftarrow \beta_1 m + (1 - \beta_1) g",
        (Slot("m", "real"), Slot(r"\beta", UNIT), G),
        "definition",
        "Kingma, Ba 2015, Adam",
    ),
    Result(
        "adam_second_moment_assignment",
        ("adam",),
        r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2",
        (Slot("v", POS, (), ("s",)), Slot(r"\beta", UNIT), G),
        "definition",
        "Kingma, Ba 2015, Adam",
    ),
    Result(
        "td_assignment_of_error",
        ("temporal difference", "td(0)", "td learning", "td error"),
        r"V(s_t) \leftarrow V(s_t) + \alpha \delta_t",
        (V, RATE, S, Slot(r"\delta", "real", ("error",))),
        "definition",
        SUTTON,
        variants=(r"V(s) \leftarrow V(s) + \alpha \delta",),
    ),
    Result(
        "value_iteration_sweep",
        ("value iteration", "bellman backup"),
        r"V(s) \leftarrow \max_a \left[r(s, a) + \gamma \sum_{s'} P(s' \mid s, a) V(s')\right]",
        (V, REWARD, GAMMA, S, A, NEXT),
        "definition",
        SUTTON,
        variants=(r"V(s) \leftarrow \max_a \sum_{s'} P(s' \mid s, a) \left[r(s, a, s') + \gamma V(s')\right]",),
    ),
    Result(
        "target_network_update",
        ("target network", "polyak averaging", "soft update"),
        r"\theta' \leftarrow \tau \theta + (1 - \tau) \theta'",
        (
            Slot(r"\theta'", "vector d", ("target",), (r"\bar\theta", r"\theta^-", r"\hat\theta", r"\phi'")),
            Slot(r"\tau", UNIT, (), (r"\rho",)),
            Slot(r"\theta", "vector d", ("online",), (r"\phi",)),
        ),
        "definition",
        "Lillicrap et al. 2016, Continuous control with deep reinforcement learning",
    ),
    Result(
        "monte_carlo_assignment_of_actions",
        ("monte carlo", "monte-carlo"),
        r"Q(s, a) \leftarrow Q(s, a) + \alpha (G - Q(s, a))",
        (Q, RATE, Slot("G", "real", ("return",)), S, A),
        "definition",
        SUTTON,
    ),
    Result(
        "incremental_mean_assignment",
        ("incremental mean", "running mean", "sample average", "running average", "incremental"),
        r"\mu \leftarrow \mu + \frac1n (x - \mu)",
        (
            Slot(r"\mu", "real", ("mean",), ("Q", "m", "V", r"\bar x")),
            Slot("n", POS, ("count", "number of"), ("N", "k")),
            Slot("x", "real", ("sample", "reward"), ("R", "r", "G")),
        ),
        "definition",
        SUTTON,
    ),
)
