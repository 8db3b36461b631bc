"""Returns, targets and updates of reinforcement learning; bandits."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

SUTTON = "Sutton, Barto, Reinforcement Learning"
POS, UNIT = "positive", "unit"
GAMMA = Slot(r"\gamma", UNIT, ("discount",), (r"\beta",))
ALPHA = Slot(r"\alpha", UNIT, ("learning rate", "step size"), (r"\eta",))
R = Slot("r", "real", ("reward",), ("R",))
V, Q = (
    Slot("V", "real", ("value",), ("v", r"\hat v", "V^\\pi", r"V_\pi", r"v_\pi")),
    Slot("Q", "real", (), ("q", r"q_\pi", "Q^\\pi")),
)
S, A = Slot("s", "real", ("state",), ("x", "S")), Slot("a", "real", ("action",), ("u", "A"))
PI = Slot(r"\pi", POS, ("policy",), (r"\pi_\theta",))
B = Slot("b", POS, ("behaviour", "behavior"), (r"\mu", r"\beta"))
G = Slot("G", "real", ("return",), ("R",))
K = Slot("k", "natural", (), ("j", "i"))
T = Slot("T", "natural", ("horizon", "length"), ("H", "N"))

RESULTS = (
    Result(
        "importance_ratio",
        ("off-policy", "importance sampling ratio", "importance ratio", "behaviour policy", "behavior policy"),
        r"\rho = \prod_{k=0}^{T-1} \frac{\pi(a_k \mid s_k)}{b(a_k \mid s_k)}",
        (Slot(r"\rho", POS, (), ("w",)), PI, B, S, A, T),
        "definition",
        SUTTON,
        variants=(
            r"\rho_t = \frac{\pi(a_t \mid s_t)}{b(a_t \mid s_t)}",
            r"\rho_{t:T-1} = \prod_{k=t}^{T-1} \frac{\pi(a_k \mid s_k)}{b(a_k \mid s_k)}",
            r"\rho_{0:T-1} = \prod_{k=0}^{T-1} \frac{\pi(a_k \mid s_k)}{b(a_k \mid s_k)}",
            r"\rho = \prod_{t=1}^{T} \frac{\pi(a_t \mid s_t)}{b(a_t \mid s_t)}",
        ),
    ),
    Result(
        "probability_ratio",
        ("probability ratio", "ppo", "proximal policy"),
        r"r_t(\theta) = \frac{\pi_\theta(a_t \mid s_t)}{\pi_{\mathrm{old}}(a_t \mid s_t)}",
        (
            Slot("r", POS, (), (r"\rho", "w")),
            Slot(r"\pi_\theta", POS),
            Slot(r"\pi_{\mathrm{old}}", POS, (), (r"\pi_{\theta_{\mathrm{old}}}",)),
            S,
            A,
        ),
        "definition",
        "Schulman et al. 2017, Proximal policy optimization",
    ),
    Result(
        "sarsa",
        ("sarsa",),
        r"Q(s, a) \leftarrow Q(s, a) + \alpha \left[r + \gamma Q(s', a') - Q(s, a)\right]",
        (Q, ALPHA, R, GAMMA, S, A, Slot("s'", "real"), Slot("a'", "real")),
        "definition",
        SUTTON,
        variants=(
            r"Q(s_t, a_t) \leftarrow Q(s_t, a_t) + \alpha \left[r_{t+1} + \gamma Q(s_{t+1}, a_{t+1}) - Q(s_t, a_t)\right]",
        ),
    ),
    Result(
        "n_step_return",
        ("n-step return", "n-step target", "multi-step return"),
        r"G_{t:t+n} = \sum_{k=0}^{n-1} \gamma^k r_{t+k+1} + \gamma^n V(s_{t+n})",
        (G, GAMMA, R, V, S, Slot("n", "natural")),
        "definition",
        SUTTON,
        variants=(r"G_t = \sum_{k=0}^{n-1} \gamma^k r_{t+k} + \gamma^n V(s_{t+n})",),
    ),
    Result(
        "monte_carlo_update",
        ("monte carlo", "monte-carlo"),
        r"V(s) \leftarrow V(s) + \alpha (G - V(s))",
        (V, ALPHA, G, S),
        "definition",
        SUTTON,
        variants=(r"V(s_t) \leftarrow V(s_t) + \alpha \left[G_t - V(s_t)\right]",),
    ),
    Result(
        "value_of_policy",
        ("value function", "state value", "state-value"),
        r"V(s) = \sum_a \pi(a \mid s) Q(s, a)",
        (V, PI, Q, S, A),
        "definition",
        SUTTON,
    ),
    Result(
        "dqn_target",
        ("dqn", "deep q", "target network"),
        r"y = r + \gamma \max_{a'} Q_{\theta^-}(s', a')",
        (
            Slot("y", "real", ("target",)),
            R,
            GAMMA,
            Slot(r"Q_{\theta^-}", "real", (), ("Q'", r"\hat Q")),
            Slot("s'", "real"),
            Slot("a'", "real"),
        ),
        "definition",
        "Mnih et al. 2015, Human-level control through deep reinforcement learning",
        variants=(r"y = r + \gamma \max_{a'} Q(s', a')",),
    ),
    Result(
        "softmax_policy",
        ("softmax policy", "boltzmann exploration", "boltzmann policy", "gibbs policy"),
        r"\pi(a \mid s) = \frac{\exp(Q(s, a) / \tau)}{\sum_{a'} \exp(Q(s, a') / \tau)}",
        (PI, Q, Slot(r"\tau", POS, ("temperature",), ("T", r"\alpha", r"\beta")), S, A, Slot("a'", "real")),
        "definition",
        SUTTON,
    ),
    Result(
        "soft_value",
        ("soft value", "soft q-learning", "maximum entropy", "soft actor"),
        r"V(s) = \alpha \log \sum_a \exp(Q(s, a) / \alpha)",
        (V, Slot(r"\alpha", POS, ("temperature",), (r"\tau", r"\beta")), Q, S, A),
        "definition",
        "Haarnoja et al. 2017, Reinforcement learning with deep energy-based policies",
    ),
    Result(
        "incremental_mean",
        ("incremental", "running mean", "sample average", "running average"),
        r"Q_{n+1} = Q_n + \frac1n (R_n - Q_n)",
        (
            Slot("Q", "real", (), (r"\mu", "m", "V", r"\bar x")),
            Slot("n", POS, (), ("k", "t")),
            Slot("R", "real", ("reward",), ("r", "x", "G")),
        ),
        "check",
        SUTTON,
        variants=(r"Q_n = Q_{n-1} + \frac1n (R_n - Q_{n-1})",),
    ),
    Result(
        "discounted_occupancy",
        ("occupancy", "discounted state distribution", "visitation"),
        r"d(s) = (1 - \gamma) \sum_{t=0}^\infty \gamma^t P(s_t = s)",
        (Slot("d", POS, (), (r"\rho", "d^\\pi", r"d_\pi")), GAMMA),
        "definition",
        "Kakade, Langford 2002",
    ),
    Result(
        "lambda_return",
        ("lambda-return", "$\\lambda$-return", "λ-return", "td($\\lambda$)", "td(λ)", "td(lambda)"),
        r"G_t^\lambda = (1 - \lambda) \sum_{n=1}^\infty \lambda^{n-1} G_{t:t+n}",
        (G, Slot(r"\lambda", UNIT, ("trace decay",))),
        "definition",
        SUTTON,
        variants=(r"G_t^\lambda = (1 - \lambda) \sum_{n=1}^\infty \lambda^{n-1} G_t^{(n)}",),
    ),
    Result(
        "eligibility_trace",
        ("eligibility",),
        r"e_t(s) = \gamma \lambda e_{t-1}(s) + \mathbb 1[s_t = s]",
        (Slot("e", POS, ("trace",), ("z", "E")), GAMMA, Slot(r"\lambda", UNIT), S),
        "definition",
        SUTTON,
        variants=(
            r"z_t = \gamma \lambda z_{t-1} + \nabla \hat v(s_t)",
            r"e_t = \gamma \lambda e_{t-1} + \nabla_w V(s_t)",
            r"e_t = \gamma \lambda e_{t-1} + \nabla V(s_t)",
        ),
    ),
    Result(
        "expected_sarsa",
        ("expected sarsa",),
        r"Q(s, a) \leftarrow Q(s, a) + \alpha \left[r + \gamma \sum_{a'} \pi(a' \mid s') Q(s', a') - Q(s, a)\right]",
        (Q, ALPHA, R, GAMMA, PI, S, A, Slot("s'", "real"), Slot("a'", "real")),
        "definition",
        SUTTON,
        variants=(
            r"Q(s_t, a_t) \leftarrow Q(s_t, a_t) + \alpha \left[r_{t+1} + \gamma \sum_a \pi(a \mid s_{t+1}) Q(s_{t+1}, a) - Q(s_t, a_t)\right]",
        ),
    ),
    Result(
        "double_q_target",
        ("double q", "double dqn", "double-q"),
        r"y = r + \gamma Q_{\theta^-}(s', \arg\max_{a'} Q_\theta(s', a'))",
        (
            Slot("y", "real", ("target",)),
            R,
            GAMMA,
            Slot(r"Q_{\theta^-}", "real", ("target network",), ("Q'", r"Q_{\bar\theta}", r"Q_{\theta'}", "Q_2", "Q_B")),
            Slot(r"Q_\theta", "real", ("online",), ("Q", "Q_1", "Q_A")),
            Slot("s'", "real"),
            Slot("a'", "real", (), ("a",)),
        ),
        "definition",
        "van Hasselt, Guez, Silver 2016, Deep reinforcement learning with double Q-learning",
    ),
    Result(
        "policy_update",
        ("reinforce", "actor-critic", "actor critic", "policy gradient"),
        r"\theta \leftarrow \theta + \alpha G_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
        (
            Slot(r"\theta", "real", ("policy parameter", "parameter"), ("w", r"\phi")),
            ALPHA,
            GAMMA,
            G,
            PI,
            S,
            A,
            Slot(r"\delta", "real", ("td error",)),
            Slot("b", "real", ("baseline",), ("V", r"\hat v")),
        ),
        "definition",
        SUTTON,
        variants=(
            r"\theta \leftarrow \theta + \alpha \delta_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
            r"\theta \leftarrow \theta + \alpha \delta \nabla_\theta \log \pi_\theta(a \mid s)",
        ),
    ),
    Result(
        "policy_update_with_baseline",
        ("reinforce", "actor-critic", "actor critic", "policy gradient", "baseline"),
        r"\theta \leftarrow \theta + \alpha (G_t - b(s_t)) \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
        (
            Slot(r"\theta", "real", ("policy parameter", "parameter"), ("w", r"\phi")),
            ALPHA,
            G,
            PI,
            S,
            A,
            Slot("b", "real", ("baseline",), ("V", r"\hat v")),
        ),
        "definition",
        SUTTON,
    ),
    Result(
        "policy_update_of_discounted_start",
        ("reinforce", "actor-critic", "actor critic", "policy gradient"),
        r"\theta \leftarrow \theta + \alpha \gamma^t G_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
        (Slot(r"\theta", "real", ("policy parameter", "parameter"), ("w", r"\phi")), ALPHA, GAMMA, G, PI, S, A),
        "definition",
        SUTTON,
    ),
    Result(
        "performance_difference",
        ("performance difference",),
        r"J(\pi') - J(\pi) = \frac{1}{1 - \gamma} \mathbb E_{s \sim d, a \sim \pi'}\left[A(s, a)\right]",
        (Slot("J", "real", (), ("V", r"\eta")), GAMMA, PI, S, Slot("a", "real"), Slot("A", "real", ("advantage",))),
        "check",
        "Kakade, Langford 2002",
    ),
    Result(
        "effective_horizon",
        ("effective horizon",),
        r"H = \frac{1}{1 - \gamma}",
        (Slot("H", POS, ("horizon",), ("T",)), GAMMA),
        "definition",
        SUTTON,
    ),
    Result(
        "average_of_rewards_bound",
        ("bounded reward", "rewards are bounded", "value is bounded", "largest value"),
        r"V_{\max} = \frac{R_{\max}}{1 - \gamma}",
        (Slot(r"V_{\max}", POS), Slot(r"R_{\max}", POS, ("reward",), (r"r_{\max}",)), GAMMA),
        "definition",
        SUTTON,
        variants=(r"|V(s)| \le \frac{R_{\max}}{1 - \gamma}", r"\|V\|_\infty \le \frac{R_{\max}}{1 - \gamma}"),
    ),
)
