"""``errata report``: two real runs compared; moved lines, renamed files, findings edited, waived or not looked at."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from errata.cli import main
from errata.reporting.comparison import Comparison, Finding
from errata.reporting.renderers.compared import as_markdown

ONE = "For real $x$: $$(x+1)^2 = x^2 + 2x + 2$$\n"
TWO = "For real $x$: $$(x-1)(x+1) = x^2 + 1$$\n"
THREE = "For real $a$: $$(a+2)^2 = a^2 + 4a + 5$$\n"
RIGHT = "For real $x$: $$(x+1)^2 = x^2 + 2x + 1$$\n"


def ran(*arguments: object):
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def made(name: str, **pages: str) -> str:
        for old in tmp_path.glob("*.md"):
            old.unlink()
        for page, text in pages.items():
            (tmp_path / f"{page}.md").write_text(text, encoding="utf-8")
        found = ran(
            "check",
            *(f"{page}.md" for page in pages),
            "--format",
            "json",
            "--no-cache",
            "--jobs",
            "1",
            "--output",
            f"{name}.json",
            "--fail-on",
            "never",
        )
        assert found.exit_code == 0, found.output
        return f"{name}.json"

    return made


def tree(old: str, new: str, *more: str):
    found = ran("report", old, new, "--format", "json", *more)
    return found.exit_code, json.loads(found.output)


def texts(found, field: str) -> list[str]:
    return [one["text"] for one in found[field]]


def test_new_mended_and_still_open_whatever_the_lines(run):
    old = run("old", a=ONE + "\n" + TWO)
    new = run("new", a="# A title\n\nAnd a paragraph.\n\n" + TWO + "\n" + THREE + "\n" + RIGHT)
    status, found = tree(old, new)
    assert status == 1
    assert texts(found, "mended") == ["(x + 1)^2 = x^2 + 2 x + 2"]
    assert texts(found, "still_open") == ["(x - 1) (x + 1) = x^2 + 1"]
    assert texts(found, "new") == ["(a + 2)^2 = a^2 + 4 a + 5"]
    assert found["still_open"][0]["line"] == 5  # as the later run has it
    assert tree(old, new, "--fail-on", "never")[0] == 0


def test_the_same_run_twice_has_nothing_new_and_the_same_finding_twice_is_two(run):
    old = run("old", a=ONE)
    new = run("new", a=ONE + "\n" + ONE)
    assert tree(old, old) == (0, tree(old, old)[1]) and len(tree(old, old)[1]["still_open"]) == 1
    found = tree(old, new)[1]
    assert len(found["still_open"]) == 1 and len(found["new"]) == 1
    assert len(tree(new, old)[1]["mended"]) == 1


def test_a_renamed_page_and_an_edited_formula_are_still_open(run):
    old = run("old", a=ONE)
    new = run("new", chapter=ONE.replace("2x + 2$$", "2x + 4 - 2$$") + "\n" + TWO)
    moved = run("moved", chapter=ONE)
    assert texts(tree(old, moved)[1], "still_open") == ["(x + 1)^2 = x^2 + 2 x + 2"]
    status, found = tree(moved, new)
    assert texts(found, "still_open") == ["(x + 1)^2 = x^2 + 2 x + 4 - 2"]
    assert (status, texts(found, "new"), found["mended"]) == (1, ["(x - 1) (x + 1) = x^2 + 1"], [])


def test_gone_is_not_mended_where_the_page_was_not_looked_at_or_the_finding_is_waived(run):
    old = run("old", a=ONE, b=TWO)
    found = tree(old, run("fewer", b=TWO))[1]
    assert texts(found, "not_looked_at") == ["(x + 1)^2 = x^2 + 2 x + 2"] and found["mended"] == []
    waived = run("waived", a=ONE.replace("$$(", "<!-- errata: skip because it stands so in the book --> $$("), b=TWO)
    found = tree(old, waived)[1]
    assert texts(found, "set_aside") == ["(x + 1)^2 = x^2 + 2 x + 2"] and found["mended"] == []


def test_text_and_markdown_say_it_in_order(run):
    old, new = run("old", a=ONE), run("new", a="Text.\n\n" + TWO + "\nThen $$|-2| = 3$$\n")
    said = ran("report", old, new).output
    assert said.index("new (") < said.index("mended (1)") and said.rstrip().endswith("2 new, 0 still open, 1 mended")
    assert "a.md:3: E3" in said
    table = ran("report", old, new, "--format", "markdown").output
    assert table.startswith("**errata:** 2 new") and "### New (2)" in table
    assert "<details><summary>Mended (1)</summary>" in table


def test_a_finding_edited_into_what_is_not_judged_is_not_mended(run):
    old, new = run("old", a=ONE), run("new", a=ONE.replace("2x + 2$$", "2x + 2 + \\Xi(x)$$"))
    found = tree(old, new)[1]
    assert texts(found, "not_judged") == ["(x + 1)^2 = x^2 + 2 x + 2"] and found["mended"] == [] == found["new"]


def test_a_bar_in_a_formula_does_not_end_the_cell_of_a_table():
    one = Finding("a.md", 1, "E301", "wrong-value", "error", "p(x|y) = 2", "no")
    table = as_markdown(Comparison((one,), (), (), (), (), (), ("1", "2")))
    assert "`p(x\\|y) = 2`" in table and "of errata 1 and 2" in table


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "no documents"),
        ('{"version": 9, "documents": []}', "version 9"),
        ('{"version": 1, "documents": [{}]}', "something is missing"),
    ],
)
def test_what_is_no_run_is_wrong_usage(tmp_path, text, said):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    found = ran("report", path, path)
    assert found.exit_code == 2 and said in " ".join(found.output.split())
