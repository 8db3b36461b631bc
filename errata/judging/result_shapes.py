"""The shapes of known results, written out beside this file: to read all their formulas takes long.

`python -m errata.judging.result_shapes` writes them anew; a test says when that has been forgotten.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from claims.records import Record
from errata.meaning.results.forms import forms
from errata.meaning.results.result import Result
from errata.meaning.terms import Bind, Op, Term, heads, size, walk

FORM_SIZE, FORM_SYMBOLS = 12, 4
"""How large a form must be, and in how many symbols, to be told by itself."""
FILE = "result_shapes.json"
_PLAIN = frozenset({"add", "mul", "pow", "transpose", "abs", "hadamard", "list"})


class Shape(Record, frozen=True):
    """One form of a result: the functions and binders of its right side, how many symbols it has, how large it is."""

    result: str
    kinds: str
    symbols: int
    size: int
    sign: str = "="


def shape_of(term: Term) -> Counter[str]:
    """How often each function and each binder stands in a term."""
    return Counter(t.kind for t in walk(term) if isinstance(t, Bind) or (isinstance(t, Op) and t.kind not in _PLAIN))


def key_of(shape: Counter[str]) -> str:
    """A shape as one text."""
    return " ".join(f"{kind}:{count}" for kind, count in sorted(shape.items()))


def computed(results: Sequence[Result]) -> Iterator[Shape]:
    """The shapes of the forms of some results that are large enough to be told by themselves."""
    for result in results:
        for form in forms(result):
            symbols, large = len(heads(form.right)), size(form.right)
            if large >= FORM_SIZE and symbols >= FORM_SYMBOLS:
                yield Shape(result.name, key_of(shape_of(form.right)), symbols, large, form.sign)


@lru_cache(maxsize=1)
def shapes() -> Mapping[str, tuple[Shape, ...]]:
    """The shapes that are written out, by their functions and binders."""
    found: dict[str, list[Shape]] = {}
    for row in json.loads(files("errata.judging").joinpath(FILE).read_text("utf-8")):
        shape = Shape(*row)
        found.setdefault(shape.kinds, []).append(shape)
    return {kinds: tuple(found_) for kinds, found_ in found.items()}


def main() -> int:
    """Writes the shapes of all results."""
    from errata.meaning.results.catalogue import RESULTS

    rows = [[s.result, s.kinds, s.symbols, s.size, s.sign] for s in computed(RESULTS)]
    text = "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"
    Path(__file__).with_name(FILE).write_text(text, "utf-8")
    print(f"{len(rows)} shapes of {len(RESULTS)} results")
    return 0


if __name__ == "__main__":
    sys.exit(main())
