"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.adversarial import gan, trainings, transport
from numerics.specifications.contract import Specification
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened((*gan.SPECIFICATIONS, *transport.SPECIFICATIONS), trainings.LONG)
