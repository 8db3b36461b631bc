"""Functions that a text calls convex or concave."""

import pytest

from errata.reading.bent import bent_functions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for every convex function $f$ and", {"f": 1}),
        ("Let $g(x)$ be a strictly concave function.", {"g": -1}),
        ("for any *concave* function  $\\varphi$ and random variable", {"\\varphi": -1}),
        ("where $f$ is convex and $h$ is concave", {"f": 1, "h": -1}),
        ("where $f$ is convex; elsewhere $f$ is concave", {}),
        ("a non-convex function $f$", {}),
        ("a convex combination $a$", {}),
        ("the function $f$ is smooth", {}),
    ],
)
def test_what_is_called_so(text, expected):
    assert dict(bent_functions(text)) == expected
