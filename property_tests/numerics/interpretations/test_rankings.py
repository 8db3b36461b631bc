"""Rankings in random worlds: sides that are best at the same place rank alike; such as often agree by chance don't."""

from __future__ import annotations

import pytest

from errata.checking.abstract import signature_of
from errata.reading.parser import parse
from errata.reading.sentences.readings import readings
from numerics.interpretations.rankings import ranked_alike

ALIKE = [
    (r"\arg\min_\theta H(r, p_\theta)", r"\arg\min_\theta \mathrm{KL}(r \| p_\theta)"),
    (r"\arg\max_c p(c \mid v)", r"\arg\max_c p(v \mid c) p(c)"),
    (r"\arg\max_c p(c \mid v)", r"\arg\min_c -\log p(v, c)"),
]
APART = [
    (r"\arg\min_\theta H(r, p_\theta)", r"\arg\min_\theta \mathrm{KL}(p_\theta \| r)"),
    (r"\arg\min_\theta \mathrm{KL}(r \| p_\theta)", r"\arg\min_\theta H(p_\theta)"),
    (r"\arg\max_c p(c \mid v)", r"\arg\max_c p(v \mid c)"),
    (r"\arg\max_c p(c \mid v)", r"\arg\min_c p(c, v)"),
]


def alike(left, right, seed):
    read = readings(parse(left).statements[0], parse(right).statements[0])[0]
    return ranked_alike(read.left, read.right, signature_of(read), seed)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_what_is_best_by_both_is_ranked_alike(left, right, seed):
    assert alike(left, right, seed)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("left", "right"), APART)
def test_rankings_tell_apart_what_is_often_best_at_the_same_place(left, right, seed):
    assert not alike(left, right, seed)
