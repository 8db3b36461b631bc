"use strict";
const { commands, window, workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "latex", "tex", "quarto"];
let client;

function started() {
  const [command, ...args] = workspace.getConfiguration("errata").get("command", ["errata", "server"]);
  const documentSelector = [
    ...LANGUAGES.map((language) => ({ scheme: "file", language })),
    ...LANGUAGES.map((language) => ({ scheme: "untitled", language })),
    { notebook: "jupyter-notebook", language: "markdown" },
  ];
  const made = new LanguageClient(
    "errata", "errata", { command, args, transport: TransportKind.stdio }, { documentSelector },
  );
  made.start().catch((error) => {
    window.showErrorMessage(
      `errata did not start (${error.message}). Is it installed? pipx install 'errata[server]', ` +
      "or name its program in the setting errata.command.",
    );
  });
  return made;
}

function activate(context) {
  client = started();
  context.subscriptions.push(
    commands.registerCommand("errata.restart", async () => {
      if (client) await client.stop().catch(() => undefined);
      client = started();
    }),
  );
}

function deactivate() {
  return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
