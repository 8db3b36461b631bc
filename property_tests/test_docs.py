"""Documentation is executed: every Python fence is a doctest, and what it prints is compared.

The fences of one page share their names, top to bottom, as a reader would type them. ``docs/sample`` holds notes to be
checked, wrong on purpose, and is left alone.
"""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from property_tests.conftest import file_of_tests

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^(?P<indent> *)```python[^\n]*\n(?P<body>.*?)^(?P=indent)``` *$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    documents = (p for p in sorted((ROOT / "docs").rglob("*.md")) if "sample" not in p.relative_to(ROOT).parts)
    return [*documents, *(p for p in (ROOT / "README.md",) if p.exists())]


def fences(text: str) -> list[tuple[int, str]]:
    """Each Python fence of a page: the line its body starts on (from 0), and the body."""
    return [(text.count("\n", 0, m.start("body")), m["body"]) for m in FENCE.finditer(text)]


def failures(name: str, text: str) -> list[str]:
    """What goes wrong when the fences of a page are executed in order."""
    reports: list[str] = []
    names: dict[str, object] = {"__name__": "__main__"}
    runner = doctest.DocTestRunner(verbose=False)
    for line, body in fences(text):
        test = doctest.DocTestParser().get_doctest(body, names, name, name, line)
        if not test.examples:
            reports.append(f"{name}:{line + 1}: write it with >>> so that it can be executed")
        runner.run(test, out=reports.append, clear_globs=False)
        names = test.globs
    return reports


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_fence_prints_what_the_page_says(page):
    assert failures(page.relative_to(ROOT).as_posix(), page.read_text(encoding="utf-8")) == []


def test_a_page_comes_next_to_the_tests_of_its_derivations(request):
    """Where both are run, so that one process works out what both ask for."""
    run = {item.path for item in request.session.items}
    paths = [file_of_tests(item) or item.path for item in request.session.items]
    for page in run & set(map(file_of_tests, request.session.items)):
        places = [place for place, path in enumerate(paths) if path == page]
        assert places == list(range(places[0], places[-1] + 1))
    page = ROOT / "docs" / "gaussian" / "kl.md"
    item = SimpleNamespace(path=Path(__file__), callspec=SimpleNamespace(params={"page": page}))
    assert file_of_tests(item) == Path(__file__).parent / "gaussian" / "test_kl.py" and file_of_tests(item).exists()


def test_there_are_pages_to_execute():
    assert ROOT / "docs" / "gaussian" / "kl.md" in pages()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```python\n>>> 1 + 1\n3\n```\n", "Expected:\n    3\nGot:\n    2"),
        ("words\n```python\n>>> 1 / 0\n```\n", "ZeroDivisionError"),
        ("```python\nprint(1)\n```\n", "p:2: write it with >>>"),
        ("- a list\n\n  ```python\n  >>> 2\n  1\n  ```\n", "Got:\n    2"),
    ],
)
def test_a_wrong_page_is_caught(text, message):
    assert message in "\n".join(failures("p", text))


def test_fences_share_names_and_other_languages_are_left_alone():
    text = "```python\n>>> a = 1\n```\n```sh\nrm\n```\n```python\n>>> a\n1\n```\n"
    assert len(fences(text)) == 2
    assert failures("p", text) == []
