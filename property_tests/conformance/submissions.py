"""Submissions of the kinds that students write: right ones in several styles, wrong ones with what a grader would say.

A wrong one comes with words, one of which stands in the first diagnosis; with none where it rightly goes without.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """
import math
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
"""


@dataclass(frozen=True)
class Submission:
    """One file with one function ``f``; ``said`` holds alternatives, one of which is in the first diagnosis."""

    exercise: str
    signature: str
    body: str
    said: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The file."""
        lines = "\n".join(f"    {line}" for line in self.body.strip("\n").splitlines())
        return f"{HEAD}\n\ndef f({self.signature}):\n{lines}\n"


ELBO = "x, mean, var, mu, logvar"
STEP = "x, eps, alpha, abar_prev, z"
DDIM = "x, eps, abar_t, abar_s"
KALMAN = "m, P, y, F_, H, Q, R"
ATTENTION = "q, k, v"
MASKED = "q, k, v, mask"
EM = "x, pi, mu, sigma"
GAE = "r, V, gamma, lam"
ADAM = "p, m, v, g, t, lr, b1, b2, eps"

RIGHT = (
    Submission(
        "vae.elbo",
        ELBO,
        """
p = torch.distributions.Normal(mean, var.sqrt())
rec = p.log_prob(x).sum(dim=1)
q = torch.distributions.Normal(mu, (0.5 * logvar).exp())
prior = torch.distributions.Normal(torch.zeros_like(mu), torch.ones_like(mu))
return rec - torch.distributions.kl_divergence(q, prior).sum(dim=1)
""",
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
D = x.shape[1]
rec = -0.5 * D * torch.log(2 * torch.pi * var) - ((x - mean).pow(2)).sum(-1) / (2 * var)
kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=-1)
return rec - kl
""",
    ),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
beta = 1 - alpha
abar = alpha * abar_prev
x0 = (x - (1 - abar).sqrt() * eps) / abar.sqrt()
mean = (abar_prev.sqrt() * beta * x0 + alpha.sqrt() * (1 - abar_prev) * x) / (1 - abar)
return mean + (beta * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
    ),
    Submission("ddpm.loss", "noise, pred", "return F.mse_loss(pred, noise, reduction='none').sum(1).mean()"),
    Submission("ddpm.loss", "noise, pred", "return torch.einsum('nd,nd->', noise - pred, noise - pred) / len(noise)"),
    Submission(
        "ddim.step",
        DDIM,
        """
x0 = (x - torch.sqrt(1 - abar_t) * eps) / abar_t ** 0.5
return abar_s ** 0.5 * x0 + (1 - abar_s) ** 0.5 * eps
""",
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
logits = F.normalize(a, dim=1) @ F.normalize(b, dim=1).t() / tau
return F.cross_entropy(logits, torch.arange(len(a)))
""",
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.cosine_similarity(a[:, None], b[None], dim=-1) / tau
e = torch.exp(s - s.max())
return -torch.log(torch.diag(e) / e.sum(1)).mean()
""",
    ),
    Submission(
        "clip.loss",
        "i, t, tau",
        """
s = F.normalize(i) @ F.normalize(t).T / tau
y = torch.arange(s.shape[0])
return 0.5 * (F.cross_entropy(s, y) + F.cross_entropy(s.T, y))
""",
    ),
    Submission(
        "gan.discriminator_loss",
        "real, fake",
        """
bce = nn.BCEWithLogitsLoss()
return bce(real, torch.ones_like(real)) + bce(fake, torch.zeros_like(fake))
""",
    ),
    Submission("gan.non_saturating_loss", "fake", "return F.softplus(-fake).mean()"),
    Submission("gan.saturating_loss", "fake", "return -F.softplus(fake).mean()"),
    Submission("losses.bce_with_logits", "z, y", "return F.binary_cross_entropy_with_logits(z, y)"),
    Submission(
        "losses.bce_with_logits",
        "z, y",
        """
return torch.mean(torch.clamp(z, min=0) - z * y + torch.log1p(torch.exp(-torch.abs(z))))
""",
    ),
    Submission(
        "normalizing_flow.log_prob",
        "x, A, b",
        """
z = (x - b) @ torch.inverse(A).T
base = torch.distributions.MultivariateNormal(torch.zeros_like(b), torch.eye(len(b), dtype=b.dtype))
return base.log_prob(z) - torch.slogdet(A)[1]
""",
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m = F_ @ m
P = F_ @ P @ F_.T + Q
S = H @ P @ H.T + R
K = torch.linalg.solve(S, H @ P).T
I = torch.eye(len(m), dtype=m.dtype)
return m + K @ (y - H @ m), (I - K @ H) @ P @ (I - K @ H).T + K @ R @ K.T
""",
    ),
    Submission(
        "em.em_step",
        EM,
        """
K = len(pi)
logs = torch.stack([
    torch.log(pi[k]) + torch.distributions.MultivariateNormal(mu[k], sigma[k]).log_prob(x) for k in range(K)
], 1)
g = torch.softmax(logs, 1)
N = g.sum(0)
mu = (g.T @ x) / N[:, None]
S = torch.stack([((g[:, k, None] * (x - mu[k])).T @ (x - mu[k])) / N[k] for k in range(K)])
return N / x.shape[0], mu, S
""",
    ),
    Submission(
        "attention.masked",
        MASKED,
        """
return F.scaled_dot_product_attention(q[None], k[None], v[None], attn_mask=mask.bool()[None])[0]
""",
    ),
    Submission(
        "attention.masked",
        MASKED,
        """
s = torch.einsum('td,sd->ts', q, k) / q.size(-1) ** 0.5
s = s.masked_fill(~mask.bool(), float('-inf'))
return torch.einsum('ts,se->te', s.softmax(dim=-1), v)
""",
    ),
    Submission(
        "policy_gradient.returns",
        "r, gamma",
        """
out = []
g = 0.0
for t in reversed(range(len(r))):
    g = r[t] + gamma * g
    out.insert(0, g)
return torch.stack(out)
""",
    ),
    Submission(
        "policy_gradient.loss",
        "logp, r, gamma",
        """
G = torch.zeros_like(r)
for t in range(len(r)):
    for s in range(t, len(r)):
        G[t] = G[t] + gamma ** (s - t) * r[s]
return -(logp * G.detach()).sum()
""",
    ),
    Submission(
        "policy_gradient.gae",
        GAE,
        """
adv = torch.zeros_like(r)
last = 0
for t in reversed(range(len(r))):
    delta = r[t] + gamma * V[t + 1] - V[t]
    last = delta + gamma * lam * last
    adv[t] = last
return adv
""",
    ),
)

WRONG = (
    # ELBO
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 / var + torch.log(2 * torch.pi * var)).sum(-1)
kl = 0.5 * (mu ** 2 + logvar.exp() - logvar).sum(-1)
return rec - kl
""",
        ("½ for each of d is lost",),
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 / var + torch.log(var)).sum(-1)
kl = 0.5 * (mu ** 2 + logvar.exp() - 1 - logvar).sum(-1)
return rec - kl
""",
        ("½ log 2π for each of D is added", "2 * math.pi"),
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = torch.distributions.Normal(mean, var).log_prob(x).sum(-1)
kl = 0.5 * (mu ** 2 + logvar.exp() - 1 - logvar).sum(-1)
return rec - kl
""",
        ("var is squared",),
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 / var + torch.log(2 * torch.pi * var)).sum(-1)
kl = 0.5 * (mu ** 2 + logvar.exp() - 1 - logvar).mean(-1)
return rec - kl
""",
        ("mean for the sum",),
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 / var + torch.log(2 * torch.pi * var)).sum(-1)
kl = 0.5 * (mu ** 2 + logvar.exp() - 1 + logvar).sum(-1)
return rec - kl
""",
        ("plus for the minus", "log_var has the other sign"),
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 / var + torch.log(2 * torch.pi * var)).sum(-1)
kl = 0.5 * (mu ** 2 + torch.exp(0.5 * logvar) - 1 - logvar).sum(-1)
return (rec - kl).mean()
""",
        ("averaged to one number",),
    ),
    # the way back of a DDPM
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
beta = 1 - alpha
abar = alpha * abar_prev
mean = (x - beta / (1 - abar) * eps) / alpha.sqrt()
return mean + (beta * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
        ("root is missing in torch.sqrt(1 - bar)",),
    ),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
beta = 1 - alpha
abar = alpha * abar_prev
mean = (x - beta / (1 - abar).sqrt() * eps) / alpha
return mean + (beta * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
        ("root is missing in torch.sqrt(alpha)",),
    ),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
beta = 1 - alpha
abar = alpha * abar_prev
mean = (x + beta / (1 - abar).sqrt() * eps) / alpha.sqrt()
return mean + (beta * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
        ("plus for the minus", "eps has the other sign"),
    ),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
beta = 1 - alpha
mean = (x - beta / (1 - abar_prev).sqrt() * eps) / alpha.sqrt()
abar = alpha * abar_prev
return mean + (beta * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
        ("in torch.sqrt(1 - bar)", "1 - bar", "alpha * before"),
    ),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
abar = alpha * abar_prev
mean = (x - alpha / (1 - abar).sqrt() * eps) / alpha.sqrt()
return mean + ((1 - alpha) * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
        ("1 - alpha", "complement"),
    ),
    Submission("ddpm.loss", "noise, pred", "return ((noise - pred) ** 2).sum()", ("a sum over n",)),
    Submission(
        "ddpm.loss", "noise, pred", "return (noise - pred).abs().sum(-1).mean()", ("absolute value for a square",)
    ),
    Submission("ddpm.loss", "noise, pred", "return 0.5 * ((noise - pred) ** 2).sum(-1).mean()", ("1/2",)),
    Submission("ddpm.loss", "noise, pred", "return ((noise - pred) ** 2).sum(0).mean()", ("another axis (dim=-2)",)),
    # DDIM
    Submission(
        "ddim.step",
        DDIM,
        """
x0 = (x - torch.sqrt(1 - abar_t) * eps) / torch.sqrt(abar_t)
return torch.sqrt(abar_s) * x0 + torch.sqrt(1 - abar_t) * eps
""",
        ("1 - later", "later"),
    ),
    Submission(
        "ddim.step",
        DDIM,
        """
x0 = (x - torch.sqrt(1 - abar_t) * eps) / abar_t
return torch.sqrt(abar_s) * x0 + torch.sqrt(1 - abar_s) * eps
""",
        ("root is missing in torch.sqrt(bar)",),
    ),
    Submission(
        "ddim.step",
        DDIM,
        """
x0 = (x - torch.sqrt(1 - abar_t) * eps) / torch.sqrt(abar_t)
return torch.sqrt(abar_s) * x0
""",
        ("last term is missing",),
    ),
    Submission(
        "ddim.step",
        DDIM,
        """
x0 = (x - torch.sqrt(1 - abar_s) * eps) / torch.sqrt(abar_s)
return torch.sqrt(abar_t) * x0 + torch.sqrt(1 - abar_t) * eps
""",
        ("bar and later are exchanged",),
    ),
    Submission(
        "ddim.step",
        DDIM,
        """
x0 = (x - (1 - abar_t) * eps) / torch.sqrt(abar_t)
return torch.sqrt(abar_s) * x0 + (1 - abar_s) * eps
""",
        ("root is missing in torch.sqrt(1 - bar); and the root is missing in torch.sqrt(1 - later)",),
    ),
    # InfoNCE
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.normalize(a, dim=0) @ F.normalize(b, dim=0).T / tau
return F.cross_entropy(s, torch.arange(len(a)))
""",
        ("another axis (dim=-2)",),
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.normalize(a, dim=1) @ F.normalize(b, dim=1).T
return F.cross_entropy(s, torch.arange(len(a)))
""",
        ("denominator is missing", "tau is left out", "counts as 1"),
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.normalize(a, dim=1) @ F.normalize(b, dim=1).T / tau
return F.cross_entropy(s, torch.arange(len(a)), reduction='sum')
""",
        ("a sum over n",),
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.normalize(a, dim=1) @ F.normalize(b, dim=1).T / tau
return -torch.softmax(s, 1).diag().mean()
""",
        ("logarithm of the softmax is missing",),
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.normalize(a, dim=1) @ b.T / tau
return F.cross_entropy(s, torch.arange(len(a)))
""",
        ("denominator is missing in b /",),
    ),
    Submission(
        "clip.loss",
        "i, t, tau",
        """
s = F.normalize(i) @ F.normalize(t).T * tau
y = torch.arange(s.shape[0])
return 0.5 * (F.cross_entropy(s, y) + F.cross_entropy(s.T, y))
""",
        ("tau is inverted", "product for the quotient"),
    ),
    Submission(
        "clip.loss",
        "i, t, tau",
        """
s = F.normalize(i) @ F.normalize(t).T / tau
y = torch.arange(s.shape[0])
return F.cross_entropy(s, y) + F.cross_entropy(s.T, y)
""",
        ("sum of both directions",),
    ),
    # GAN and BCE
    Submission(
        "gan.discriminator_loss",
        "real, fake",
        """
return -F.logsigmoid(real).mean() + F.logsigmoid(-fake).mean()
""",
        ("plus for the minus",),
    ),
    Submission(
        "gan.discriminator_loss",
        "real, fake",
        """
return -torch.log(torch.sigmoid(real)).mean() - torch.log(torch.sigmoid(fake)).mean()
""",
        ("fake has the other sign", "sign"),
    ),
    Submission(
        "gan.discriminator_loss",
        "real, fake",
        """
return -F.logsigmoid(real).sum() - F.logsigmoid(-fake).sum()
""",
        ("sum for the mean",),
    ),
    Submission(
        "gan.discriminator_loss",
        "real, fake",
        """
return F.logsigmoid(real).mean() + F.logsigmoid(-fake).mean()
""",
        ("the sign is the other one",),
    ),
    Submission(
        "gan.non_saturating_loss", "fake", "return -torch.sigmoid(fake).mean()", ("logarithm is missing in logsigmoid",)
    ),
    Submission("gan.non_saturating_loss", "fake", "return -F.logsigmoid(-fake).mean()", ("other sign",)),
    Submission("gan.saturating_loss", "fake", "return -F.logsigmoid(-fake).mean()", ("the sign is the other one",)),
    Submission(
        "losses.bce_with_logits",
        "z, y",
        """
p = torch.sigmoid(z)
return (y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()
""",
        ("the sign is the other one",),
    ),
    Submission(
        "losses.bce_with_logits",
        "z, y",
        """
p = torch.sigmoid(z)
return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).sum()
""",
        ("a sum over n",),
    ),
    Submission(
        "losses.bce_with_logits",
        "z, y",
        """
p = torch.sigmoid(z)
return -(y * torch.log(1 - p) + (1 - y) * torch.log(p)).mean()
""",
        ("logits has the other sign", "exchanged", "other sign"),
    ),
    Submission(
        "losses.bce_with_logits",
        "z, y",
        """
p = torch.sigmoid(z)
return -(y * torch.log(p) - (1 - y) * torch.log(1 - p)).mean()
""",
        ("exchanged in 1 - y", "minus for the plus"),
    ),
    # a flow
    Submission(
        "normalizing_flow.log_prob",
        "x, A, b",
        """
z = (x - b) @ torch.inverse(A).T
return -0.5 * (z ** 2).sum(-1) - torch.slogdet(A)[1]
""",
        ("½ log 2π for each of d",),
    ),
    Submission(
        "normalizing_flow.log_prob",
        "x, A, b",
        """
z = (x - b) @ torch.inverse(A)
return -0.5 * (z ** 2).sum(-1) - 0.5 * len(b) * math.log(2 * math.pi) - torch.slogdet(A)[1]
""",
        ("a is transposed", "transposed"),
    ),
    Submission(
        "normalizing_flow.log_prob",
        "x, A, b",
        """
z = x @ torch.inverse(A).T - b
return -0.5 * (z ** 2).sum(-1) - 0.5 * len(b) * math.log(2 * math.pi) - torch.slogdet(A)[1]
""",
    ),
    Submission(
        "normalizing_flow.log_prob",
        "x, A, b",
        """
z = (x - b) @ torch.inverse(A).T
return -0.5 * (z ** 2).sum(-1) - 0.5 * len(b) * math.log(2 * math.pi) - torch.det(A).abs()
""",
        ("logarithm is missing",),
    ),
    Submission(
        "normalizing_flow.log_prob",
        "x, A, b",
        """
z = (x + b) @ torch.inverse(A).T
return -0.5 * (z ** 2).sum(-1) - 0.5 * len(b) * math.log(2 * math.pi) - torch.slogdet(A)[1]
""",
        ("has the other sign", "plus for the minus"),
    ),
    # Kalman and EM
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m, P = F_ @ m, F_ @ P @ F_.T + Q
S = H @ P @ H.T
K = P @ H.T @ torch.linalg.pinv(S)
return m + K @ (y - H @ m), P - K @ H @ P
""",
        ("R is left out",),
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m, P = F_ @ m, F_.T @ P @ F_ + Q
K = P @ H.T @ torch.linalg.inv(H @ P @ H.T + R)
return m + K @ (y - H @ m), P - K @ H @ P
""",
        ("transposed",),
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m, P = F_ @ m, F_ @ P @ F_.T + Q
K = P @ H.T @ torch.linalg.inv(H @ P @ H.T + R)
return m + K @ y, P - K @ H @ P
""",
        ("last term is missing in y - h @ mean",),
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m, P = F_ @ m, F_ @ P @ F_.T + Q
K = P @ H.T @ torch.linalg.inv(H @ P @ H.T + R)
return m + K @ (y - H @ m), P + K @ H @ P
""",
        ("plus for the minus",),
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m, P = F_ @ m, F_ @ P @ F_.T + Q
K = P @ H.T @ torch.linalg.inv(H @ P @ H.T + R)
return m + K @ (H @ m - y), P - K @ H @ P
""",
        ("difference are exchanged", "the sign is the other one"),
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m, P = F_ @ m, F_ @ P + Q
K = P @ H.T @ torch.linalg.inv(H @ P @ H.T + R)
return m + K @ (y - H @ m), P - K @ H @ P
""",
        ("right factor is missing",),
    ),
    Submission(
        "em.em_step",
        EM,
        """
g = torch.stack([torch.distributions.MultivariateNormal(mu[k], sigma[k]).log_prob(x) for k in range(len(pi))], 1)
g = torch.softmax(g, 1)
N = g.sum(0)
m = g.T @ x / N[:, None]
d = x[:, None] - m
return N / len(x), m, torch.einsum('nk,nki,nkj->kij', g, d, d) / N[:, None, None]
""",
        ("weights is left out", "factor is missing in weights *", "weights is made uniform"),
    ),
    Submission(
        "em.em_step",
        EM,
        """
g = torch.stack([torch.log(pi[k]) + torch.distributions.MultivariateNormal(mu[k], sigma[k]).log_prob(x)
                 for k in range(len(pi))], 1)
g = torch.softmax(g, 0)
N = g.sum(0)
m = g.T @ x / N[:, None]
d = x[:, None] - m
return N / len(x), m, torch.einsum('nk,nki,nkj->kij', g, d, d) / N[:, None, None]
""",
        ("another axis",),
    ),
    # attention
    Submission(
        "attention.causal",
        ATTENTION,
        """
s = q @ k.T / math.sqrt(q.shape[-1])
s = s.masked_fill(torch.triu(torch.ones_like(s), diagonal=2).bool(), float('-inf'))
return torch.softmax(s, -1) @ v
""",
        ("diagonal of the mask is off by +1",),
    ),
    Submission(
        "attention.causal",
        ATTENTION,
        """
s = q @ k.T / math.sqrt(len(q))
s = s.masked_fill(torch.triu(torch.ones_like(s), diagonal=1).bool(), float('-inf'))
return torch.softmax(s, -1) @ v
""",
        ("the length of another axis",),
    ),
    Submission(
        "attention.causal",
        ATTENTION,
        """
s = torch.tril(q @ k.T / math.sqrt(q.shape[-1]))
return torch.softmax(s, -1) @ v
""",
    ),
    Submission(
        "attention.masked",
        MASKED,
        """
s = (q @ k.T / math.sqrt(q.shape[-1])).masked_fill(mask.bool(), float('-inf'))
return torch.nan_to_num(torch.softmax(s, -1)) @ v
""",
    ),
    Submission(
        "attention.masked",
        MASKED,
        """
s = (q @ k.T / q.shape[-1]).masked_fill(mask == 0, float('-inf'))
return torch.softmax(s, -1) @ v
""",
        ("denominator is squared",),
    ),
    # policy gradient, Adam
    Submission(
        "policy_gradient.returns",
        "r, gamma",
        """
out = torch.zeros_like(r)
g = 0.0
for t in reversed(range(len(r))):
    g = gamma * (r[t] + g)
    out[t] = g
return out
""",
        ("a factor counts for the whole sum", "multiplied by gamma"),
    ),
    Submission(
        "policy_gradient.gae",
        GAE,
        """
adv = torch.zeros_like(r)
last = 0
for t in reversed(range(len(r))):
    delta = r[t] + gamma * V[t + 1] - V[t]
    last = delta + gamma * last
    adv[t] = last
return adv
""",
        ("λ is left out",),
    ),
    Submission(
        "policy_gradient.gae",
        GAE,
        """
adv = torch.zeros_like(r)
last = 0
for t in reversed(range(len(r))):
    delta = r[t] + V[t + 1] - V[t]
    last = delta + gamma * lam * last
    adv[t] = last
return adv
""",
        ("factor is missing in gamma * values[1:]",),
    ),
    Submission(
        "policy_gradient.gae",
        GAE,
        """
adv = torch.zeros_like(r)
last = 0
for t in reversed(range(len(r))):
    delta = r[t] + gamma * V[t] - V[t + 1]
    last = delta + gamma * lam * last
    adv[t] = last
return adv
""",
    ),
    Submission(
        "policy_gradient.loss",
        "logp, r, gamma",
        """
G = torch.zeros_like(r)
g = 0.0
for t in reversed(range(len(r))):
    g = r[t] + gamma * g
    G[t] = g
return -(logp * G).mean()
""",
        ("a mean over t",),
    ),
    Submission(
        "adam.adam_step",
        ADAM,
        """
m = b1 * m + (1 - b1) * g
v = b2 * v + (1 - b2) * g ** 2
mh, vh = m / (1 - b1 ** t), v / (1 - b2 ** t)
return p - lr * mh / (vh + eps), m, v
""",
        ("root is missing",),
    ),
    Submission(
        "adam.adam_step",
        ADAM,
        """
m = b1 * m + (1 - b1) * g
v = b2 * v + (1 - b2) * g
mh, vh = m / (1 - b1 ** t), v / (1 - b2 ** t)
return p - lr * mh / (vh.sqrt() + eps), m, v
""",
        ("square is missing",),
    ),
    Submission(
        "adam.adam_step",
        ADAM,
        """
m = (1 - b1) * m + b1 * g
v = (1 - b2) * v + b2 * g ** 2
mh, vh = m / (1 - b1 ** t), v / (1 - b2 ** t)
return p - lr * mh / (vh.sqrt() + eps), m, v
""",
    ),
    # densities and divergences that were there before
    Submission(
        "normal.log_prob",
        "x, mu, S",
        """
L = S
d = x - mu
y = torch.linalg.solve(L @ L.T, d.T).T
return -0.5 * (d * y).sum(-1) - 0.5 * torch.slogdet(2 * math.pi * L @ L.T)[1]
""",
        ("cov is taken for a factor",),
    ),
    Submission(
        "vae.kl", "mu, lv", "return 0.5 * (mu ** 2 + lv.exp() - 1 + lv).sum(-1)", ("plus for the minus", "other sign")
    ),
    Submission("vae.kl", "mu, lv", "return 0.5 * (mu.abs() + lv.exp() - 1 - lv).sum(-1)", ("absolute value",)),
    Submission("vae.kl", "mu, lv", "return 0.5 * (mu ** 2 + lv.exp() - 1 - lv).sum(0)", ("another axis",)),
    Submission("forward_kl.kl", "p, q", "return (p * (p / q)).sum(-1)", ("logarithm is missing",)),
    Submission(
        "gamma.log_prob",
        "x, a, b",
        """
return a * torch.log(b) - torch.lgamma(a) + (a - 1) * torch.log(x) + b * x
""",
        ("plus for the minus", "rate has the other sign"),
    ),
    Submission("poisson.log_prob", "k, lam", "return k * torch.log(lam) - lam - torch.log(k + 1)"),
    Submission("iwae_bound.iwae_bound", "w", "return torch.logsumexp(w, 0) - math.log(w.shape[0])", ("another axis",)),
    Submission(
        "kalman_filter.gain", "P, H, R", "return P @ H.T @ torch.linalg.inv(H @ P @ H.T - R)", ("minus for the plus",)
    ),
    Submission(
        "ddpm.jump",
        "x0, abar, e",
        "return torch.sqrt(abar) * x0 - torch.sqrt(1 - abar) * e",
        ("minus for the plus", "noise has the other sign"),
    ),
    Submission(
        "map_estimation.ridge",
        "X, y, s2, t2",
        """
lam = s2 / t2
return torch.linalg.inv(X.T @ X - lam * torch.eye(X.shape[1], dtype=X.dtype)) @ X.T @ y
""",
        ("minus for the plus", "other sign"),
    ),
)
