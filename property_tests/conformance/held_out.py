"""Thirty wrong submissions written after the diagnoses, which none of them shaped; and whether each has one.

``said`` holds words of a diagnosis that a grader would accept as the first one; none where it goes without.
"""

from __future__ import annotations

from property_tests.conformance.submissions import (
    ADAM,
    ATTENTION,
    DDIM,
    ELBO,
    EM,
    GAE,
    KALMAN,
    MASKED,
    STEP,
    Submission,
)

HELD_OUT = (
    Submission(
        "normal.log_prob",
        "x, m, S",
        """
d = x - m
q = torch.einsum('ni,ij,nj->n', d, S, d)
return -0.5 * q - 0.5 * torch.logdet(2 * math.pi * S)
""",
    ),
    Submission(
        "normal.log_prob",
        "x, m, S",
        """
d = x - m
q = torch.einsum('ni,ij,nj->n', d, torch.inverse(S), d)
return -0.5 * (q + torch.logdet(S) + math.log(2 * math.pi))
""",
    ),
    Submission(
        "normal.log_prob",
        "x, m, S",
        """
s = torch.diagonal(S)
return torch.distributions.Normal(m, s.sqrt()).log_prob(x).sum(-1)
""",
    ),
    Submission(
        "gamma.log_prob",
        "x, a, b",
        """
return a * torch.log(b) - torch.lgamma(a) + a * torch.log(x) - b * x - torch.log(b)
""",
    ),
    Submission(
        "gamma.log_prob", "x, a, b", "return -a * torch.log(b) - torch.lgamma(a) + (a - 1) * torch.log(x) - b * x"
    ),
    Submission(
        "binomial.log_prob",
        "k, n, p",
        """
c = torch.lgamma(n + 1) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
return c + k * torch.log(p) + n * torch.log(1 - p)
""",
    ),
    Submission(
        "binomial.log_prob",
        "k, n, p",
        """
c = torch.lgamma(n) - torch.lgamma(k) - torch.lgamma(n - k)
return c + torch.xlogy(k, p) + torch.xlogy(n - k, 1 - p)
""",
    ),
    Submission("vae.reparameterised", "mu, lv, e", "return mu + torch.exp(-0.5 * lv) * e"),
    Submission("vae.reparameterised", "mu, lv, e", "return (mu + e) * torch.exp(0.5 * lv)"),
    Submission("vae.kl", "mu, lv", "return 0.5 * (mu ** 2 + lv.exp() ** 2 - 1 - lv).sum(-1)"),
    Submission("vae.kl", "mu, lv", "return -0.5 * (1 + lv - mu ** 2 - lv.exp()).mean()"),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 / var + torch.log(2 * torch.pi * var)).mean(-1)
return rec - 0.5 * (mu ** 2 + logvar.exp() - 1 - logvar).sum(-1)
""",
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 + torch.log(2 * torch.pi * var)).sum(-1)
return rec - 0.5 * (mu ** 2 + logvar.exp() - 1 - logvar).sum(-1)
""",
    ),
    Submission(
        "ddpm.posterior",
        "x, x0, alpha, prev",
        """
bar = alpha * prev
beta = 1 - alpha
mean = (prev.sqrt() * beta * x0 + alpha.sqrt() * (1 - bar) * x) / (1 - bar)
return mean, beta * (1 - prev) / (1 - bar)
""",
    ),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
abar = alpha * abar_prev
mean = (x - (1 - alpha) / (1 - abar).sqrt() * eps) / abar.sqrt()
return mean + ((1 - alpha) * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
    ),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
abar = alpha * abar_prev
mean = x - (1 - alpha) / (1 - abar).sqrt() * eps / alpha.sqrt()
return mean + ((1 - alpha) * (1 - abar_prev) / (1 - abar)).sqrt() * z
""",
    ),
    Submission(
        "ddim.step",
        DDIM,
        """
x0 = (x - torch.sqrt(1 - abar_t) * eps) / torch.sqrt(abar_t)
return abar_s * x0 + torch.sqrt(1 - abar_s) * eps
""",
    ),
    Submission("classifier_free_guidance.free", "u, c, s", "return c + s * (c - u)"),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = -torch.cdist(F.normalize(a), F.normalize(b)) ** 2 / tau
return F.cross_entropy(s, torch.arange(len(a)))
""",
    ),
    Submission(
        "infonce.infonce",
        "s",
        """
e = torch.exp(s)
return -torch.log(e.diag() / (e.sum(1) - e.diag())).mean()
""",
    ),
    Submission("dpo.dpo_loss", "c, r, rc, rr, beta", "return -F.logsigmoid(beta * ((c - rc) + (r - rr)))"),
    Submission("dpo.dpo_loss", "c, r, rc, rr, beta", "return F.softplus(beta * ((c - rc) - (r - rr)))"),
    Submission(
        "attention.causal",
        ATTENTION,
        """
s = q @ k.T / math.sqrt(q.shape[-1])
s = s.masked_fill(torch.triu(torch.ones_like(s), diagonal=1).bool(), -1.0)
return torch.softmax(s, -1) @ v
""",
    ),
    Submission(
        "attention.masked",
        MASKED,
        """
s = (q @ k.T / math.sqrt(q.shape[-1])).masked_fill(mask == 0, float('-inf'))
return torch.softmax(s, 0).nan_to_num() @ v
""",
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
m, P = F_ @ m, F_ @ P @ F_.T + Q
K = P @ H.T @ torch.linalg.inv(H @ P @ H.T + R)
return m + K @ (y - H @ m), (torch.eye(len(m), dtype=m.dtype) - K @ H) @ P @ (torch.eye(len(m), dtype=m.dtype) - K @ H).T
""",
    ),
    Submission("kalman_filter.gain", "P, H, R", "return P @ H.T @ torch.linalg.inv(H @ P @ H.T + R @ R.T)"),
    Submission(
        "em.em_step",
        EM,
        """
g = torch.stack([torch.log(pi[k]) + torch.distributions.MultivariateNormal(mu[k], sigma[k]).log_prob(x)
                 for k in range(len(pi))], 1)
g = torch.softmax(g, 1)
N = g.sum(0)
m = g.T @ x / len(x)
d = x[:, None] - m
return N / len(x), m, torch.einsum('nk,nki,nkj->kij', g, d, d) / N[:, None, None]
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
    last = delta + lam * last
    adv[t] = last
return adv
""",
    ),
    Submission(
        "adam.adam_step",
        ADAM,
        """
m = b1 * m + (1 - b1) * g
v = b2 * v + (1 - b2) * g ** 2
mh, vh = m / (1 - b1 ** t), v / (1 - b1 ** t)
return p - lr * mh / (vh.sqrt() + eps), m, v
""",
    ),
    Submission(
        "hmm.log_evidence",
        "y, pi, A, B",
        """
a = pi * B[:, y[0]]
for t in range(1, len(y)):
    a = (a * B[:, y[t]]) @ A
return torch.log(a.sum())
""",
    ),
)
