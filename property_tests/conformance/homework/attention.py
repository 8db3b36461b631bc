"""Causal attention, as it might be handed in: one right, four wrong."""

import numpy as np


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def right(q, k, v):
    t, d = q.shape
    scores = np.einsum("id,jd->ij", q, k) / d**0.5
    scores[np.triu_indices(t, 1)] = -np.inf
    return softmax(scores) @ v


def unscaled(q, k, v):
    scores = np.where(np.tri(len(q)) > 0, q @ k.T, -np.inf)
    return softmax(scores) @ v


def unmasked(q, k, v):
    return softmax(q @ k.T / np.sqrt(q.shape[1])) @ v


def by_queries(q, k, v):
    scores = np.where(np.tri(len(q)) > 0, q @ k.T / np.sqrt(q.shape[1]), -np.inf)
    return softmax(scores, 0) @ v


def divided_by_d(q, k, v):
    scores = np.where(np.tri(len(q)) > 0, q @ k.T / q.shape[1], -np.inf)
    return softmax(scores) @ v
