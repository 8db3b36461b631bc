"""The sample course: each mistake planted in it is found where it stands, and nothing else is reported."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from errata.cli import main

SAMPLE = Path(__file__).parents[1] / "docs" / "sample"
SYMBOLS = "book/symbols.tex"
FINDING = re.compile(r"(?P<file>[^:\s]+?):(?:cell (?P<cell>\d+):)?(?P<line>\d+):\d+: (?P<code>[A-Z]\d+) ")


@dataclass(frozen=True)
class Planted:
    """A mistake on a line of the course; ``right`` in the place of ``wrong`` makes the line true."""

    file: str
    line: int
    what: str
    wrong: str
    right: str
    code: str
    cell: int | None = None

    @property
    def place(self) -> tuple[str, int | None, int]:
        return self.file, self.cell, self.line


PLANTED = [Planted(**entry) for entry in tomllib.loads((SAMPLE / "planted.toml").read_text("utf-8"))["planted"]]


def name(planted: Planted) -> str:
    cell = f":{planted.cell}" if planted.cell else ""
    return f"{planted.file}{cell}:{planted.line}"


def checked(folder: Path, form: str) -> str:
    ran = CliRunner().invoke(main, ["check", str(folder), "--format", form, "--fail-on", "never"])
    assert ran.exit_code == 0, ran.output
    return ran.stdout


@cache
def findings() -> Counter[tuple[str, int | None, int, str]]:
    """File, cell, line and code of what is reported on the course as it is."""
    *lines, summary = checked(SAMPLE, "concise").splitlines()
    assert re.match(r"\d+ formulas, ", summary)
    return Counter(_finding(line, SAMPLE) for line in lines)


def _finding(line: str, folder: Path) -> tuple[str, int | None, int, str]:
    found = FINDING.match(line)
    assert found, line
    file = Path(found["file"]).relative_to(folder).as_posix()
    return file, int(found["cell"]) if found["cell"] else None, int(found["line"]), found["code"]


@pytest.mark.parametrize("planted", PLANTED, ids=name)
def test_a_planted_mistake_is_found_where_it_stands(planted: Planted) -> None:
    assert findings()[(*planted.place, planted.code)] == 1


def test_nothing_else_is_reported() -> None:
    expected = Counter((*p.place, p.code) for p in PLANTED)
    assert findings() - expected == Counter()


def test_the_list_is_about_this_course() -> None:
    assert len({p.place for p in PLANTED}) == len(PLANTED)
    for planted in PLANTED:
        assert source_line(planted).count(planted.wrong) == 1, planted
        assert planted.right != planted.wrong


def test_the_course_has_mistakes_of_every_kind() -> None:
    assert len(PLANTED) >= 30
    assert {p.code for p in PLANTED} >= set("E301 E302 E304 E305 E311 E401 E403 W303 W306 W307 W308".split())
    assert {p.file for p in PLANTED} == {file.relative_to(SAMPLE).as_posix() for file in course()}


def test_a_book_is_checked_from_its_main_file() -> None:
    *lines, _ = checked(SAMPLE / "book" / "book.tex", "concise").splitlines()
    expected = [(*p.place, p.code) for p in PLANTED if p.file.startswith("book/")]
    assert len(expected) == 4 and [_finding(line, SAMPLE) for line in lines] == expected


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is reported on the course with every planted mistake put right."""
    folder = tmp_path_factory.mktemp("course")
    for file in [*course(), SAMPLE / SYMBOLS]:
        text, name = file.read_text("utf-8"), file.relative_to(SAMPLE).as_posix()
        fixes = [p for p in PLANTED if p.file == name]
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(_fixed_notebook(text, fixes) if file.suffix == ".ipynb" else _fixed(text, fixes))
    tree: dict[str, Any] = json.loads(checked(folder, "json"))
    return tree | {"folder": folder}


def test_the_corrected_course_has_nothing_to_report(corrected: dict[str, Any]) -> None:
    assert [r for r in relations(corrected) if r["code"]] == []
    assert corrected["summary"]["refuted"] == corrected["summary"]["ill_formed"] == 0


@pytest.mark.parametrize("planted", [p for p in PLANTED if p.code[1] == "3"], ids=name)
def test_what_the_list_calls_right_is_shown_to_hold(planted: Planted, corrected: dict[str, Any]) -> None:
    ends = [r for r in relations(corrected) if (r["file"], r["cell"], r["end_line"]) == planted.place]
    assert ends and {r["verdict"] for r in ends} & {"proved", "supported"}, ends
    assert "refuted" not in {r["verdict"] for r in ends}


def test_the_whole_course_is_read_and_most_of_its_numbers_are_judged(corrected: dict[str, Any]) -> None:
    for document in corrected["documents"]:
        assert document["formulas_fully_read"] == document["formulas"], document["path"]
    summary = corrected["summary"]
    assert summary["unread"] == 0 and summary["proved"] + summary["supported"] >= 100


def course() -> list[Path]:
    """The files that have formulas in them."""
    found = sorted(f for f in SAMPLE.rglob("*") if f.suffix in (".md", ".tex", ".ipynb"))
    return [f for f in found if f != SAMPLE / SYMBOLS]


def source_line(planted: Planted) -> str:
    text = (SAMPLE / planted.file).read_text("utf-8")
    if planted.cell:
        text = "".join(json.loads(text)["cells"][planted.cell - 1]["source"])
    return text.splitlines()[planted.line - 1]


def _fixed(text: str, fixes: list[Planted]) -> str:
    lines = text.split("\n")
    for fix in fixes:
        lines[fix.line - 1] = lines[fix.line - 1].replace(fix.wrong, fix.right)
    return "\n".join(lines)


def _fixed_notebook(text: str, fixes: list[Planted]) -> str:
    notebook = json.loads(text)
    for number, cell in enumerate(notebook["cells"], 1):
        here = [fix for fix in fixes if fix.cell == number]
        cell["source"] = _fixed("".join(cell["source"]), here).splitlines(keepends=True)
    return json.dumps(notebook)


def relations(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for document in tree["documents"]:
        for relation in document["relations"]:
            file = Path(document["path"]).relative_to(tree["folder"]).as_posix()
            yield {"cell": None, **relation, "file": file}
