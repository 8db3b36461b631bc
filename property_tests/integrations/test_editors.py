"""Neovim, Emacs and Helix themselves, each by the configuration that the page on editors gives, to the letter."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from property_tests.test_cli import HOUSE

pytestmark = pytest.mark.skipif(find_spec("pygls") is None, reason="pygls is not installed")

PAGE = (HOUSE / "docs" / "editors.md").read_text()
SECONDS = 60
NOTES = {
    "a.md": "# Sums\n\nSo $1 + 1 = 2$.\n\nAnd $2 + 2 = 5$.\n",
    "preamble.tex": (
        "\\documentclass{article}\n\\begin{document}\nSo $1 + 1 = 2$.\n\nAnd $2 + 2 = 5$.\n\\end{document}\n"
    ),
    "chapter.tex": "\\section{Sums}\n\nSo $1 + 1 = 2$.\n\nAnd $2 + 2 = 5$.\n",
    "a.qmd": "---\ntitle: Sums\n---\nSo $1 + 1 = 2$.\nAnd $2 + 2 = 5$.\n",
    "a.html": "<h1>Sums</h1>\n\n<p>So \\(1 + 1 = 2\\).</p>\n\n<p>And \\(2 + 2 = 5\\).</p>\n",
}
LINE = 5

NEOVIM = """\
local function until_(holds) vim.wait(30000, holds, 50) end
until_(function() return #vim.diagnostic.get(0) > 0 end)
local found = vim.diagnostic.get(0)
local seen = { filetype = vim.bo.filetype, found = {} }
for i, d in ipairs(found) do seen.found[i] = { line = d.lnum + 1, code = d.code, message = d.message } end
if #found > 0 then
  vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col })
  local place = vim.lsp.util.make_position_params(0, "utf-16")
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/hover", place, 30000) or {}) do
    seen.hover = answer.result.contents.value
  end
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
  until_(function() return #vim.diagnostic.get(0) == 0 end)
  seen.left = #vim.diagnostic.get(0)
end
seen.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\\n") .. "\\n"
io.stdout:write(vim.json.encode(seen))
vim.cmd("qa!")
"""

EMACS = """\
(find-file (pop command-line-args-left))
(call-interactively #'eglot)
(flymake-start)
(let ((end (+ (float-time) 30)))
  (while (and (< (float-time) end) (null (flymake-diagnostics))) (accept-process-output nil 0.1)))
(dolist (found (flymake-diagnostics))
  (princ (format "%s %s\\n" (line-number-at-pos (flymake-diagnostic-beg found))
                 (string-replace "\\n" " | " (flymake-diagnostic-text found)))))
"""


def configuration(editor: str, language: str) -> str:
    """The one block of a language in the section on an editor."""
    [section] = re.findall(rf"^## {editor}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    [block] = re.findall(rf"^```{language}\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return str(block)


def environment(folder: Path) -> dict[str, str]:
    """One in which ``errata`` is this tree, and nothing of the user's is read or written."""
    programs = folder / "bin"
    programs.mkdir()
    script = programs / "errata"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m errata "$@"\n')
    script.chmod(0o755)
    homes = {f"XDG_{what}_HOME": str(folder / what.lower()) for what in ("CONFIG", "STATE", "DATA", "CACHE")}
    ours = {"PYTHONPATH": str(HOUSE), "ERRATA_CACHE_DIR": str(folder / "kept"), "HOME": str(folder)}
    return {**os.environ, **homes, **ours, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def program(*names: str) -> str:
    """The first that there is."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{names[0]} is not installed")


def ran(command: Sequence[str], folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, cwd=folder, env=env, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip


@pytest.mark.parametrize("name", NOTES)
def test_neovim_shows_a_finding_explains_it_and_applies_the_repair(name: str, tmp_path: Path) -> None:
    nvim, env = program("nvim"), environment(tmp_path)
    has = ran(
        [nvim, "--headless", "-u", "NONE", "-c", "lua io.write(tostring(vim.lsp.config))", "-c", "qa"], tmp_path, env
    )
    if has.stdout == "nil":
        pytest.skip("this Neovim is older than 0.11")
    (tmp_path / "config" / "nvim").mkdir(parents=True)
    (tmp_path / "config" / "nvim" / "init.lua").write_text(configuration("Neovim", "lua"))
    (tmp_path / "look.lua").write_text(NEOVIM)
    (tmp_path / name).write_text(NOTES[name])
    done = ran([nvim, "--headless", name, "-c", "luafile look.lua"], tmp_path, env)
    seen = json.loads(done.stdout)
    [found] = seen["found"] or pytest.fail(f"nothing is shown in a file of the type {seen['filetype']}")
    assert (found["line"], found["code"]) == (LINE, "E301") and "the left side is 4" in found["message"]
    assert "**refuted**" in seen["hover"]
    assert seen["text"] == NOTES[name].replace("5", "4") and seen["left"] == 0


@pytest.mark.parametrize("name", [name for name in NOTES if name != "a.qmd"])
def test_emacs_shows_a_finding(name: str, tmp_path: Path) -> None:
    emacs, env = program("emacs"), environment(tmp_path)
    start = [emacs, "--batch", "--eval", "(package-activate-all)"]
    needed = ["eglot", *(["markdown-mode"] if name == "a.md" else [])]
    for library in needed:
        start += ["--eval", f"(require '{library})"]
        if ran(start, tmp_path, env).returncode:
            pytest.skip(f"this Emacs has no {library}")
    (tmp_path / "init.el").write_text(configuration("Emacs", "elisp"))
    (tmp_path / "look.el").write_text(EMACS)
    (tmp_path / name).write_text(NOTES[name])
    done = ran([*start, "-l", "init.el", "-l", "look.el", name], tmp_path, env)
    [found] = done.stdout.splitlines() or pytest.fail(done.stderr)
    assert found.startswith(f"{LINE} ") and "E301" in found and "the left side is 4" in found


@pytest.mark.parametrize("name", NOTES)
def test_helix_shows_a_finding(name: str, tmp_path: Path) -> None:
    helix, env = program("hx", "helix"), environment(tmp_path)
    (tmp_path / "config" / "helix").mkdir(parents=True)
    (tmp_path / "config" / "helix" / "languages.toml").write_text(configuration("Helix", "toml"))
    (tmp_path / name).write_text(NOTES[name])
    screen = on_screen([helix, f"{name}:{LINE}"], tmp_path, env | {"TERM": "xterm-256color"}, "the left side is 4")
    assert "the left side is 4, the right side 5" in screen, screen
    assert "the left side is 2" not in screen


def on_screen(command: Sequence[str], folder: Path, env: dict[str, str], awaited: str) -> str:
    """What a program writes to a terminal of 40 rows and 150 columns, without its escapes, until a text has come."""
    import fcntl
    import pty
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 150, 0, 0))
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=its, stdout=its, stderr=its, start_new_session=True)
    os.close(its)
    written, ends = b"", time.monotonic() + SECONDS
    try:
        while time.monotonic() < ends and awaited not in (screen := _plain(written)):
            if select.select([ours], [], [], 0.2)[0]:
                written += os.read(ours, 65536)
    finally:
        process.terminate()
        os.close(ours)
        process.wait(10)
    return screen


def _plain(written: bytes) -> str:
    return re.sub(r"\x1b\[[0-9;:?>=]*[A-Za-z]", "", written.decode(errors="replace"))
