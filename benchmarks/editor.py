"""How long the language server takes after a key is pressed: ``python -m benchmarks.editor``. Needs errata[server].

A page of each length is opened, changed a few times in its last formula, and changed back; what counts is the time from
the change to the findings, the pause of the server for typing included.
"""

from __future__ import annotations

import asyncio
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

LENGTHS = (20, 100, 400)
CHANGES = 5
LATE_S = 120.0


def page(formulas: int, last: int) -> str:
    """Notes with so many formulas of five kinds, and a last one that changes."""
    random = Random(1)
    lines = ["# Notes", ""]
    for n in range(formulas - 1):
        a, b = random.randint(2, 9), random.randint(2, 9)
        lines += [
            (
                f"So ${a} \\cdot {b} = {a * b}$.",
                f"Here $(x + {a})^2 = x^2 + {2 * a} x + {a * a}$.",
                f"And $\\log(u v^{a}) = \\log u + {a} \\log v$ there.",
                f"Thus $\\int_0^1 t^{{{a}}} \\, dt = \\frac{{1}}{{{a + 1}}}$.",
                f"Now $-\\ln {a / 10} = {-math.log(a / 10):.3f}$.",
            )[n % 5],
            "",
        ]
    return "\n".join([*lines, f"At last $1 + {last} = {1 + last}$.", ""])


async def _measured(folder: Path) -> list[tuple[int, float, list[float], float]]:
    from lsprotocol import types as lsp
    from pygls.lsp.client import LanguageClient

    client, news = LanguageClient("benchmark", "1"), asyncio.Event()

    @client.feature("textDocument/publishDiagnostics")
    def _heard(params: lsp.PublishDiagnosticsParams) -> None:
        news.set()

    await client.start_io(sys.executable, "-m", "errata", "server", "--stdio")
    await client.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities(), root_uri=folder.as_uri()))
    client.initialized(lsp.InitializedParams())
    found = []
    for n in LENGTHS:
        uri = (folder / f"{n}.md").as_uri()
        item = lsp.TextDocumentItem(uri, "markdown", 1, page(n, 0))
        started = time.monotonic()
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        first = await _until(news, started)
        after = []
        for k in (*range(1, CHANGES + 1), 1):
            whole = lsp.TextDocumentContentChangeWholeDocument(page(n, k))
            identity = lsp.VersionedTextDocumentIdentifier(len(after) + 2, uri)
            started = time.monotonic()
            client.text_document_did_change(lsp.DidChangeTextDocumentParams(identity, [whole]))
            after.append(await _until(news, started))
        found.append((n, first, after[:-1], after[-1]))
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return found


async def _until(news: asyncio.Event, started: float) -> float:
    await asyncio.wait_for(news.wait(), LATE_S)
    news.clear()
    return time.monotonic() - started


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ERRATA_CACHE_DIR"] = str(Path(folder) / "cache")
        found = asyncio.run(_measured(Path(folder)))
    print("| formulas | opened | after a change: median, longest | back to what was seen before |\n|---|---|---|---|")
    for n, first, after, back in found:
        median, longest = sorted(after)[len(after) // 2], max(after)
        print(f"| {n} | {first:.2f} s | {median:.2f} s, {longest:.2f} s | {back:.2f} s |")
    load = os.getloadavg()[0]
    print(f"\n{os.cpu_count()} CPUs, load {load:.1f}")


if __name__ == "__main__":
    main()
