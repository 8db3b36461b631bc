"""Activations, sizes, embeddings and losses of networks; adversarial and metric losses; graphs."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

GOODFELLOW = "Goodfellow, Bengio, Courville, Deep Learning"
POS, UNIT = "positive", "unit"
X = Slot("x", "real", (), ("z", "u", "a", "t", "v"))
FUN = Slot("f", "real", (), ("g", r"\phi", "h", r"\sigma"))
K, STRIDE = Slot("k", POS, ("kernel",), ("K", "F")), Slot("s", POS, ("stride",), ("S",))
CIN, COUT = (
    Slot("c", POS, ("input channel",), (r"c_{\mathrm{in}}", r"C_{\mathrm{in}}", "C")),
    Slot("o", POS, ("output channel", "filters"), (r"c_{\mathrm{out}}", r"C_{\mathrm{out}}", "M")),
)
D, GEN = Slot("D", UNIT, ("discriminator", "critic"), ("f",)), Slot("G", "real", ("generator",))

RESULTS = (
    Result(
        "softplus",
        ("softplus",),
        r"f(x) = \log(1 + e^x)",
        (Slot("f", POS, (), (r"\zeta", "g", r"\mathrm{softplus}", "s")), X),
        "definition",
        GOODFELLOW,
    ),
    Result(
        "leaky_relu",
        ("leaky relu", "leaky rectif"),
        r"f(x) = \max(\alpha x, x)",
        (FUN, X, Slot(r"\alpha", UNIT, ("slope",), ("a", r"\lambda"))),
        "definition",
        "Maas, Hannun, Ng 2013",
    ),
    Result(
        "swish",
        ("swish", "silu"),
        r"f(x) = \frac{x}{1 + e^{-\beta x}}",
        (FUN, X, Slot(r"\beta", POS)),
        "definition",
        "Ramachandran, Zoph, Le 2017",
        variants=(r"f(x) = \frac{x}{1 + e^{-x}}",),
    ),
    Result(
        "gelu",
        ("gelu",),
        r"f(x) = x \Phi(x)",
        (FUN, X, Slot(r"\Phi", UNIT)),
        "definition",
        "Hendrycks, Gimpel 2016",
    ),
    Result(
        "hyperbolic_tangent",
        ("hyperbolic tangent", "tanh"),
        r"\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}",
        (X,),
        "check",
        GOODFELLOW,
        variants=(r"\tanh(x) = \frac{e^{2 x} - 1}{e^{2 x} + 1}",),
    ),
    Result(
        "convolution_parameters",
        ("convolutional layer", "convolution", "number of parameters", "parameters"),
        r"n = k^2 c o + o",
        (Slot("n", POS, (), ("N", "P")), K, CIN, COUT),
        "definition",
        GOODFELLOW,
        variants=(
            r"n = (k^2 c + 1) o",
            r"n = k^2 c o",
            r"n = k \cdot k \cdot c \cdot o + o",
            r"n = (k \cdot k \cdot c + 1) o",
        ),
    ),
    Result(
        "dense_parameters",
        ("fully connected", "dense layer", "linear layer"),
        r"n = m d + d",
        (
            Slot("n", POS, (), ("N", "P")),
            Slot("m", POS, ("inputs", "input"), (r"n_{\mathrm{in}}",)),
            Slot("d", POS, ("outputs", "output"), (r"n_{\mathrm{out}}",)),
        ),
        "definition",
        GOODFELLOW,
        variants=(r"n = (m + 1) d",),
    ),
    Result(
        "transposed_convolution_size",
        ("transposed convolution", "deconvolution"),
        r"o = s (n - 1) + k - 2 p",
        (
            Slot("o", POS, ("output",)),
            STRIDE,
            Slot("n", POS, ("input",), ("i",)),
            K,
            Slot("p", POS, ("padding", "zeros"), ("P",)),
        ),
        "definition",
        "Dumoulin, Visin 2016, A guide to convolution arithmetic",
    ),
    Result(
        "receptive_field",
        ("receptive field",),
        r"r_l = r_{l-1} + (k_l - 1) j_{l-1}",
        (Slot("r", POS, (), ("R",)), K, Slot("j", POS, ("jump",), ("S",))),
        "definition",
        "Dumoulin, Visin 2016, A guide to convolution arithmetic",
    ),
    Result(
        "skip_gram_negative_sampling",
        ("negative sampling", "skip-gram", "word2vec"),
        r"J = -\log \sigma(u_o^\top v_c) - \sum_{k=1}^K \log \sigma(-u_k^\top v_c)",
        (
            Slot("J", "real", (), ("L", r"\ell", r"\mathcal L")),
            Slot("u", "vector d", ("context", "output"), ("w",)),
            Slot("v", "vector d", ("center", "centre", "input")),
        ),
        "definition",
        "Mikolov et al. 2013, Distributed representations of words and phrases",
    ),
    Result(
        "wasserstein_generator_loss",
        ("generator", "wasserstein"),
        r"L_G = -\mathbb E_{z}\left[D(G(z))\right]",
        (
            Slot("L_G", "real", (), (r"\mathcal L_G", "L")),
            Slot("D", "real", ("critic", "discriminator"), ("f", "f_w", "C")),
            Slot("G", "real", ("generator",), (r"G_\theta", r"g_\theta", "g")),
        ),
        "definition",
        "Arjovsky, Chintala, Bottou 2017, Wasserstein GAN",
        needs=("wasserstein", "critic", "hinge"),
        variants=(
            r"L_G = -\mathbb E_{z \sim p(z)}\left[D(G(z))\right]",
            r"L_G(\theta) = -\mathbb E_{z \sim p(z)}\left[f(G_\theta(z))\right]",
        ),
    ),
    Result(
        "hinge_discriminator_loss",
        ("hinge",),
        r"L_D = \mathbb E_{x}\left[\max(0, 1 - D(x))\right] + \mathbb E_{z}\left[\max(0, 1 + D(G(z)))\right]",
        (
            Slot("L_D", POS, (), (r"\mathcal L_D", "L")),
            Slot("D", "real", ("discriminator",)),
            GEN,
            Slot("x", "real"),
            Slot("z", "real"),
        ),
        "definition",
        "Miyato et al. 2018, Spectral normalization for GANs",
    ),
    Result(
        "least_squares_gan_loss",
        ("least squares gan", "lsgan", "least-squares gan"),
        r"L_D = \frac12 \mathbb E_{x}\left[(D(x) - 1)^2\right] + \frac12 \mathbb E_{z}\left[D(G(z))^2\right]",
        (
            Slot("L_D", POS, (), (r"\mathcal L_D", "L")),
            Slot("D", "real", ("discriminator",)),
            GEN,
            Slot("x", "real"),
            Slot("z", "real"),
        ),
        "definition",
        "Mao et al. 2017, Least squares GANs",
        variants=(r"L_D = \mathbb E_{x}\left[(D(x) - 1)^2\right] + \mathbb E_{z}\left[D(G(z))^2\right]",),
    ),
    Result(
        "non_saturating_loss",
        ("non-saturating", "nonsaturating"),
        r"L_G = -\mathbb E_{z}\left[\log D(G(z))\right]",
        (Slot("L_G", POS, (), (r"\mathcal L_G", "L")), D, GEN, Slot("z", "real")),
        "definition",
        "Goodfellow et al. 2014, Generative adversarial nets",
    ),
    Result(
        "lora_update",
        ("lora", "low-rank adaptation"),
        r"W' = W + \frac{\alpha}{r} B A",
        (
            Slot("W'", "matrix m d"),
            Slot("W", "matrix m d", (), ("W_0",)),
            Slot(r"\alpha", POS),
            Slot("r", POS, ("rank",)),
            Slot("B", "matrix m k"),
            Slot("A", "matrix k d"),
        ),
        "definition",
        "Hu et al. 2022, LoRA",
    ),
    Result(
        "temperature_softmax",
        ("temperature",),
        r"p_i = \frac{\exp(z_i / T)}{\sum_{j=1}^K \exp(z_j / T)}",
        (
            Slot("p", UNIT, (), ("q", r"\pi")),
            Slot("z", "real", ("logit",), ("x", "s", r"\ell", "u")),
            Slot("T", POS, ("temperature",), (r"\tau",)),
        ),
        "definition",
        "Hinton, Vinyals, Dean 2015, Distilling the knowledge in a neural network",
        variants=(r"p_i = \frac{\exp(z_i / T)}{\sum_j \exp(z_j / T)}",),
    ),
    Result(
        "momentum_encoder",
        ("momentum encoder", "moco", "target network", "polyak averaging"),
        r"\theta_k \leftarrow m \theta_k + (1 - m) \theta_q",
        (
            Slot(r"\theta_k", "vector d", (), (r"\theta'", r"\xi", r"\bar\theta", r"\phi")),
            Slot("m", UNIT, ("momentum",), (r"\tau", r"\rho", r"\alpha")),
            Slot(r"\theta_q", "vector d", (), (r"\theta",)),
        ),
        "definition",
        "He et al. 2020, Momentum contrast",
    ),
    Result(
        "page_rank",
        ("pagerank",),
        r"r_i = \frac{1 - d}{n} + d \sum_{j \to i} \frac{r_j}{k_j}",
        (
            Slot("r", POS, (), (r"\pi", r"\mathrm{PR}", "x")),
            Slot("d", UNIT, ("damping",), (r"\alpha", r"\beta")),
            Slot("n", POS, (), ("N",)),
            Slot("k", POS, ("out-degree", "outgoing"), ("d", "L")),
        ),
        "definition",
        "Brin, Page 1998",
    ),
    Result(
        "modularity",
        ("modularity",),
        r"Q = \frac{1}{2 m} \sum_{i} \sum_{j} \left(A_{ij} - \frac{k_i k_j}{2 m}\right) \delta_{ij}",
        (
            Slot("Q", "real"),
            Slot("m", POS, ("edges",)),
            Slot("A", POS, ("adjacency",)),
            Slot("k", POS, ("degree",), ("d",)),
            Slot(r"\delta", UNIT),
        ),
        "definition",
        "Newman 2006, Modularity and community structure in networks",
    ),
)
