"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.adversarial import gan, transport
from numerics.specifications.contract import Specification

SPECIFICATIONS: tuple[Specification, ...] = (*gan.SPECIFICATIONS, *transport.SPECIFICATIONS)
