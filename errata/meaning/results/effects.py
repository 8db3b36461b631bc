"""Treatment effects and instruments; points left out of a regression; sums of random length."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

POS, UNIT = "positive", "unit"
HERNAN = "Hernán, Robins, Causal Inference: What If"
WOOLDRIDGE = "Wooldridge, Econometric Analysis of Cross Section and Panel Data, chapter 5"
N = Slot("n", "natural", (), ("N", "m"))
Y = Slot("y", "real", ("outcome", "response", "target"), ("Y",))
TREATED = Slot("t", UNIT, ("treatment", "treated"), ("T", "d", "D", "a", "A", "w", "W", "z"))
PROPENSITY = Slot("e", UNIT, ("propensity",), (r"\pi", r"\hat e", "p"))
ATE = Slot(r"\hat\tau", "real", ("effect",), (r"\tau", r"\mathrm{ATE}", r"\widehat{\mathrm{ATE}}"))
COUNT = Slot("N", "random positive", ("number of",), ("M",))

RESULTS = (
    Result(
        "inverse_propensity_weighting",
        ("inverse propensity", "inverse probability", "ipw", "propensity score", "horvitz"),
        r"\hat\tau = \frac1n \sum_{i=1}^n \left[\frac{t_i y_i}{e(x_i)} - \frac{(1 - t_i) y_i}{1 - e(x_i)}\right]",
        (ATE, N, TREATED, Y, PROPENSITY, Slot("x", "real", ("covariate",), ("X",))),
        "definition",
        HERNAN,
        variants=(
            r"\hat\tau = \frac1n \sum_{i=1}^n \frac{t_i y_i}{e(x_i)} - \frac1n \sum_{i=1}^n \frac{(1 - t_i) y_i}{1 - e(x_i)}",
        ),
    ),
    Result(
        "difference_in_differences",
        ("difference-in-differences", "difference in differences", "diff-in-diff"),
        r"\tau = (\bar y_{11} - \bar y_{10}) - (\bar y_{01} - \bar y_{00})",
        (
            Slot(r"\bar y", "real", ("mean",), (r"\bar Y",)),
            Slot(r"\tau", "real", ("effect",), (r"\mathrm{ATE}", r"\hat\tau", r"\delta", r"\beta")),
        ),
        "definition",
        "Angrist, Pischke, Mostly Harmless Econometrics, chapter 5",
    ),
    Result(
        "wald_estimator",
        ("instrument", "wald estimator", "instrumental variable"),
        r"\beta = \frac{\operatorname{Cov}(Z, Y)}{\operatorname{Cov}(Z, X)}",
        (
            Slot(r"\beta", "real", (), (r"\hat\beta", r"\beta_{IV}", r"\tau")),
            Slot("Z", "random real", ("instrument",), ("z",)),
            Slot("Y", "random real", ("outcome",), ("y",)),
            Slot("X", "random real", ("treatment", "regressor"), ("x", "T", "D")),
        ),
        "check",
        WOOLDRIDGE,
    ),
    Result(
        "two_stage_least_squares",
        ("two-stage", "2sls", "instrument", "two stage"),
        r"\hat\beta = (X^\top P X)^{-1} X^\top P y",
        (
            Slot(r"\hat\beta", "vector d", (), (r"\beta", r"\hat\beta_{2SLS}")),
            Slot("X", "matrix n d", ("regressor",)),
            Slot("P", "spd n", ("projection",), ("P_Z",)),
            Slot("y", "vector n"),
        ),
        "check",
        WOOLDRIDGE,
    ),
    Result(
        "instrumental_variables_estimator",
        ("instrument", "iv estimator"),
        r"\hat\beta = (Z^\top X)^{-1} Z^\top y",
        (
            Slot(r"\hat\beta", "vector d", (), (r"\beta", r"\hat\beta_{IV}")),
            Slot("Z", "matrix n d", ("instrument",)),
            Slot("X", "matrix n d", ("regressor",)),
            Slot("y", "vector n"),
        ),
        "check",
        WOOLDRIDGE,
    ),
    Result(
        "left_out_residual",
        ("leave-one-out", "left out", "press residual", "deleted residual", "loocv", "jackknife"),
        r"y_i - \hat y_{-i} = \frac{y_i - \hat y_i}{1 - h_{ii}}",
        (Y, Slot(r"\hat y", "real"), Slot("h", UNIT, ("leverage",), ("H",))),
        "check",
        "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, chapter 7",
        variants=(r"e_{(i)} = \frac{e_i}{1 - h_{ii}}", r"e_{-i} = \frac{e_i}{1 - h_{ii}}"),
    ),
    Result(
        "leave_one_out_error",
        ("leave-one-out", "press", "loocv", "cross-validation"),
        r"\mathrm{CV} = \frac1n \sum_{i=1}^n \left(\frac{y_i - \hat y_i}{1 - h_{ii}}\right)^2",
        (
            Slot(r"\mathrm{CV}", POS, (), (r"\mathrm{LOOCV}", r"\mathrm{LOO}", "E", "R", r"\mathrm{CV}_n")),
            N,
            Y,
            Slot(r"\hat y", "real"),
            Slot("h", UNIT, ("leverage",), ("H", "S")),
        ),
        "check",
        "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, chapter 7",
    ),
    Result(
        "press_statistic",
        ("press",),
        r"\mathrm{PRESS} = \sum_{i=1}^n \left(\frac{y_i - \hat y_i}{1 - h_{ii}}\right)^2",
        (
            Slot(r"\mathrm{PRESS}", POS),
            N,
            Y,
            Slot(r"\hat y", "real"),
            Slot("e", "real", ("residual",)),
            Slot("h", UNIT, ("leverage",), ("H",)),
        ),
        "check",
        "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, chapter 7",
        variants=(r"\mathrm{PRESS} = \sum_{i=1}^n \left(\frac{e_i}{1 - h_{ii}}\right)^2",),
    ),
    Result(
        "random_sum_mean",
        ("compound", "random sum", "random number of", "wald's identity"),
        r"\mathbb E[S] = \mathbb E[N] \mathbb E[X]",
        (Slot("S", "random real", ("sum", "total"), ("Y",)), COUNT, Slot("X", "random real", (), ("x", "Y"))),
        "check",
        "Ross, Introduction to Probability Models, chapter 3",
        variants=(
            r"\mathbb E[S] = \mathbb E[N] \mathbb E[X_1]",
            r"\mathbb E[S_N] = \mathbb E[N] \mathbb E[X]",
            r"\mathbb E[S] = \lambda \mathbb E[X]",
        ),
    ),
    Result(
        "random_sum_variance",
        ("compound", "random sum", "random number of"),
        r"\operatorname{Var}(S) = \mathbb E[N] \operatorname{Var}(X) + \mathbb E[X]^2 \operatorname{Var}(N)",
        (Slot("S", "random real", ("sum", "total"), ("Y",)), COUNT, Slot("X", "random real", (), ("x", "Y"))),
        "check",
        "Ross, Introduction to Probability Models, chapter 3",
        variants=(
            r"\operatorname{Var}(S) = \mathbb E[N] \operatorname{Var}(X_1) + \mathbb E[X_1]^2 \operatorname{Var}(N)",
            r"\operatorname{Var}(S_N) = \mathbb E[N] \operatorname{Var}(X) + (\mathbb E[X])^2 \operatorname{Var}(N)",
        ),
    ),
    Result(
        "compound_poisson_variance",
        ("compound poisson",),
        r"\operatorname{Var}(S) = \lambda \mathbb E[X^2]",
        (
            Slot("S", "random real", ("sum", "total"), ("Y",)),
            Slot(r"\lambda", POS, ("rate",), (r"\mu",)),
            Slot("X", "random real", (), ("x", "Y")),
            Slot("t", POS, ("time",)),
        ),
        "check",
        "Ross, Introduction to Probability Models, chapter 5",
    ),
)
