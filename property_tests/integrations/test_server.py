"""The language server, by a real client that starts it and speaks to it over its standard input and output."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from lsprotocol import types as lsp
    from pygls.lsp.client import LanguageClient

pytestmark = pytest.mark.skipif(find_spec("pygls") is None, reason="pygls is not installed")

NOTES = """\
# Sums

The 𝛼-sum is $2 \\cdot 3 = 7$, as one sees.

## Slopes

It falls: $-n/\\lambda^2 < 0$, and $1 + 1 = 2$.
"""


class Editor:
    """A client with what the server has told it."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root
        self.published: dict[str, list[lsp.Diagnostic]] = {}
        self.messages: list[str] = []
        self.version = 0
        self._news = asyncio.Event()

        @client.feature("textDocument/publishDiagnostics")
        def _heard(params: lsp.PublishDiagnosticsParams) -> None:
            self.published[params.uri] = list(params.diagnostics)
            self._news.set()

        @client.feature("window/showMessage")
        def _shown(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)
            self._news.set()

    async def until(self, holds: Callable[[], bool], seconds: float = 30) -> None:
        """Wait for the server to have said something."""
        ends = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < ends, (self.published, self.messages)
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), 0.5)
            except TimeoutError:
                continue

    def open(self, name: str, text: str, language: str) -> str:
        from lsprotocol import types as lsp

        uri = (self.root / name).as_uri()
        item = lsp.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, text: str) -> None:
        from lsprotocol import types as lsp

        self.version += 1
        whole = lsp.TextDocumentContentChangeWholeDocument(text)
        identity = lsp.VersionedTextDocumentIdentifier(self.version, uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identity, [whole]))

    async def actions(self, uri: str, line: int, column: int, invoked: bool = True) -> list[lsp.CodeAction]:
        from lsprotocol import types as lsp

        at = lsp.Position(line, column)
        kind = lsp.CodeActionTriggerKind.Invoked if invoked else lsp.CodeActionTriggerKind.Automatic
        found = await self.client.text_document_code_action_async(
            lsp.CodeActionParams(
                lsp.TextDocumentIdentifier(uri), lsp.Range(at, at), lsp.CodeActionContext([], trigger_kind=kind)
            )
        )
        return [a for a in found or () if isinstance(a, lsp.CodeAction)]


def applied(text: str, action: lsp.CodeAction, uri: str) -> str:
    """The text with the edit of an action, whose columns count UTF-16 units."""
    assert action.edit is not None and action.edit.changes is not None
    [edit] = action.edit.changes[uri]

    def offset(line: int, units: int) -> int:
        lines = text.split("\n")
        before = lines[line].encode("utf-16-le")[: 2 * units].decode("utf-16-le")
        return sum(len(one) + 1 for one in lines[:line]) + len(before)

    start = offset(edit.range.start.line, edit.range.start.character)
    end = offset(edit.range.end.line, edit.range.end.character)
    return text[:start] + edit.new_text + text[end:]


class Running:
    """A server that is started once, and a client whose loop runs in a thread of its own."""

    def __init__(self, root: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._editor = self._done(self._started(root))

    def session(self, root: Path, talk: Callable[[Editor], Awaitable[None]]) -> None:
        """Talk to it about documents in a folder."""
        self._editor.root, self._editor.messages = root, []
        self._done(self._talked(talk))

    def end(self) -> None:
        """See that it ends when it is told to."""
        self._done(self._ended())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _done(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    async def _talked(self, talk: Callable[[Editor], Awaitable[None]]) -> None:
        await asyncio.wait_for(talk(self._editor), 90)

    async def _started(self, root: Path) -> Editor:
        from lsprotocol import types as lsp
        from pygls.lsp.client import LanguageClient

        client = LanguageClient("test", "1")
        editor = Editor(client, root)
        await client.start_io(sys.executable, "-m", "errata", "server", "--stdio")
        told = await client.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities(), root_uri=root.as_uri()))
        assert told.server_info is not None and told.server_info.name == "errata"
        client.initialized(lsp.InitializedParams())
        return editor

    async def _ended(self) -> None:
        client = self._editor.client
        try:
            await client.shutdown_async(None)
            client.exit(None)
            await asyncio.wait_for(client._server.wait(), 10)  # type: ignore[union-attr]
        finally:
            if client._server is not None and client._server.returncode is None:
                client._server.kill()
            await client.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("root"))
    yield running
    running.end()


def test_findings_hovers_repairs_and_the_outline(server: Running, tmp_path: Path) -> None:
    from lsprotocol import types as lsp

    async def talk(editor: Editor) -> None:
        uri = editor.open("a.md", NOTES, "markdown")
        await editor.until(lambda: bool(editor.published.get(uri)))
        [found] = editor.published[uri]
        assert (found.code, found.source, found.severity) == ("E301", "errata", lsp.DiagnosticSeverity.Error)
        column = len("The 𝛼-sum is $2 \\cdot 3 = ".encode("utf-16-le")) // 2
        assert found.range == lsp.Range(lsp.Position(2, column), lsp.Position(2, column + 1))
        assert "should be 6" in found.message and "help: write 6" in found.message

        seen = await editor.client.text_document_hover_async(
            lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(6, 15))
        )
        assert seen is not None and isinstance(seen.contents, lsp.MarkupContent)
        assert "**undecided**" in seen.contents.value and "n has no value here" in seen.contents.value
        nothing = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(0, 1))
        assert await editor.client.text_document_hover_async(nothing) is None

        repair, waiver = await editor.actions(uri, 2, column)
        assert (
            repair.title == "errata: write 6 for 7"
            and repair.is_preferred
            and list(repair.diagnostics or ()) == [found]
        )
        assert applied(NOTES, repair, uri) == NOTES.replace("= 7$", "= 6$")
        waived = applied(NOTES, waiver, uri)
        assert "\n<!-- errata: skip because the reason -->\nThe 𝛼-sum" in waived
        editor.change(uri, waived)
        await editor.until(lambda: editor.published[uri] == [])

        outline = await editor.client.text_document_document_symbol_async(
            lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri))
        )
        assert outline is not None
        [top] = outline
        assert isinstance(top, lsp.DocumentSymbol) and top.name == "Sums"
        assert [child.name for child in top.children or ()] == ["2 \\cdot 3 = 7", "Slopes"]
        assert [(c.name, c.detail) for c in (top.children or ())[1].children or ()][1] == ("1 + 1 = 2", "proved")

    server.session(tmp_path, talk)


SIGN = "Let $\\sigma > 0$. Then $\\frac{d}{dx} (x^2 - x^3) = 2x + 3x^2$.\n"
ROUNDED = "The norm is $\\sqrt{10^5}= 316$.\n"
FACTOR = "For real $a$ and $b$, $$(a - b)^2 = a^2 - ab + b^2.$$\n"


@pytest.mark.parametrize(
    ("text", "title", "mended"),
    [
        (SIGN, "errata: write - for +", "2x - 3x^2"),
        (FACTOR, "errata: put in 2", "- 2 ab"),
        (ROUNDED, "errata: write \\approx for =", "\\sqrt{10^5}\\approx 316$"),
    ],
)
def test_an_action_says_what_goes_and_what_comes(
    server: Running, text: str, title: str, mended: str, tmp_path: Path
) -> None:
    async def talk(editor: Editor) -> None:
        uri = editor.open("a.md", text, "markdown")
        await editor.until(lambda: bool(editor.published.get(uri)))
        repair, *_ = await editor.actions(uri, 0, editor.published[uri][0].range.start.character)
        assert repair.title == title and mended in applied(text, repair, uri)

    server.session(tmp_path, talk)


def test_a_comment_that_settles_is_offered_where_it_is_asked_for(server: Running, tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = editor.open("a.tex", "\\section{A}\nIt falls: $-n/\\lambda^2 < 0$.\n", "latex")
        await editor.until(lambda: uri in editor.published)
        assert await editor.actions(uri, 1, 15, invoked=False) == []
        offered = await editor.actions(uri, 1, 15)
        assert offered and offered[0].title.startswith("errata: say % errata: let n >= 1")
        text = applied("\\section{A}\nIt falls: $-n/\\lambda^2 < 0$.\n", offered[0], uri)
        editor.change(uri, text)
        await asyncio.sleep(1)
        await editor.until(lambda: uri in editor.published)
        assert await editor.actions(uri, 2, 15) == []  # it is settled

    server.session(tmp_path, talk)


def test_typing_is_judged_after_a_pause_and_only_as_it_stands_then(server: Running, tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        uri = editor.open("a.md", "so $1 + 1 = 2$\n", "markdown")
        await editor.until(lambda: uri in editor.published)
        heard: list[int] = []
        for n in range(3, 8):
            editor.change(uri, f"so $1 + 1 = {n}$\n")
            await asyncio.sleep(0.02)
            heard.append(len(editor.published[uri]))
        started = time.monotonic()
        await editor.until(lambda: bool(editor.published[uri]))
        assert time.monotonic() - started < 5  # on a quiet machine 0.3
        assert heard == [0] * 5 and "the right side 7" in editor.published[uri][0].message

    server.session(tmp_path, talk)


def test_the_configuration_counts_and_a_slip_in_it_is_said(server: Running, tmp_path: Path) -> None:
    (tmp_path / "errata.toml").write_text('ignore = ["wrong-value"]\n')

    async def talk(editor: Editor) -> None:
        uri = editor.open("a.md", "so $1 + 1 = 3$\n", "markdown")
        await editor.until(lambda: uri in editor.published)
        assert editor.published[uri] == []
        (tmp_path / "errata.toml").write_text("ignoer = []\n")
        editor.change(uri, "so $1 + 1 = 4$\n")
        await editor.until(lambda: bool(editor.messages))
        assert "did you mean 'ignore'?" in editor.messages[0]

    server.session(tmp_path, talk)


def test_the_cells_of_a_notebook_have_their_own_findings(server: Running, tmp_path: Path) -> None:
    from lsprotocol import types as lsp

    async def talk(editor: Editor) -> None:
        cells = [("code", "print(1)"), ("markdown", "# A\n\nso $1 + 1 = 2$"), ("markdown", "\nand $2 + 2 = 5$")]
        uris = [f"vscode-notebook-cell:/a.ipynb#{n}" for n in range(3)]
        kinds = {"code": lsp.NotebookCellKind.Code, "markdown": lsp.NotebookCellKind.Markup}
        notebook = lsp.NotebookDocument(
            (tmp_path / "a.ipynb").as_uri(),
            "jupyter-notebook",
            1,
            [lsp.NotebookCell(kinds[kind], uri) for (kind, _), uri in zip(cells, uris, strict=True)],
        )
        texts = [lsp.TextDocumentItem(u, kind, 1, text) for (kind, text), u in zip(cells, uris, strict=True)]
        editor.client.notebook_document_did_open(lsp.DidOpenNotebookDocumentParams(notebook, texts))
        await editor.until(lambda: bool(editor.published.get(uris[2])))
        assert editor.published[uris[1]] == [] and uris[0] not in editor.published
        [found] = editor.published[uris[2]]
        assert found.range == lsp.Range(lsp.Position(1, 13), lsp.Position(1, 14))
        repair, *_ = await editor.actions(uris[2], 1, 13)
        assert applied(cells[2][1], repair, uris[2]) == "\nand $2 + 2 = 4$"

    server.session(tmp_path, talk)


def test_a_server_that_is_told_to_go_ends_as_one_that_did_its_work() -> None:
    asked: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in asked]
    said = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "errata", "server"]
    ran = subprocess.run(command, check=False, input=said, capture_output=True, timeout=60)
    assert b'"id": 2' in ran.stdout and (ran.returncode, ran.stderr) == (0, b"")


def test_without_pygls_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from property_tests.test_cli import run

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    ran = run("server")
    assert ran.exit_code == 2 and "pip install 'errata[server]'" in ran.stderr
