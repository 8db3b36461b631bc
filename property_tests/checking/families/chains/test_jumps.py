"""The law after many steps of a normal chain, by the law of each step and the families that the notes define."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PRESERVING = r"$q(x_t \mid x_{t-1}) = \mathcal{N}(x_t; \sqrt{1 - \beta_t} x_{t-1}, \beta_t I)$"
IN_ALPHA = r"$q(x_t \mid x_{t-1}) = \mathcal{N}(\sqrt{\alpha_t} x_{t-1}, (1 - \alpha_t) I)$"
EXPLODING = r"$q(x_t \mid x_{t-1}) = \mathcal{N}(x_t; x_{t-1}, b_t I)$"
ALPHAS = r"$\alpha_t = 1 - \beta_t$ and $\bar\alpha_t = \prod_{s=1}^t \alpha_s$"
AT_ONCE = r"$\bar\alpha_t = \prod_{s=1}^t (1 - \beta_s)$"
PRODUCTS = r"$\bar\alpha_t = \prod_{s=1}^t \alpha_s$"
SUMS = r"$v_t = \sum_{s=1}^t b_s$"


def judged(step: str, said: str, mean: str, variance: str) -> object:
    page = rf"Each step is {step}, where {said}. Then $$q(x_t \mid x_0) = \mathcal{{N}}(x_t; {mean}, {variance} I)$$"
    return examine(read_document("a.md", page.encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("step", "said", "mean", "variance", "wrong"),
    [
        (PRESERVING, ALPHAS, r"\sqrt{\bar\alpha_t} x_0", r"(1 - \bar\alpha_t)",
         [(r"\bar\alpha_t x_0", r"(1 - \bar\alpha_t)"), (r"\sqrt{\bar\alpha_t} x_0", r"(1 - \alpha_t)"),
          (r"\sqrt{\bar\alpha_t} x_0", r"\sqrt{1 - \bar\alpha_t}"), (r"\sqrt{\alpha_t} x_0", r"(1 - \bar\alpha_t)"),
          (r"\sqrt{\bar\alpha_t} x_0", r"\bar\alpha_t"), (r"x_0", r"(1 - \bar\alpha_t)")]),
        (PRESERVING, AT_ONCE, r"\sqrt{\bar\alpha_t} x_0", r"(1 - \bar\alpha_t)",
         [(r"\sqrt{\bar\alpha_t} x_0", r"(1 - \bar\alpha_t^2)"), (r"\sqrt{1 - \beta_t} x_0", r"(1 - \bar\alpha_t)")]),
        (IN_ALPHA, PRODUCTS, r"\sqrt{\bar\alpha_t} x_0", r"(1 - \bar\alpha_t)",
         [(r"\sqrt{\bar\alpha_t} x_0", r"(1 + \bar\alpha_t)")]),
        (EXPLODING, SUMS, "x_0", "v_t", [("x_0", "b_t"), ("2 x_0", "v_t"), ("x_0", "2 v_t")]),
    ],
)  # fmt: skip
def test_the_law_after_many_steps(step, said, mean, variance, wrong):
    found = judged(step, said, mean, variance)
    assert isinstance(found, Supported)
    assert found.holds_if == "given what line 1 says"
    for other in wrong:
        assert isinstance(judged(step, said, *other), Refuted), other


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("$a = b$", ALPHAS),
        (PRESERVING, "$a = b$"),
        (PRESERVING, ALPHAS + r", or $\alpha_t = \prod_s (1 - \beta_s)$"),
        (PRESERVING + " or " + IN_ALPHA.replace("1 -", "2 -"), ALPHAS),
        (PRESERVING.replace("q(", "p("), ALPHAS),
    ],
)
def test_what_is_not_said_in_one_way_settles_nothing(step, said):
    for variance in (r"(1 - \bar\alpha_t)", r"(1 - \alpha_t)"):
        assert isinstance(judged(step, said, r"\sqrt{\bar\alpha_t} x_0", variance), NotAClaim)
