"""Identity matrices with a size are no free numbers; what fails with 1 for each fails."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.checking.unit_matrices import holds_for_identities
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("latex", "holds"),
    [
        (r"(I_d \cdot I_d)^{1/2} = (I_d)^{1/2}", True),
        (r"(I_n \cdot a I_n)^{1/2} = (a I_n)^{1/2}", True),
        (r"\mathbf{I}_d^2 a = a", True),
        (r"(a^2 I_d)^{1/2} = a^2 I_d", False),
        (r"I_d I_d = 2 I_d", False),
        (r"A_d A_d = A_d", False),
    ],
)
def test_identities_are_one_in_dimension_one(latex: str, holds: bool) -> None:
    assert holds_for_identities(stated(parse(latex))[0].pairs()[0], 0) is holds


@pytest.mark.parametrize(
    ("latex", "refuted"),
    [(r"(I_d \cdot a I_d)^{1/2} = (a I_d)^{1/2}", False), (r"(a^2 I_d)^{1/2} = a^2 I_d", True)],
)
def test_a_power_of_identities_is_not_refuted_as_one_of_numbers(latex: str, refuted: bool) -> None:
    judged = examine(read_document("a.md", f"We get\n\n$$ {latex} $$\n"), Options()).judged
    assert isinstance(judged[0].verdict, Refuted) is refuted
