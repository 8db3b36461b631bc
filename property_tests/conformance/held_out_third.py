"""Wrong submissions written from the texts of the exercises alone, as a third round of thirty and ten more.

Of the third round 26 had a diagnosis when it was first tried, all of them the same function. What the rest taught (a
function taken of each term, a term that counts once, pooled means, the sign of a determinant) was then built in; of the
ten, written before that, 9 had one at first sight. Over each stands what its author did.
"""

from __future__ import annotations

from property_tests.conformance.submissions import Submission

THIRD = (
    # only the term of x = 1; (1-x) log(1-p) is left out
    Submission("bernoulli.log_prob", "x, p", "return x * np.log(p)", ("the last term is missing",)),
    # exponent of 1-p is n, not n-k
    Submission(
        "binomial.log_prob",
        "k, n, p",
        """
n = torch.as_tensor(n, dtype=p.dtype)
log_binom = torch.lgamma(n + 1) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
return log_binom + k * torch.log(p) + n * torch.log(1 - p)
""",
        ("the last term is missing in n - at",),
    ),
    # quadratic form without 1/2
    Submission(
        "normal.log_prob",
        "x, mean, cov",
        """
d = len(mean)
diff = x - mean
inv = np.linalg.inv(cov)
maha = np.array([r @ inv @ r for r in diff])
return -maha - 0.5 * np.log(np.linalg.det(cov)) - d / 2 * np.log(2 * np.pi)
""",
        ("lacks its ½",),
    ),
    # exponent of x is k, not k-1
    Submission(
        "gamma.log_prob",
        "x, shape, rate",
        """
return shape * np.log(rate) + shape * np.log(x) - rate * x - math.lgamma(shape)
""",
        ("x^k for x^(k",),
    ),
    # -rate is left out
    Submission(
        "poisson.log_prob", "k, rate", "return k * rate.log() - torch.lgamma(k + 1)", ("the last term is missing",)
    ),
    # log det without absolute value
    Submission(
        "elementwise_flows.affine",
        "z, a, b",
        """
x = z @ a.T + b
return x, np.full(len(z), np.log(np.linalg.det(a)))
""",
        ("the absolute value of the determinant is missing",),
    ),
    # softmax over the batch axis
    Submission(
        "classifier_cross_entropy.cross_entropy",
        "logits, y",
        """
p = torch.softmax(logits, dim=0)
return -torch.log(p[torch.arange(len(y)), y]).mean()
""",
        ("runs over the points",),
    ),
    # beta multiplies the policy's ratio only
    Submission(
        "dpo.dpo_loss",
        "chosen, rejected, ref_chosen, ref_rejected, beta",
        """
pi_ratio = chosen - rejected
ref_ratio = ref_chosen - ref_rejected
return -F.logsigmoid(beta * pi_ratio - ref_ratio)
""",
        ("brackets are missing",),
    ),
    # second moment of g, not g squared
    Submission(
        "adam.adam_step",
        "theta, m, v, g, step, rate, beta1, beta2, eps",
        """
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g
mhat = m / (1 - beta1 ** step)
vhat = v / (1 - beta2 ** step)
return theta - rate * mhat / (np.sqrt(vhat) + eps), m, v
""",
        ("the square is missing",),
    ),
    # lambda = tau2/var instead of var/tau2
    Submission(
        "map_estimation.ridge",
        "X, y, var, tau2",
        """
lam = tau2 / var
return torch.linalg.solve(X.T @ X + lam * torch.eye(X.shape[1], dtype=X.dtype), X.T @ y)
""",
        ("λ = τ²/σ²",),
    ),
    # log p / log q instead of log(p/q)
    Submission(
        "forward_kl.kl",
        "p, q",
        "return np.sum(p * (np.log(p) / np.log(q)), axis=1)",
        ("a quotient for the difference",),
    ),
    # log n (batch) instead of log k
    Submission(
        "iwae_bound.iwae_bound",
        "log_w",
        "return torch.logsumexp(log_w, dim=1) - math.log(log_w.shape[0])",
        ("the length of another axis",),
    ),
    # normal densities without the determinant
    Submission(
        "gmm.responsibilities",
        "x, weights, means, covs",
        """
r = np.zeros((len(x), len(weights)))
for j in range(len(weights)):
    d = x - means[j]
    r[:, j] = weights[j] * np.exp(-0.5 * np.sum(d @ np.linalg.inv(covs[j]) * d, axis=1))
return r / r.sum(1, keepdims=True)
""",
        ("|Σ_k| is left out",),
    ),
    # a transition before the first observation
    Submission(
        "hmm.log_evidence",
        "y, start, transition, emission",
        """
belief = start
total = 0.0
for o in y:
    belief = belief @ transition
    belief = belief * emission[:, o]
    s = belief.sum()
    total = total + torch.log(s)
    belief = belief / s
return total
""",
        ("a transition is made before the first",),
    ),
    # R taken for a standard deviation (R R^T)
    Submission(
        "kalman_filter.gain",
        "cov, h, r",
        """
S = h @ cov @ h.T + r @ r.T
return cov @ h.T @ np.linalg.inv(S)
""",
        ("taken for a factor L",),
    ),
    # mask one too far: row i sees i+1
    Submission(
        "attention.causal",
        "q, k, v",
        """
t, d = q.shape
s = q @ k.T / d ** 0.5
mask = torch.triu(torch.ones(t, t), diagonal=2).bool()
return torch.softmax(s.masked_fill(mask, float("-inf")), -1) @ v
""",
        ("off by +1",),
    ),
    # scores multiplied by the mask, not set to -inf
    Submission(
        "attention.masked",
        "q, k, v, mask",
        """
s = (q @ k.transpose(-1, -2)) / q.shape[-1] ** 0.5
return torch.softmax(s * mask, dim=-1) @ v
""",
        ("hidden scores are 0",),
    ),
    # the Hastings ratio upside down
    Submission(
        "metropolis_hastings.acceptance",
        "p, q",
        """
k = len(p)
a = np.ones((k, k))
for i in range(k):
    for j in range(k):
        a[i, j] = min(1.0, p[j] * q[i, j] / (p[i] * q[j, i]))
return a
""",
        ("stands upside down",),
    ),
    # sigma = exp(log_var) in the variance only; log right
    Submission(
        "vae.kl",
        "mu, log_var",
        """
sigma = torch.exp(log_var)
return 0.5 * torch.sum(mu.pow(2) + sigma.pow(2) - 1 - log_var, dim=1)
""",
        ("the last term is squared",),
    ),
    # log var counted once, not D times
    Submission(
        "vae.elbo",
        "x, mean, var, mu, log_var",
        """
D = x.shape[1]
rec = -((x - mean) ** 2).sum(1) / (2 * var) - D / 2 * math.log(2 * math.pi) - 0.5 * math.log(var)
kld = -0.5 * (1 + log_var - mu ** 2 - log_var.exp()).sum(1)
return rec - kld
""",
        ("the last term counts once",),
    ),
    # 1 - sqrt(bar) instead of sqrt(1 - bar)
    Submission(
        "ddpm.jump",
        "x0, bar, noise",
        "return math.sqrt(bar) * x0 + (1 - math.sqrt(bar)) * noise",
        ("taken of each term",),
    ),
    # beta/(1-bar) without the root
    Submission(
        "ddpm.reverse_step",
        "x, eps, alpha, before, z",
        """
bar = alpha * before
beta = 1 - alpha
mean = (x - beta / (1 - bar) * eps) / np.sqrt(alpha)
var = beta * (1 - before) / (1 - bar)
return mean + np.sqrt(var) * z
""",
        ("the root is missing in torch.sqrt(1 - bar)",),
    ),
    # predicted x0 isn't divided by sqrt(bar)
    Submission(
        "ddim.step",
        "x, eps, bar, later",
        """
x0 = x - (1 - bar) ** 0.5 * eps
return later ** 0.5 * x0 + (1 - later) ** 0.5 * eps
""",
        ("the denominator is missing",),
    ),
    # + log|det A| instead of -
    Submission(
        "normalizing_flow.log_prob",
        "x, a, b",
        """
z = torch.linalg.solve(a, (x - b).T).T
base = -0.5 * (z ** 2).sum(1) - z.shape[1] / 2 * math.log(2 * math.pi)
return base + torch.linalg.slogdet(a)[1]
""",
        ("has the other sign",),
    ),
    # one mean over real and fake together
    Submission(
        "gan.discriminator_loss",
        "real, fake",
        """
logits = torch.cat([real, fake])
labels = torch.cat([torch.ones_like(real), torch.zeros_like(fake)])
return F.binary_cross_entropy_with_logits(logits, labels)
""",
        ("one mean over all together",),
    ),
    # loss for labels +-1 used with 0/1
    Submission(
        "losses.bce_with_logits", "logits, y", "return np.mean(np.log(1 + np.exp(-y * logits)))", ("labels −1 and 1",)
    ),
    # multiplied by tau instead of divided
    Submission(
        "clip.infonce",
        "a, b, tau",
        """
a = F.normalize(a, dim=-1); b = F.normalize(b, dim=-1)
logits = a @ b.t() * tau
return F.cross_entropy(logits, torch.arange(len(a)))
""",
        ("multiplied by the temperature",),
    ),
    # innovation with the old mean, not the predicted one
    Submission(
        "kalman_filter.step",
        "mean, cov, y, f, h, q, r",
        """
m = f @ mean
P = f @ cov @ f.T + q
S = h @ P @ h.T + r
K = P @ h.T @ np.linalg.inv(S)
return m + K @ (y - h @ mean), (np.eye(len(m)) - K @ h) @ P
""",
        ("mean for what comes second in h @ mean",),
    ),
    # covariances around the old means
    Submission(
        "em.em_step",
        "x, weights, means, covs",
        """
n, d = x.shape
K = len(weights)
r = np.zeros((n, K))
for j in range(K):
    e = x - means[j]
    quad = np.einsum("ni,ij,nj->n", e, np.linalg.inv(covs[j]), e)
    r[:, j] = weights[j] * np.exp(-0.5 * quad) / np.sqrt((2*np.pi)**d * np.linalg.det(covs[j]))
r /= r.sum(1, keepdims=True)
Nk = r.sum(0)
new_means = (r.T @ x) / Nk[:, None]
new_covs = np.stack([(r[:, j, None] * (x - means[j])).T @ (x - means[j]) / Nk[j] for j in range(K)])
return Nk / n, new_means, new_covs
""",
        ("about the old means",),
    ),
    # discounted from the start: gamma^s, not gamma^(s-i)
    Submission(
        "policy_gradient.returns",
        "rewards, gamma",
        """
disc = gamma ** np.arange(len(rewards)) * rewards
return np.cumsum(disc[::-1])[::-1]
""",
        ("from time 0",),
    ),
)

TEN = (
    # p and 1-p swapped
    Submission(
        "bernoulli.log_prob", "x, p", "return x * torch.log(1 - p) + (1 - x) * torch.log(p)", ("probability of 0",)
    ),
    # the log of the sigmoid is missing
    Submission(
        "dpo.dpo_loss",
        "chosen, rejected, ref_chosen, ref_rejected, beta",
        """
return -torch.sigmoid(beta * ((chosen - ref_chosen) - (rejected - ref_rejected)))
""",
        ("the logarithm of the sigmoid is missing",),
    ),
    # bootstraps 0 after the last step, values[t] ignored
    Submission(
        "policy_gradient.gae",
        "rewards, values, gamma, lam",
        """
adv = np.zeros(len(rewards)); last = 0
for t in reversed(range(len(rewards))):
    nxt = values[t + 1] if t + 1 < len(rewards) else 0.0
    last = rewards[t] + gamma * nxt - values[t] + gamma * lam * last
    adv[t] = last
return adv
""",
        ("the last value is left out",),
    ),
    # starts from the conditional noise: eps_c + s(eps_c - eps_u)
    Submission(
        "classifier_free_guidance.free",
        "unconditional, conditional, s",
        "return conditional + s * (conditional - unconditional)",
        ("(1 + w)",),
    ),
    # coefficients of x_t and x_0 exchanged
    Submission(
        "ddpm.posterior",
        "x, x0, alpha, before",
        """
bar = alpha * before
beta = 1 - alpha
a = math.sqrt(before) * beta / (1 - bar)
b = math.sqrt(alpha) * (1 - before) / (1 - bar)
return a * x + b * x0, beta * (1 - before) / (1 - bar)
""",
        ("are exchanged",),
    ),
    # the loss over rows twice, for both directions
    Submission(
        "clip.loss",
        "a, b, tau",
        """
a = a / a.norm(dim=1, keepdim=True); b = b / b.norm(dim=1, keepdim=True)
s = a @ b.T / tau
t = torch.arange(len(a))
return (F.cross_entropy(s, t) + F.cross_entropy(s, t)) / 2
""",
        ("one direction only",),
    ),
    # covariance update of the old covariance, not the predicted
    Submission(
        "kalman_filter.step",
        "mean, cov, y, f, h, q, r",
        """
m = f @ mean
P = f @ cov @ f.T + q
K = P @ h.T @ np.linalg.inv(h @ P @ h.T + r)
return m + K @ (y - h @ m), (np.eye(len(m)) - K @ h) @ cov
""",
        ("cov for what comes second",),
    ),
    # new covariances divided by n, not N_k
    Submission(
        "em.em_step",
        "x, weights, means, covs",
        """
n, d = x.shape
K = len(weights)
lp = np.zeros((n, K))
for j in range(K):
    e = x - means[j]
    quad = np.einsum("ni,ij,nj->n", e, np.linalg.inv(covs[j]), e)
    lp[:, j] = np.log(weights[j]) - 0.5 * quad - 0.5 * np.linalg.slogdet(covs[j])[1]
lp -= lp.max(1, keepdims=True)
r = np.exp(lp); r /= r.sum(1, keepdims=True)
Nk = r.sum(0)
mu = (r.T @ x) / Nk[:, None]
S = np.stack([(r[:, j, None] * (x - mu[j])).T @ (x - mu[j]) / n for j in range(K)])
return Nk / n, mu, S
""",
        ("divided by n, not by Σ γ",),
    ),
    # log sigma(fake) with a plus: labels not flipped (log D instead of log(1-D))
    Submission("gan.saturating_loss", "fake", "return torch.log(torch.sigmoid(fake)).mean()", ("other sign",)),
    # direction to x_t keeps sqrt(1-later), sigma^2 not subtracted
    Submission(
        "ddim.noisy_step",
        "x, eps, bar, later, eta, z",
        """
sigma = eta * np.sqrt((1 - later) / (1 - bar)) * np.sqrt(1 - bar / later)
x0 = (x - np.sqrt(1 - bar) * eps) / np.sqrt(bar)
return np.sqrt(later) * x0 + np.sqrt(1 - later) * eps + sigma * z
""",
        ("√(1 − ᾱ_s − σ²)",),
    ),
)
