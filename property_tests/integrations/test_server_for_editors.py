"""The language server under pytest-lsp: what it answers is held against what each editor says that it can take."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed")

import pytest_lsp
from lsprotocol import types as lsp
from pygls.capabilities import get_capability
from pytest_lsp import ClientServerConfig, LanguageClient, LspSpecificationWarning, client_capabilities

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]

NOTES = "# Sums\n\nThe sum is $2 \\cdot 3 = 7$, as one sees, and $-n/\\lambda^2 < 0$.\n"
EDITORS = ("neovim@0.6.1", "neovim@0.11.0", "emacs@29.1", "visual-studio-code@1.65.2")


@pytest_lsp.fixture(
    scope="module", params=EDITORS, config=ClientServerConfig(server_command=[sys.executable, "-m", "errata", "server"])
)
async def client(lsp_client: LanguageClient, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("notes")
    (root / "a.md").write_text(NOTES, encoding="utf-8")
    await lsp_client.initialize_session(
        lsp.InitializeParams(
            client_capabilities(request.param),
            root_uri=root.as_uri(),
            workspace_folders=[lsp.WorkspaceFolder(root.as_uri(), "notes")],
        )
    )
    lsp_client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem((root / "a.md").as_uri(), "markdown", 1, NOTES))
    )
    await asyncio.wait_for(lsp_client.wait_for_notification("textDocument/publishDiagnostics"), 60)
    yield
    await lsp_client.shutdown_session()


def document(client: LanguageClient) -> lsp.TextDocumentIdentifier:
    """The one that the server has told of."""
    [uri] = client.diagnostics
    assert Path(uri).name == "a.md"
    return lsp.TextDocumentIdentifier(uri)


AT = lsp.Position(2, 18)


async def test_an_editor_gets_findings(client: LanguageClient) -> None:
    [finding] = client.diagnostics[document(client).uri]
    assert finding.code == "E301" and finding.severity == lsp.DiagnosticSeverity.Error
    assert finding.range.start.line == 2 and client.messages == []


async def test_a_hover_has_a_format_that_the_editor_shows(client: LanguageClient) -> None:
    found = await client.text_document_hover_async(lsp.HoverParams(document(client), AT))
    assert found is not None and isinstance(found.contents, lsp.MarkupContent)
    assert "refuted" in found.contents.value
    assert found.contents.kind in get_capability(client.capabilities, "text_document.hover.content_format", [])


async def test_actions_are_of_a_kind_that_the_editor_knows(client: LanguageClient) -> None:
    [finding] = client.diagnostics[document(client).uri]
    context = lsp.CodeActionContext([finding], trigger_kind=lsp.CodeActionTriggerKind.Invoked)
    asked = lsp.CodeActionParams(document(client), finding.range, context)
    found = await client.text_document_code_action_async(asked)
    known = get_capability(
        client.capabilities, "text_document.code_action.code_action_literal_support.code_action_kind.value_set", []
    )
    assert found and {getattr(one, "kind", None) for one in found} <= set(known)
    edits = [one.edit for one in found if isinstance(one, lsp.CodeAction)]
    assert all(edit is not None and (edit.changes or edit.document_changes) for edit in edits)


async def test_the_outline_is_a_tree_where_the_editor_shows_one(client: LanguageClient) -> None:
    found = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document(client)))
    shows = get_capability(
        client.capabilities, "text_document.document_symbol.hierarchical_document_symbol_support", False
    )
    assert found and isinstance(found[0], lsp.DocumentSymbol if shows else lsp.SymbolInformation)
    kinds = get_capability(
        client.capabilities, "text_document.document_symbol.symbol_kind.value_set", list(lsp.SymbolKind)
    )
    assert all(one.kind in kinds for one in found)


async def test_what_an_editor_cannot_take_is_an_error_here(client: LanguageClient) -> None:
    """The checks themselves: a completion with a format of documentation that no editor has."""
    from pytest_lsp.checks import check_result_against_client_capabilities

    odd = lsp.CompletionItem("a", documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, "*"))
    bare = lsp.ClientCapabilities(lsp.WorkspaceClientCapabilities(configuration=True))
    with pytest.warns(LspSpecificationWarning, match="documentation format"):
        check_result_against_client_capabilities(bare, lsp.TEXT_DOCUMENT_COMPLETION, [odd])
