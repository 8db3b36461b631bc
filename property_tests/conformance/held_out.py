"""Wrong submissions written after the diagnoses, in two rounds of thirty.

Of the first round 20 had a diagnosis when it was first tried; what it taught (brackets, the same slip everywhere,
another value in its place, four known mistakes) was then built in. Of the second round 24 had one at first sight.
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

FIRST = (
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
I = torch.eye(len(m), dtype=m.dtype)
return m + K @ (y - H @ m), (I - K @ H) @ P @ (I - K @ H).T
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

SECOND = (
    Submission("bernoulli.log_prob", "x, p", "return x * torch.log(p) + (1 - x) * torch.log(p)"),
    Submission("poisson.log_prob", "k, lam", "return k * torch.log(lam) + lam - torch.lgamma(k + 1)"),
    Submission(
        "gamma.log_prob",
        "x, k, lam",
        """
return k * torch.log(lam) + torch.lgamma(k) + (k - 1) * torch.log(x) - lam * x
""",
    ),
    Submission(
        "normal.log_prob",
        "x, m, S",
        """
L = torch.linalg.cholesky(S)
z = torch.linalg.solve_triangular(L, (x - m).T, upper=False).T
return -0.5 * (z ** 2).sum(-1) - 0.5 * torch.log(torch.diagonal(L)).sum() - 0.5 * len(m) * math.log(2 * math.pi)
""",
    ),
    Submission(
        "normal.log_prob",
        "x, m, S",
        """
d = x + m
q = torch.einsum('ni,ij,nj->n', d, torch.inverse(S), d)
return -0.5 * (q + torch.logdet(2 * math.pi * S))
""",
    ),
    Submission(
        "classifier_cross_entropy.cross_entropy",
        "z, y",
        """
p = torch.exp(z) / torch.exp(z).sum()
return -torch.log(p[torch.arange(len(y)), y]).mean()
""",
    ),
    Submission(
        "classifier_cross_entropy.cross_entropy",
        "z, y",
        """
p = torch.softmax(z, 1)
onehot = F.one_hot(y, z.shape[1]).double()
return -(onehot * torch.log(p)).mean()
""",
    ),
    Submission(
        "classifier_cross_entropy.cross_entropy",
        "z, y",
        """
p = torch.softmax(z, 1)
return (1 - p[torch.arange(len(y)), y]).mean()
""",
    ),
    Submission("elementwise_flows.affine", "z, A, b", "return z @ A.T - b, torch.slogdet(A)[1].expand(len(z))"),
    Submission("elementwise_flows.affine", "z, A, b", "return z @ A.T + b, torch.det(A).expand(len(z))"),
    Submission("forward_kl.kl", "p, q", "return (p * torch.log(p) + p * torch.log(q)).sum(-1)"),
    Submission("forward_kl.kl", "p, q", "return (p * torch.log(p / q)).mean(-1)"),
    Submission("iwae_bound.iwae_bound", "w", "return torch.logsumexp(w, 1) / w.shape[1]"),
    Submission("iwae_bound.iwae_bound", "w", "return torch.logsumexp(w, 1) + math.log(w.shape[1])"),
    Submission(
        "gmm.responsibilities",
        "x, w, mu, S",
        """
logs = torch.stack([torch.distributions.MultivariateNormal(mu[k], S[k]).log_prob(x) for k in range(len(w))], 1)
return torch.softmax(w + logs, 1)
""",
    ),
    Submission(
        "gmm.responsibilities",
        "x, w, mu, S",
        """
dens = torch.stack([torch.distributions.MultivariateNormal(mu[k], S[k]).log_prob(x).exp() for k in range(len(w))], 1)
return w * dens
""",
    ),
    Submission(
        "hmm.log_evidence",
        "y, pi, A, B",
        """
a = pi * B[:, y[0]]
for t in range(1, len(y)):
    a = B[:, y[t]] * (a @ A)
return a.sum()
""",
    ),
    Submission(
        "hmm.log_evidence",
        "y, pi, A, B",
        """
a = pi * B[:, y[0]]
for t in range(1, len(y) - 1):
    a = B[:, y[t]] * (a @ A)
return torch.log(a.sum())
""",
    ),
    Submission(
        "vae.elbo",
        ELBO,
        """
rec = -0.5 * ((x - mean) ** 2 / var + torch.log(2 * torch.pi * var)).sum(-1)
kl = (mu ** 2 + logvar.exp() - 1 - logvar).sum(-1)
return rec - kl
""",
    ),
    Submission("ddpm.jump", "x0, abar, e", "return abar * x0 + torch.sqrt(1 - abar) * e"),
    Submission("ddpm.jump", "x0, abar, e", "return torch.sqrt(abar) * x0 + torch.sqrt(1 - abar ** 2) * e"),
    Submission(
        "ddpm.reverse_step",
        STEP,
        """
abar = alpha * abar_prev
mean = (x - (1 - alpha) / (1 - abar).sqrt() * eps) / alpha.sqrt()
return mean + (1 - abar_prev).sqrt() * z
""",
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.normalize(a, dim=1) @ F.normalize(b, dim=1).T / tau ** 0.5
return F.cross_entropy(s, torch.arange(len(a)))
""",
    ),
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
s = F.normalize(a, dim=1) @ F.normalize(b, dim=1).T / tau
return (torch.logsumexp(s, 1) + s.diag()).mean()
""",
    ),
    Submission(
        "gan.discriminator_loss",
        "real, fake",
        """
return -torch.log(torch.sigmoid(real)).mean() - (1 - torch.log(torch.sigmoid(fake))).mean()
""",
    ),
    Submission("losses.bce_with_logits", "z, y", "return (F.softplus(-z) - y * z).mean()"),
    Submission(
        "map_estimation.ridge",
        "X, y, s2, t2",
        """
lam = s2 * t2
return torch.linalg.solve(X.T @ X + lam * torch.eye(X.shape[1], dtype=X.dtype), X.T @ y)
""",
    ),
    Submission(
        "kalman_filter.step",
        KALMAN,
        """
P = F_ @ P @ F_.T + Q
K = P @ H.T @ torch.linalg.inv(H @ P @ H.T + R)
return m + K @ (y - H @ m), P - K @ H @ P
""",
    ),
    Submission(
        "policy_gradient.gae",
        GAE,
        """
adv = torch.zeros_like(r)
last = 0
for t in reversed(range(len(r))):
    delta = r[t] + gamma * V[t + 1] + V[t]
    last = delta + gamma * lam * last
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
mh, vh = m / (1 - b1 ** t), v / (1 - b2 ** t)
return p - lr * mh / vh.sqrt() + eps, m, v
""",
    ),
)
