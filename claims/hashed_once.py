"""Values whose hash is worked out once: trees and terms are looked up by it again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class HashedOnce:
    """A base of frozen dataclasses with slots, with a place for their hash.

    It is no field: it doesn't count when values are compared and doesn't go along to another process, where texts have
    other hashes.
    """

    __slots__ = ("hashed",)

    hashed: int

    def __init_subclass__(cls) -> None:
        """A dataclass with slots is made twice, the second time with the methods of a dataclass."""
        plain = cls.__dict__.get("__hash__")
        if plain is not None and plain.__name__ != _remembering.__name__:
            type.__setattr__(cls, "__hash__", _remembering(plain))


def _remembering(plain: Callable[[Any], int]) -> Callable[[Any], int]:
    def hash_once(self: Any) -> int:
        try:
            found: int = self.hashed
        except AttributeError:
            found = plain(self)
            object.__setattr__(self, "hashed", found)
        return found

    hash_once.__name__ = _remembering.__name__
    return hash_once
