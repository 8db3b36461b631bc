"""``python -m numerics.specifications.ask [NAME…]`` asks the installed oracles again and writes their golden tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.tables import written


def main(names: Sequence[str]) -> int:
    """Write the tables of the named specifications, or of all; 1 where a package is missing."""
    status = 0
    for found in SPECIFICATIONS:
        for oracle in found.oracles if not names or found.name in names else ():
            try:
                print(written(found.name, oracle))
            except ImportError as error:
                print(f"{found.name}: {oracle.package} is not asked: {error}", file=sys.stderr)
                status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
