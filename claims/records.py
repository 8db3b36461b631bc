"""Records: values that don't change, are equal where their fields are, and can be looked up by.

``Record`` is what ``@dataclass(frozen=True, slots=True)`` makes, made in C by msgspec. Such a class takes a fiftieth of
the time to make, and every command makes hundreds before it starts. A class with ``cache_hash=True`` works out the hash
of a value once: trees and terms are looked up by it again and again.

What is written by hand in derivation pages, specifications and plans of sampling stays a dataclass.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, dataclass_transform

from msgspec import Struct, field, structs
from msgspec.structs import asdict

if TYPE_CHECKING:
    from dataclasses import replace  # of which the type checker knows what may be changed
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """A record or a dataclass with other values for some of its fields. Raises TypeError for a field it hasn't."""
        change = structs.replace if isinstance(value, Struct) else dataclasses.replace
        return change(value, **changes)


__all__ = ["Record", "asdict", "field", "fields", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True):
    """A base of records; their fields are annotated as those of a dataclass."""


def fields(of: Record | type[Record]) -> tuple[str, ...]:
    """The names of the fields of a record or of a class of records, in order."""
    return of.__struct_fields__
