"""Between which sides a recurrence may stand."""

from __future__ import annotations

from errata.checking.recurrences import other_members
from errata.reading.parser import parse


def test_an_index_of_the_same_kind_is_a_slip_and_a_time_is_none() -> None:
    def apart(left: str, right: str) -> bool:
        return other_members(parse(left), parse(right))

    assert apart("a x_{t-1} + w_t", "a^2 x_{t-2} + a w_{t-1} + w_t")
    assert apart("d_0", "d_t") and apart("i + b y_{-1}", "i")
    assert apart("b h^{k-1} + w^k", "b h^{k-2} + w^{k-1}")
    assert not apart("f_i g_j", "f_i g_i") and not apart("x_1 + x_2", "x_1") and not apart("x^k y", "x^{k-1} y")
    assert not apart(r"\sum_i x_i + x_n", r"n \bar x")
