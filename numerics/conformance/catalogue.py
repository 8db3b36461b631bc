"""Every exercise there is. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.conformance.exercise import Exercise
from numerics.conformance.exercises import (
    adversarial,
    bounds,
    densities,
    diffusion,
    distributions,
    generative,
    inference,
    learning,
    policy,
    steps,
)

EXERCISES: tuple[Exercise, ...] = (
    *distributions.EXERCISES,
    *densities.EXERCISES,
    *learning.EXERCISES,
    *inference.EXERCISES,
    *generative.EXERCISES,
    *bounds.EXERCISES,
    *diffusion.EXERCISES,
    *adversarial.EXERCISES,
    *steps.EXERCISES,
    *policy.EXERCISES,
)
