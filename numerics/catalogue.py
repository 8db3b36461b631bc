"""The routes of every claim. A new page adds one import and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from claims.claim import Claim
from claims.evidence import Evidence
from numerics.gaussian import kl as gaussian_kl
from numerics.likelihood import estimators as likelihood_estimators
from numerics.likelihood import gradients as likelihood_gradients
from numerics.likelihood import losses as likelihood_losses
from numerics.routes import Route

ROUTES: Mapping[str, tuple[Route, ...]] = MappingProxyType(
    {
        **gaussian_kl.ROUTES,
        **likelihood_losses.ROUTES,
        **likelihood_estimators.ROUTES,
        **likelihood_gradients.ROUTES,
    }
)
"""Claim name → its routes. Importing this imports torch."""


def routes(name: str) -> tuple[Route, ...]:
    """The routes of the claim called ``name``; none where nobody has written one."""
    return ROUTES.get(name, ())


def evidence(claim: Claim) -> tuple[Evidence, ...]:
    """What each route of ``claim.name`` finds on ``claim``, in order."""
    return tuple(route.run(claim) for route in routes(claim.name))
