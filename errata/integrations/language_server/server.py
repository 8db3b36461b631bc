"""The server: what the editor sends, when a document is judged again, and what is sent back."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from functools import partial
from pathlib import PurePath

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

import errata
from claims.records import Record
from errata.checking.judgement import Unreadable
from errata.commands.engine import Engine
from errata.commands.settings import SettingsError
from errata.commands.settling import comment_of
from errata.integrations.language_server import answers
from errata.integrations.language_server.answers import Action, Ruler
from errata.integrations.language_server.judging import Judge, Opinion
from errata.reading.document import Document

PAUSE_S = 0.25
"""How long typing must pause before a document is judged."""
LANGUAGES = {"latex": ".tex", "tex": ".tex", "markdown": ".md", "quarto": ".qmd", "html": ".html"}
NOTEBOOKS = lsp.NotebookDocumentSyncOptions(
    notebook_selector=[
        lsp.NotebookDocumentFilterWithNotebook(
            notebook="jupyter-notebook", cells=[lsp.NotebookCellLanguage("markdown")]
        )
    ]
)


class Known(Record):
    """What was found in a version of a document; ``cells`` are the addresses of a notebook's cells that are read."""

    version: int
    opinion: Opinion
    ruler: Ruler
    cells: tuple[str, ...] = ()


class ErrataServer(LanguageServer):
    """A language server with the state of the documents that are open."""

    def __init__(self, engine: Engine) -> None:
        super().__init__("errata", errata.__version__, notebook_document_sync=NOTEBOOKS)
        self.judge = Judge(engine)
        self.known: dict[str, Known] = {}
        self.versions: dict[str, int] = {}
        self.said: set[str] = set()
        self.tasks: set[asyncio.Task[None]] = set()


def made(engine: Engine) -> ErrataServer:
    """The server with all that it answers."""
    server = ErrataServer(engine)
    for name, handler in (
        (lsp.TEXT_DOCUMENT_DID_OPEN, _opened),
        (lsp.TEXT_DOCUMENT_DID_CHANGE, _changed),
        (lsp.TEXT_DOCUMENT_DID_SAVE, _saved),
        (lsp.TEXT_DOCUMENT_DID_CLOSE, _closed),
        (lsp.NOTEBOOK_DOCUMENT_DID_OPEN, _notebook_opened),
        (lsp.NOTEBOOK_DOCUMENT_DID_CHANGE, _notebook_changed),
        (lsp.NOTEBOOK_DOCUMENT_DID_CLOSE, _notebook_closed),
        (lsp.TEXT_DOCUMENT_HOVER, _hover),
        (lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols),
        (lsp.SHUTDOWN, _shut_down),
    ):
        server.feature(name)(handler)
    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)(_actions)
    return server


def serve(engine: Engine) -> None:
    """Serve one editor over standard input and output, until it is done."""
    server = made(engine)
    server.judge.start()
    try:
        with open(os.dup(sys.stdout.fileno()), "wb") as output:  # of its own: pygls closes what it wrote to
            server.start_io(stdout=output)
    finally:
        server.judge.close()


def _opened(server: ErrataServer, params: lsp.DidOpenTextDocumentParams) -> None:
    _soon(server, params.text_document.uri, 0.0)


def _changed(server: ErrataServer, params: lsp.DidChangeTextDocumentParams) -> None:
    _soon(server, params.text_document.uri, PAUSE_S)


def _saved(server: ErrataServer, params: lsp.DidSaveTextDocumentParams) -> None:
    _soon(server, params.text_document.uri, 0.0)


def _closed(server: ErrataServer, params: lsp.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.versions[uri] = server.versions.get(uri, 0) + 1
    server.known.pop(uri, None)
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def _notebook_opened(server: ErrataServer, params: lsp.DidOpenNotebookDocumentParams) -> None:
    _soon(server, params.notebook_document.uri, 0.0)


def _notebook_changed(server: ErrataServer, params: lsp.DidChangeNotebookDocumentParams) -> None:
    _soon(server, params.notebook_document.uri, PAUSE_S)


def _notebook_closed(server: ErrataServer, params: lsp.DidCloseNotebookDocumentParams) -> None:
    uri = params.notebook_document.uri
    server.versions[uri] = server.versions.get(uri, 0) + 1
    known = server.known.pop(uri, None)
    for cell in known.cells if known else ():
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(cell, []))


def _shut_down(server: ErrataServer, params: None) -> None:
    server.judge.close()


def _soon(server: ErrataServer, uri: str, pause: float) -> None:
    """Judge a document after a pause, unless it has changed again by then."""
    version = server.versions[uri] = server.versions.get(uri, 0) + 1
    task = asyncio.get_running_loop().create_task(_refresh(server, uri, version, pause))
    server.tasks.add(task)
    task.add_done_callback(server.tasks.discard)


async def _refresh(server: ErrataServer, uri: str, version: int, pause: float) -> None:
    await asyncio.sleep(pause)
    if server.versions.get(uri) != version:
        return
    path, data, cells = _content(server, uri)
    try:
        opinion = await asyncio.to_thread(server.judge.opinion, path, data)
    except SettingsError as error:
        _say(server, str(error))
        return
    if isinstance(opinion, Unreadable):
        _say(server, f"{path}: {opinion.why}; {opinion.remedy}")
        return
    if server.versions.get(uri) != version:
        return
    ruler = Ruler(opinion.examined.document, server.workspace.position_codec.client_num_units)
    server.known[uri] = Known(version, opinion, ruler, cells)
    _publish(server, uri, server.known[uri])


def _say(server: ErrataServer, text: str) -> None:
    """Show a message once."""
    if text not in server.said:
        server.said.add(text)
        server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, f"errata: {text}"))


def _content(server: ErrataServer, uri: str) -> tuple[str, bytes, tuple[str, ...]]:
    """The path of a document, its content, and the addresses of the Markdown cells where it is a notebook."""
    notebook = server.workspace.get_notebook_document(notebook_uri=uri)
    if notebook is None:
        document = server.workspace.get_text_document(uri)
        return _path(uri, document.language_id), document.source.encode("utf-8", "replace"), ()
    cells, read = [], []
    for cell in notebook.cells:
        is_text = cell.kind is lsp.NotebookCellKind.Markup
        source = server.workspace.get_text_document(cell.document).source if is_text else ""
        cells.append({"cell_type": "markdown" if is_text else "code", "source": source})
        read += [cell.document] if is_text else []
    return _path(uri, "notebook"), json.dumps({"cells": cells}).encode(), tuple(read)


def _path(uri: str, language: str | None) -> str:
    """The path of a document; one that isn't saved has a name that tells its kind."""
    path = to_fs_path(uri) or PurePath(uri).name or "untitled"
    if language == "notebook":
        return path if path.endswith(".ipynb") else f"{path}.ipynb"
    suffix = LANGUAGES.get(language or "")
    return path if suffix is None or PurePath(path).suffix else f"{path}{suffix}"


def _publish(server: ErrataServer, uri: str, known: Known) -> None:
    found: dict[str, list[lsp.Diagnostic]] = {target: [] for target in known.cells or (uri,)}
    document = known.opinion.examined.document
    for d, shown in answers.findings(known.opinion, known.ruler):
        found[_target(uri, known, document, d.span.start)].append(shown)
    for target, several in found.items():
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(target, several))


def _target(uri: str, known: Known, document: Document, offset: int) -> str:
    """The address of what holds an offset: the document, or a cell of the notebook."""
    if not known.cells:
        return uri
    cell = max(n for n, start in enumerate(document.cells) if start <= offset)
    return known.cells[cell]


def _around(server: ErrataServer, uri: str) -> tuple[Known, int] | None:
    """What is known of the document or the notebook at an address, and the number of the cell."""
    if uri in server.known:
        return server.known[uri], 0
    for known in server.known.values():
        if uri in known.cells:
            return known, known.cells.index(uri)
    return None


def _hover(server: ErrataServer, params: lsp.HoverParams) -> lsp.Hover | None:
    around = _around(server, params.text_document.uri)
    if around is None:
        return None
    known, cell = around
    return answers.hover(known.opinion, known.ruler, known.ruler.offset(params.position, cell))


def _symbols(server: ErrataServer, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    known = server.known.get(params.text_document.uri)
    return [] if known is None else answers.symbols(known.opinion, known.ruler)


async def _actions(server: ErrataServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    uri, around = params.text_document.uri, _around(server, params.text_document.uri)
    if around is None:
        return []
    known, cell = around
    start, end = (known.ruler.offset(p, cell) for p in (params.range.start, params.range.end))
    shown = {d.id: diagnostic for d, diagnostic in answers.findings(known.opinion, known.ruler)}
    found = [_action(uri, known, action, shown) for action in answers.actions(known.opinion, start, end)]
    judged = answers.to_settle(known.opinion, start, end)
    if judged is not None and params.context.trigger_kind is not lsp.CodeActionTriggerKind.Automatic:
        document = known.opinion.examined.document
        tried = await asyncio.to_thread(partial(server.judge.settled, document, judged, known.opinion.examined))
        comments = [comment_of(document, one.template or one.statement) for one in tried]
        found += [_action(uri, known, a, shown) for a in answers.settled_actions(document, judged, comments)]
    return found


def _action(uri: str, known: Known, action: Action, shown: dict[str, lsp.Diagnostic]) -> lsp.CodeAction:
    edit = lsp.TextEdit(known.ruler.range(action.span), action.text)
    return lsp.CodeAction(
        title=action.title,
        kind=action.kind,
        diagnostics=[shown[action.mends]] if action.mends in shown else None,
        is_preferred=action.preferred or None,
        edit=lsp.WorkspaceEdit(changes={uri: [edit]}),
    )
