"""Which reference models are behind the sampling engine: an explicit list, by the names of their specifications."""

from __future__ import annotations

from functools import lru_cache

from numerics.sampling.drawn_graphs import GRAPHS
from numerics.sampling.drawn_inference import INFERENCE
from numerics.sampling.drawn_laws import LAWS
from numerics.sampling.drawn_networks import NETWORKS
from numerics.sampling.drawn_paths import PATHS
from numerics.sampling.models import ModelSampler
from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.contract import Model

SAMPLERS: tuple[ModelSampler, ...] = (*LAWS, *NETWORKS, *GRAPHS, *PATHS, *INFERENCE)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, ModelSampler]:
    return {one.name: one for one in SAMPLERS}


def sampler_of(name: str) -> ModelSampler:
    """The sampler of a model. Raises KeyError for a model that has none."""
    return _by_name()[name]


@lru_cache(maxsize=256)
def model_of(name: str) -> Model:
    """The functions of a specification. Raises KeyError for a name that isn't there."""
    for one in SPECIFICATIONS:
        if one.name == name:
            return one.model
    raise KeyError(name)
