"""Every exercise there is. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.conformance.exercise import Exercise
from numerics.conformance.exercises import densities, distributions, generative, inference, learning

EXERCISES: tuple[Exercise, ...] = (
    *distributions.EXERCISES,
    *densities.EXERCISES,
    *learning.EXERCISES,
    *inference.EXERCISES,
    *generative.EXERCISES,
)
