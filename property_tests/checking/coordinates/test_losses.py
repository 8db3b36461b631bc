"""Gradients of losses that the notes call by their names alone: every customary form is tried."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.coordinates.bodies import Body, Use
from errata.checking.coordinates.losses import standard_losses
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document

LINEAR = r"The linear model predicts $\hat y_i = \theta^\top x_i$. Then $\nabla_\theta \mathrm{%s} = %s$."
LOGISTIC = r"The sigmoid model is $\hat p_i = \sigma(\theta^\top x_i)$. Then $\nabla_\theta \mathrm{%s} = %s$."


def verdict(notes: str, *parts: str) -> object:
    return examine(read_document("a.md", notes % parts), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("notes", "name", "right", "form"),
    [
        (LINEAR, "MSE", r"-\frac{2}{N} \sum_{i=1}^N (y_i - \hat y_i) x_i", r"\frac{1}{N} "),
        (LINEAR, "MSE", r"-2 X^\top (y - X \theta)", r"\sum"),
        (LINEAR, "RSS", r"-2 X^\top (y - X \theta)", r"\sum"),
        (LOGISTIC, "BCE", r"\frac1N \sum_i (\hat p_i - y_i) x_i", r"-\frac{1}{N} "),
    ],
)
def test_the_form_that_holds_is_named(notes, name, right, form):
    found = verdict(notes, name, right)
    assert isinstance(found, Supported) and found.holds_if is not None and f"{name} = {form}" in found.holds_if


@pytest.mark.parametrize(
    ("notes", "name", "right"),
    [
        (LINEAR, "MSE", r"\frac{2}{N} \sum_{i=1}^N (y_i - \hat y_i) x_i"),
        (LINEAR, "MSE", r"-3 X^\top (y - X \theta)"),
        (LINEAR, "RSS", r"-\frac{2}{N} X^\top (y - X \theta)"),
        (LOGISTIC, "BCE", r"\frac1N \sum_i (y_i - \hat p_i) x_i"),
    ],
)
def test_what_no_form_saves_is_refuted(notes, name, right):
    assert isinstance(verdict(notes, name, right), Refuted)


def test_without_a_model_or_with_a_loss_of_their_own_no_custom_counts():
    model = Body(Use("hat y", (), None), parse("w x").statements[0], 0)
    own = Body(Use("MSE", (), None), parse("w^2").statements[0], 1)
    assert len(standard_losses("MSE", {"hat y": (model,)})) == 4
    assert standard_losses("MSE", {}) == ()
    assert standard_losses("MSE", {"hat y": (model,), "MSE": (own,)}) == ()
    assert standard_losses("L", {"hat y": (model,)}) == ()
