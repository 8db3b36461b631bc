"""Typed terms as outlines and as data: an operation over its parts, each symbol with what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errata.meaning.printing import latex_of, to_latex
from errata.meaning.terms import Bind, Const, Num, Op, Ref, Term

_NAMES = {"add": "sum", "mul": "product", "pow": "power", "list": "list"}
_UNSAID = "nothing is said of it"


def outline(term: Term, kinds: Mapping[str, str]) -> str:
    """A line for each operation, number and symbol, indented below what it is a part of; ``kinds`` says what a symbol
    is, which stands where it comes up first."""
    return "\n".join(_lines(term, kinds, set(), 0))


def _lines(term: Term, kinds: Mapping[str, str], seen: set[str], depth: int) -> Iterator[str]:
    yield "  " * depth + _named(term, kinds, seen)
    for part in _parts(term):
        yield from _lines(part, kinds, seen, depth + 1)


def _parts(term: Term) -> tuple[Term, ...]:
    match term:
        case Op():
            return term.arguments
        case Ref():
            return (*(term.arguments or ()), *term.given)
        case Bind():
            return (term.body,)
        case _:
            return ()


def _named(term: Term, kinds: Mapping[str, str], seen: set[str]) -> str:
    match term:
        case Num():
            return str(term.value)
        case Const():
            return term.name
        case Ref():
            if term.head in seen:
                return to_latex(term)
            seen.add(term.head)
            return f"{to_latex(term)}: {kinds.get(term.head) or _UNSAID}"
        case Op():
            return _NAMES.get(term.kind, term.kind.removeprefix("is"))
        case Bind():
            return _bound(term)


def _bound(term: Bind) -> str:
    names, domain = ", ".join(map(latex_of, term.variables)), [to_latex(part) for part in term.domain]
    over = f"{term.kind} over {names}" if names else term.kind
    if term.over == "range" or (term.over == "ends" and domain):
        return f"{over} from {' to '.join(domain)}"
    laws = [to_latex(part) for part in term.domain if part != Const("any")]
    sign = {"set": "∈", "law": "∼", "limit": "→", "condition": "where"}.get(term.over, "")
    return f"{over} {sign} {', '.join(laws)}" if sign and laws else over


def tree(term: Term, kinds: Mapping[str, str]) -> dict[str, object]:
    """The same as data: every part with what it is, its own parts below it."""

    def of(parts: tuple[Term, ...]) -> list[dict[str, object]]:
        return [tree(part, kinds) for part in parts]

    match term:
        case Num():
            return {"number": str(term.value)}
        case Const():
            return {"constant": term.name}
        case Ref():
            return {
                "symbol": latex_of(term.head),
                "kind": kinds.get(term.head),
                "indices": of(term.indices),
                "arguments": None if term.arguments is None else of(term.arguments),
                "given": of(term.given),
            }
        case Op():
            return {"operation": term.kind.removeprefix("is"), "parts": of(term.arguments)}
        case Bind():
            return {
                "binder": term.kind,
                "variables": [latex_of(name) for name in term.variables],
                "over": term.over,
                "domain": of(term.domain),
                "body": tree(term.body, kinds),
            }
