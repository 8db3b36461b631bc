"""State spaces: the Kalman filter and hidden Markov models."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

P = Slot("P", "spd d", ("predicted covariance", "prior covariance", "predicted state covariance"), (r"\Sigma", "P^-"))
H = Slot("H", "matrix m d", ("observation matrix", "measurement matrix", "observes"), ("C",))
R = Slot("R", "spd m", ("measurement noise", "observation noise", "sensor noise"), ("V",))
Q = Slot("Q", "spd m", ("process noise", "transition noise", "system noise"), ("W",))

RESULTS = (
    Result(
        "kalman_gain",
        ("kalman gain", "gain"),
        r"K = P H^\top (H P H^\top + R)^{-1}",
        (Slot("K", "matrix d m"), P, H, R, Q),
        "check kalman_gain",
        "Särkkä, Bayesian Filtering and Smoothing, theorem 4.2",
    ),
    Result(
        "kalman_covariance_update",
        ("kalman", "updated covariance", "filtered covariance"),
        r"S = (I - K H) P",
        (Slot("S", "spd d"), Slot("K", "matrix d m", (), ("G",)), P, H),
        "check kalman_covariance_update",
        "Särkkä, Bayesian Filtering and Smoothing, theorem 4.2",
    ),
)
