"""Treatment effects, left-out points, random sums, layers, contrasts, support vectors."""

from property_tests.checking.named import Case, right, said, wrong

CASES: list[Case] = [
    (
        "Inverse propensity weighting estimates the average effect by @ with the propensity score $e(x)$.",
        [
            r"\hat\tau = \frac1n \sum_{i=1}^n \left[\frac{t_i y_i}{e(x_i)} - \frac{(1 - t_i) y_i}{1 - e(x_i)}\right]",
            r"\hat\tau = \frac1n \sum_{i=1}^n \left(\frac{T_i Y_i}{e(X_i)} - \frac{(1 - T_i) Y_i}{1 - e(X_i)}\right)",
        ],
        [
            r"\hat\tau = \frac1n \sum_{i=1}^n \left[\frac{t_i y_i}{e(x_i)} + \frac{(1 - t_i) y_i}{1 - e(x_i)}\right]",
            r"\hat\tau = \frac1n \sum_{i=1}^n \left[\frac{t_i y_i}{e(x_i)} - \frac{(1 - t_i) y_i}{e(x_i)}\right]",
        ],
    ),
    (
        "With an instrument $Z$ the effect of $X$ on $Y$ is @",
        [
            r"\beta = \frac{\operatorname{Cov}(Z, Y)}{\operatorname{Cov}(Z, X)}",
            r"\hat\beta_{IV} = \frac{\operatorname{Cov}(Z, Y)}{\operatorname{Cov}(Z, X)}",
        ],
        [r"\beta = \frac{\operatorname{Cov}(Z, X)}{\operatorname{Cov}(Z, Y)}"],
    ),
    (
        "Two-stage least squares with the projection $P_Z$ on the instruments gives @",
        [r"\hat\beta = (X^\top P_Z X)^{-1} X^\top P_Z y"],
        [r"\hat\beta = (X^\top X)^{-1} X^\top P_Z y", r"\hat\beta = (X^\top P_Z X)^{-1} P_Z X^\top y"],
    ),
    (
        "The instrumental variables estimator with as many instruments $Z$ as regressors $X$ is @",
        [r"\hat\beta = (Z^\top X)^{-1} Z^\top y"],
        [r"\hat\beta = (Z^\top X)^{-1} X^\top y", r"\hat\beta = (Z^\top X) Z^\top y"],
    ),
    (
        "The leave-one-out residual needs no new fit: @ with the leverage $h_{ii}$.",
        [r"y_i - \hat y_{-i} = \frac{y_i - \hat y_i}{1 - h_{ii}}", r"e_{(i)} = \frac{e_i}{1 - h_{ii}}"],
        [r"y_i - \hat y_{-i} = \frac{y_i - \hat y_i}{1 + h_{ii}}", r"e_{(i)} = \frac{e_i}{h_{ii}}"],
    ),
    (
        "The leave-one-out cross-validation error of least squares is @",
        [r"\mathrm{CV} = \frac1n \sum_{i=1}^n \left(\frac{y_i - \hat y_i}{1 - h_{ii}}\right)^2"],
        [
            r"\mathrm{CV} = \frac1n \sum_{i=1}^n \frac{(y_i - \hat y_i)^2}{1 - h_{ii}}",
            r"\mathrm{CV} = \frac1n \sum_{i=1}^n \left(\frac{y_i - \hat y_i}{1 + h_{ii}}\right)^2",
        ],
    ),
    (
        "The PRESS statistic is @",
        [r"\mathrm{PRESS} = \sum_{i=1}^n \left(\frac{e_i}{1 - h_{ii}}\right)^2"],
        [r"\mathrm{PRESS} = \sum_{i=1}^n \frac{e_i^2}{1 - h_{ii}}"],
    ),
    (
        "The compound sum $S$ of a random number $N$ of independent terms has the mean @",
        [r"\mathbb E[S] = \mathbb E[N] \mathbb E[X]"],
        [],
    ),
    (
        "The random sum $S$ of a random number $N$ of independent terms has the variance @",
        [
            r"\operatorname{Var}(S) = \mathbb E[N] \operatorname{Var}(X) + \mathbb E[X]^2 \operatorname{Var}(N)",
            r"\operatorname{Var}(S) = \mathbb E[N] \operatorname{Var}(X) + \operatorname{Var}(N) (\mathbb E[X])^2",
        ],
        [r"\operatorname{Var}(S) = \mathbb E[N] \operatorname{Var}(X) + \mathbb E[X] \operatorname{Var}(N)"],
    ),
    (
        "The compound Poisson sum has the variance @",
        [r"\operatorname{Var}(S) = \lambda \mathbb E[X^2]"],
        [],
    ),
    (
        "A dilated convolution gives the output size @",
        [r"o = \left\lfloor \frac{n + 2 p - d (k - 1) - 1}{s} \right\rfloor + 1"],
        [
            r"o = \left\lfloor \frac{n + 2 p - d (k - 1)}{s} \right\rfloor + 1",
            r"o = \left\lfloor \frac{n + p - d (k - 1) - 1}{s} \right\rfloor + 1",
        ],
    ),
    (
        "With dilation $d$ a kernel covers @ entries: its effective size.",
        ["k' = d (k - 1) + 1", "k' = k + (k - 1)(d - 1)"],
        ["k' = d (k + 1) + 1"],
    ),
    (
        "Batch normalisation then scales and shifts: @",
        [r"y_i = \gamma \hat x_i + \beta"],
        [],
    ),
    (
        "A GAT normalises the scores over the neighbours: @",
        [
            r"\alpha_{ij} = \frac{\exp(e_{ij})}{\sum_{k \in \mathcal N_i} \exp(e_{ik})}",
            r"\alpha_{ij} = \frac{\exp(e_{ij})}{\sum_{k \in N(i)} \exp(e_{ik})}",
        ],
        [],
    ),
    (
        "InfoNCE with one positive $k_+$ among the keys is @",
        [
            r"L = -\log \frac{\exp(q \cdot k_+ / \tau)}{\sum_{i=0}^K \exp(q \cdot k_i / \tau)}",
            r"\mathcal L = -\log \frac{\exp(q^\top k_+ / \tau)}{\sum_{i=0}^K \exp(q^\top k_i / \tau)}",
        ],
        [
            r"L = -\log \frac{\exp(q \cdot k_+ / \tau)}{\sum_{i=0}^K \exp(q \cdot k_i)}",
            r"L = \log \frac{\exp(q \cdot k_+ / \tau)}{\sum_{i=0}^K \exp(q \cdot k_i / \tau)}",
        ],
    ),
    (
        "The InfoNCE loss contrasts the positive with $N$ negatives: @",
        [r"L = -\log \frac{\exp(s(x, x^+) / \tau)}{\exp(s(x, x^+) / \tau) + \sum_{j=1}^N \exp(s(x, x_j^-) / \tau)}"],
        [r"L = -\log \frac{\exp(s(x, x^+) / \tau)}{\exp(s(x, x^+) / \tau) - \sum_{j=1}^N \exp(s(x, x_j^-) / \tau)}"],
    ),
    (
        "SimCLR takes for a positive pair $(i, j)$ the NT-Xent loss @",
        [
            r"\ell_{i,j} = -\log \frac{\exp(\mathrm{sim}(z_i, z_j) / \tau)}{\sum_{k=1}^{2N} \mathbb 1[k \ne i] \exp(\mathrm{sim}(z_i, z_k) / \tau)}",
            r"\ell_{i,j} = -\log \frac{\exp(s_{ij} / \tau)}{\sum_{k \ne i} \exp(s_{ik} / \tau)}",
        ],
        [
            r"\ell_{i,j} = -\log \frac{\exp(s_{ij} / \tau)}{\sum_{k \ne i} \exp(s_{ik})}",
            r"\ell_{i,j} = \log \frac{\exp(s_{ij} / \tau)}{\sum_{k \ne i} \exp(s_{ik} / \tau)}",
        ],
    ),
    (
        "The perceptron learns from a mistake by @",
        [r"w \leftarrow w + y_i x_i", r"w \leftarrow w + \eta y_i x_i"],
        [r"w \leftarrow w - y_i x_i", r"w \leftarrow w - \eta y_i x_i"],
    ),
    (
        "The weight vector of a support vector machine is @",
        [r"w = \sum_{i=1}^n \alpha_i y_i x_i", r"w = \sum_i \alpha_i y_i x_i"],
        [],
    ),
    (
        "The dual of the support vector machine maximises @",
        [
            r"W = \sum_{i=1}^n \alpha_i - \frac12 \sum_{i=1}^n \sum_{j=1}^n \alpha_i \alpha_j y_i y_j x_i^\top x_j",
            r"L(\alpha) = \sum_i \alpha_i - \frac12 \sum_{i,j} \alpha_i \alpha_j y_i y_j k(x_i, x_j)",
        ],
        [
            r"W = \sum_{i=1}^n \alpha_i + \frac12 \sum_{i=1}^n \sum_{j=1}^n \alpha_i \alpha_j y_i y_j x_i^\top x_j",
            r"W = \sum_{i=1}^n \alpha_i - \sum_{i=1}^n \sum_{j=1}^n \alpha_i \alpha_j y_i y_j x_i^\top x_j",
        ],
    ),
    (
        "The soft margin SVM minimises @",
        [r"J = \frac12 \|w\|^2 + C \sum_{i=1}^n \xi_i"],
        [r"J = \frac12 \|w\|^2 - C \sum_{i=1}^n \xi_i"],
    ),
    (
        "Label smoothing puts @ in the place of a one-hot target.",
        [
            r"q_k = (1 - \epsilon) \delta_{ky} + \frac{\epsilon}{K}",
            r"q_k = (1 - \epsilon) \mathbb 1[k = y] + \frac{\epsilon}{K}",
        ],
        [r"q_k = (1 + \epsilon) \delta_{ky} + \frac{\epsilon}{K}", r"q_k = (1 - \epsilon) \delta_{ky} + \epsilon K"],
    ),
    (
        "A linear layer computes @",
        ["z = W x + b"],
        [],
    ),
]


@right(CASES)
def test_a_form_of_a_result_holds(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "holds"


@wrong(CASES)
def test_one_with_a_slip_does_not(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "wrong"
