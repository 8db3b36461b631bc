"""Formulas of Markdown are found where they stand, to the character, and nothing else is."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.markdown import read_markdown
from errata.reading.plain_text import ReadingError

Found = tuple[str, str, int, int]


def found(text: str) -> list[Found]:
    """Delimiter, LaTeX, line and column of each formula."""
    page = read_markdown(text, "page.md")
    places = [page.place(f.span.start) for f in page.formulas]
    return [(f.delimiter, f.latex, p.line, p.column) for f, p in zip(page.formulas, places, strict=True)]


def latex(text: str) -> list[str]:
    return [f[1] for f in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let $x$ be", ("$", "x", 1, 6)),
        ("let $ x $ be", ("$", "x", 1, 7)),
        ("takes $\\sim$5 ms", ("$", r"\sim", 1, 8)),
        ("a\n\n$$\nx = 1\n$$", ("$$", "x = 1", 4, 1)),
        ("- so:$$x=1$$, and", ("$$", "x=1", 1, 8)),
        ("$$a = 1\n\nb = 2$$", ("$$", "a = 1\n\nb = 2", 1, 3)),
        (r"let \(x^2\) be", (r"\(", "x^2", 1, 7)),
        (r"\[ a_1 \]", (r"\[", "a_1", 1, 4)),
        (r"let \\(x^2\\) be", (r"\\(", "x^2", 1, 8)),
        (r"\\[a \\\\ b_1\\]", (r"\\[", r"a \\\\ b_1", 1, 4)),
        ("let $`a_b`$ be", ("$`", "a_b", 1, 7)),
        ("let {math}`a_b` be", ("{math}`", "a_b", 1, 12)),
        ("{% math %}\nx\n{% endmath %}", ("{% math %}", "x", 2, 1)),
        ("a {%- katex -%}x{%- endkatex -%}", ("{% katex %}", "x", 1, 16)),
        ("```math\nx\n```", ("```math", "x", 2, 1)),
        ("~~~ math\nx\n~~~", ("~~~math", "x", 2, 1)),
        ("```{math}\n:label: one\n\nx\n```", ("```{math}", "x", 4, 1)),
        (":::{math}\n:nowrap:\nx\n:::", (":::{math}", "x", 3, 1)),
        ("1. a\n\n   ```math\n   x\n   ```", ("```math", "x", 4, 4)),
        ("> ```math\n> x\n> ```", ("```math", "x", 2, 3)),
        ("# On $x$ #", ("$", "x", 1, 7)),
        ("> let $x$", ("$", "x", 1, 8)),
        ("1. item\n\n    deep $x$", ("$", "x", 3, 11)),
        ("|a|b|\n|-|-|\n|1|$x|y$|", ("$", "x|y", 3, 5)),
        ("```{note}\nlet $x$\n```", ("$", "x", 2, 6)),
        ("::: {.theorem}\nlet $x$\n:::", ("$", "x", 2, 6)),
        ("if $a\n= b$", ("$", "a\n= b", 1, 5)),
        (r"$\text{if $x$}$", ("$", r"\text{if $x$}", 1, 2)),
    ],
)
def test_each_delimiter_with_its_place(text: str, expected: Found) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize("name", "align align* equation gather multline split eqnarray alignat flalign".split())
def test_an_environment_outside_of_delimiters_is_read_whole(name: str) -> None:
    whole = f"\\begin{{{name}}}\na &= b\n\\end{{{name}}}"
    assert found(f"so\n{whole} done") == [(name, whole, 2, 1)]


def test_several_on_a_line_and_side_by_side() -> None:
    assert latex("$$a$$ and $$b$$, $c$$d$") == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "text",
    [
        "costs $5 and $6",
        "between $5–$10, or US$7.50 (A$8)",
        "from $5 up to 6$ dollars",
        "$HOME and $PATH",
        r"\$x\$ is escaped",
        "`$x$` and ``a`$x$``",
        "```\n$x$\n```",
        "~~~python\n$x$\n```\n$x$\n~~~",
        "- item\n\n  ```python\n  $x$\n  ```",
        "```{code-block} python\n$x$\n```",
        "```{r}\n$x$\n```",
        "    $x$\n\n    $y$",
        "<!-- $x$ -->",
        "<!--\n$x$\n\n$y$\n-->",
        "<script>\nlet a = `$x$`\n</script>",
        "<style>$x$</style>",
        "<pre>\n\n$x$\n</pre>",
        "<code>$x$</code>",
        "---\ntitle: $x$\n---\n",
        "{% highlight tex %}\n$x$\n{% endhighlight %}",
        "{% comment %} $x$ {% endcomment %}",
        "see [here](a$x$b) or http://a.b/$x$ or <http://a.b/$x$>",
        r"\[**note**\] and \[1\] and URL 0\(83\)",
        "$$ $$ and $ $ and $$$$",
        r"\begin{itemize}\end{itemize}",
    ],
)
def test_what_is_not_a_formula(text: str) -> None:
    assert latex(text) == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("```\n$x$\n```\n$y$", ["y"]),
        ("<!-- $x$ --> $y$", ["y"]),
        ("<!--\n$x$ --> $y$", ["y"]),
        ("---\na: $x$\n---\n$y$", ["y"]),
        ("---\n\n$y$\n\n---\n", ["y"]),
        ("$5 for `$x$`, but $y$", ["y"]),
        ("a < b and $y$ > 3 or <a href='$x$'>$z$</a>", ["y", "z"]),
        ("<!-- never closed $y$", ["y"]),
        ("`never closed $y$", ["y"]),
    ],
)
def test_reading_goes_on_behind_what_is_skipped(text: str, rest: list[str]) -> None:
    assert latex(text) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a law $p(w) = \\mathcal{U}(0, 1).\n- and $y$ then", ["y"]),
        ("so $\\alpha and $y$ too", ["y"]),
        ("if $x_1 is large, then ($y$) holds", ["y"]),
        ("$x_1 never\n\n$y$", ["y"]),
        ("$$ \\alpha never\n\nThe next paragraph of text.\n\n$$y$$", ["y"]),
        ("\\begin{align} never\n\n$y$", ["y"]),
    ],
)
def test_an_unclosed_delimiter_swallows_nothing_and_is_reported(text: str, rest: list[str]) -> None:
    page = read_markdown(text, "page.md")
    assert [f.latex for f in page.formulas] == rest
    assert page.damages[0].kind == "unclosed-delimiter"


def test_quotation_marks_are_blanked_and_offsets_stay() -> None:
    text = "> $$\n> a &= b \\\\\n> > c\n> $$"
    (formula,) = read_markdown(text, "page.md").formulas
    assert formula.latex == "a &= b \\\\\n  > c"
    assert text[formula.offset(0)] == "a"
    assert text[formula.offset(len(formula.latex) - 1)] == "c"


def test_a_control_space_at_the_end_stays() -> None:
    assert latex("$$a\\ $$") == ["a\\ "]


def test_headings() -> None:
    text = "Title\n=====\n\n# One $x$ #\n\nTwo\n---\n\n- item\n---\n\n```\n# no\n```\n### Three {#id}\n#no\n"
    headings = read_markdown(text, "page.md").headings
    assert [(h.title, h.level) for h in headings] == [("Title", 1), ("One $x$", 1), ("Two", 2), ("Three", 3)]
    assert [text[h.span.start : h.span.end] for h in headings][1:3] == ["# One $x$ #", "Two\n---"]


def test_comments_are_kept_for_their_author() -> None:
    text = "<!-- errata: one -->\n$x$ <!-- two -->\n\n<!--\nthree\n-->\n`<!-- no -->`"
    assert [text[c.start : c.end].strip() for c in read_markdown(text, "page.md").comments] == [
        "errata: one",
        "two",
        "three",
    ]


def test_macros_of_the_page_are_collected_and_not_read_as_formulas() -> None:
    page = read_markdown("$$\\newcommand{\\R}{\\mathbb{R}}$$\n\n$$\\def\\two#1{#1#1} \\two{x}$$\n", "page.md")
    assert [f.latex.strip() for f in page.formulas] == [r"\two{x}"]
    assert page.macros["R"].body == r"\mathbb{R}"
    assert page.macros["two"].arity == 1


def test_macros_in_code_are_no_macros() -> None:
    assert not read_markdown("```\n\\newcommand{\\R}{x}\n```\n", "page.md").macros


def test_macros_in_the_front_matter() -> None:
    page = read_markdown("---\nmath:\n  '\\R': '\\mathbb{R}'\n---\n$x$", "page.md")
    assert page.macros["R"].body == r"\mathbb{R}"


_WORDS = st.lists(st.sampled_from("the mean of a law is (here) given, as 5 – see: `code` [a](b) *so* #1".split()))
_ATOMS = st.sampled_from(
    [r"\frac{a}{b}", "x_{12}", "p(x|z)", "=", "+", r"\alpha", "2", r"\{1,2\}", "<", r"\text{if}", "y^2", r"\,", "'"]
)
_LATEX = st.lists(_ATOMS, min_size=1, max_size=8).map(lambda atoms: " ".join(["x =", *atoms, "z"]))
_SHAPES = st.sampled_from(["$%s$", "$ %s $", "$$%s$$", "\n\n$$\n%s\n$$\n\n", r"\(%s\)", r"\[%s\]", "$`%s`$"])
_GLUE = st.sampled_from([" ", "\n", "\n\n", "\n- ", "\n> ", " (", ", "])


@given(st.lists(st.tuples(_WORDS, _SHAPES, _LATEX, _GLUE), max_size=8))
def test_random_formulas_in_random_prose_are_found_exactly(parts: list[tuple[list[str], str, str, str]]) -> None:
    text, expected = "", []
    for words, shape, content, glue in parts:
        text += glue + " ".join([*words, ""]) + shape % content + " "
        expected.append(content)
    page = read_markdown(text, "page.md")
    assert [f.latex for f in page.formulas] == expected
    for formula in page.formulas:
        assert "".join(text[formula.offset(i)] for i in range(len(formula.latex))) == formula.latex
        assert formula.offset(len(formula.latex)) == formula.span.end


_SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            r"""$ $$ \( \) \[ \] \\( \\) \\[ ` `` ``` ~~~ ::: {math} {% %} <!-- --> <pre> </pre> --- > - # | \ [ ] ( )
            \begin{align} \end{align} \newcommand{ \def\a { } math $\text{ *{ _ \alpha x 1 """.split()
        ),
        st.sampled_from([" ", "\n", "\n\n", "\t", "    ", "\x00", "\u2028"]),
        st.characters(),
    ),
    max_size=60,
).map("".join)


@given(_SOUP)
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    page = read_markdown(text, "page.md")
    for formula in page.formulas:
        assert 0 <= formula.span.start < formula.span.end <= len(text)
        assert formula.span.end - formula.span.start == len(formula.latex)
        kept = [c if c == t else " " for c, t in zip(formula.latex, text[formula.span.start :], strict=False)]
        assert "".join(kept) == formula.latex  # what isn't blanked is the text
    for damage in page.damages:
        assert 0 <= damage.span.start < damage.span.end <= len(text)
    for table in page.tables:
        for cell in (c for row in (table.header, *table.rows) for c in row):
            assert text[cell.span.start : cell.span.end] == cell.text


HOSTILE = [
    *("$ ", "$$", "\\(", "\\\\(", "`", "<a ", "<a '", "<!--", "<pre>", "{% math %}", "\\begin{cases}", "](a("),
    *("\\newcommand{\\a}{", "> ", "\\text{$", "\\alpha (", "$$a\n\n", "[\n\\alpha\n", "```\n", "|a|b|\n|-|-|\n", "#"),
]


def seconds(unit: str, size: int) -> float:
    """How long it takes to read ``size`` characters of repeated ``unit``, or to refuse them."""
    text = unit * (size // len(unit))
    start = time.process_time()
    with suppress(ReadingError):
        read_markdown(text, "page.md")
    return time.process_time() - start


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    """Eight times the text takes about eight times as long, where a quadratic reader needs 64 times."""
    small = min(seconds(unit, 20_000) for _ in range(3))
    large = min(seconds(unit, 160_000) for _ in range(3))
    assert large < 30 * max(small, 0.004)


def test_a_hostile_line_of_five_megabytes() -> None:
    assert seconds("$ x\\( `a (\\alpha <!-- ", 5_000_000) < 30


def test_more_formulas_than_a_page_can_hold_is_an_error() -> None:
    with pytest.raises(ReadingError, match="formulas"):
        read_markdown("$x$ " * 200_001, "page.md")


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (r"$\bar{y}\_i$ and $y\_{ij}$", [r"\bar{y} _i", "y _{ij}"]),
        (r"$f'\'\_X(x)$", ["f' ' _X(x)"]),
        (r"$\theta^\*$", [r"\theta^ *"]),
        (r"$\text{log\_loss}$ and $a \\_b$", [r"\text{log\_loss}", r"a \\_b"]),
        ("$$\ny\\_i\n$$", [r"y\_i"]),
        (
            "\\begin{align}\nw^{2}\\_{j} + \\hat{a}\\_ 1\n\\end{align}",
            ["\\begin{align}\nw^{2} _{j} + \\hat{a} _ 1\n\\end{align}"],
        ),
        ("\\begin{align}\n\\text{log\\_loss}\n\\end{align}", ["\\begin{align}\n\\text{log\\_loss}\n\\end{align}"]),
    ],
)
def test_what_markdown_wants_escaped_is_read_without_its_backslash(notes: str, expected: list[str]) -> None:
    assert latex(notes) == expected
