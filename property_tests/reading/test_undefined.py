r"""Commands that nothing defines: names, functions and operators, of which the document is told once, and on which no
relation is called wrong."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Examined
from errata.checking.options import Options
from errata.reading.explain import read_latex
from errata.reading.sources import read_document


def examined(text: str) -> Examined:
    return examine(read_document("page.md", text.encode()), Options())


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"a + \mystery b", "a + mystery·b"),
        (r"\gain(a) = 2 a", "gain(a) = 2·a"),
        (r"\gain{a} = 2 a", "gain{a} = 2·a"),
        (r"\mix{a}{b} = c", "mix{a b} = c"),
        (r"\Add_{i=1}^n x_i + y", "Add[(i = 1)..n](x_i) + y"),
        (r"\mystery_i x", "mystery_i·x"),
    ],
)
def test_it_is_read_by_how_it_is_used(latex: str, said: str) -> None:
    reading = read_latex(latex)
    assert (reading.words, reading.opaque) == (said, ())
    assert any("is defined nowhere" in note for note in reading.notes)


def test_the_document_is_told_once() -> None:
    found = examined("$$\\gain(a) = \\loss(b)$$\n\n$$\\gain(b) = \\loss(a)$$\n")
    [remark] = found.remarks
    assert (remark.rule, remark.message) == ("N402", r"\gain, \loss are defined nowhere; they are read as names")
    assert examined("$$a = b + \\alpha$$\n").remarks == ()


def test_nothing_is_called_wrong_on_it_but_what_stands_beside_it_is() -> None:
    chain = "$$(a + {0})^2 - {0}^2 = a^2 + 2 a {0} = a (a + {0})$$\n"
    of_command = examined(chain.format("\\mystery")).judged[-1]
    assert isinstance(of_command.verdict, Undecided) and "defined nowhere" in of_command.verdict.why
    assert isinstance(examined(chain.format("b")).judged[-1].verdict, Refuted)
    beside = examined("$$\\mystery = 3$$\n\n$$2 \\cdot 3 = 7$$\n").judged
    assert isinstance(beside[-1].verdict, Refuted)


def test_an_index_that_only_the_command_binds_is_no_fault() -> None:
    assert all(j.rule is None for j in examined("$$\\sumover f(x_i) = \\sum_{i=1}^n f(x_i) + 0$$\n").judged)


def test_one_that_may_act_on_what_follows_proves_nothing() -> None:
    [acting] = examined("$$\\turn A B = \\turn B A$$\n").judged
    assert isinstance(acting.verdict, Undecided) and "what follows" in acting.verdict.why
    [alone] = examined("$$a + \\mystery = \\mystery + a$$\n").judged
    assert isinstance(alone.verdict, Proved)


def test_an_angle_is_one_name() -> None:
    assert read_latex(r"\angle ACB = \angle ABC + \angle A").words == "∠ACB = ∠ABC + ∠A"
    assert not isinstance(examined("$$\\angle ACB = \\angle ABC$$\n").judged[0].verdict, Proved)
