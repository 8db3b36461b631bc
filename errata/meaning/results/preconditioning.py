"""How denoisers are scaled, what their losses weigh, and at which levels of noise they are asked."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

POS = "positive"
KARRAS = "Karras et al. 2022, Elucidating the design space of diffusion-based generative models, table 1"
LEVEL = Slot(r"\sigma", POS, ("noise level",), ("t", r"\sigma_t"))
DATA = Slot(r"\sigma_{\mathrm{data}}", POS, ("data",), (r"\sigma_d", r"\sigma_0"))
EDM = ("edm", "preconditioning", "karras", "elucidating", "consistency model")
SNR = Slot(r"\mathrm{SNR}", POS, ("signal-to-noise",), ("s", r"\lambda"))

RESULTS = (
    Result(
        "edm_skip",
        EDM,
        r"c_{\mathrm{skip}}(\sigma) = \frac{\sigma_{\mathrm{data}}^2}{\sigma^2 + \sigma_{\mathrm{data}}^2}",
        (Slot(r"c_{\mathrm{skip}}", "real"), LEVEL, DATA, Slot(r"\epsilon", POS, (), (r"\sigma_{\min}",))),
        "derivation edm_skip_eq",
        KARRAS,
        variants=(
            r"c_{\mathrm{skip}} = \frac{\sigma_{\mathrm{data}}^2}{\sigma^2 + \sigma_{\mathrm{data}}^2}",
            r"c_{\mathrm{skip}}(\sigma) = \frac{\sigma_{\mathrm{data}}^2}{(\sigma - \epsilon)^2 + \sigma_{\mathrm{data}}^2}",
            r"c_{\mathrm{skip}}(\sigma) = \frac{1}{\sigma^2 + 1}",
            r"c_{\mathrm{skip}}(\sigma) = 1",
        ),
        beside=(
            r"\frac{\sigma_{\mathrm{data}}^2}{(\sigma - \epsilon)^2 + \sigma_{\mathrm{data}}^2}",
            r"\frac{1}{\sigma^2 + 1}",
            "1",
        ),
    ),
    Result(
        "edm_out",
        EDM,
        r"c_{\mathrm{out}}(\sigma) = \frac{\sigma \sigma_{\mathrm{data}}}{\sqrt{\sigma^2 + \sigma_{\mathrm{data}}^2}}",
        (Slot(r"c_{\mathrm{out}}", "real"), LEVEL, DATA, Slot(r"\epsilon", POS, (), (r"\sigma_{\min}",))),
        "derivation edm_out_eq",
        KARRAS,
        variants=(
            r"c_{\mathrm{out}} = \frac{\sigma \sigma_{\mathrm{data}}}{\sqrt{\sigma^2 + \sigma_{\mathrm{data}}^2}}",
            r"c_{\mathrm{out}}(\sigma) = \frac{(\sigma - \epsilon) \sigma_{\mathrm{data}}}{\sqrt{\sigma^2 + \sigma_{\mathrm{data}}^2}}",
            r"c_{\mathrm{out}}(\sigma) = \frac{\sigma}{\sqrt{\sigma^2 + 1}}",
            r"c_{\mathrm{out}}(\sigma) = -\sigma",
            r"c_{\mathrm{out}}(\sigma) = \sigma",
        ),
        beside=(
            r"\frac{(\sigma - \epsilon) \sigma_{\mathrm{data}}}{\sqrt{\sigma^2 + \sigma_{\mathrm{data}}^2}}",
            r"\frac{\sigma}{\sqrt{\sigma^2 + 1}}",
            r"-\sigma",
            r"\sigma",
        ),
    ),
    Result(
        "edm_in",
        EDM,
        r"c_{\mathrm{in}}(\sigma) = \frac{1}{\sqrt{\sigma^2 + \sigma_{\mathrm{data}}^2}}",
        (Slot(r"c_{\mathrm{in}}", POS), LEVEL, DATA),
        "derivation edm_target_eq",
        KARRAS,
        variants=(
            r"c_{\mathrm{in}} = \frac{1}{\sqrt{\sigma^2 + \sigma_{\mathrm{data}}^2}}",
            r"c_{\mathrm{in}}(\sigma) = \frac{1}{\sqrt{\sigma^2 + 1}}",
            r"c_{\mathrm{in}}(\sigma) = 1",
        ),
        beside=(r"\frac{1}{\sqrt{\sigma^2 + 1}}", "1"),
    ),
    Result(
        "edm_weight",
        EDM,
        r"\lambda(\sigma) = \frac{\sigma^2 + \sigma_{\mathrm{data}}^2}{(\sigma \sigma_{\mathrm{data}})^2}",
        (Slot(r"\lambda", POS, ("weight",), ("w",)), LEVEL, DATA),
        "derivation edm_out_eq",
        KARRAS,
        variants=(
            r"\lambda(\sigma) = \frac{1}{\sigma^2} + \frac{1}{\sigma_{\mathrm{data}}^2}",
            r"\lambda(\sigma) = \frac{\sigma^2 + 1}{\sigma^2}",
            r"\lambda(\sigma) = \frac{1}{\sigma^2}",
            r"\lambda(\sigma) = \sigma^2",
        ),
        beside=(r"\frac{\sigma^2 + 1}{\sigma^2}", r"\frac{1}{\sigma^2}", r"\sigma^2"),
    ),
    Result(
        "edm_denoiser",
        EDM,
        r"D(x; \sigma) = c_{\mathrm{skip}}(\sigma) x + c_{\mathrm{out}}(\sigma) F(c_{\mathrm{in}}(\sigma) x; c_{\mathrm{noise}}(\sigma))",
        (
            Slot("D", "real", ("denoiser",), (r"D_\theta", "f", r"f_\theta")),
            Slot("F", "real", ("network",), (r"F_\theta",)),
            Slot("x", "real"),
            LEVEL,
            Slot(r"c_{\mathrm{skip}}", "real"),
            Slot(r"c_{\mathrm{out}}", "real"),
            Slot(r"c_{\mathrm{in}}", "real"),
            Slot(r"c_{\mathrm{noise}}", "real"),
        ),
        "definition",
        KARRAS,
        variants=(r"D(x; \sigma) = c_{\mathrm{skip}}(\sigma) x + c_{\mathrm{out}}(\sigma) F(x, \sigma)",),
    ),
    Result(
        "karras_schedule",
        ("edm", "karras", "noise schedule", "noise levels", "elucidating"),
        r"\sigma_i = \left(\sigma_{\max}^{1/\rho} + \frac{i}{N - 1} \left(\sigma_{\min}^{1/\rho} - \sigma_{\max}^{1/\rho}\right)\right)^\rho",
        (
            Slot(r"\sigma", POS, ("noise level",), ("t",)),
            Slot(r"\sigma_{\max}", POS),
            Slot(r"\sigma_{\min}", POS),
            Slot(r"\rho", POS),
            Slot("N", "natural", ("number of steps", "steps"), ("n", "T")),
        ),
        "definition",
        KARRAS,
        variants=(
            r"\sigma_i = \left(\sigma_{\max}^{1/\rho} + \frac{i - 1}{N - 1} \left(\sigma_{\min}^{1/\rho} - \sigma_{\max}^{1/\rho}\right)\right)^\rho",
            r"\sigma_i = \left(\sigma_{\min}^{1/\rho} + \frac{i}{N - 1} \left(\sigma_{\max}^{1/\rho} - \sigma_{\min}^{1/\rho}\right)\right)^\rho",
            r"\sigma_i = \left(\sigma_{\min}^{1/\rho} + \frac{i - 1}{N - 1} \left(\sigma_{\max}^{1/\rho} - \sigma_{\min}^{1/\rho}\right)\right)^\rho",
            r"\sigma_i = \left(\sigma_{\max}^{1/\rho} + \frac{i}{N} \left(\sigma_{\min}^{1/\rho} - \sigma_{\max}^{1/\rho}\right)\right)^\rho",
        ),
        beside=(
            r"\left(\sigma_{\max}^{1/\rho} + \frac{i - 1}{N - 1} \left(\sigma_{\min}^{1/\rho} - \sigma_{\max}^{1/\rho}\right)\right)^\rho",
            r"\left(\sigma_{\min}^{1/\rho} + \frac{i}{N - 1} \left(\sigma_{\max}^{1/\rho} - \sigma_{\min}^{1/\rho}\right)\right)^\rho",
            r"\left(\sigma_{\min}^{1/\rho} + \frac{i - 1}{N - 1} \left(\sigma_{\max}^{1/\rho} - \sigma_{\min}^{1/\rho}\right)\right)^\rho",
            r"\left(\sigma_{\max}^{1/\rho} + \frac{i}{N} \left(\sigma_{\min}^{1/\rho} - \sigma_{\max}^{1/\rho}\right)\right)^\rho",
        ),
    ),
    Result(
        "min_snr_weight",
        ("min-snr", "min snr"),
        r"w_t = \frac{\min(\mathrm{SNR}(t), \gamma)}{\mathrm{SNR}(t)}",
        (Slot("w", POS, ("weight",), (r"\lambda", r"\omega")), SNR, Slot(r"\gamma", POS)),
        "definition",
        "Hang et al. 2023, Efficient diffusion training via min-SNR weighting strategy, section 3.4",
        variants=(
            r"w_t = \min(\mathrm{SNR}(t), \gamma)",
            r"w_t = \frac{\min(\mathrm{SNR}(t), \gamma)}{\mathrm{SNR}(t) + 1}",
        ),
        beside=(r"\min(\mathrm{SNR}(t), \gamma)", r"\frac{\min(\mathrm{SNR}(t), \gamma)}{\mathrm{SNR}(t) + 1}"),
    ),
    Result(
        "vdm_term",
        ("variational diffusion", "vdm", "signal-to-noise ratio", "diffusion loss", "snr"),
        r"L_i = \frac12 \left(\mathrm{SNR}(s) - \mathrm{SNR}(t)\right) \|x - \hat x\|^2",
        (
            Slot("L", "real", ("loss", "term"), (r"\mathcal L", r"\ell")),
            SNR,
            Slot("x", "vector d", ("data",), ("x_0",)),
            Slot(r"\hat x", "vector d", ("prediction",), (r"\hat x_\theta", r"x_\theta", r"\hat x_0")),
        ),
        "derivation vdm_term_eq",
        "Kingma et al. 2021, Variational diffusion models, equation 13",
        variants=(
            r"L_t = \frac12 \left(\mathrm{SNR}(t - 1) - \mathrm{SNR}(t)\right) \|x - \hat x\|^2",
            r"L_i = \frac12 \left(\mathrm{SNR}(s) - \mathrm{SNR}(t)\right) \|x - \hat x_\theta\|^2",
            r"L_i = \frac12 \left(\mathrm{SNR}(s) - \mathrm{SNR}(t)\right) \|x - \hat x_\theta(z_t, t)\|^2",
            r"L_t = \frac12 \left(\mathrm{SNR}(t - 1) - \mathrm{SNR}(t)\right) \|x - \hat x_\theta(z_t, t)\|^2",
            r"L_i = \left(\mathrm{SNR}(s) - \mathrm{SNR}(t)\right) \|x - \hat x\|^2",
            r"L_i = \frac T2 \left(\mathrm{SNR}(s) - \mathrm{SNR}(t)\right) \|x - \hat x\|^2",
        ),
        beside=(
            r"\left(\mathrm{SNR}(s) - \mathrm{SNR}(t)\right) \|x - \hat x\|^2",
            r"\frac T2 \left(\mathrm{SNR}(s) - \mathrm{SNR}(t)\right) \|x - \hat x\|^2",
        ),
    ),
)
