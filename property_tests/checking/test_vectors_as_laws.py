"""Vectors between the bars of a divergence are laws, and a one-hot one has no entropy."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(relation: str, before: str = "") -> Proved | Supported | None:
    verdict = examine(read_document("page.md", f"{before}\n\n$${relation}$$".encode()), Options()).judged[-1].verdict
    return verdict if isinstance(verdict, Proved | Supported) else None


CROSS = r"H(\mathbf{t}, \hat{\mathbf{s}})"
KL = r"\mathrm{KL}(\mathbf{t} \| \hat{\mathbf{s}})"
ONE_HOT = r"The truth $\mathbf{t}$ is one-hot, and the output is $\hat{\mathbf{s}}$."


def test_the_cross_entropy_of_vectors_is_taken_apart() -> None:
    found = last(rf"{CROSS} = H(\mathbf{{t}}) + {KL}")
    assert found is not None
    assert last(rf"{KL} \geq 0") is not None


@pytest.mark.parametrize(
    "slip",
    [
        rf"{CROSS} = H(\mathbf{{t}}) - {KL}",
        rf"{CROSS} = H(\hat{{\mathbf{{s}}}}) + {KL}",
        rf"{CROSS} = H(\mathbf{{t}}) + \mathrm{{KL}}(\hat{{\mathbf{{s}}}} \| \mathbf{{t}})",
        rf"{KL} \leq 0",
    ],
)
def test_a_slip_is_not_supported(slip: str) -> None:
    assert last(slip) is None
    assert last(slip, ONE_HOT) is None


SURPRISE = rf"H(\mathbf{{t}}) + {KL} = %s\log \hat{{s}}_{{%s}}"


def test_what_is_one_hot_leaves_the_true_class() -> None:
    found = last(SURPRISE % ("-", r"t_\text{true}"), ONE_HOT)
    assert isinstance(found, Supported)
    assert found.holds_if == r"\mathbf{t} is one-hot"


@pytest.mark.parametrize(
    ("sign", "index", "before"),
    [
        ("", r"t_\text{true}", ONE_HOT),
        ("-", "k", ONE_HOT),
        ("-", r"t_\text{true}", ""),
        ("-", r"t_\text{true}", r"The output $\hat{\mathbf{s}}$ is one-hot."),
    ],
)
def test_nothing_else_is(sign: str, index: str, before: str) -> None:
    assert last(SURPRISE % (sign, index), before) is None
