"""Steps that hold where a sum has the number that an equation near them gives it."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

STEP = r"$$F = \sum_{i=1}^n a_i z_i (u_i + c) - c = \sum_{i=1}^n a_i z_i u_i - c$$"


def last(text: str) -> Judged:
    return examine(read_document("notes.md", text), Options()).judged[-1]


@pytest.mark.parametrize(
    "said",
    [
        r"$$\sum_{i=1}^n a_i z_i = 0$$",
        r"$$\partial_c F = -\sum_{i=1}^n a_i z_i = 0$$",
        r"$$\sum_{i=1}^n a_i z_i = 0 \Rightarrow a \perp z$$",
        "$$\\begin{aligned} v &= \\sum_{i=1}^n a_i u_i \\\\ & \\sum_{i=1}^n a_i z_i = 0 \\end{aligned}$$",
    ],
)
def test_a_sum_that_is_said_to_vanish_takes_its_terms_away(said):
    verdict = last(f"We have\n\n{said}\n\nso that\n\n{STEP}").verdict
    assert isinstance(verdict, Supported) and (verdict.holds_if or "").startswith("given what line 3 says")


def test_any_number_may_be_given():
    text = "Let $2 s + t = 3$.\n\n$$H = r (2 s + t)^{r} (s + t) = 3^r r (s + t)$$"
    verdict = last(text).verdict
    assert isinstance(verdict, Supported) and verdict.holds_if == "given what line 1 says"


@pytest.mark.parametrize(
    "text",
    [
        f"We have\n\n{STEP}",
        f"We have $$\\sum_{{i=1}}^n a_i z_i = 1$$ so that\n\n{STEP}",
        f"We have $$\\sum_{{i=1}}^n a_i = 0$$ so that\n\n{STEP}",
        f"We have $$\\sum_{{i=1}}^n a_i z_i = 0$$ so that\n\n{STEP.replace('z_i u_i - c', 'z_i u_i + c')}",
        f"We have $$\\sum_{{i=1}}^n a_i z_i = 0$$ so that\n\n{STEP.replace('z_i u_i - c', 'z_i u_i^2 - c')}",
        "Let $2 s + t = 3$.\n\n$$H = r (2 s + t)^{r} (s + t) = 3 r (s + t)$$",
    ],
)
def test_a_step_that_fails_under_it_too_is_found(text):
    assert isinstance(last(text).verdict, Refuted)


def test_a_number_is_not_put_in_where_the_step_says_one():
    """Two wrong steps that say the same don't bear each other out."""
    text = "$$A = (s + t)^2 - s^2 - t^2 + s = s + t$$ and $s + t = 0$; $$B = (s + t)^2 - s^2 - t^2 + s = 0$$"
    assert not isinstance(last(text).verdict, Supported)
