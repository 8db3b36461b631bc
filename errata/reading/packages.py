r"""Commands of well-known packages, written out: \dv{f}{x} and \qty(…) of physics, \SI{3}{\km} of siunitx, \mathclap of
mathtools. A document's own definition of such a command comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from errata.reading.document import Macro
from errata.reading.lexer import Token

Groups = list[list[Token]]
_SCIENTIFIC = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))[eEdD]([+-]?\d+)")
_BRACKETS = frozenset({"(", "[", "|", r"\{", r"\|", r"\lvert", r"\lVert"})
_WRAPPERS = frozenset("mathclap mathllap mathrlap smashoperator ensuremath adjustlimits mathtoolsset".split())
"""Commands that only place what stands in their group."""
_NOTHING = frozenset("mathop mathbin mathrel mathopen mathclose mathpunct mathinner mathord".split())
"""Commands that say nothing with an empty group."""


def written_out(tokens: list[Token], macros: Mapping[str, Macro]) -> list[Token]:
    """The tokens with the commands of packages replaced by what they stand for."""
    if not any(t.text[1:] in _ALL and t.kind == "command" for t in tokens):
        return tokens
    out: list[Token] = []
    stack = list(reversed(tokens))
    while stack:
        t = stack.pop()
        name = t.text[1:]
        if t.kind != "command" or name not in _ALL or name in macros:
            out.append(t)
            continue
        made = _expanded(t, name, stack)
        if made == [t]:
            out.append(t)
        else:
            stack.extend(reversed(made))
    return out


def _expanded(call: Token, name: str, stack: list[Token]) -> list[Token]:
    """What a call stands for; takes its groups off the stack, and gives the command back where they are missing."""
    made = _Maker(call)
    if name in _WRAPPERS:
        groups = _groups(stack, 1)
        return groups[0] if groups else []
    if name in _NOTHING:
        empty = [t.text for t in stack[:-3:-1]] == ["{", "}"]
        if empty:
            del stack[-2:]
            return []
        return [call]
    if name in ("qty", "quantity") and stack and stack[-1].text in _BRACKETS:
        return []
    if stack and stack[-1].text == "*":
        stack.pop()
    power = _optional(stack) if name in _DERIVATIVES or name == "dd" else None
    arity = _ARITY.get(name, 1)
    groups = _groups(stack, arity)
    if not groups:
        return made.of(_ALONE[name]) if name in _ALONE else [call]
    return _BUILD[name](made, groups, power)


class _Maker:
    """Makes tokens that stand where a call stands."""

    def __init__(self, call: Token) -> None:
        self.call = call

    def of(self, *parts: str | list[Token]) -> list[Token]:
        out: list[Token] = []
        for part in parts:
            if isinstance(part, str):
                kinds = (("command" if p[:1] == "\\" else "letter" if p.isalpha() else "sign", p) for p in part.split())
                kinds = (("number" if p.isdigit() else kind, p) for kind, p in kinds)
                out += [Token(kind, p, self.call.start, self.call.end, False) for kind, p in kinds]
            else:
                out += part
        return out

    def derivative(self, sign: str, groups: Groups, power: list[Token] | None) -> list[Token]:
        *function, variable = groups[:2]
        mixed = groups[2] if len(groups) > 2 else None
        raised = self.of("^ {", power, "}") if power else self.of("^ 2") if mixed else []
        above = self.of("{", sign, raised, function[0] if function else [], "}")
        last = self.of(sign, mixed) if mixed else self.of("^ {", power, "}") if power else []
        below = self.of("{", sign, variable, last, "}")
        return self.of(r"\frac", above, below)

    def measured(self, groups: Groups) -> list[Token]:
        number = self.number(groups[0])
        return number if len(groups) < 2 else [*number, self.unit(groups[1])]

    def number(self, group: list[Token]) -> list[Token]:
        text = "".join(t.text for t in group)
        found = _SCIENTIFIC.fullmatch(text)
        if found is None:
            return self.of("{", group, "}")
        mantissa = Token("number", found[1].lstrip("+-"), self.call.start, self.call.end, False)
        sign, raised = ("-" if found[1][:1] == "-" else "", found[2].lstrip("+-"))
        power = self.of("10 ^ {", "-" if found[2][:1] == "-" else "", raised, "}")
        return [*self.of(sign), mantissa, *self.of(r"\times"), *power]

    def unit(self, group: list[Token]) -> Token:
        word = "".join(t.text.lstrip("\\") for t in group if t.text not in "{}~")
        return Token("name", f"operatorname\0{word}", self.call.start, self.call.end, False)


_Build = Callable[[_Maker, Groups, "list[Token] | None"], list[Token]]


def _around(opening: str, closing: str) -> _Build:
    return lambda made, groups, power: made.of(opening, groups[0], closing)


_DERIVATIVES = {
    **dict.fromkeys(("dv", "derivative"), r"\mathrm { d }"),
    **dict.fromkeys(("pdv", "partialderivative", "pderivative"), r"\partial"),
    **dict.fromkeys(("fdv", "functionalderivative"), r"\delta"),
}


def _derivative(sign: str) -> _Build:
    return lambda made, groups, power: made.derivative(sign, groups, power)


_BUILD: dict[str, _Build] = {
    **{name: _derivative(sign) for name, sign in _DERIVATIVES.items()},
    "dd": lambda made, groups, power: made.of(r"\mathrm { d }", made.of("^ {", power, "}") if power else [], groups[0]),
    **dict.fromkeys(("qty", "quantity", "SI", "num", "numproduct"), lambda made, groups, power: made.measured(groups)),
    **dict.fromkeys(("si", "unit"), lambda made, groups, power: [made.unit(groups[0])]),
    **dict.fromkeys(("expval", "ev", "expectationvalue"), _around(r"\langle", r"\rangle")),
    "ket": _around("|", r"\rangle"),
    "bra": _around(r"\langle", "|"),
    **dict.fromkeys(("vb", "vectorbold"), lambda made, groups, power: made.of(r"\mathbf {", groups[0], "}")),
    **dict.fromkeys(("va", "vectorarrow"), lambda made, groups, power: made.of(r"\vec {", groups[0], "}")),
    **dict.fromkeys(("order",), lambda made, groups, power: made.of("O (", groups[0], ")")),
    "grad": lambda made, groups, power: made.of(r"\nabla", groups[0]),
    "laplacian": lambda made, groups, power: made.of(r"\nabla ^ 2", groups[0]),
}
_ALONE = {"grad": r"\nabla", "laplacian": r"\nabla ^ 2", "dd": r"\mathrm { d }"}
_ARITY = {**dict.fromkeys(_DERIVATIVES, 3), "SI": 2, "qty": 2, "quantity": 2}
_ALL = _WRAPPERS | _NOTHING | _BUILD.keys()


def _groups(stack: list[Token], most: int) -> Groups:
    """Up to so many braced groups that stand right here, taken off the stack."""
    groups: Groups = []
    while len(groups) < most and stack and stack[-1].text == "{":
        depth, held = 0, []
        while stack:
            t = stack.pop()
            depth += (t.text == "{") - (t.text == "}")
            held.append(t)
            if depth == 0:
                break
        groups.append(held[1:-1])
    return groups


def _optional(stack: list[Token]) -> list[Token] | None:
    if not stack or stack[-1].text != "[":
        return None
    stack.pop()
    held = []
    while stack and stack[-1].text != "]":
        held.append(stack.pop())
    if stack:
        stack.pop()
    return held
