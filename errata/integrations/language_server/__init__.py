"""``errata server``: findings, readings and repairs in an editor, by the Language Server Protocol."""
