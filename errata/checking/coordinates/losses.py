"""Losses by their names: MSE, SSE, BCE, cross-entropy, in every customary form, where the document gives the model.

Whether a mean or a sum is meant, and with a factor 1/2 or without, is left open by the name: each is a reading.
"""

from __future__ import annotations

from collections.abc import Mapping

from errata.checking.coordinates.bodies import Bodies, Body, Use
from errata.reading.parser import parse

_SQUARES = r"\sum_{i=1}^{N} (y_i - %s_i)^2"
_SIZES = r"\sum_{i=1}^{N} |y_i - %s_i|"
_BINARY = r"\sum_{i=1}^{N} \left( y_i \log %s_i + (1 - y_i) \log (1 - %s_i) \right)"
_MEAN, _HALF, _HALF_MEAN = r"\frac{1}{N} ", r"\frac{1}{2} ", r"\frac{1}{2 N} "
_NAMES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "MSE": ((_MEAN, _SQUARES), (_HALF_MEAN, _SQUARES), ("", _SQUARES), (_HALF, _SQUARES)),
    "SSE": (("", _SQUARES), (_HALF, _SQUARES)),
    "RSS": (("", _SQUARES), (_HALF, _SQUARES)),
    "SSR": (("", _SQUARES), (_HALF, _SQUARES)),
    "MAE": ((_MEAN, _SIZES), ("", _SIZES)),
    "BCE": (("-" + _MEAN, _BINARY), ("-", _BINARY)),
}
"""For each name its customary forms, the commonest first: a factor and a sum in the predictions."""
_PREDICTIONS = ("hat y", "hat p", "hat π")
STANDARD = -1
"""The number in place of a formula for what a name stands for by custom."""


def standard_losses(letter: str, bodies: Bodies) -> tuple[Body, ...]:
    """The customary forms of a loss by its name, in the predictions that the document gives a model for; none where it
    gives the loss itself, or no model."""
    prediction = next((p for p in _PREDICTIONS if p in bodies), None)
    if letter not in _NAMES or letter in bodies or prediction is None:
        return ()
    symbol = rf"\hat{{{_latex(prediction)}}}"
    forms = (factor + pattern.replace("%s", symbol) for factor, pattern in _NAMES[letter])
    return tuple(Body(Use(letter, (), None), parse(form).statements[0], STANDARD, form) for form in forms)


def _latex(prediction: str) -> str:
    letter = prediction.removeprefix("hat ")
    return r"\pi" if letter == "π" else letter
