"""The gain of a Kalman filter, ridge regression, and acceptance of moves, as they might be handed in."""

import numpy as np


def gain(cov, h, r):
    s = h @ cov @ h.T + r
    return np.linalg.solve(s.T, (cov @ h.T).T).T


def gain_without_noise(cov, h, r):
    return cov @ h.T @ np.linalg.pinv(h @ cov @ h.T)


def gain_transposed(cov, h, r):
    return np.linalg.inv(h @ cov @ h.T + r) @ h @ cov


def gain_of_noise(cov, h, r):
    return cov @ h.T @ np.linalg.inv(r)


def ridge(X, y, var, tau2):
    wide = np.vstack([X, np.sqrt(var / tau2) * np.eye(X.shape[1])])  # as more data, of which each is 0
    return np.linalg.lstsq(wide, np.concatenate([y, np.zeros(X.shape[1])]), rcond=None)[0]


def ridge_of_deviations(X, y, var, tau2):
    return np.linalg.solve(X.T @ X + np.sqrt(var / tau2) * np.eye(X.shape[1]), X.T @ y)


def ridge_of_means(X, y, var, tau2):
    n = len(X)
    return np.linalg.solve(X.T @ X / n + var / tau2 * np.eye(X.shape[1]), X.T @ y / n)


def ridge_centred(X, y, var, tau2):
    return ridge(X - X.mean(0), y - y.mean(), var, tau2)


def accepted(p, q):
    k = len(p)
    return np.array([[min(1.0, p[j] * q[j, i] / (p[i] * q[i, j])) for j in range(k)] for i in range(k)])


def accepted_by_target(p, q):
    return np.minimum(1, p[None] / p[:, None])


def accepted_uncapped(p, q):
    return p[None] * q.T / (p[:, None] * q)


def accepted_by_barker(p, q):
    back = p[None] * q.T
    return back / (back + back.T)
