"""Values of worlds beside each other."""

from __future__ import annotations

import numpy as np
import pytest

from errata.worlds.operations import close, is_finite


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (1.0, 1.0 + 1e-9, True),
        (1.0, 1.1, False),
        (10**400, 10**400, True),  # whole numbers that no floating number holds
        (10**400, 10**400 + 1, False),
        (10**400, 1.0, False),
        (10**25, 10**25, True),
        (10**25, 2 * 10**25, False),
        (np.inf, np.inf, False),
        (np.ones((2, 1)), np.ones((1, 2)), False),
    ],
)
def test_values_are_close_or_not(a: float, b: float, same: bool) -> None:
    assert close(a, b) is same


def test_what_no_floating_number_holds_is_not_finite() -> None:
    assert is_finite(3) and is_finite(np.ones((2, 2)))
    assert not is_finite(10**400) and not is_finite(np.nan)
