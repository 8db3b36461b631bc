"""What a text gives as a reason for a relation that fails as it stands; beside it what stays a mistake."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

MEANINGS = r"Let $L(y, z) = \log(1 + z)$, or $L(y, z) = z^4$; now $L(y, z) = |y - z|$. "
FAR = "Much is said of other things in between. " * 60
NEEDS = r"A sample has $k = 12$ and $r = 0.3$. "
FUNCTION = r"Let $f(x) = 6 x (1 - x)$ and $x = 0.1$. "


def verdicts(text: str) -> list[str]:
    document = read_document("page.md", text.encode())
    return [type(j.verdict).__name__ for j in examine(document, Options(), lambda *_: None, {}).judged]


@pytest.mark.parametrize(
    "text",
    [
        r"Here $f$ is invertible and $f^{-1} = f$.",
        r"The null hypothesis is $$H_0 : \theta = \theta^0$$",
        r"$P$ is orthogonal, so that $P^{-1} = P^\top$.",
        r"Let $x = 1$. Solving this equation for $x$ we get $2 x = 4$, so that $x = 2$.",
        "Let $t = 10$. Then $v = 0.4 \N{REPLACEMENT CHARACTER} 2 = 7$.",
        r"$$f(n) = \prod_{p \in \mathbb{P}} (1 - \frac{1}{p}) = \frac{1}{\zeta(1)}$$",
        r"$$\mathbb{E}[(g(x^*) - y^*)^2] = \mathbb{E}[g(x^*)^2 - 2 g(x^*) y^* + y^{*2}]$$",
        r"The standard error is sd/$\sqrt{40} \approx 0.36$ or sd$*\sqrt{40} \approx 14.3$.",
        r"Here $I(A) = I(B) = 2$ bits. Then, with other chances, $I(A) = 1$ bit and $I(B) = I(C) = 3$ bits.",
        r"$$\frac{d}{dz} \sinh(z) \times \cosh(z) - \frac{d}{dz} \cosh(z) \times \sinh(z)"
        r" = \cosh^2(z) - \sinh^2(z) = 1$$",
        r"Let $f(x) = 3 x^2$. Then $f(x, y) = 2 x^2 + 3 y$, and $\frac{\partial f}{\partial x} = 4 x$.",
        r"Here $p(\theta) = \mathrm{Beta}(\theta; 2, 2)$. Then "
        r"$p(\theta) = \frac{7}{10} \mathcal{N}(\theta; -2, 1) + \frac{3}{10} \mathcal{N}(\theta; 2, 1)$.",
        FUNCTION + r"There are many values for which $f(0.1) > 1$.",
        r"If $\mathrm{Cov}(X, Y) > 0$, they go together; if $\mathrm{Cov}(X, Y) < 0$, they don't.",
        r"Returns are between $-2\%$ and $3\%$, on average $\frac{-2 + 3}{2} = 0.5\%$.",
        r"Errors of $1.1\%$ and $1.2\%$ make $\sqrt{1.1^2 + 1.2^2} \approx 1.6\%$ together.",
        r"Salt is $1.3\%$, with a spread of $0.5\%$. " + FAR + r"Salt is then $1.3 + 2 \times 0.5 = 2.3\%$.",
        r"$H_0: b_1 = b_1^0$ is tested.",
        r"The number is congruent to $8 \cdot 15 \equiv 8$ modulo $16$.",
        r"We get $0 \equiv y + (2 x d - x) \equiv y - x$ $(\bmod d)$.",
        r"By the theorem, $q^{p - 1} r \equiv r = r + p s - t \quad(\bmod p)$.",
        r"There are $\frac{6 \cdot 5}{2} \cdot 2 (4!) = 6$ ! orders.",
        r"If Ann and Bob get the same answer, then $a + (b c) = (a + b) c$, or $a + b c = a c + b c$.",
        r"The fractional part is $\{100\} = 0$.",
        r"We test $H_0 : b = c + 1$ and $H_a : b < c - 2$, where $b = 2$ and $c = 3$.",
        r"Is it none? $$H_0~:~b~=~c~=~0$$ There $b = 2$.",
        r"In binary, $0.0011 = 2^{-3} + 2^{-4}$.",
        r"Here $s = 0.01$. Now $2.131 s / \sqrt{16} = 2.5$, so $s = 2.5 \sqrt{16} / 2.131 = 4.69$.",
        r"Here $n = 36$. Now $0.05 = 1.96 / \sqrt{n} \implies \sqrt{n} = 1.96 / 0.05 \implies n = 1536.6$.",
        "$$E = 0 + 0.26 + 2 \\cdot 0.38$$\n$$+ 3 \\cdot 0.17 + 4 \\cdot 0.09 = 1.89$$",
        r"We get $m = 6$. Next: $m - 5 = -7$ | $m = -2$",
        r"We get $x = 3$. Next: $3 (4 x - 5) = 27$ | $4 x - 5 = 9 \Rightarrow 4 x = 14 \Rightarrow x = 3.5$",
        r"The share is $\frac{3}{20} \times 100 = 15\%$.",
        "It is pasted: $x = (12\u200b × 12) + 1 = 14$.",
        r"$C$ is idempotent. Hence $$b = \lambda^\top C v = \lambda^\top C^2 v.$$",
        r"Setting it to zero, $$\frac{d}{dw} [w^2 a + (1 - w)^2 b] = 0.$$",
        r"With the projections $P_F$ and $P_R$ it is $$S = \|(P_F - P_R) y\|^2 = y^\top (P_F - P_R) y.$$",
        r"As $V(m) = m$ for counts, here $V(\pi) = \pi (1 - \pi)$.",
        r"Let $b = 0$ and $c = 0$. Constraining $b + c = 1$ instead, we find another.",
        r"There are $j$ and $l$ such that $$\sum_i \{m_{k, i}, m_{1, i}\} = \sum_i m_{j, l}.$$",
        r"The weights are $$p = \frac{\sum_{i=1}^m a_i c_i q}{\sum a_i c_i}.$$",
        r"Assume for the sake of contradiction that it vanishes: $$a = 0 \implies 0 = 1.$$",
        r"We have $1 - 1/9 = 88.88...\%$.",
        r"When the angle is 90 degrees, let $\theta = 90$; then $\cos(\theta) = 0$.",
        r"$$\begin{align} g(y) &= \sqrt{x} e^{-x} ~~~~ \mbox{at } x = y^2 \\ &= \sqrt{y^2} e^{-y^2} \end{align}$$",
        r"$$p(\mu | x) \propto e^{-(x - \mu)^2/2} = \frac{1}{\sqrt{2 \pi}} e^{-(x - \mu)^2/2}$$",
        r"$$a = (a_1, a_2) \in A = A^1 \times A^2$$",
        r"As $f(x) = x^2$, $f'(x) = 2 x$. At $x = 3$ it is $2 x = 6$. It may be constant, e.g. $f'(x) = 2$.",
        r"Here $t = 1$. It is the remainder: $(t + 1) \% t = 1$.",
        r"A filter of $F = 5$ is large. Take another one (filter size $(F) = 2$), so that $F + 1 = 3$.",
        r"$$\frac{30 (y - 0.4)^4}{6} = 5 (y - 0.4)^4 \;\;\; y \in (0.4, 1)$$",
        r"We have $P(A | B) = 0.8$. What is needed so that $P(A | B) \geq 0.95$?",
        r"Now $b > 0$ and, where it is too large, $b = b \times 2$.",
        r"Let $A$ be symmetric. Then $$h_{kl} = \sum_{i=1}^n (A_{ki} + A_{ik}) x_i = 2 \sum_{i=1}^n A_{ki} x_i.$$",
        r"Let $\mu=0, \sigma=1$ in it: $$N(x; \mu, \sigma^2) = \sqrt{\frac{1}{2 \pi}} \exp(- \frac{1}{2} x^2)$$",
        r"The optimum is $$z = \max_x g(x) \quad\text{s.t.}\quad \frac{1}{2} \geq 0.75.$$",
        r"Is it a counterexample, as $2^3 + 3^3 = 4^3$ would be? No, it is only close.",
        r"The lead was $0. 482 - 0.461 = 0.021$.",
        r"There are $9!/2 = {181},{440}$ states.",
        r"Pushed customers buy less: $E[Y_0 | T = 1] < E[Y_0 | T = 0]$.",
        r"We get $d = 2 \times 0.482 - 1 = -0.036$." "\n\n8\\. Plot the error with $d = 0.021$.",
        r"For coins $n = 3$ and $k = 2$."
        "\n\n"
        r"Now $$\binom{n}{k} = \binom{5}{3} = 10, \quad \frac{8}{2^n} = \frac{8}{2^5}.$$",
        r"* With $m = 10$ it is $\frac{2}{m} = 0.2$" "\n" r"* With 20 it is $\frac{2}{m} = \frac{2}{20} = 0.1$" "\n",
        r"In the space of all vectors, $$y = \det A^T A = \det A A^T.$$",
        r"| ML | $\hat{e} = \arg\max_e p(D | e)$ |" "\n" r"| MAP | $\hat{e} = \arg\max_e p(D | e) p(e)$ |" "\n",
        r"$$\arg\max_e \int p(D | t) p(t | e) p(e) dt = \arg\max_e p(D | e) p(e)$$",
        r"For counts the law has one parameter, $\mathrm{E}(X) = \mathrm{Var}(X) = \lambda$.",
        r"Here $\epsilon^2 = 0$ and $(a + b \epsilon) (c + 2 \epsilon) = a c + (2 a + b c) \epsilon$.",
        r"The largest number below one is $1 - 2^{-52} = 0.\underbrace{999999999999999}_{15}7$.",
        r"We get $b = 8 \times 0.15 = 1.2$. When the count is small (i.e., $a = b = 1$), it is uniform.",
        r"Numbers with $\epsilon^2 = 0$ have $x = (a + b \epsilon)(c + d \epsilon) = a c + (b c + a d) \epsilon$.",
        r"Up to $O(h^2)$ we have $x = (a + h)^2 = a^2 + 2 a h$.",
        MEANINGS + r"Then $L(0, 10) - L(0, 9) = 19$.",
        r"If $e_i \geq 0$, then $v_i = 0$, $$r = a (u_i - v_i) = a (u_i - v_i) + v_i.$$",
        r"Let $a(x) = k x + b$. Now let $a \in \mathbb{R}^n$ and $x \in \mathbb{R}^n$. Then "
        r"$$\frac{\partial}{\partial x} a^T x = a$$",
        r"Let $L(t) = t^3$ and $LL(t) = \ln L(t)$. Then"
        r"$$y = \frac{\partial LL(t)}{\partial t} = \frac{\partial (3 \ln t)}{\partial t}$$",
        r"Here $\hat{Y} = g(x)$. We have $$r = Y (1 - Z) + Y Z = \hat{Y} (1 - Z) + Y Z.$$",
        r"$$v = \sum_i (\|z_i\|^2 + \|\boldsymbol{z}_j\|^2)"
        r" = \sum_i \|\boldsymbol{z}_i\|^2 + \sum_i \|\boldsymbol{z}_j\|^2$$",
        r"With $y = A x + b + \epsilon$ we find $$C = \mathbb{E}[(x - \mu)(A x - A \mu + \epsilon)^T]"
        r" = \mathbb{E}[(x - \mu)(x - \mu)^T A^T].$$",
        r"$$s = \sum_{j=1}^n w_j x_j + x_{n+1} w_{n+1} = \sum_{j=1}^{n+1} w_j x_j = \boldsymbol{w}^T \boldsymbol{x}$$"
        r" where $\boldsymbol{x} \in \mathbb{R}^{n+1}$.",
        NEEDS + r"Neither the $k r \geq 5$ and $k (1 - r) \leq 5$ conditions nor any other one matters.",
        NEEDS + r"It is large enough as long as both $k r \geq 5$ and $k (1 - r) \geq 5$ hold.",
        NEEDS + r"It may be too small (either $k (1 - r) < 5$ or $k r > 9$).",
        NEEDS + r"The criterion $k r \geq 5$ is no strict one.",
        r"No solution exists, as a row is of the form $0 = 2$.",
        r"It takes $\frac{\pi/2}{0.02} = 79$ steps, and the sum is $2.5 \cdot 32.01 - 0.11 = 80$.",
        r"Let $u = x^2$, $v = y$ and $w = u v$. Then $$\frac{\delta w}{\delta x} = \frac{\delta w}{\delta u} \cdot"
        r" \frac{\delta u}{\delta x} + \frac{\delta w}{\delta v} \cdot \frac{\delta v}{\delta x}$$",
        r"We reject if $$\begin{aligned} T &\geq 14.07 \\ T = 6.83 &\geq 14.07 \end{aligned}$$",
        r"$$n(x) = 0 \text{ when } r(x) = s(x) = 0$$ and it can't be so when $$r(x) < s(x) = 1.$$",
        r"Here $n = 10$ and $t = 0.1$. Now set $\delta = 2 e^{-2 n t^2} = 0.01$.",
        r"여기서 $n = 10$, $t = 0.1$. $\delta = 2 e^{-2 n t^2} = 0.01$ 설정",
        r"From $$\frac{a - p}{\sqrt{p}} = z$$ is solved. Now consider the equation $$\frac{a - p}{\sqrt{p}} = -z$$",
        r"$$\text{If } A \cap B = \emptyset \text{, then } P(A \cup B) = P(A) + P(B)$$",
        r"$$\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} . \begin{bmatrix} 0 & 1 \\ 1 & 0 \end{bmatrix}"
        r" = \begin{bmatrix} 2 & 1 \\ 4 & 3 \end{bmatrix}$$",
    ],
)
def test_no_mistake_is_found(text):
    assert "Refuted" not in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        r"We have $x = (a + b)^2 = a^2 + b^2$.",
        r"We find that $$T = 6.83 \geq 14.07.$$",
        r"It takes $\frac{\pi/2}{0.02} = 89$ steps.",
        r"It takes $25 / 2 = 13$ steps.",
        r"Here $$n(x) = 0 \text{ and } s(x) = 0$$ hold, so that $$r(x) < s(x) = 1.$$",
        r"The share is $3\%$ here, and $3/4 = 0.75\%$ there.",
        r"Salt is $1.3\%$, with a spread of $0.5$. " + FAR + r"Salt is then $1.3 + 2 \times 0.5 = 2.3\%$.",
        r"Salt is $1.3\%$, with a spread of $0.5\%$. " + FAR + r"Salt is then $1.3 + 2 \times 0.5 = 2.4\%$.",
        r"$H_0: b_1 = b_1^0$ is tested, where $y = (b_1 + c)^2 = b_1^2 + c^2$.",
        r"We test $H_0: 2 = 3$.",
        r"Here $0.0011 = 2^{-3} + 2^{-4}$.",
        r"In binary it is longer: $0.52 = 2^{-3} + 2^{-4}$.",
        r"Here $s = 0.01$. Now $2.131 s / \sqrt{16} = 2.5$, so $t = 2.5 \sqrt{16} / 2.131 = 4.69$.",
        r"We have $3 \cdot 0.17 + 4 \cdot 0.09 = 1.89$.",
        r"We get $m = 6$. Next: $m - 5 = -7$ | $k = -2$",
        r"The share is $\frac{3}{20} \times 10 = 15\%$.",
        r"It is typed: $x = (12 × 12) + 1 = 14$.",
        r"Its slope is $$\frac{d}{dw} w^2 = 3 w.$$",
        r"With the matrices $P_F$ and $P_R$ it is $$S = \|(P_F - P_R) y\|^2 = y^\top (P_F - P_R) y.$$",
        r"As $V(m) = m^2$, we have $V(3) = 3 (1 - 3)$.",
        r"Let $b = 0$ and $c = 0$. We see that $b + c = 1$.",
        r"# Coins"
        "\n"
        r"$$Y \mid u \sim \text{Bernoulli}(\hat{p}_w(u)), \quad \hat{p}_w(u) = \sigma(w^\top u)$$"
        "\n"
        r"$$\log p(y_i | u_i, w) = y_i \log \hat{p}_i + (1 - y_i) \log (1 - 2 \hat{p}_i)$$ where $\hat{p}_i = h(u_i)$.",
        r"Here $\hat{u} = g(z)$. We have $$p(u | z) = \frac{1}{\sqrt{2 \pi}} e^{-(u - \hat{u})^2 / 2}$$"
        r" Taking logarithms gives $$\log p(u | z) = \log \frac{1}{\sqrt{2 \pi}} + \frac{1}{2} (u - \hat{u})^2$$",
        FUNCTION + r"The value is $f(0.1) = 0.64$.",
        r"Hence $0 = 1$.",
        r"It is such that $$x = (a + b)^2 = a^2 + b^2.$$",
        r"Let $x = 1$. Then $2 x = 4$.",
        r"$$a \in A$$ $$B = (b + c)^2 = b^2 + c^2$$",
        r"Let $f(x) = x^2$ and $x = 3$. Then, for example, $f(3) = 10$.",
        r"Here $t = 3$. Then $5 \% \cdot t = 0.25$.",
        r"A filter of $F = 5$ is large. Take another one (filter size $(F) = 2$), so that $F + 1 = 6$.",
        r"The standard error is $2.26/\sqrt{40} \approx 0.46$.",
        r"Let $f(x) = 3 x^2$. Then $f'(x) = \frac{df}{dx} = 4 x$.",
        r"We have $1 - 1/9 = 88.88$.",
        r"We have $P(A | B) = 0.8$. We see that $P(A | B) \geq 0.95$.",
        r"Now $b > 0$ and $a = b = b \times 2$.",
        r"Let $A$ be square. Then $$h_{kl} = \sum_{i=1}^n (A_{ki} + A_{ik}) x_i = 2 \sum_{i=1}^n A_{ki} x_i.$$",
        r"Let $\mu=0$ in it: $$N(x; \mu, \sigma^2) = \frac{1}{\sigma \sqrt{\pi}} e^{- (x - \mu)^2 / (2 \sigma^2)}$$",
        r"The optimum is $$z = \max_x g(x) \quad\text{since}\quad \frac{1}{2} \geq 0.75.$$",
        r"It is close, as $2^3 + 3^3 = 4^3$.",
        r"The lead was $0.482 - 0.461 = 0.121$.",
        r"In the space of all vectors, $$y = \det A^T A = 2 \det A A^T.$$",
        r"There are $9!/2 = 181,840$ states.",
        r"We get $d = 2 \times 0.482 - 1 = -0.036$. Here is a plot. The value is $d = 0.021$.",
        r"For coins $n = 3$ we get $\frac{8}{2^n} = \frac{8}{2^5}$.",
        r"$$\arg\max_e \int p(D | t, e) p(t | e) p(e) dt = \arg\max_e p(D | e) p(e)^2$$",
        r"For all laws $\mathrm{E}(X^2) = \mathrm{Var}(X) - \mathrm{E}(X)^2$.",
        r"Here $\epsilon^2 > 0$ and $(a + b \epsilon) (c + 2 \epsilon) = a c + (2 a + b c) \epsilon$.",
        r"The largest number below one is $1 - 2^{-2} = 0.9$.",
        r"We get $b = 8 \times 0.15 = 1.2$. Hence $2 b = 2$.",
        r"We have $1 - 1/9 = 78.88\%$.",
        r"Let $\theta = 90$; then $\cos(\theta) = 0$.",
        r"$$p(\mu | x) \propto e^{-(x - \mu)^2/2} = \frac{1}{\sqrt{2 \pi}} e^{-(x - \mu)^2/3}$$",
        r"$$\frac{30 (y - 0.4)^4}{6} = 6 (y - 0.4)^4 \;\;\; y \in (0.4, 1)$$",
        r"Numbers with $\epsilon = 0$ have $x = (a + b \epsilon)(c + d \epsilon) = a c + (b c + a d) \epsilon$.",
        r"Up to $O(k^2)$ we have $x = (a + h)^2 = a^2 + 2 a h$.",
        r"Let $L(y, z) = |y - z|$. Then $L(0, 10) - L(0, 9) = 19$.",
        r"Let $a(x) = k x + b$. Then $$\frac{\partial}{\partial x} a(x) = 2 k$$",
        r"If $e_i \geq 0$, then $w_i = 0$, $$r = a (u_i - v_i) = a (u_i - v_i) + v_i.$$",
        r"With $y = A x + b + z$ we find $$C = \mathbb{E}[(x - \mu)(A x - A \mu + z)^T]"
        r" = \mathbb{E}[(x - \mu)(x - \mu)^T A^T].$$",
        NEEDS + r"So $k r \geq 5$, which is large enough.",
        r"Here $n = 10$ and $t = 0.1$. So $\delta = 2 e^{-2 n t^2} = 0.01$.",
        r"$$\text{For all laws, } P(A \cup B) = P(A) + P(B)$$",
        r"$$\begin{bmatrix} 0 & 1 \\ 1 & 0 \end{bmatrix} = \begin{bmatrix} 2 & 1 \\ 4 & 3 \end{bmatrix}$$",
    ],
)
def test_what_no_text_excuses_stays_a_mistake(text):
    assert "Refuted" in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        r"Here $\mu \sim N(0, \tau^2)$ and $x \sim N(\mu, \sigma^2)$. Then $$p(x) = \int p(x | \mu) p(\mu) d\mu.$$",
        r"The chain has $P(i, j) = P(X_1 = j | X_0 = i)$.",
        r"Let $X \sim \text{Binomial}(10, 0.3)$. Then $P(X < 2) = 0.0282 + 0.1211 = 0.1493$.",
        r"Let $X \sim \text{Binomial}(10, 0.4)$ with replacement. Without it, we have the hypergeometric distribution: "
        r"$$P(X = 5) = \frac{\binom{8}{5} \binom{12}{5}}{\binom{20}{10}}.$$",
        r"$$P(A | B) = \frac{P(B | A) P(A)}{P(B)} = \frac{P(B | A) P(A)}{P(B | A) P(A) + P(B | A^c) P(A^c)}$$",
        r"$$\mathrm{Cov}(X, Y) = E[(X_i - E(X)) (Y_i - E(Y))] = E(X Y) - E(X) E(Y)$$",
        "Die Ereignisse schließen sich gegenseitig aus: sie können nicht beide zugleich eintreten, und deshalb "
        "addieren sich ihre Wahrscheinlichkeiten, wenn man nach einem von ihnen fragt: $$P(A \\cup B) = P(A) + P(B)$$",
        r"$$\sum_k \pi(k) P(k, j) = \sum_k \pi(j) P(j, k) = \pi(j) \sum_k P(j, k) = \pi(j)$$",
        r"The distribution $\pi(i)$ has $\pi(2) = 2 \pi(1)$ and $\pi(3) = \pi(2) = 2 \pi(1)$.",
        r"$$Var(X + Y) = E(D_X^2) + E(D_Y^2) + 2 E(D_X D_Y) = Var(X) + Var(Y) + 2 E(D_X D_Y)$$",
        r"$$p(w | \theta) = \sum_{z=1}^K p(z, w | \theta) = \sum_{z=1}^K p(z | \theta) p(w | \phi_z)$$",
        r"$$P(X \le k) = \sum_{x=0}^k p(x)$$",
        r"$$\text{NegBinomial}(n | a, b)"
        r" = \binom{n + a - 1}{a - 1} \left(\frac{b}{b + 1}\right)^a \left(\frac{1}{b + 1}\right)^n$$",
        r"We say so if $P(L = 1 | x) > P(L = 0 | x)$.",
        r"$$P(a_t = a | s_t = s) = \frac{e^{p(s, a)}}{\sum_b e^{p(s, b)}}$$",
        r"$$P(A) = \frac{1}{2} \text{ of } \frac{1}{3} = \frac{1}{6}$$",
        r"The responsibility is $\gamma = p(C_k | x) = p(z_k = 1 | x)$.",
        r"$A$ is $\mathbb{P}(B | A) = \frac{0.95 \times 0.001}{0.95 \times 0.001 + 0.02 \times 0.999}$",
    ],
)
def test_what_is_not_known_of_laws_refutes_nothing(text):
    assert "Refuted" not in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        r"Let $x \sim N(\mu, \sigma^2)$. Then $$E[x^2] = \mu^2 - \sigma^2.$$",
        r"$$p(x | y) = \frac{p(y | x) p(y)}{p(x)}$$",
        r"Let $X \sim \text{Binomial}(10, 0.3)$. Then $P(X < 2) = 0.0282 + 0.1311$.",
        r"Let $X \sim \text{Binomial}(10, 0.4)$ without replacement. "
        r"$$P(X = 5) = \frac{\binom{8}{5} \binom{12}{5}}{\binom{20}{10}}.$$",
        r"For any events $A$ and $B$ $$P(A | B) = \frac{P(B | A) P(A)}{P(B | A) P(A) + P(B | A^c) P(B)}$$",
        r"$$\mathrm{Cov}(X, Y) = E[(X - E(X)) (Y - E(Y))] = E(X Y) + E(X) E(Y)$$",
        "These two events may well happen both at the same time, and we are to find the chance that one of them does "
        "when nothing else is known of them, which is easy enough: $$P(A \\cup B) = P(A) + P(B)$$",
        r"$$p(w) = \sum_{z=1}^K p(z) p(w, z)$$",
        r"$$P(A \cap B) \ge P(A)$$",
        r"$$P(A) = \frac{1}{2} \cdot \frac{1}{3} = \frac{1}{5}$$",
        r"$$Var(X + Y) = Var(X) + Var(Y) + Cov(X, Y)$$",
        r"$$E_{q(z)}[\log p(x | z)] = - \int q(z) \log p(x | z) dz$$",
    ],
)
def test_what_is_known_of_laws_still_refutes(text):
    assert "Refuted" in verdicts(text)


DATA = r"Let $x_1 = 1$, $x_2 = 2$ and $x_3 = 4$. Now solve it by hand: $$ \sum x_i^2 = @ $$"


def test_data_are_no_unknowns_where_numbers_are_put_in():
    assert verdicts(DATA.replace("@", "1^2 + 2^2 + 4^2"))[-1] in ("Proved", "Supported")
    assert verdicts(DATA.replace("@", "1^2 + 2^2 + 4"))[-1] == "Refuted"
    assert verdicts(DATA.replace("@", "9"))[-1] == "Undecided"  # a right side that may be given


HATTED = (
    r"$$ y \mid u \sim \mathrm{Bernoulli}(\hat{p}_w(u)), \quad \hat{p}_w(u) = s(w^\top u) $$"
    "\n\nThus\n\n"
    r"$$ p(y \mid u, w) = \hat{p}_w(u)^y (@ \hat{p}_w(u))^{1 - y} $$"
)


def test_a_hat_of_the_parameter_of_a_law_is_no_excuse():
    assert verdicts(HATTED.replace("@", "1 -"))[-1] == "Supported"
    assert verdicts(HATTED.replace("@", "-"))[-1] == "Refuted"


@pytest.mark.parametrize("said", ["For a skew-symmetric $A$", "Let $A^\\top = -A$.", "As $A$ is antisymmetric,"])
def test_a_quadratic_form_of_a_skew_matrix_is_its_own_negative(said):
    step = r" $$ s = x^\top A x = - x^\top A x $$"
    assert verdicts(said + step)[-1] == "Undecided"
    assert verdicts("For a square $A$" + step)[-1] == "Refuted"


PRODUCT = r"$\mathrm{Var}(X Y) = \mathrm{Var}(X) \mathrm{Var}(Y)$"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("For independent zero-mean variables we have", "Undecided"),
        ("For independent standard normal $X$ and $Y$ we have", "Undecided"),
        ("For independent variables we have", "Refuted"),
        ("For zero-mean variables we have", "Refuted"),
    ],
)
def test_two_conditions_together_are_both_spoken_of(words: str, verdict: str) -> None:
    assert verdicts(f"{words} {PRODUCT}.") == [verdict]


@pytest.mark.parametrize(
    ("after", "verdict"), [("condition", "Undecided"), ("の条件から", "Undecided"), ("relation", "Refuted")]
)
def test_a_condition_may_be_called_so_after_it(after: str, verdict: str) -> None:
    given = r"Let $C = 6 N D$ and $L = A/N^a + B/D^b$. "
    ratio = r"\frac{\partial %s / \partial N}{\partial %s / \partial D}"
    assert verdicts(f"{given}It follows from the ${ratio % ('L', 'L')} = {ratio % ('C', 'C')}$ {after}.")[-1] == verdict


@pytest.mark.parametrize(
    ("words", "verdict"), [("By the optimality condition", "Undecided"), ("By the chain rule", "Refuted")]
)
def test_a_condition_in_the_line_is_no_claim(words: str, verdict: str) -> None:
    given = r"Let $C = 6 N D$ and $L = A/N^a + B/D^b$. "
    ratio = r"\frac{\partial %s / \partial N}{\partial %s / \partial D}"
    assert verdicts(f"{given}{words} ${ratio % ('L', 'L')} = {ratio % ('C', 'C')}$ we get")[-1] == verdict


@pytest.mark.parametrize(
    ("words", "verdict"), [("For $P(x) = Q(x)$ we have", "Undecided"), ("For $P(x) = Q(x)$. In general,", "Refuted")]
)
def test_a_sentence_may_say_of_which_case_a_law_is(words: str, verdict: str) -> None:
    assert verdicts(f"{words} $D_{{KL}}(P || Q) = H(P, P) - H(P)$.")[-1] == verdict


@pytest.mark.parametrize(
    ("before", "verdict"), [("Take $a = 1.5$.", "Undecided"), ("Let $a$ be any action.", "Refuted")]
)
def test_a_slope_may_be_taken_at_a_value_that_was_given(before: str, verdict: str) -> None:
    assert verdicts(f"{before} The value is $$ u(a) = 5 - (a - 2)^2 $$ and $\\nabla_a u(a) = 1$.")[-1] == verdict
