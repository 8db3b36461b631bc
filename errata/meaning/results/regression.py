"""Linear regression: estimators, their moments, regularised and weighted forms."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

X = Slot("X", "matrix n d", ("design matrix", "data matrix", "feature matrix"), (r"\Phi", "A", r"\mathbf X"))
Y = Slot("y", "vector n", ("targets", "responses", "labels"), (r"\mathbf y", "t", "Y"))
LAMBDA = Slot(r"\lambda", "positive", ("regularisation strength", "penalty"), (r"\alpha", r"\mu"))
SIGMA = Slot(r"\sigma", "positive", ("noise standard deviation", "standard deviation of the noise"), (r"s",))
BETA = Slot(
    r"\hat\beta",
    "vector d",
    (),
    (r"\hat w", r"\hat\theta", r"w^*", r"\hat{\mathbf w}", r"\beta", "w", r"\theta", r"w_{\text{OLS}}"),
)
HASTIE = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, chapter 3"

RESULTS = (
    Result(
        "least_squares_estimator",
        ("least squares", "normal equation", "ols", "linear regression", "maximum likelihood"),
        r"\hat\beta = (X^\top X)^{-1} X^\top y",
        (BETA, X, Y),
        "check",
        HASTIE,
    ),
    Result(
        "normal_equations",
        ("normal equation",),
        r"X^\top X \beta = X^\top y",
        (X, Y, Slot(r"\beta", "vector d", (), ("w", r"\theta", r"\hat\beta", r"\hat w"))),
        "check",
        HASTIE,
    ),
    Result(
        "ridge_estimator",
        ("ridge", "tikhonov", "l2 regular", "weight decay", "penalised", "regularised"),
        r"\hat\beta = (X^\top X + \lambda I)^{-1} X^\top y",
        (BETA, X, Y, LAMBDA),
        "check",
        HASTIE,
        variants=(
            r"\hat\beta = (X^\top X + n \lambda I)^{-1} X^\top y",
            r"\hat\beta = X^\top (X X^\top + \lambda I)^{-1} y",
            r"\hat\beta = (X^\top X + \sigma^2 \lambda I)^{-1} X^\top y",
            r"\hat\beta = (X^\top X + \lambda^2 I)^{-1} X^\top y",
            r"\hat\beta = (\lambda I + X^\top X)^{-1} X^\top y",
        ),
    ),
    Result(
        "ridge_push_through",
        ("ridge", "push-through", "kernel ridge", "dual"),
        r"(X^\top X + \lambda I)^{-1} X^\top y = X^\top (X X^\top + \lambda I)^{-1} y",
        (X, Y, LAMBDA),
        "check",
        HASTIE,
    ),
    Result(
        "weighted_least_squares",
        (
            "weighted least squares",
            "weighted regression",
            "generalised least squares",
            "generalized least squares",
            "gls",
            "wls",
        ),
        r"\hat\beta = (X^\top W X)^{-1} X^\top W y",
        (BETA, X, Y, Slot("W", "spd n", ("weight matrix", "weights", "precision"))),
        "check",
        HASTIE,
        variants=(r"\hat\beta = (X^\top W^{-1} X)^{-1} X^\top W^{-1} y",),
    ),
    Result(
        "hat_matrix",
        ("hat matrix", "projection matrix", "orthogonal projection", "projects onto", "projector", "projection onto"),
        r"H = X (X^\top X)^{-1} X^\top",
        (Slot("H", "square n", (), ("P", r"\Pi")), X),
        "check",
        HASTIE,
    ),
    Result(
        "residual_maker",
        ("residual maker", "annihilator"),
        r"M = I - X (X^\top X)^{-1} X^\top",
        (Slot("M", "square n", (), ("R",)), X),
        "check",
        HASTIE,
    ),
    Result(
        "least_squares_covariance",
        (
            "covariance of the estimator",
            "least squares",
            "sampling covariance",
            "gauss-markov",
            "variance of the estimator",
            "estimator",
        ),
        r"\operatorname{Var}(\hat\beta) = \sigma^2 (X^\top X)^{-1}",
        (BETA, X, SIGMA),
        "check",
        HASTIE,
        variants=(r"\operatorname{Cov}(\hat\beta) = \sigma^2 (X^\top X)^{-1}",),
    ),
    Result(
        "simple_regression_slope",
        ("slope", "simple linear regression", "regression line", "least squares"),
        r"\hat\beta_1 = \frac{\sum_{i=1}^n (x_i - \bar x)(y_i - \bar y)}{\sum_{i=1}^n (x_i - \bar x)^2}",
        (Slot(r"\hat\beta", "real", (), ("b", r"\hat b", r"\beta", r"\hat w", "m", r"\hat m", "a", r"\hat a")),),
        "check",
        HASTIE,
        variants=(r"b = \frac{\operatorname{Cov}(x, y)}{\operatorname{Var}(x)}", r"b = r \frac{s_y}{s_x}"),
    ),
    Result(
        "simple_regression_intercept",
        ("intercept",),
        r"a = \bar y - b \bar x",
        (
            Slot(
                "a",
                "real",
                (),
                (r"\hat\beta_0", r"\hat a", r"\alpha", r"\hat\alpha", r"\beta_0", r"\hat{\beta}", r"\hat w_0"),
            ),
            Slot("b", "real", ("slope",), (r"\hat\beta_1", r"\hat\beta", r"\hat b")),
        ),
        "check",
        HASTIE,
    ),
    Result(
        "bayesian_regression_covariance",
        (
            "bayesian linear regression",
            "posterior covariance",
            "posterior over the weights",
            "posterior of the weights",
            "posterior over weights",
        ),
        r"S_N = \left(\alpha I + \beta X^\top X\right)^{-1}",
        (
            Slot("S", "spd d", (), (r"\Sigma", "V", r"\Sigma_N", "S_N")),
            X,
            Slot(r"\alpha", "positive", ("prior precision",), (r"\lambda",)),
            Slot(r"\beta", "positive", ("noise precision",)),
        ),
        "check",
        "Bishop, Pattern Recognition and Machine Learning, chapter 3",
        variants=(
            r"S_N = \left(\frac{1}{\tau^2} I + \frac{1}{\sigma^2} X^\top X\right)^{-1}",
            r"S_N^{-1} = \alpha I + \beta X^\top X",
            r"S_N^{-1} = S_0^{-1} + \beta X^\top X",
            r"S_N = (S_0^{-1} + \beta X^\top X)^{-1}",
            r"S_N = (S_0^{-1} + \frac{1}{\sigma^2} X^\top X)^{-1}",
        ),
    ),
    Result(
        "bayesian_regression_mean",
        ("bayesian linear regression", "posterior mean"),
        r"m_N = \beta S_N X^\top y",
        (
            Slot("m_N", "vector d", (), (r"\mu_N", "m", r"\mu")),
            Slot("S_N", "spd d", ("posterior covariance",), (r"\Sigma", "S", r"\Sigma_N")),
            X,
            Y,
            Slot(r"\beta", "positive", ("noise precision",)),
            Slot(r"\sigma", "positive", ("noise standard deviation",)),
        ),
        "check",
        "Bishop, Pattern Recognition and Machine Learning, chapter 3",
        variants=(r"m_N = \frac{1}{\sigma^2} S_N X^\top y", r"m_N = S_N (S_0^{-1} m_0 + \beta X^\top y)"),
    ),
    Result(
        "coefficient_of_determination",
        (
            "coefficient of determination",
            "r squared",
            "r-squared",
            "explained variance",
            "fraction of variance",
            "$r^2$",
            "r^2",
        ),
        r"R^2 = 1 - \frac{\sum_{i=1}^n (y_i - \hat y_i)^2}{\sum_{i=1}^n (y_i - \bar y)^2}",
        (),
        "definition",
        HASTIE,
        variants=(
            r"R^2 = 1 - \frac{\mathrm{RSS}}{\mathrm{TSS}}",
            r"R^2 = 1 - \frac{\mathrm{SSE}}{\mathrm{SST}}",
            r"R^2 = \frac{\sum_{i=1}^n (\hat y_i - \bar y)^2}{\sum_{i=1}^n (y_i - \bar y)^2}",
        ),
    ),
    Result(
        "adjusted_r_squared",
        ("adjusted",),
        r"R_{\mathrm{adj}}^2 = 1 - (1 - R^2) \frac{n - 1}{n - p - 1}",
        (Slot("p", "natural", ("predictors", "features")), Slot("n", "natural")),
        "definition",
        HASTIE,
    ),
    Result(
        "residual_variance",
        ("residual variance", "noise variance", "unbiased", "residual standard error"),
        r"\hat\sigma^2 = \frac{1}{n - p} \sum_{i=1}^n (y_i - \hat y_i)^2",
        (
            Slot("p", "natural", ("parameters", "coefficients"), ("d", "k")),
            Slot("n", "natural", (), ("N",)),
            Slot(r"\hat\sigma", "positive", (), ("s",)),
        ),
        "check",
        HASTIE,
        variants=(
            r"\hat\sigma^2 = \frac{\|y - X\hat\beta\|^2}{n - p}",
            r"\hat\sigma^2 = \frac{1}{n - p - 1} \sum_{i=1}^n (y_i - \hat y_i)^2",
            r"\hat\sigma^2 = \frac{1}{n - 2} \sum_{i=1}^n (y_i - \hat y_i)^2",
            r"\hat\sigma^2 = \frac{1}{n} \sum_{i=1}^n (y_i - \hat y_i)^2",
        ),
        beside=(
            r"\frac{1}{n - p - 1} \sum_{i=1}^n (y_i - \hat y_i)^2",
            r"\frac{1}{n - 2} \sum_{i=1}^n (y_i - \hat y_i)^2",
            r"\frac{1}{n} \sum_{i=1}^n (y_i - \hat y_i)^2",
        ),
    ),
    Result(
        "least_squares_gradient",
        ("gradient", "squared error", "least squares", "squared loss"),
        r"\nabla_w L = 2 X^\top (X w - y)",
        (X, Y, Slot("w", "vector d", (), (r"\beta", r"\theta", r"\mathbf w"))),
        "check",
        HASTIE,
        variants=(
            r"\nabla_w L = X^\top (X w - y)",
            r"\nabla_w L = \frac{1}{n} X^\top (X w - y)",
            r"\nabla_w L = \frac{2}{n} X^\top (X w - y)",
        ),
    ),
)
