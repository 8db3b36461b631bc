"""Pieces of a VAE and of a DDPM, as they might be handed in."""

import numpy as np


def vae_kl(mu, log_var):
    return -0.5 * (1 + log_var - mu**2 - np.exp(log_var)).sum(-1)


def vae_kl_of_log_std(mu, log_var):
    std = np.exp(log_var)
    return 0.5 * (mu**2 + std**2 - 1 - 2 * np.log(std)).sum(-1)


def vae_kl_averaged(mu, log_var):
    return -0.5 * (1 + log_var - mu**2 - np.exp(log_var)).mean(-1)


def vae_kl_without_half(mu, log_var):
    return -(1 + log_var - mu**2 - np.exp(log_var)).sum(-1)


def jump(x0, bar, noise):
    return bar**0.5 * x0 + (1 - bar) ** 0.5 * noise


def jump_without_roots(x0, bar, noise):
    return bar * x0 + (1 - bar) * noise


def jump_exchanged(x0, bar, noise):
    return np.sqrt(1 - bar) * x0 + np.sqrt(bar) * noise


def jump_with_variance(x0, bar, noise):
    return np.sqrt(bar) * x0 + (1 - bar) * noise


def posterior(x, x0, alpha, before):
    """By completing the square: precisions add."""
    precision = alpha / (1 - alpha) + 1 / (1 - before)
    mean = (np.sqrt(alpha) * x / (1 - alpha) + np.sqrt(before) * x0 / (1 - before)) / precision
    return mean, 1 / precision


def posterior_std(x, x0, alpha, before):
    mean, variance = posterior(x, x0, alpha, before)
    return mean, variance**0.5


def posterior_beta(x, x0, alpha, before):
    return posterior(x, x0, alpha, before)[0], 1 - alpha


def posterior_off_by_one(x, x0, alpha, before):
    return posterior(x, x0, alpha, before * alpha)
