"""What broke in extraction is said with its kind and place; healthy text is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from errata.reading.document import Document
from errata.reading.markdown import read_markdown

SHARED = Path(__file__).parents[2].parent / "shared"


def said(text: str) -> list[tuple[str, str]]:
    """Kind of each damage, and the text it points to."""
    page = read_markdown(text, "page.md")
    return [(d.kind, text[d.span.start : d.span.end]) for d in page.damages]


def shared(folder: str) -> list[Document]:
    if not (SHARED / folder).is_dir():
        pytest.skip("../shared is absent: the course documents are not part of the project")
    paths = sorted((SHARED / folder).glob("*.md"))
    return [read_markdown(p.read_text("utf-8"), str(p)) for p in paths]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so\n\n[ f_1 = \\theta ]\n\nis", ("bracketed-display", "[ f_1 = \\theta ]")),
        ("so\n\n[\nf_1 = \\theta\n]\n", ("bracketed-display", "[\nf_1 = \\theta\n]")),
        ("* so:\n  [\n  f = \\frac{1}{2}\n  ]\n", ("bracketed-display", "[\n  f = \\frac{1}{2}\n  ]")),
        ("> [\n> f = \\theta\n> ]\n", ("bracketed-display", "[\n> f = \\theta\n> ]")),
        ("learns (f_\\theta(u)) here", ("lost-delimiters", "(f_\\theta(u))")),
        ("where (\\tau) is", ("lost-delimiters", "(\\tau)")),
        ("cause \\rightarrow effect", ("bare-command", "\\rightarrow")),
        ("of \\mathbf{u} .", ("bare-command", "\\mathbf{u}")),
        ("any map g_\\phi gives", ("bare-command", "g_\\phi")),
        ("$\\mathbb{E}*{u} g$", ("star-for-subscript", "*")),
        ("$a + frac{1}{2}$", ("lost-backslash", "frac{")),
        ("$$mathbb E[u]$$", ("lost-backslash", "mathbb")),
        ("$a text{ if } b$", ("lost-backslash", "text{")),
        ("$\\left{ a \\right)$", ("lost-backslash", "\\left{")),
        ("$v = b~0~ + 1$", ("tilde-for-subscript", "b~0~")),
        ("$(v~ij~ - ~i~)^2$", ("tilde-for-subscript", "v~ij~")),
        ("so $\\alpha is", ("unclosed-delimiter", "$\\alpha is")),
    ],
)
def test_each_kind_with_its_place(text: str, expected: tuple[str, str]) -> None:
    assert said(text) == [expected]


def test_inside_a_broken_display_every_break_is_said() -> None:
    text = "[\nh'*i = \\mathcal{J}*{ii} ,|, k\n\n* \\nabla g\n]\n"
    assert said(text) == [
        ("bracketed-display", text.strip()),
        ("star-for-subscript", "*"),
        ("star-for-subscript", "*"),
        ("lost-backslash", " ,|,"),
        ("bullet-for-sign", "*"),
    ]


def test_a_broken_display_is_one_formula_and_nothing_inside_it_another() -> None:
    (formula,) = read_markdown("[\n\\text{a $x$ b}\n]\n", "page.md").formulas
    assert (formula.latex, formula.damage) == ("\\text{a $x$ b}", "its delimiters were lost")


@pytest.mark.parametrize(
    "text",
    [
        "values = [\n  1,\n  2\n]\n",
        "a citation [1], a [link](there), a ![picture](x_1.png), [^1] and [[wiki]]",
        "- [ ] to do\n- [x] done\n",
        "\\[escaped\\] and \\(also\\), see \\eqref{eq:one} and \\cite{two}",
        "C:\\Users\\nu and `\\alpha` and \\\\alpha and <!-- \\alpha -->",
        "```\n[\n\\alpha\n]\n```",
        "[\nno closing\n\nbracket\n",
        "$a^*{b} + c*d + \\operatorname*{argmax} + \\phi*x$",
        "\\begin{align*} a \\end{align*}",
        "$x$ costs $5 (about 4.50)",
        "$v~=~3~+~4~u$, $v~\\le~1~\\text{ for~each~i~here}$ and $a~x~+~b$",
        "$\\mathrm{text} + \\text{frac of it} + \\mathbb{E} + \\left\\{ a \\right\\}$",
        "- a * b\n* c\n",
        "\\newcommand{\\R}{\\mathbb{R}}\n",
    ],
)
def test_healthy_text(text: str) -> None:
    assert said(text) == []


def test_messages_say_what_to_do() -> None:
    page = read_markdown("[\n\\alpha*i\n- frac{1}{2}\n]\n\n(\\tau) \\tau $\\alpha a\n", "page.md")
    assert len({d.kind for d in page.damages}) == 7
    assert all("write" in d.message or "put" in d.message for d in page.damages)


def test_healthy_pages_have_no_damage() -> None:
    pages = shared("corpus/statproofbook")
    assert sum(len(p.formulas) for p in pages) > 5_000
    assert [(p.path, d) for p in pages for d in p.damages] == []


def test_every_lost_display_of_the_damaged_lecture_is_said() -> None:
    (page,) = (p for p in shared("lectures") if p.path.endswith("objectives-compared.md"))
    alone = sum(line.strip() == "[" for line in page.text.split("\n"))
    assert sum(f.display and f.damage != "" for f in page.formulas) == alone and len(page.formulas) >= 40
    assert sum(d.kind == "bracketed-display" for d in page.damages) == alone == 25
