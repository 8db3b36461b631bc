"""The extension for Visual Studio Code in Node, beside an editor and a client that only note what they are asked."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is absent")

EDITOR = """\
const seen = { messages: [], commands: {} };
exports.seen = seen;
exports.window = { showErrorMessage: (message) => seen.messages.push(message) };
exports.workspace = { getConfiguration: (part) => ({ get: (name, usual) => exports.set[`${part}.${name}`] ?? usual }) };
exports.commands = { registerCommand: (name, does) => { seen.commands[name] = does; return { dispose() {} }; } };
exports.set = {};
"""
CLIENT = """\
exports.TransportKind = { stdio: "stdio" };
exports.calls = [];
exports.LanguageClient = class {
  constructor(id, name, server, options) { Object.assign(this, { id, server, options }); }
  async called(...call) { exports.calls.push(call); if (exports.fails) throw new Error("ENOENT"); }
  start() { return this.called("start", this.server, this.options); }
  stop() { return this.called("stop"); }
};
"""
USER = """\
const [editor, client] = [require("vscode"), require("vscode-languageclient/node")];
const given = JSON.parse(process.argv[2]);
Object.assign(editor.set, given.set);
client.fails = given.fails;
const extension = require(given.extension);
const context = { subscriptions: [] };
(async () => {
  extension.activate(context);
  await new Promise(setImmediate);
  await editor.seen.commands["errata.restart"]();
  await new Promise(setImmediate);
  const ended = await Promise.resolve(extension.deactivate()).then(() => "ended", (error) => error.message);
  const { messages, commands } = editor.seen;
  console.log(JSON.stringify({ calls: client.calls, messages, commands: Object.keys(commands), ended,
    kept: context.subscriptions.length }));
})();
"""


def ran(folder: Path, fails: bool = False, **settings: object) -> dict[str, Any]:
    """What is seen of the extension while an editor starts it, restarts the server, and ends."""
    modules = folder / "node_modules"
    (modules / "vscode-languageclient").mkdir(parents=True)
    (modules / "vscode.js").write_text(EDITOR)
    (modules / "vscode-languageclient" / "node.js").write_text(CLIENT)
    shutil.copy(EXTENSION / "extension.js", folder)
    (folder / "user.js").write_text(USER)
    given = {"extension": str(folder / "extension.js"), "fails": fails, "set": settings}
    done = subprocess.run(
        [NODE or "node", str(folder / "user.js"), json.dumps(given)],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_it_starts_the_server_that_the_package_declares_and_stops_it(tmp_path: Path) -> None:
    seen = ran(tmp_path)
    package = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    usual = package["contributes"]["configuration"]["properties"]["errata.command"]["default"]
    assert [name for name, *_ in seen["calls"]] == ["start", "stop", "start", "stop"]
    _, server, options = seen["calls"][0]
    assert [server["command"], *server["args"]] == usual and server["transport"] == "stdio"
    assert seen["commands"] == [command["command"] for command in package["contributes"]["commands"]]
    assert seen["messages"] == [] and seen["ended"] == "ended" and seen["kept"] == 1
    languages = {part["language"] for part in options["documentSelector"] if part.get("scheme") == "file"}
    waits = {event.removeprefix("onLanguage:") for event in package["activationEvents"] if "onLanguage:" in event}
    assert languages == waits
    assert {"notebook": "jupyter-notebook", "language": "markdown"} in options["documentSelector"]


def test_another_program_is_started_where_a_setting_names_one(tmp_path: Path) -> None:
    _, server, _ = ran(tmp_path, **{"errata.command": ["/home/me/bin/errata", "-v", "server"]})["calls"][0]
    assert (server["command"], server["args"]) == ("/home/me/bin/errata", ["-v", "server"])


def test_a_server_that_does_not_start_is_said_with_what_to_do(tmp_path: Path) -> None:
    seen = ran(tmp_path, fails=True)
    assert len(seen["messages"]) == 2 and "ENOENT" in seen["messages"][0]
    assert "errata[server]" in seen["messages"][0] and "errata.command" in seen["messages"][0]
    assert [name for name, *_ in seen["calls"]] == ["start", "stop", "start", "stop"]
