"""Pages about chains that tests are made of."""

from __future__ import annotations

from claims.verdict import Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

STEP = r"$q(x_t \mid x_{t-1}) = \mathcal{N}(x_t; \sqrt{1 - \beta_t} x_{t-1}, \beta_t I)$"
IN_ALPHA = r"$q(x_t \mid x_{t-1}) = \mathcal{N}(x_t; \sqrt{\alpha_t} x_{t-1}, (1 - \alpha_t) I)$"
EXPLODING = r"$q(x_t | x_{t-1}) = \mathcal{N}(x_t | x_{t-1}, b_t I)$"
BOLD = (
    r"$q(\mathbf{x}_s | \mathbf{x}_{s-1}) = "
    r"\mathcal{N}(\mathbf{x}_s; \sqrt{1-\beta_s}\mathbf{x}_{s-1}, \beta_s\mathbf{I})$"
)
ALPHAS = r"$\alpha_t = 1 - \beta_t$ and $\bar\alpha_t = \prod_{s=1}^t \alpha_s$"
BETAS = r"$\beta_t = 1 - \alpha_t$ and $\bar\alpha_t = \prod_{i=1}^t \alpha_i$"
NOISE = r"$\epsilon \sim \mathcal{N}(0, I)$"
DRAW = r"$x_t = \sqrt{\bar\alpha_t} x_0 + \sqrt{1 - \bar\alpha_t} \epsilon$"


def verdict_of(page: str) -> Verdict:
    """The verdict on the last relation of a page."""
    return examine(read_document("a.md", page.encode()), Options()).judged[-1].verdict


def verdicts_of(page: str) -> list[Verdict]:
    """The verdicts on all relations of a page."""
    return [j.verdict for j in examine(read_document("a.md", page.encode()), Options()).judged]
