"""Ranked lists, calibrated probabilities, sequences and images: how good they are."""

from __future__ import annotations

from errata.meaning.results.metrics import FN, FP, MANNING, TN, TP
from errata.meaning.results.result import Result, Slot

POS, UNIT = "positive", "unit"
N = Slot("n", "natural", (), ("N", "m", "T"))
Y, YHAT = Slot("y", "real", ("target", "true", "actual")), Slot(r"\hat y", "real", ("predict",), ("f", r"\hat f"))

RESULTS = (
    Result(
        "precision_at_k",
        ("precision at",),
        r"P_k = \frac1k \sum_{i=1}^k r_i",
        (
            Slot("P", UNIT, (), (r"\mathrm{Prec}",)),
            Slot("k", "natural", ("cutoff", "cut-off"), ("K",)),
            Slot("r", UNIT, ("relevan",), (r"\mathrm{rel}",)),
            Slot("n", "natural", ("documents", "results", "ranked list"), ("N",)),
        ),
        "definition",
        MANNING,
        variants=(r"P(k) = \frac1k \sum_{i=1}^k \mathrm{rel}(i)",),
    ),
    Result(
        "average_precision",
        ("average precision",),
        r"\mathrm{AP} = \frac1R \sum_{k=1}^n P_k r_k",
        (
            Slot(r"\mathrm{AP}", UNIT),
            Slot("R", "natural", ("number of relevant", "relevant documents")),
            N,
            Slot("P", UNIT, ("precision",)),
            Slot("r", UNIT, ("relevan",), (r"\mathrm{rel}",)),
        ),
        "definition",
        MANNING,
        variants=(r"\mathrm{AP} = \frac1R \sum_{k=1}^n P(k) \mathrm{rel}(k)",),
    ),
    Result(
        "balanced_accuracy",
        ("balanced accuracy",),
        r"\mathrm{BA} = \frac12 \left(\frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FN}} + \frac{\mathrm{TN}}{\mathrm{TN} + \mathrm{FP}}\right)",
        (Slot(r"\mathrm{BA}", UNIT, (), (r"\mathrm{BalAcc}", r"\mathrm{BACC}")), TP, FP, TN, FN),
        "definition",
        "Brodersen et al. 2010, The balanced accuracy and its posterior distribution",
    ),
    Result(
        "negative_predictive_value",
        ("negative predictive value", "npv"),
        r"\mathrm{NPV} = \frac{\mathrm{TN}}{\mathrm{TN} + \mathrm{FN}}",
        (Slot(r"\mathrm{NPV}", UNIT), TP, FP, TN, FN),
        "definition",
        MANNING,
    ),
    Result(
        "false_negative_rate",
        ("false negative rate", "fnr", "miss rate"),
        r"\mathrm{FNR} = \frac{\mathrm{FN}}{\mathrm{FN} + \mathrm{TP}}",
        (Slot(r"\mathrm{FNR}", UNIT), TP, FP, TN, FN),
        "definition",
        MANNING,
    ),
    Result(
        "false_discovery_rate",
        ("false discovery rate", "fdr"),
        r"\mathrm{FDR} = \frac{\mathrm{FP}}{\mathrm{FP} + \mathrm{TP}}",
        (Slot(r"\mathrm{FDR}", UNIT), TP, FP, TN, FN),
        "definition",
        MANNING,
    ),
    Result(
        "youden",
        ("youden", "informedness"),
        r"J = \mathrm{TPR} - \mathrm{FPR}",
        (Slot("J", "real"), Slot(r"\mathrm{TPR}", UNIT), Slot(r"\mathrm{FPR}", UNIT)),
        "definition",
        "Youden 1950, Index for rating diagnostic tests",
    ),
    Result(
        "positive_predictive_value_by_prevalence",
        ("positive predictive value", "ppv", "posterior probability of disease"),
        r"\mathrm{PPV} = \frac{s \pi}{s \pi + (1 - c) (1 - \pi)}",
        (
            Slot(r"\mathrm{PPV}", UNIT),
            Slot("s", UNIT, ("sensitivity",), (r"\mathrm{Se}", r"\mathrm{sens}")),
            Slot("c", UNIT, ("specificity",), (r"\mathrm{Sp}", r"\mathrm{spec}")),
            Slot(r"\pi", UNIT, ("prevalence", "base rate"), ("p",)),
        ),
        "check",
        "Bishop, Pattern Recognition and Machine Learning, section 1.2",
    ),
    Result(
        "log_loss",
        ("log loss", "log-loss"),
        r"L = -\frac1n \sum_{i=1}^n \left[y_i \log p_i + (1 - y_i) \log (1 - p_i)\right]",
        (
            Slot("L", POS, (), (r"\mathrm{LL}", r"\mathcal L")),
            N,
            Slot("y", UNIT, ("label",)),
            Slot("p", UNIT, ("probabilit",), (r"\hat p", r"\hat y", "q")),
        ),
        "definition",
        "Bishop, Pattern Recognition and Machine Learning, section 4.3",
    ),
    Result(
        "mean_absolute_percentage_error",
        ("mean absolute percentage error", "mape"),
        r"\mathrm{MAPE} = \frac{100}{n} \sum_{i=1}^n \left|\frac{y_i - \hat y_i}{y_i}\right|",
        (Slot(r"\mathrm{MAPE}", POS), N, Y, YHAT),
        "definition",
        "Hyndman, Athanasopoulos, Forecasting, section 5.8",
        variants=(r"\mathrm{MAPE} = \frac1n \sum_{i=1}^n \left|\frac{y_i - \hat y_i}{y_i}\right|",),
    ),
    Result(
        "pinball_loss",
        ("pinball", "quantile loss", "check loss"),
        r"L_\tau(u) = \max(\tau u, (\tau - 1) u)",
        (
            Slot("L", POS, (), (r"\rho", r"\ell")),
            Slot(r"\tau", UNIT, ("quantile",), (r"\alpha", "q")),
            Slot("u", "real", ("residual",), ("e", "r")),
        ),
        "definition",
        "Koenker, Bassett 1978, Regression quantiles",
        variants=(r"L_\tau(u) = u (\tau - \mathbb 1[u < 0])",),
    ),
    Result(
        "word_error_rate",
        ("word error rate", "wer"),
        r"\mathrm{WER} = \frac{S + D + I}{N}",
        (
            Slot(r"\mathrm{WER}", POS),
            Slot("S", POS, ("substitution",)),
            Slot("D", POS, ("deletion",)),
            Slot("I", POS, ("insertion",)),
            Slot("N", POS, ("words in the reference", "reference")),
        ),
        "definition",
        "Jurafsky, Martin, Speech and Language Processing, chapter 16",
    ),
    Result(
        "psnr",
        ("psnr", "peak signal"),
        r"\mathrm{PSNR} = 10 \log_{10} \frac{M^2}{\mathrm{MSE}}",
        (
            Slot(r"\mathrm{PSNR}", "real"),
            Slot("M", POS, ("maximum", "peak"), ("L", r"\mathrm{MAX}")),
            Slot(r"\mathrm{MSE}", POS),
        ),
        "definition",
        "Wang, Bovik 2009, Mean squared error: love it or leave it",
        variants=(r"\mathrm{PSNR} = 20 \log_{10} \frac{M}{\sqrt{\mathrm{MSE}}}",),
    ),
    Result(
        "ndcg",
        ("ndcg", "normalised discounted", "normalized discounted"),
        r"\mathrm{NDCG} = \frac{\mathrm{DCG}}{\mathrm{IDCG}}",
        (
            Slot(r"\mathrm{NDCG}", UNIT, (), (r"\mathrm{nDCG}",)),
            Slot(r"\mathrm{DCG}", POS),
            Slot(r"\mathrm{IDCG}", POS),
        ),
        "definition",
        MANNING,
    ),
    Result(
        "gini_from_auc",
        ("gini coefficient", "gini index"),
        r"G = 2 \mathrm{AUC} - 1",
        (Slot("G", "real", (), (r"\mathrm{Gini}",)), Slot(r"\mathrm{AUC}", UNIT)),
        "definition",
        "Hand, Till 2001, A simple generalisation of the area under the ROC curve",
    ),
    Result(
        "tf_idf",
        ("tf-idf", "tf–idf", "inverse document frequency"),
        r"w = f \log \frac{N}{n}",
        (
            Slot("w", POS, (), (r"\mathrm{tfidf}",)),
            Slot("f", POS, ("term frequency",), (r"\mathrm{tf}",)),
            Slot("N", POS, ("number of documents", "documents in")),
            Slot("n", POS, ("containing", "contain"), (r"\mathrm{df}",)),
        ),
        "definition",
        MANNING,
    ),
    Result(
        "cohens_d",
        ("cohen's d", "effect size"),
        r"d = \frac{\bar x_1 - \bar x_2}{s}",
        (
            Slot("d", "real"),
            Slot(r"\bar x", "real", ("mean",), (r"\mu", "M", r"\bar X")),
            Slot("s", POS, ("pooled", "standard deviation"), (r"\sigma", "S")),
        ),
        "definition",
        "Cohen 1988, Statistical power analysis",
    ),
)
