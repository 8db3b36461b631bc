"""The bibliography: what the key of a ``Source`` stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography."""

    authors: str
    year: int
    title: str
    published: str


REFERENCES: Mapping[str, Reference] = MappingProxyType(
    {
        "bishop2006": Reference("Christopher M. Bishop", 2006, "Pattern Recognition and Machine Learning", "Springer"),
        "kingma2013": Reference(
            "Diederik P. Kingma and Max Welling", 2013, "Auto-Encoding Variational Bayes", "arXiv:1312.6114"
        ),
    }
)
