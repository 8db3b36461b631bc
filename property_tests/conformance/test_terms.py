"""Slips between an operation and what it is done to: each is named, and the same in another form is silent."""

from __future__ import annotations

from random import Random

import pytest
import torch
from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from numerics.conformance.diagnosis import diagnoses
from numerics.conformance.exercise import Argument, Convention, Exercise, Invertible, Positives, Reals
from numerics.conformance.inputs import inputs_of
from numerics.conformance.values import Seen, ours

POSITIVE = (Argument("a", ("n",), Positives(), ""), Argument("b", ("n",), Positives(), ""))
SAMPLES = (Argument("x", ("n",), Reals(), ""), Argument("y", ("m",), Reals(), ""))
SCALED = (Argument("x", ("n", "d"), Reals(), ""), Argument("s", (), Positives(), ""))
SQUARE = (Argument("z", ("d",), Reals(), ""), Argument("w", ("d", "d"), Invertible(), ""))


def likely(arguments: tuple[Argument, ...], right, written) -> list[str]:
    """What is said of a function that is held against another."""
    exercise = Exercise("mine", "f", right, arguments, "", (Convention("never", right),))
    inputs: list[dict] = []
    how = settings(max_examples=30, deadline=None, database=None, phases=(Phase.generate,))
    with pytest.raises(NoSuchExample):
        find(inputs_of(exercise), inputs.append, settings=how, random=Random(0))
    return diagnoses(exercise, [Seen(one, ours(exercise, one), ours(exercise, one, written)) for one in inputs])


def log_sum(a, b):
    return torch.log(a + b)


def hypotenuse(a, b):
    return torch.sqrt(a**2 + b**2)


def decay(a, b):
    return torch.exp(-a * b)


def log_product(a, b):
    return torch.log(a * b)


def log_ratio(a, b):
    return torch.log(a) - torch.log(b)


def contrast(x, y):
    return torch.sigmoid(x).mean() - torch.sigmoid(y).mean() / 2


def laplace(x, s):
    return -(torch.abs(x) / s + torch.log(s)).sum(-1)


def norm_and_prior(x, s):
    return (x**2).sum(-1) / 2 + torch.log(s)


def volume(z, w):
    return (z**2).sum() + torch.linalg.slogdet(w)[1]


@pytest.mark.parametrize(
    ("arguments", "right", "wrong", "said"),
    [
        (POSITIVE, log_sum, lambda a, b: torch.log(a) + torch.log(b), "taken of each term, "),
        (POSITIVE, hypotenuse, lambda a, b: a + b, "taken of each term, "),
        (POSITIVE, decay, lambda a, b: torch.exp(-a) * torch.exp(b), "taken of each factor, "),
        (POSITIVE, log_product, lambda a, b: torch.log(a) * torch.log(b), "taken of each factor, "),
        (POSITIVE, log_ratio, lambda a, b: torch.log(a) / torch.log(b), "a quotient for the difference"),
        (SCALED, laplace, lambda x, s: -(torch.abs(x) / s).sum(-1) - torch.log(s), "the last term counts once"),
        (
            SCALED,
            norm_and_prior,
            lambda x, s: (x**2 / 2 + torch.log(s)).sum(-1),
            "the last term counts for each of those summed",
        ),
        (SQUARE, volume, lambda z, w: z @ z + torch.log(torch.linalg.det(w)), "the absolute value of the determinant"),
        (SQUARE, volume, lambda z, w: z @ z + torch.linalg.det(w).abs(), "the logarithm of the determinant is missing"),
    ],
)
def test_a_slip_between_two_operations_is_named(arguments, right, wrong, said):
    found = likely(arguments, right, wrong)
    assert found and found[0].startswith(said), found


def pooled(x, y):
    both = torch.cat([torch.sigmoid(x), -torch.sigmoid(y) / 2])
    return both.mean()


def test_one_mean_of_two_samples_is_told_from_two_means():
    assert likely(SAMPLES, contrast, pooled)[:1] == [
        "one mean over all together, not one of each, in torch.sigmoid(x).mean() - torch.sigmoid(y).mean() / 2"
    ]


@pytest.mark.parametrize(
    ("arguments", "right", "same"),
    [
        (POSITIVE, log_sum, lambda a, b: torch.log(a) + torch.log1p(b / a)),
        (POSITIVE, hypotenuse, lambda a, b: a * torch.sqrt(1 + (b / a) ** 2)),
        (POSITIVE, decay, lambda a, b: torch.exp(-a) ** b),
        (POSITIVE, log_product, lambda a, b: torch.log(a) + torch.log(b)),
        (POSITIVE, log_ratio, lambda a, b: torch.log(a / b)),
        (SCALED, laplace, lambda x, s: -x.abs().sum(-1) / s - x.shape[-1] * torch.log(s)),
        (SQUARE, volume, lambda z, w: z @ z + torch.log(torch.linalg.det(w).abs())),
        (SAMPLES, contrast, lambda x, y: torch.sigmoid(x).sum() / len(x) - torch.sigmoid(y).sum() / (2 * len(y))),
    ],
)
def test_the_same_in_another_form_has_nothing_to_explain(arguments, right, same):
    assert likely(arguments, right, same) == []


@pytest.mark.parametrize(
    ("arguments", "right", "other"),
    [
        (POSITIVE, log_sum, lambda a, b: torch.log(a) + torch.log(b) + a * b / 7),
        (SAMPLES, contrast, lambda x, y: torch.cat([torch.sigmoid(x), torch.sigmoid(y)]).median()),
        (SCALED, laplace, lambda x, s: -(torch.abs(x) / s).sum(-1) - torch.log(1 + s**3)),
        (SQUARE, volume, lambda z, w: torch.where(z[0] < 0, torch.nan, volume(z, w))),  # no number, and of no slip
        (SQUARE, volume, lambda z, w: torch.where(z[0] < 5, torch.nan, volume(z, w))),
    ],
)
def test_what_no_slip_makes_goes_without(arguments, right, other):
    assert likely(arguments, right, other) == []
