"""Which decimals may be the rounding of something longer."""

from __future__ import annotations

import pytest

from claims.printed import Printed


@pytest.mark.parametrize(("text", "is_long"), [
    ("0.347", True), ("12.5", True), ("0.7", False), ("0.05", False), ("0.0005", False), ("0.0000015", True),
    ("2.50", True), ("3", False),
])  # fmt: skip
def test_three_digits_or_six_places_make_a_result(text: str, is_long: bool) -> None:
    assert Printed(text).is_long is is_long


def test_a_power_of_ten_moves_the_point() -> None:
    assert Printed("1.5", exponent=-6).is_long and not Printed("1.5", exponent=3).is_long
