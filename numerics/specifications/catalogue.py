"""Every specification there is, family by family. A page is listed in the catalogue of its family."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from numerics.specifications.adversarial import catalogue as adversarial
from numerics.specifications.autoencoders import catalogue as autoencoders
from numerics.specifications.autoregressive import catalogue as autoregressive
from numerics.specifications.contract import Specification
from numerics.specifications.diffusion import catalogue as diffusion
from numerics.specifications.distributions import catalogue as distributions
from numerics.specifications.divergences import catalogue as divergences
from numerics.specifications.energy import catalogue as energy
from numerics.specifications.evaluation import catalogue as evaluation
from numerics.specifications.flows import catalogue as flows
from numerics.specifications.graphs import catalogue as graphs
from numerics.specifications.inference import catalogue as inference
from numerics.specifications.learning import catalogue as learning
from numerics.specifications.multimodal import catalogue as multimodal
from numerics.specifications.oracles.catalogue import asked_too
from numerics.specifications.structured import catalogue as structured

_OWN: Mapping[str, tuple[Specification, ...]] = MappingProxyType(
    {
        "distributions": distributions.SPECIFICATIONS,
        "structured": structured.SPECIFICATIONS,
        "learning": learning.SPECIFICATIONS,
        "inference": inference.SPECIFICATIONS,
        "divergences": divergences.SPECIFICATIONS,
        "energy": energy.SPECIFICATIONS,
        "autoregressive": autoregressive.SPECIFICATIONS,
        "autoencoders": autoencoders.SPECIFICATIONS,
        "adversarial": adversarial.SPECIFICATIONS,
        "flows": flows.SPECIFICATIONS,
        "diffusion": diffusion.SPECIFICATIONS,
        "multimodal": multimodal.SPECIFICATIONS,
        "evaluation": evaluation.SPECIFICATIONS,
        "graphs": graphs.SPECIFICATIONS,
    }
)
FAMILIES: Mapping[str, tuple[Specification, ...]] = MappingProxyType(
    {family: asked_too(page) for family, page in _OWN.items()}
)
SPECIFICATIONS: tuple[Specification, ...] = tuple(found for family in FAMILIES.values() for found in family)


def specification(name: str) -> Specification:
    """The specification of that name. Raises KeyError for an unknown one."""
    for found in SPECIFICATIONS:
        if found.name == name:
            return found
    raise KeyError(name)
