"""A tree back to LaTeX: what repairs are shown in, and what the reader is held against: nothing lost or added."""

from __future__ import annotations

from typing import assert_never

from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Binom,
    Brace,
    Call,
    Chain,
    Differential,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Gap,
    Grid,
    Group,
    Lines,
    Logic,
    Node,
    Num,
    Opaque,
    Phrase,
    Postfix,
    Prefix,
    Relation,
    Root,
    Script,
    Stack,
    Styled,
    Sym,
    Terms,
    Text,
)


def to_latex(node: Node) -> str:
    """LaTeX that reads back to the same tree."""
    match node:
        case Num(text=text) | Dots(text=text) | Opaque(text=text):
            return text
        case Sym():
            return node.latex or node.name
        case Text(text=text, command=command):
            if not command:
                return text
            return f"\\{command}{{{text}}}"
        case Gap():
            return ""
        case Accent(kind=kind, body=body):
            return f"\\{kind}{{{to_latex(body)}}}"
        case Styled(command=command, body=body):
            return f"{command}{{{to_latex(body)}}}"
        case Script():
            return _script(node)
        case Frac(command=command, top=top, bottom=bottom) | Binom(command=command, top=top, bottom=bottom):
            if command in (r"\choose", r"\over", r"\atop"):
                return f"{{{to_latex(top)} {command} {to_latex(bottom)}}}"
            return f"{command}{{{_bare(top)}}}{{{_bare(bottom)}}}"
        case Root(body=body, index=index):
            degree = "" if index is None else f"[{to_latex(index)}]"
            return f"\\sqrt{degree}{{{to_latex(body)}}}"
        case Group(body=body):
            return f"{{{to_latex(body)}}}"
        case Fence(open=opening, body=body, close=closing):
            inside = "" if body is None else to_latex(body)
            return f"{_sized(opening, 'left')}{_gap(opening)}{inside}{_sized(closing, 'right')}"
        case Call(head=head, fence=fence):
            return f"{to_latex(head)}{to_latex(fence)}"
        case Function(head=head, argument=argument):
            return f"{to_latex(head)} {to_latex(argument)}"
        case Big():
            return _big(node)
        case Differential(d=d, variable=variable):
            return _joined([to_latex(d), to_latex(variable)])
        case Prefix(sign=sign, operand=operand):
            return _joined([to_latex(sign), to_latex(operand)])
        case Postfix(operand=operand, sign=sign):
            return (to_latex(operand) if isinstance(operand, Script) else _base(operand)) + sign
        case Terms(signs=signs, items=items) | Factors(signs=signs, items=items):
            return _joined([part for sign, item in zip(signs, items, strict=True) for part in (sign, to_latex(item))])
        case Relation(latex=latex, over=over):
            return _relation(latex, over)
        case Chain(items=items, relations=relations):
            return _woven(items, [to_latex(r) for r in relations])
        case Logic(items=items, signs=signs):
            return _woven(items, list(signs))
        case Bar(left=left, sign=sign, right=right):
            return _joined([to_latex(left), sign, to_latex(right)])
        case Phrase(items=items, separators=separators):
            return _joined([p for item, mark in zip(items, separators, strict=True) for p in (to_latex(item), mark)])
        case Brace(command=command, body=body, label=label):
            under = "^" if "over" in command else "_"
            tail = "" if label is None else f"{under}{{{to_latex(label)}}}"
            return f"{command}{{{to_latex(body)}}}{tail}"
        case Stack(command=command, mark=mark, body=body):
            return f"{command}{{{to_latex(mark)}}}{{{to_latex(body)}}}"
        case Grid():
            return _grid(node)
        case Lines(environment=environment, statements=statements):
            inside = r" \\ ".join(to_latex(s) for s in statements)
            return f"\\begin{{{environment}}}{inside}\\end{{{environment}}}" if environment else inside
        case _:
            assert_never(node)


def _script(node: Script) -> str:
    parts = ["'" * node.primes]
    sub = "" if node.sub is None else "_" + _argument(node.sub)
    sup = "" if node.sup is None else "^" + _argument(node.sup)
    parts += [sup, sub] if node.sup_first else [sub, sup]
    return _base(node.base) + "".join(parts)


def _bare(node: Node) -> str:
    """The LaTeX of a group without its own braces, for a place that has braces already."""
    return to_latex(node.body if isinstance(node, Group) else node)


def _argument(node: Node) -> str:
    """A script: braced unless it is a single letter or digit."""
    text = _bare(node)
    return text if len(text) == 1 and text.isalnum() else f"{{{text}}}"


def _base(node: Node) -> str:
    """What scripts hang on: braced where it would otherwise be cut."""
    text = to_latex(node)
    return f"{{{text}}}" if isinstance(node, Script | Terms | Factors | Chain | Phrase | Frac) else text


def _big(node: Big) -> str:
    body = "" if node.body is None else to_latex(node.body)
    ds = [to_latex(d) for d in node.differentials]
    parts = [to_latex(node.head), *ds, body] if node.differential_first else [to_latex(node.head), body, *ds]
    return _joined(parts)


def _relation(latex: str, over: Node | None) -> str:
    if over is None:
        return latex
    mark = to_latex(over)
    if latex.startswith((r"\overset", r"\stackrel", r"\underset")):
        command, _, sign = latex.partition(" ")
        return f"{command}{{{mark}}}{{{sign}}}"
    return f"{latex}{{{mark}}}" if latex.startswith(r"\x") else f"{latex}_{{{mark}}}"


def _grid(node: Grid) -> str:
    rows = r" \\ ".join(" & ".join(to_latex(cell) for cell in row) for row in node.rows)
    if node.environment == "substack":
        return f"\\substack{{{rows}}}"
    columns = f"{{{node.columns}}}" if node.columns else ""
    return f"\\begin{{{node.environment}}}{columns} {rows} \\end{{{node.environment}}}"


def _sized(bracket: str, side: str) -> str:
    """A bracket; one that is invisible needs \\left or \\right to stand."""
    return f"\\{side}." if bracket == "." else bracket


def _gap(text: str) -> str:
    return " " if text[-1:].isalpha() else ""


def _woven(items: tuple[Node, ...], signs: list[str]) -> str:
    parts = [to_latex(items[0])]
    for sign, item in zip(signs, items[1:], strict=True):
        parts += [sign, to_latex(item)]
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    return " ".join(p for p in parts if p)
