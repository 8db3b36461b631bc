"""A divergence, a bound, responsibilities, a forward pass and a step of Adam, as they might be handed in."""

import numpy as np


def kl(p, q):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p > 0, p * np.log(p / q), 0.0).sum(-1)


def kl_reversed(p, q):
    return (q * np.log(q / p)).sum(-1)


def kl_in_bits(p, q):
    return (p * np.log2(p / q)).sum(-1)


def kl_cross_entropy(p, q):
    return -(p * np.log(q)).sum(-1)


def iwae(log_w):
    top = log_w.max(-1, keepdims=True)
    return top[..., 0] + np.log(np.exp(log_w - top).mean(-1))


def iwae_of_logs(log_w):
    return log_w.mean(-1)


def iwae_without_k(log_w):
    return np.log(np.exp(log_w).sum(-1))


def iwae_unlogged(log_w):
    return np.exp(log_w).mean(-1)


def log_densities(x, means, covs):
    off = x[:, None] - means
    quadratic = np.einsum("nki,kij,nkj->nk", off, np.linalg.inv(covs), off)
    return -0.5 * quadratic - 0.5 * np.linalg.slogdet(covs)[1]


def normalised(log_joint, axis):
    joint = np.exp(log_joint - log_joint.max(axis, keepdims=True))
    return joint / joint.sum(axis, keepdims=True)


def responsibilities(x, weights, means, covs):
    return normalised(np.log(weights) + log_densities(x, means, covs), 1)


def responsibilities_without_weights(x, weights, means, covs):
    return normalised(log_densities(x, means, covs), 1)


def responsibilities_transposed(x, weights, means, covs):
    return responsibilities(x, weights, means, covs).T


def responsibilities_over_points(x, weights, means, covs):
    return normalised(np.log(weights) + log_densities(x, means, covs), 0)


def forward(y, start, transition, emission):
    a = start * emission[:, y[0]]
    total = 0.0
    for t in y[1:]:
        total += np.log(a.sum())
        a = (a / a.sum()) @ transition * emission[:, t]
    return total + np.log(a.sum())


def forward_transposed(y, start, transition, emission):
    a = start * emission[:, y[0]]
    for t in y[1:]:
        a = emission[:, t] * (transition @ a)
    return np.log(a.sum())


def forward_best_path(y, start, transition, emission):
    a = start * emission[:, y[0]]
    for t in y[1:]:
        a = (a[:, None] * transition).max(0) * emission[:, t]
    return np.log(a.max())


def forward_without_first(y, start, transition, emission):
    a = start.copy()
    for t in y[1:]:
        a = (a @ transition) * emission[:, t]
    return np.log(a.sum())


def adam(theta, m, v, g, step, rate, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    scale = np.sqrt(1 - beta2**step) / (1 - beta1**step)
    return theta - rate * scale * m / (np.sqrt(v) + eps * np.sqrt(1 - beta2**step)), m, v


def adam_uncorrected(theta, m, v, g, step, rate, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - rate * m / (np.sqrt(v) + eps), m, v


def adam_from_zero(theta, m, v, g, step, rate, beta1, beta2, eps):
    return adam(theta, m, v, g, step + 1, rate, beta1, beta2, eps)


def adam_eps_inside(theta, m, v, g, step, rate, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - rate * (m / (1 - beta1**step)) / np.sqrt(v / (1 - beta2**step) + eps), m, v
