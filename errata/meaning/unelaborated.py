"""The one way in which a formula can fail to have a meaning."""

from __future__ import annotations


class Unelaborated(Exception):
    """A part of a formula has no meaning in the language, or none that can be told; the text says which."""
