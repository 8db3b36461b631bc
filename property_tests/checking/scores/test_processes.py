"""Langevin steps and processes that run back: right ones, and those that keep another density."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

LANGEVIN = "The state $x_t$ is known. Langevin dynamics:\n\n$$ x_{t+1} = x_0 $$\n\nLangevin dynamics:\n\n$$ %s $$\n"
REVERSE = "The process is $d\\mathbf{x} = f(\\mathbf{x}, t) dt + g(t) dw$. The reverse process is\n\n$$ %s $$\n"
STEPS = [
    (LANGEVIN, r"x_{t+1} = x_t + \frac{\epsilon}{2} \nabla_x \log p(x_t) + \sqrt{\epsilon} \eta_t",
     r"\frac{\epsilon}{2}", r"\epsilon"),
    (LANGEVIN, r"dz = \nabla \log p(z) dt + \sqrt{2} dW", r"\sqrt{2} ", ""),
    (REVERSE, r"- d\mathbf{x} = [f(\mathbf{x}, t) - g(t)^2 \nabla \log p(\mathbf{x}, t)] dt + g(t) d\bar{w}",
     "g(t)^2", "g(t)"),
    (REVERSE, r"d\mathbf{x} = [f(\mathbf{x}, t) - g(t)^2 \nabla_{\mathbf{x}} \log p_t(\mathbf{x})] dt + g(t) d\bar{w}",
     " - ", " + "),
    (REVERSE, r"d\mathbf{x} = [f(\mathbf{x}, t) - g(t)^2 \nabla_{\mathbf{x}} \log p_t(\mathbf{x})] dt + g(t) d\bar{w}",
     "g(t)^2", r"\frac12 g(t)^2"),
]  # fmt: skip


@pytest.mark.parametrize(("notes", "claim", "old", "new"), STEPS)
def test_a_process_keeps_its_density(notes, claim, old, new):
    right, wrong = (examine(read_document("a.md", notes % c), Options()).judged[-1].verdict
                    for c in (claim, claim.replace(old, new)))  # fmt: skip
    assert isinstance(right, Supported)
    assert claim.count(old) == 1 and not isinstance(wrong, Supported)


def test_without_words_or_a_forward_process_nothing_is_said():
    claim = r"d\mathbf{x} = [f(\mathbf{x}, t) - g(t)^2 \nabla \log p(\mathbf{x}, t)] dt + g(t) d\bar{w}"
    for notes in ("Take\n\n$$ %s $$\n", "The reverse process is\n\n$$ %s $$\n"):
        assert not isinstance(examine(read_document("a.md", notes % claim), Options()).judged[-1].verdict, Supported)
