"""Normal vectors, gamma and Poisson laws, and an affine flow, as they might be handed in."""

import math

import numpy as np

gammaln = np.vectorize(math.lgamma, otypes=[float])


def normal(x, mean, cov):
    d = x.shape[-1]
    root = np.linalg.cholesky(cov)
    white = np.linalg.solve(root, (x - mean).T)
    return -0.5 * (white**2).sum(0) - np.log(np.diag(root)).sum() - 0.5 * d * np.log(2 * np.pi)


def normal_of_precision(x, mean, cov):
    off = x - mean
    quadratic = np.einsum("ni,ij,nj->n", off, cov, off)
    return 0.5 * np.linalg.slogdet(cov)[1] - 0.5 * quadratic - 0.5 * x.shape[-1] * np.log(2 * np.pi)


def normal_without_determinant(x, mean, cov):
    off = x - mean
    quadratic = np.einsum("ni,ij,nj->n", off, np.linalg.inv(cov), off)
    return -0.5 * quadratic - 0.5 * x.shape[-1] * np.log(2 * np.pi)


def normal_without_constant(x, mean, cov):
    off = x - mean
    quadratic = np.einsum("ni,ij,nj->n", off, np.linalg.inv(cov), off)
    return -0.5 * quadratic - 0.5 * np.linalg.slogdet(cov)[1]


def gamma(x, shape, rate):
    return shape * np.log(rate) - math.lgamma(shape) + (shape - 1) * np.log(x) - rate * x


def gamma_of_scale(x, shape, rate):
    return -shape * np.log(rate) - math.lgamma(shape) + (shape - 1) * np.log(x) - x / rate


def gamma_density(x, shape, rate):
    return np.exp(gamma(x, shape, rate))


def gamma_unnormalised(x, shape, rate):
    return shape * np.log(rate) + (shape - 1) * np.log(x) - rate * x


def poisson(k, rate):
    return k * np.log(rate) - rate - gammaln(k + 1)


def poisson_without_factorial(k, rate):
    return k * np.log(rate) - rate


def poisson_summed(k, rate):
    return poisson(k, rate).sum()


def poisson_with_gamma_of_k(k, rate):
    return k * np.log(rate) - rate - gammaln(k + 2)


def affine(z, a, b):
    return z @ a.T + b, np.full(len(z), np.linalg.slogdet(a)[1])


def affine_without_determinant(z, a, b):
    return z @ a.T + b, np.zeros(len(z))


def affine_with_inverse_determinant(z, a, b):
    return z @ a.T + b, np.full(len(z), np.linalg.slogdet(np.linalg.inv(a))[1])


def affine_transposed(z, a, b):
    return z @ a + b, np.full(len(z), np.linalg.slogdet(a)[1])
