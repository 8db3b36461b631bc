"""The bound of a diffusion by signal-to-noise ratios, and what a denoiser's inputs and outputs are scaled by.

Claim   KL(q(z_s | z_t, x) ‖ p(z_s | z_t)) = ½ (SNR(s) − SNR(t)) (x − x̂)², in the noise ½ (SNR(s)/SNR(t) − 1) (ε − ε̂)²;
        in continuous time −½ SNR′(t); an even error depends on the ends alone; preconditioning of unit variance
Route   the KL of two normals of one variance; a limit; neighbours cancel; a square completed.
"""

from __future__ import annotations

from sympy import Expr, Function, Limit, Sum, exp, oo, sqrt

from claims.claim import Claim, Derivation, Lemma, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.notation import KL, Argmin, Expectation, Normal
from derivations.gaussian.kl import kl_normal_eq, m1, m2, s1, s2

WHERE = (
    Variable("x", Real(), "the datum, averaged over where it has a law"),
    Variable("y", Real(), "x̂, what the model says of the datum; or the noisy datum"),
    Variable("z", Real(), "the noisy datum at the later time t; or standard normal noise, averaged over"),
    Variable("a", Positive(), "α_s, the signal at the earlier time s; or ε, the least time"),
    Variable("k", Positive(), "α_t/α_s, what the signal is multiplied by from s to t"),
    Variable("s", Positive(), "σ_s, the STANDARD DEVIATION of the noise at s; or that of the data"),
    Variable("w", Positive(), "σ²_{t|s}, the VARIANCE of the noise that comes in between"),
    Variable("e", Real(), "the noise in the noisy datum"),
    Variable("f", Real(), "ε̂, what the model says of the noise"),
    Variable("g", Real(), "γ_0, minus the log of the SNR at time 0"),
    Variable("b", Positive(), "how fast minus the log of the SNR grows"),
    Variable("t", Positive(), "time; or the STANDARD DEVIATION of the noise"),
    Variable("n", Integer(1), "the number of steps"),
    Variable("i", Integer(1), "counts them"),
    Variable("c", Real(), "what the noisy datum is multiplied by on its way around the network"),
    Variable("r", Real(), "what the network says"),
)
x, y, z, a, k, s, w, e, f, g, b, t, n, i, c, r = symbols_of(WHERE)
later = k**2 * s**2 + w
snr_s, snr_t = a**2 / s**2, k**2 * a**2 / later
VDM = (
    "z_t = α_t x + σ_t ε, and z_t = k z_s + noise of variance w from s to t > s: α_t = k α_s, σ_t² = k² σ_s² + w,"
    " for any"
    " schedule; SNR = α²/σ²"
)
KINGMA = "kingma2021"


def step_back(datum: Expr) -> Normal:
    """The law of z_s, given z_t and the datum."""
    return Normal((k * s**2 * z + a * w * datum) / later, w * s**2 / later)


divergence = KL(step_back(x), step_back(y))
term = (snr_s - snr_t) * (x - y) ** 2 / 2

vdm_term_eq = Derivation(
    claim=Claim(
        "vdm_term_eq",
        divergence,
        term,
        named(WHERE, "x y z a k s w"),
        convention=(VDM, "the model takes x̂ in the place of x: both laws have one variance, w σ_s²/σ_t²"),
        source=Source(KINGMA, "section 4, equation 13"),
    ),
    steps=(
        Step("the divergence of the model's step back", divergence),
        Step(
            "half the squared distance of the means over the variance (kl_normal_eq)",
            (a * w * (x - y) / later) ** 2 / (2 * w * s**2 / later),
            lemmas=(
                Lemma(
                    kl_normal_eq,
                    (
                        (m1, step_back(x).mean),
                        (s1, sqrt(step_back(x).variance)),
                        (m2, step_back(y).mean),
                        (s2, sqrt(step_back(x).variance)),
                    ),
                ),
            ),
        ),
        Step("α_s² w/(σ_s² σ_t²) is the difference of the ratios", term),
    ),
)

sigma_t, alpha_t = sqrt(later), k * a
noisy = (snr_s - snr_t) * ((z - sigma_t * e) / alpha_t - (z - sigma_t * f) / alpha_t) ** 2 / 2

vdm_noise_term_eq = Derivation(
    claim=Claim(
        "vdm_noise_term_eq",
        noisy,
        (snr_s / snr_t - 1) * (e - f) ** 2 / 2,
        named(WHERE, "z a k s w e f"),
        convention=(
            VDM,
            "x = (z_t − σ_t ε)/α_t, and x̂ of ε̂ likewise; with SNR = e^(−γ) the factor is e^(γ(t) − γ(s)) − 1",
        ),
        source=Source(KINGMA, "section 4, equation 13"),
    ),
    steps=(
        Step("the term, with the datum by its noise", noisy),
        Step("the noisy datum drops out", (snr_s - snr_t) * later / (k * a) ** 2 * (e - f) ** 2 / 2),
        Step("σ_t²/α_t² is 1/SNR(t)", (snr_s / snr_t - 1) * (e - f) ** 2 / 2),
    ),
)

snr = exp(-g - b * t)
limit = Limit(n * (exp(-g - b * (t - 1 / n)) - snr) / 2, n, oo)

vdm_continuous_eq = Derivation(
    claim=Claim(
        "vdm_continuous_eq",
        limit,
        b * snr / 2,
        named(WHERE, "g b t n"),
        convention=(
            "SNR(t) = e^(−γ_0 − bt): the log of the SNR falls by b; n steps of length 1/n",
            "−½ SNR′(t) is the weight of (x − x̂)² in continuous time; of (ε − ε̂)² it is ½ γ′(t), here b/2",
        ),
        source=Source(KINGMA, "section 4, equation 13"),
    ),
    steps=(
        Step("n times half of what the ratio falls in a step", limit),
        Step("a power of a sum: the ratio stands before", Limit(n * snr * (exp(b / n) - 1) / 2, n, oo)),
        Step("for small steps e^(b/n) − 1 is b/n", b * snr / 2),
    ),
)

SNR = Function("x", real=True)
telescoped = Sum((SNR(i) - SNR(i + 1)) * c / 2, (i, 1, n))

vdm_ends_eq = Derivation(
    claim=Claim(
        "vdm_ends_eq",
        telescoped,
        (SNR(1) - SNR(n + 1)) * c / 2,
        named(WHERE, "n i c"),
        convention=(
            "the ratios SNR at n + 1 times are written x(i); c is the mean of (x − x̂)², the same at every time",
            "the bound then depends on the first and the last ratio alone, and not on the schedule between",
        ),
        source=Source(KINGMA, "section 4, equation 13"),
    ),
    steps=(
        Step("the terms of the bound", telescoped),
        Step(
            "what has no index stands before the sum, term by term",
            c / 2 * (Sum(SNR(i), (i, 1, n)) - Sum(SNR(i), (i, 2, n + 1))),
        ),
        Step("neighbours cancel, but for the first and the last", (SNR(1) - SNR(n + 1)) * c / 2),
    ),
)

DATA, NOISE = Normal(0, s**2), Normal(0, 1)
KARRAS = Source("karras2022", "the code, EDMPrecond")
EDM = "data of mean 0 and standard deviation s, noise of standard deviation t; the network says (x − c (x + t z))/c_out"


def target(skip: Expr) -> Expectation:
    """The mean square of what is left for the network, where the noisy datum goes around it times ``skip``."""
    return Expectation(Expectation((x - skip * (x + t * z)) ** 2, z, NOISE), x, DATA)


best_skip = s**2 / (s**2 + t**2)

edm_target_eq = Derivation(
    claim=Claim(
        "edm_target_eq",
        target(c),
        (1 - c) ** 2 * s**2 + c**2 * t**2,
        named(WHERE, "x z s t c"),
        convention=(EDM, "c_out² is this, so that the network's target has the variance 1; c_in² is 1/(s² + t²)"),
        source=KARRAS,
    ),
    steps=(
        Step("the mean square of what is left for the network", target(c)),
        Step("E z = 0 and E z² = 1", Expectation((1 - c) ** 2 * x**2 + c**2 * t**2, x, DATA)),
        Step("E x² = s²", (1 - c) ** 2 * s**2 + c**2 * t**2),
    ),
)

left_over = (1 - c) ** 2 * s**2 + c**2 * t**2

edm_skip_eq = Derivation(
    claim=Claim(
        "edm_skip_eq",
        Argmin(left_over, c),
        best_skip,
        named(WHERE, "s t c"),
        convention=(EDM, "c_skip: of all c it leaves the network least to say (edm_target_eq)"),
        source=KARRAS,
    ),
    steps=(
        Step("where what is left is least", Argmin(left_over, c)),
        Step("the square completed: a constant moves no place", Argmin((s**2 + t**2) * (c - best_skip) ** 2, c)),
        Step("a square is least at its zero", best_skip),
    ),
)

edm_out_eq = Derivation(
    claim=Claim(
        "edm_out_eq",
        target(best_skip),
        s**2 * t**2 / (s**2 + t**2),
        named(WHERE, "x z s t"),
        convention=(EDM, "c_out² = s²t²/(s² + t²): the network's target has the variance 1"),
        source=KARRAS,
    ),
    steps=(
        Step("the target at the best c", target(best_skip)),
        Step("independent noises: E x² = s², E z² = 1", (1 - best_skip) ** 2 * s**2 + best_skip**2 * t**2),
        Step("a common factor", s**2 * t**2 / (s**2 + t**2)),
    ),
)

around = s**2 / ((t - a) ** 2 + s**2)
through = s * (t - a) / sqrt(s**2 + t**2)

consistency_boundary_eq = Derivation(
    claim=Claim(
        "consistency_boundary_eq",
        Limit(around * y + through * r, t, a, "+"),
        y,
        named(WHERE, "y a s t r"),
        convention=(
            "f(y, t) = c_skip(t) y + c_out(t) F(y, t), with c_skip = s²/((t − ε)² + s²) and c_out = s(t − ε)/√(s² +"
            " t²);"
            " ε, the least time, is written a; F(y, t) is r, whatever the network says",
            "at the least time a consistency model gives back what it is given",
        ),
        source=Source("song2023", "the code, get_scalings_for_boundary_condition"),
    ),
    steps=(
        Step("the model near the least time", Limit(around * y + through * r, t, a, "+")),
        Step("for small t − ε: each factor by itself", Limit(around, t, a, "+") * y + Limit(through, t, a, "+") * r),
        Step("they go to 1 and to 0", y),
    ),
)

DERIVATIONS = (
    vdm_term_eq,
    vdm_noise_term_eq,
    vdm_continuous_eq,
    vdm_ends_eq,
    edm_target_eq,
    edm_skip_eq,
    edm_out_eq,
    consistency_boundary_eq,
)
