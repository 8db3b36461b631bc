"""``errata symbols``: what a page says of each letter, with its line; and the typed term of ``errata read``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from property_tests.test_cli import inside

ORCHARD = """# Pears

Let $w \\in \\mathbb{R}^d$ be the weights, $\\eta > 0$ the step size, and $k = 7$ baskets stand there.

The pears $Y \\sim \\mathcal{N}(m, s^2)$ ripen, and

$$
g(t) = t^2 + c t
$$

where $c$ is the rate of growth and $u + v = 1$.

# Plums

Now $w \\in \\mathbb{R}$ weighs a plum, $k = 9$, $k = 8$, and $g(2) > b$.
"""
LATEX = r"""\section{Pears}
Let $w \in \mathbb{R}^d$ be the weights, and $Y \sim \mathcal{N}(m, s^2)$.
\begin{equation}
g(t) = t^2
\end{equation}
"""


def page(text: str, folder: Path, name: str = "a.md", *more: str) -> dict[str, Any]:
    """What the command says of a page as JSON, by the letters."""
    (folder / name).write_text(text)
    ran = inside("symbols", f"{folder / name}", "--format", "json", *more)
    assert ran.returncode == 0, ran.stderr
    return {one["symbol"]: one for one in json.loads(ran.stdout)["symbols"]}


def said(symbol: dict[str, Any], section: int = 0) -> list[tuple[str, str, int]]:
    return [(s["kind"], s["text"], s["line"]) for s in symbol["sections"][section]["said"]]


def test_each_letter_has_what_is_said_of_it_with_its_line(tmp_path: Path) -> None:
    found = page(ORCHARD, tmp_path)
    assert said(found["w"]) == [("is", "vector of size d", 3), ("role", "weights", 3)]
    assert said(found[r"\eta"]) == [("is", "positive number", 3), ("role", "step size", 3)]
    assert said(found["Y"]) == [("is", "random variable", 5), ("role", "pears", 5), ("law", r"\mathcal{N}(m, s^2)", 5)]
    assert said(found["g"]) == [("defined as", "t^2 + c t", 8)]
    assert found["g"]["sections"][0]["used_as"] == "function of t"
    assert said(found["c"]) == [("is", "positive number", 11), ("role", "rate of growth", 11)]
    assert said(found["k"]) == [("value", "7", 3)]


def test_where_nothing_is_said_nothing_is_made_up(tmp_path: Path) -> None:
    found = page(ORCHARD, tmp_path)
    for letter in ("u", "v", "b"):
        assert [s["said"] for s in found[letter]["sections"]] == [[]]
        assert found[letter]["sections"][0]["used_as"] is None
    assert r"\mathbb{R}" not in found and r"\mathcal{N}" not in found
    assert "nothing is said of it (line 11)" in inside("symbols", f"{tmp_path}/a.md:11").stdout


def test_a_section_is_named_where_it_says_something_new(tmp_path: Path) -> None:
    found = page(ORCHARD, tmp_path)
    assert [s["title"] for s in found["w"]["sections"]] == ["Pears", "Plums"]
    assert said(found["w"], 1)[0] == ("is", "real number", 15)
    assert [s["title"] for s in found["g"]["sections"]] == ["Pears"]


@pytest.mark.parametrize(
    ("second", "at_odds"),
    [
        ("Now $k = 9$, and $k = 8$.", ["value"]),
        ("Now $k = 9$, and again $k = 9$.", []),
        ("Now $k = 9$, and if $k = 8$ nothing changes.", []),
        ("Now $k_1 = 9$, and $k_2 = 8$.", []),
        ("Now $k_i = 9$ for reds, and $k_i = 8$ for greens.", []),
        ("Now $k \\in \\mathbb{R}^2$. The number is $k > 0$.", ["is"]),
        ("Now $k \\in \\mathbb{R}^2$. It has $k \\in \\mathbb{R}^2$ still.", []),
        ("Now $f(k) = k + 1$, and $f(k) = k + 2$.", ["defined as"]),
        ("Now $k \\sim \\mathcal{N}(0, 1)$, and $k \\sim \\mathcal{N}(0, 2)$.", ["law"]),
    ],
)
def test_what_disagrees_within_a_section_is_at_odds(second: str, at_odds: list[str], tmp_path: Path) -> None:
    found = page(f"# One\n\nFirst $k = 1$.\n\n# Two\n\n{second}\n", tmp_path)
    told = [kind for one in found.values() for s in one["sections"] for kind in s["at_odds"]]
    assert told == at_odds
    assert ("at odds" in inside("symbols", f"{tmp_path}/a.md").stdout) == bool(at_odds)


def test_what_a_later_section_repeats_is_not_shown_again(tmp_path: Path) -> None:
    found = page("# One\n\nLet $k = 1$.\n\n# Two\n\nStill $k = 1$.\n\n# Three\n\nNow $k = 2$.\n", tmp_path)
    assert [s["title"] for s in found["k"]["sections"]] == ["One", "Three"]


def test_letters_in_indices_and_arguments_of_macros_are_kept(tmp_path: Path) -> None:
    text = "\\newcommand{\\pair}[2]{(#1 + #2)}\nSo $h(t) = \\pair{t}{c}$ and $x_j > y_j$.\n"
    found = page(text, tmp_path, "a.tex")
    assert said(found["h"]) == [("defined as", r"\pair{t}{c}", 2)]
    assert found["j"]["sections"][0]["used_as"] == "index"
    assert found["x_j"]["forms"] == ["x_j"]


def test_latex_and_notebooks_are_read_alike(tmp_path: Path) -> None:
    found = page(LATEX, tmp_path, "a.tex")
    assert said(found["w"]) == [("is", "vector of size d", 2), ("role", "weights", 2)]
    assert said(found["g"]) == [("defined as", "t^2", 4)]
    cells = [
        {"cell_type": kind, "metadata": {}, "source": source}
        for kind, source in (("markdown", "# Pears"), ("code", "1 + 1"), ("markdown", "So\n$w \\in \\mathbb{R}^d$."))
    ]
    book = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    found = page(book, tmp_path, "a.ipynb")
    [only] = found["w"]["sections"][0]["said"]
    assert (only["text"], only["cell"], only["line"]) == ("vector of size d", 3, 2)
    assert "vector of size d (cell 3, line 2)" in inside("symbols", f"{tmp_path}/a.ipynb").stdout


def test_what_an_author_says_to_errata_and_what_a_constraint_says(tmp_path: Path) -> None:
    found = page("<!-- errata: let q in [0, 1] -->\n\nHere $q + r = 1$, $r < 3$ and $0 < z < 1$.\n", tmp_path)
    [only] = found["q"]["sections"][0]["said"]
    assert (only["kind"], only["by"], only["line"]) == ("range", "comment", 1)
    assert said(found["r"]) == [("range", "r < 3", 3)]
    assert said(found["z"]) == [("range", "0 < z < 1", 3)]


def test_macros_of_the_course_hold_here_too(tmp_path: Path) -> None:
    (tmp_path / "errata.toml").write_text('[macros]\nreals = "\\\\mathbb{R}"\n')
    text = "Let $w \\in \\reals^d$.\n"
    assert said(page(text, tmp_path)["w"]) == [("is", "vector of size d", 1)]
    assert said(page(text, tmp_path, "a.md", "--no-config")["w"]) == []


def test_a_place_without_a_letter_and_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ORCHARD)
    ran = inside("symbols", f"{tmp_path}/a.md:1")
    assert ran.returncode == 2 and "the nearest is on line 3" in ran.stderr
    (tmp_path / "b.md").write_text("No formula at all.\n")
    assert inside("symbols", f"{tmp_path}/b.md").stdout == "no symbols: no formula was read\n"
    assert inside("symbols", f"{tmp_path}/c.md").returncode == 2


def test_read_shows_the_typed_term_with_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Let $w \\in \\mathbb{R}^d$.\n\nThen $h(w) = \\sum_{i=1}^n w^\\top x_i$.\n")
    shown = inside("read", f"{tmp_path}/a.md:3").stdout
    assert "w: vector of size d (line 1)\n" in shown and "sum over i from 1 to n\n" in shown
    [formula] = json.loads(inside("read", f"{tmp_path}/a.md:3", "--format", "json").stdout)
    [typed] = formula["terms"]
    assert typed["why"] is None and typed["term"]["operation"] == "="
    call, total = typed["term"]["parts"]
    assert call["symbol"] == "h" and call["arguments"][0]["kind"] == "vector of size d (line 1)"
    assert total["binder"] == "sum" and total["variables"] == ["i"]


def test_read_says_why_a_formula_has_no_term() -> None:
    shown = inside("read", "a = \\frac{b}{}").stdout
    assert "term     none: " in shown
    assert json.loads(inside("read", "a = \\frac{b}{}", "--format", "json").stdout)["terms"][0]["term"] is None


def test_read_takes_a_formula_alone_with_the_macros_of_the_field() -> None:
    [typed] = json.loads(inside("read", "$\\E[X] = m$", "--format", "json").stdout)["terms"]
    mean, value = typed["term"]["parts"]
    assert mean["binder"] == "E" and mean["body"]["symbol"] == "X" and value["symbol"] == "m"
