"""Cross-entropy, InfoNCE and DPO, as they might be handed in."""

import numpy as np


def log_softmax(x, axis=-1):
    top = x.max(axis, keepdims=True)
    return x - top - np.log(np.exp(x - top).sum(axis, keepdims=True))


def log_sigmoid(x):
    return -np.logaddexp(0, -x)


def cross_entropy(logits, y):
    return -log_softmax(logits)[np.arange(len(y)), y].mean()


def cross_entropy_summed(logits, y):
    return -log_softmax(logits)[np.arange(len(y)), y].sum()


def cross_entropy_in_bits(logits, y):
    p = np.exp(log_softmax(logits))
    return -np.log2(p[np.arange(len(y)), y]).mean()


def cross_entropy_softmax_twice(logits, y):
    p = np.exp(log_softmax(logits))
    return -log_softmax(p)[np.arange(len(y)), y].mean()


def infonce(scores):
    return -np.diag(log_softmax(scores)).mean()


def infonce_by_columns(scores):
    return -np.diag(log_softmax(scores, 0)).mean()


def infonce_without_positive(scores):
    total = np.exp(scores)
    others = total.sum(1) - np.diag(total)
    return (np.log(others) - np.diag(scores)).mean()


def infonce_summed(scores):
    return -np.trace(log_softmax(scores))


def dpo(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -log_sigmoid(beta * ((chosen - rejected) - (ref_chosen - ref_rejected)))


def dpo_swapped(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -log_sigmoid(beta * ((rejected - chosen) - (ref_rejected - ref_chosen)))


def dpo_without_reference(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -log_sigmoid(beta * (chosen - rejected))


def dpo_averaged(chosen, rejected, ref_chosen, ref_rejected, beta):
    return dpo(chosen, rejected, ref_chosen, ref_rejected, beta).mean()
