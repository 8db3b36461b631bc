"""Which files are read: named ones, those in folders that git doesn't ignore, and matches of patterns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from errata.reading.discover import discover


def plant(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def names(root: Path, *paths: str) -> list[str]:
    found = discover([str(root / p) for p in paths])
    assert not found.errors
    return [os.path.relpath(f, root) for f in found.files]


def test_a_folder_gives_its_documents_in_order(tmp_path: Path) -> None:
    plant(tmp_path, dict.fromkeys(["b.md", "a.TEX", "c/d.ipynb", "c/e.txt", "f.html", "g.qmd", "h.py"], ""))
    assert names(tmp_path, ".") == ["a.TEX", "b.md", "c/d.ipynb", "f.html", "g.qmd"]


def test_some_folders_are_never_entered(tmp_path: Path) -> None:
    plant(tmp_path, dict.fromkeys(["a.md", ".git/x.md", "n/node_modules/x.md", ".venv/x.md", ".github/b.md"], ""))
    assert names(tmp_path, ".") == [".github/b.md", "a.md"]


def test_nested_ignore_files_and_the_nearest_decides(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            ".git/HEAD": "",
            ".gitignore": "drafts/\n*.html\nsub/deep/*.md\n",
            "sub/.gitignore": "!keep.html\n/out\n!\n[\n",
            "sub/deep/.gitignore": "!two.md",
        }
        | dict.fromkeys("a.md a.html drafts/b.md sub/keep.html sub/out/c.md".split(), "")
        | dict.fromkeys("sub/deep/one.md sub/deep/two.md sub/deep/out/d.tex".split(), ""),
    )
    expected = ["sub/deep/out/d.tex", "sub/deep/two.md", "sub/keep.html"]
    assert names(tmp_path, ".") == ["a.md", *expected]
    assert names(tmp_path, "sub") == expected  # what the repository ignores above the folder counts too


def test_a_named_file_is_read_even_where_git_ignores_it(tmp_path: Path) -> None:
    plant(tmp_path, {".gitignore": "*.md", "a.md": "", "b.tex": ""})
    assert names(tmp_path, "a.md", ".") == ["a.md", "b.tex"]


def test_patterns(tmp_path: Path) -> None:
    plant(tmp_path, dict.fromkeys(["a.md", "b.md", "c/d.md", "c/e.tex", "x.txt"], ""))
    assert names(tmp_path, "*") == ["a.md", "b.md", "c/d.md", "c/e.tex"]
    assert names(tmp_path, "**/*.md") == ["a.md", "b.md", "c/d.md"]


def test_each_file_once_in_the_order_named(tmp_path: Path) -> None:
    plant(tmp_path, dict.fromkeys(["a.md", "b.md"], ""))
    (tmp_path / "c.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(tmp_path, "b.md", ".", "c.md") == ["b.md", "a.md"]


def test_standard_input() -> None:
    assert discover(["-", "-"]).files == ("-",)


def test_a_name_with_signs_of_a_pattern_is_a_name_first(tmp_path: Path) -> None:
    plant(tmp_path, {"a[1].md": ""})
    assert names(tmp_path, "a[1].md") == ["a[1].md"]


@pytest.mark.parametrize("path", ["absent.md", "absent", "*.none", "a\0b", "empty"])
def test_a_path_that_leads_nowhere_is_an_error(tmp_path: Path, path: str) -> None:
    (tmp_path / "empty").mkdir()
    found = discover([str(tmp_path / path)])
    assert found.files == ()
    (error,) = found.errors
    assert error.path == str(tmp_path / path)
    assert error.remedy
