"""Layers on graphs, sizes of dilated convolutions, contrast with one positive; support vectors and perceptrons."""

from __future__ import annotations

from errata.meaning.results.networks import GOODFELLOW
from errata.meaning.results.result import Result, Slot

POS, UNIT = "positive", "unit"
ELL = Slot("L", POS, (), (r"\mathcal L", r"\ell"))
TAU = Slot(r"\tau", POS, ("temperature",), ("T",))
SVM = "Bishop, Pattern Recognition and Machine Learning, chapter 7"
DUAL = Slot(r"\alpha", POS, ("multiplier", "dual"), (r"\lambda", "a"))
LABEL, N = Slot("y", "real", ("label",), ("t",)), Slot("n", "natural", (), ("N", "m"))
SVM_WORDS = ("support vector", "svm", "max-margin", "maximum margin", "soft margin", "soft-margin")

RESULTS = (
    Result(
        "dilated_convolution_size",
        ("dilated convolution", "dilation", "dilated", "atrous"),
        r"o = \left\lfloor \frac{n + 2 p - d (k - 1) - 1}{s} \right\rfloor + 1",
        (
            Slot("o", POS, ("output",), ("m", r"n_{\text{out}}", "H", "W", r"H_{\text{out}}")),
            Slot("n", POS, ("input",), ("i", "W", "H", "w", "h", r"H_{\text{in}}")),
            Slot("p", POS, ("padding",), ("P",)),
            Slot("k", POS, ("kernel", "filter"), ("f", "K", "F")),
            Slot("s", POS, ("stride",), ("S",)),
            Slot("d", POS, ("dilation",), ("D", "r")),
        ),
        "definition",
        "Dumoulin, Visin 2016, A guide to convolution arithmetic",
    ),
    Result(
        "dilated_kernel_size",
        ("dilated convolution", "dilation", "dilated", "atrous"),
        r"k' = d (k - 1) + 1",
        (
            Slot("k'", POS, ("effective",), (r"\hat k", r"k_{\text{eff}}", r"\tilde k")),
            Slot("k", POS, ("kernel", "filter"), ("K", "F")),
            Slot("d", POS, ("dilation",), ("r", "D")),
        ),
        "definition",
        "Dumoulin, Visin 2016, A guide to convolution arithmetic",
        variants=(r"k' = k + (k - 1)(d - 1)",),
    ),
    Result(
        "batch_norm_output",
        ("batch norm", "batchnorm", "batch-norm", "batch normalisation", "batch normalization"),
        r"y_i = \gamma \hat x_i + \beta",
        (
            Slot("y", "real"),
            Slot(r"\gamma", "real", ("scale",)),
            Slot(r"\hat x", "real", ("normali",), (r"\hat z",)),
            Slot(r"\beta", "real", ("shift",)),
        ),
        "definition",
        "Ioffe, Szegedy 2015, Batch normalization",
    ),
    Result(
        "residual_block",
        ("residual block", "residual connection", "skip connection", "resnet"),
        r"y = x + F(x)",
        (
            Slot("y", "real", (), ("h", "x'")),
            Slot("x", "real", (), ("h",)),
            Slot("F", "real", (), ("f", r"\mathcal F")),
        ),
        "definition",
        "He et al. 2016, Deep residual learning",
        variants=(r"x_{l+1} = x_l + F(x_l)", r"h_{l+1} = h_l + f(h_l)"),
    ),
    Result(
        "graph_attention_weight",
        ("graph attention", "gat"),
        r"\alpha_{ij} = \frac{\exp(e_{ij})}{\sum_{k \in N(i)} \exp(e_{ik})}",
        (Slot(r"\alpha", UNIT, (), ("a",)), Slot("e", "real", ("score", "logit"))),
        "definition",
        "Veličković et al. 2018, Graph attention networks",
        variants=(
            r"\alpha_{ij} = \frac{\exp(e_{ij})}{\sum_{k \in \mathcal N_i} \exp(e_{ik})}",
            r"\alpha_{ij} = \frac{\exp(e_{ij})}{\sum_{k \in \mathcal N(i)} \exp(e_{ik})}",
        ),
    ),
    Result(
        "contrast_with_positive",
        ("infonce", "contrastive", "moco", "cpc"),
        r"L = -\log \frac{\exp(q^\top k_+ / \tau)}{\sum_{i=0}^K \exp(q^\top k_i / \tau)}",
        (
            ELL,
            TAU,
            Slot("q", "vector d", ("query",), ("z",)),
            Slot("k", "vector d", ("key",), ("z",)),
            Slot("K", "natural", ("negative", "keys"), ("N",)),
        ),
        "definition",
        "He et al. 2020, Momentum contrast",
    ),
    Result(
        "contrast_with_positive_by_dots",
        ("infonce", "contrastive", "moco", "cpc"),
        r"L = -\log \frac{\exp(q \cdot k_+ / \tau)}{\sum_{i=0}^K \exp(q \cdot k_i / \tau)}",
        (
            ELL,
            TAU,
            Slot("q", "real", ("query",), ("z",)),
            Slot("k_+", "real", ("positive",), ("k^+", "z_+")),
            Slot("k", "real", ("key",), ("z",)),
            Slot("K", "natural", ("negative", "keys"), ("N",)),
        ),
        "definition",
        "He et al. 2020, Momentum contrast",
    ),
    Result(
        "contrast_of_scores",
        ("infonce", "contrastive", "cpc", "simclr", "nt-xent"),
        r"L = -\log \frac{\exp(s(x, x^+) / \tau)}{\exp(s(x, x^+) / \tau) + \sum_{j=1}^N \exp(s(x, x_j^-) / \tau)}",
        (
            ELL,
            TAU,
            Slot("s", "real", ("similarit",), (r"\mathrm{sim}", "f")),
            Slot("x", "real", ("anchor",), ("z", "q")),
            Slot("x^+", "real", ("positive",), ("z^+", "k^+")),
            Slot("x^-", "real", ("negative",), ("z^-", "k^-")),
            N,
        ),
        "definition",
        "van den Oord, Li, Vinyals 2018, Representation learning with CPC",
    ),
    Result(
        "contrast_of_pair",
        ("simclr", "nt-xent", "contrastive"),
        r"\ell_{ij} = -\log \frac{\exp(s_{ij} / \tau)}{\sum_{k \ne i} \exp(s_{ik} / \tau)}",
        (Slot(r"\ell", POS, (), ("L", r"\mathcal L")), TAU, Slot("s", "real", ("similarit",), (r"\mathrm{sim}", "S"))),
        "definition",
        "Chen et al. 2020, SimCLR",
        variants=(
            r"\ell_{i,j} = -\log \frac{\exp(s(z_i, z_j) / \tau)}{\sum_{k=1}^{2 N} \mathbb 1[k \ne i] \exp(s(z_i, z_k) / \tau)}",
        ),
    ),
    Result(
        "perceptron_update",
        ("perceptron",),
        r"w \leftarrow w + \eta y_i x_i",
        (
            Slot("w", "vector d", ("weight",), (r"\theta",)),
            Slot(r"\eta", POS, ("learning rate",), (r"\alpha",)),
            LABEL,
            Slot("x", "vector d", ("input",)),
        ),
        "definition",
        "Rosenblatt 1958, The perceptron",
        variants=(r"w_{t+1} = w_t + \eta y_i x_i",),
    ),
    Result(
        "perceptron_update_of_unit_step",
        ("perceptron",),
        r"w \leftarrow w + y_i x_i",
        (Slot("w", "vector d", ("weight",), (r"\theta",)), LABEL, Slot("x", "vector d", ("input",))),
        "definition",
        "Rosenblatt 1958, The perceptron",
        variants=(r"w_{t+1} = w_t + y_i x_i",),
    ),
    Result(
        "support_vector_weights",
        SVM_WORDS,
        r"w = \sum_{i=1}^n \alpha_i y_i x_i",
        (Slot("w", "vector d", ("weight",), (r"\beta", r"\theta")), DUAL, LABEL, Slot("x", "vector d"), N),
        "check",
        SVM,
        variants=(r"w = \sum_i \alpha_i y_i x_i",),
    ),
    Result(
        "support_vector_dual",
        (*SVM_WORDS, "dual"),
        r"W = \sum_{i=1}^n \alpha_i - \frac12 \sum_{i=1}^n \sum_{j=1}^n \alpha_i \alpha_j y_i y_j x_i^\top x_j",
        (
            Slot("W", "real", ("dual",), ("L", "D", "g", r"\mathcal L", r"\tilde L", "L_D")),
            DUAL,
            LABEL,
            Slot("x", "vector d"),
            Slot("k", "kernel", ("kernel",), ("K",)),
            N,
        ),
        "definition",
        SVM,
        variants=(
            r"W = \sum_i \alpha_i - \frac12 \sum_i \sum_j \alpha_i \alpha_j y_i y_j x_i^\top x_j",
            r"W = \sum_i \alpha_i - \frac12 \sum_{i, j} \alpha_i \alpha_j y_i y_j x_i^\top x_j",
            r"W = \sum_{i=1}^n \alpha_i - \frac12 \sum_{i=1}^n \sum_{j=1}^n \alpha_i \alpha_j y_i y_j k(x_i, x_j)",
            r"W = \sum_i \alpha_i - \frac12 \sum_{i, j} \alpha_i \alpha_j y_i y_j k(x_i, x_j)",
        ),
    ),
    Result(
        "soft_margin_objective",
        SVM_WORDS,
        r"J = \frac12 \|w\|^2 + C \sum_{i=1}^n \xi_i",
        (
            Slot("J", POS, (), ("L", "f")),
            Slot("w", "vector d", ("weight",)),
            Slot("C", POS),
            Slot(r"\xi", POS, ("slack",)),
            LABEL,
            Slot("x", "vector d"),
            Slot("b", "real"),
            N,
        ),
        "definition",
        SVM,
        variants=(
            r"J = \frac12 \|w\|^2 + C \sum_i \xi_i",
            r"J = \frac12 \|w\|^2 + C \sum_{i=1}^n \max(0, 1 - y_i (w^\top x_i + b))",
        ),
    ),
    Result(
        "smoothed_label",
        ("label smoothing", "smoothed label"),
        r"q_k = (1 - \epsilon) \delta_{ky} + \frac{\epsilon}{K}",
        (
            Slot("q", UNIT, (), (r"\tilde y", "y'", "p")),
            Slot(r"\epsilon", UNIT, (), (r"\alpha", r"\varepsilon")),
            Slot(r"\delta", UNIT),
            Slot("K", "natural", ("classes",), ("C",)),
            Slot("y", "index"),
        ),
        "definition",
        "Szegedy et al. 2016, Rethinking the Inception Architecture",
        variants=(r"q(k) = (1 - \epsilon) \delta_{ky} + \frac{\epsilon}{K}",),
    ),
    Result(
        "smoothed_label_by_indicator",
        ("label smoothing", "smoothed label"),
        r"q_k = (1 - \epsilon) \mathbb 1[k = y] + \frac{\epsilon}{K}",
        (
            Slot("q", UNIT, (), (r"\tilde y", "y'", "p")),
            Slot(r"\epsilon", UNIT, (), (r"\alpha", r"\varepsilon")),
            Slot("K", "natural", ("classes",), ("C",)),
            Slot("y", "index"),
            Slot("k", "index"),
        ),
        "definition",
        "Szegedy et al. 2016, Rethinking the Inception Architecture",
    ),
    Result(
        "linear_layer",
        ("linear layer", "dense layer", "fully connected", "pre-activation"),
        r"z = W x + b",
        (
            Slot("z", "vector m", ("pre-activation",), ("y", "h", "a")),
            Slot("W", "matrix m d", ("weight",)),
            Slot("x", "vector d", ("input",), ("h", "a")),
            Slot("b", "vector m", ("bias",)),
        ),
        "definition",
        GOODFELLOW,
    ),
)
