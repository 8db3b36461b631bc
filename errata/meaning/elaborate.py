"""Trees of formulas as terms, under one reading of what their notation leaves open.

Nothing is guessed silently: what has no meaning here raises ``Unelaborated``, and what has several is decided by the
``Notation`` that is asked for, of which ``notations`` gives the admissible ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from claims.records import Record
from errata.meaning import terms as t
from errata.meaning.functionals import CONDITIONED, FUNCTIONALS, expectation, functional, given
from errata.meaning.sequences import joined, up_to
from errata.meaning.terms import (
    Bind,
    Const,
    Num,
    Op,
    Ref,
    Term,
    add,
    below,
    free_heads,
    inverse,
    mapped,
    mul,
    negative,
    power,
    substitute,
    with_below,
)
from errata.meaning.unelaborated import Unelaborated
from errata.reading.calculus import is_variation
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Binom,
    Brace,
    Call,
    Chain,
    Dots,
    Fence,
    Frac,
    Function,
    Gap,
    Grid,
    Group,
    Node,
    Phrase,
    Postfix,
    Prefix,
    Root,
    Script,
    Styled,
    Sym,
    Terms,
    Text,
    children,
    walk,
)
from errata.reading.tree import Factors as Product
from errata.reading.tree import Num as Printed

FUNCTIONS = {
    "log": "log", "ln": "log", "exp": "exp", "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan", "tanh": "tanh",
    "sinh": "sinh", "cosh": "cosh", "arctan": "atan", "tr": "tr", "Tr": "tr", "trace": "tr", "det": "det",
    "diag": "diag", "softmax": "softmax", "Softmax": "softmax", "sigmoid": "sigmoid", "ReLU": "relu", "relu": "relu",
    "logsumexp": "logsumexp", "LSE": "logsumexp", "sgn": "sign", "sign": "sign", "Gamma": "gamma",
    "softplus": "softplus",
}  # fmt: skip
"""Functions by the word that names them, with the operation that each is."""
_SET_SIGNS = {"\\cap": "∩", "\\cup": "∪", "\\setminus": "∖", "∩": "∩", "∪": "∪", "∖": "∖"}
_BIG = {
    "⋃": "union", "⋂": "intersection", "∑": "sum", "∏": "prod", "∫": "int", "max": "max", "min": "min", "sup": "max",
    "inf": "min", "argmax": "argmax", "argmin": "argmin", "lim": "lim",
}  # fmt: skip
_FUNCTIONS = frozenset("fghrsuvσφϕψπκ")
"""Letters that are functions rather than factors before a bracket that holds a product."""
_TRANSPOSES = frozenset({"⊤", "intercal", "\\intercal"})
_STARS = frozenset({"*", "∗", "⋆", "★", "†", "-", "+", "−"})
_SETS = frozenset({"cal", "double", "script", "frak"})
_BARS = frozenset({"|", "\\lvert", "\\vert"})
_NORMS = frozenset({"\\|", "\\Vert", "||", "\\lVert"})
_ROUNDED = frozenset({"\\lfloor", "\\lceil"})
_MEASURING = _BARS | _NORMS | _ROUNDED
"""Brackets that do something to what they hold: log |x| is no log x."""


class Notation(Record, frozen=True):
    """One way to read what the notation of a formula leaves open."""

    primes_transpose: bool = False
    """x′ is the transpose of x, not another name."""
    upper_indices: frozenset[str] = frozenset()
    """Letters whose superscripts number them: W^{l+1}."""
    applied: frozenset[str] = frozenset()
    """Letters that are functions, so that a bracket after them holds arguments."""
    pi_names: bool = False
    """π is a name (a policy, a weight, a law), not the number."""
    defined: frozenset[str] = frozenset()
    """Letters that the page defines as functions: H(ω) is no entropy then."""
    multiplied: frozenset[str] = frozenset()
    """Letters with an index before the bracket of a sum, which is a factor: p_i (1 − p_j)."""
    outside: frozenset[str] = frozenset()
    """Names that stand outside of the sums whose range compares two names: j, where ∑_{i<j} is a sum over i alone."""
    imaginary: str = ""
    """The letter of the imaginary unit; "" where there is none."""


def notations(
    *roots: Node,
    applied: frozenset[str] = frozenset(),
    defined: frozenset[str] = frozenset(),
    numbers_number: bool = True,
) -> Iterator[Notation]:
    """The admissible notations of formulas that stand together, the likeliest first.

    ``applied`` are letters that the page applies to names, ``defined`` those that it defines as functions; without
    ``numbers_number``, the 2 of x² is a power unless letters number x as well.
    """
    calls, multiplied, raised, primed = set(applied), set(), set(), False
    pi_names = False
    indexed: set[str] = set()
    for node in (n for root in roots for n in walk(root)):
        if isinstance(node, Call):
            if _may_multiply(node) and _letter(node.head) not in applied | _FUNCTIONS:
                indexed.add(_letter(node.head))
            if node.sure or _letter(node.head) in _FUNCTIONS or _is_of_names(node.fence):
                calls.add(_letter(node.head))
            pi_names |= _letter(node.head) == "π"
        elif isinstance(node, Script):
            letter = _letter(node.base)
            primed |= bool(node.primes)
            pi_names |= isinstance(node.sup, Sym) and node.sup.name == "π"
            pi_names |= letter == "π" and (node.sub is not None or _is_label(node.sup))
            counts = node.sup is not None and (numbers_number or any(isinstance(n, Sym) for n in walk(node.sup)))
            if node.sup is not None and letter and counts and _may_number(node.sup):
                raised.add(letter)
        elif isinstance(node, Product):
            multiplied |= {_letter(item) for item in node.items}
    compares = any(_compares(n) for root in roots for n in walk(root))
    outside = frozenset(name for root in roots for name in _outside_of_comparing_sums(root) if compares)
    imaginary = "i" if any(_is_turn(n) for root in roots for n in walk(root)) else ""
    for upper in (frozenset(), frozenset(raised)) if raised else (frozenset(),):
        for transposed in (False, True) if primed else (False,):
            for times in (frozenset[str](), frozenset(indexed)) if indexed else (frozenset[str](),):
                yield Notation(transposed, upper, frozenset(calls - {""}), pi_names, defined, times, outside, imaginary)


def _compares(node: Node) -> bool:
    """Whether a node is a sum whose range compares two names: ∑_{i<j}."""
    if not isinstance(node, Big):
        return False
    _, sub, _ = _scripts(node.head)
    inner = sub.body if isinstance(sub, Group) else sub
    return isinstance(inner, Chain) and [r.sign for r in inner.relations] in (["<"], [">"], ["≠"], ["≤"], ["≥"])


def _outside_of_comparing_sums(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """The letters of a tree but for those that sums bind, and those in sums whose range compares two names."""
    if _compares(node):
        return
    if isinstance(node, Sym) and node.name not in bound:
        yield node.name
    if isinstance(node, Big):
        _, sub, _ = _scripts(node.head)
        bound = bound | {n.name for n in walk(sub) if isinstance(n, Sym)} if sub is not None else bound
    for child in children(node):
        yield from _outside_of_comparing_sums(child, bound)


def _may_multiply(call: Call) -> bool:
    """Whether a name with an index may be a factor before the bracket of a sum or a difference."""
    body = call.fence.body if isinstance(call.fence, Fence) else None
    return isinstance(call.head, Script) and call.head.sub is not None and isinstance(body, Terms)


def _is_of_names(fence: Node) -> bool:
    """Whether a bracket holds names alone, as that of a function does more often than that of a factor."""
    body = fence.body if isinstance(fence, Fence) else None
    items = body.items if isinstance(body, Phrase) else (body,)
    return all(isinstance(i, Sym | Script | Accent) for i in items)


def _is_turn(node: Node) -> bool:
    """Whether a node is e^{… π i …}, whose i is the imaginary unit."""
    if not (isinstance(node, Script) and isinstance(node.base, Sym) and node.base.name == "e" and node.sup is not None):
        return False
    names = {n.name for n in walk(node.sup) if isinstance(n, Sym)}
    return {"π", "i"} <= names or ("ω" in names and "i" in names)


def _may_number(sup: Node) -> bool:
    """Whether a superscript may be an index: letters and small whole numbers, but no transpose and no −1."""
    if _is_label(sup) or _is_transpose(sup):
        return False
    inner = sup.body if isinstance(sup, Group) else sup
    return isinstance(inner, Sym | Printed | Terms) and not (isinstance(inner, Terms) and inner.signs[0] == "-")


def _letter(node: Node | None) -> str:
    while isinstance(node, Script | Accent | Group | Styled):
        node = node.base if isinstance(node, Script) else node.body
    return node.name if isinstance(node, Sym) else ""


def _is_transpose(node: Node | None) -> bool:
    node = node.body if isinstance(node, Group) else node
    return isinstance(node, Sym) and (node.name in _TRANSPOSES or node.name == "T")


def _is_label(node: Node | None) -> bool:
    """Whether a script only tells names apart: a word, a star, a sign alone."""
    if node is None:
        return False
    node = node.body if isinstance(node, Group) else node
    if isinstance(node, Text) or (isinstance(node, Big) and node.body is None):
        return True  # x_max; the sum in θ^{∑ x_i} is a power
    if isinstance(node, Sym):
        worded = node.font in ("roman", "text", "sans", "italic") and len(node.name) > 1
        return worded or node.name in _STARS or node.name in ("∞",)
    return False


def elaborate(node: Node, notation: Notation) -> Term:
    """The term that a tree means under a notation. Raises Unelaborated."""
    return _Elaboration(notation).term(node)


class _Elaboration:
    def __init__(self, notation: Notation) -> None:
        self.notation = notation

    def term(self, node: Node | None) -> Term:
        match node:
            case Printed():
                return self._number(node)
            case Sym():
                return self._symbol(node)
            case Accent() | Script():
                return self._script(node)
            case Styled():
                return self.term(node.body) if not isinstance(node.body, Sym) else Ref(self._head(node))
            case Group() | Brace():
                return self.term(node.body)
            case Frac():
                return self._fraction(node)
            case Binom():
                return Op("binomial", (self.term(node.top), self.term(node.bottom)))
            case Root():
                degree = t.number(2) if node.index is None else self.term(node.index)
                return power(self.term(node.body), inverse(degree))
            case Fence():
                return self._fence(node)
            case Call():
                return self._call(node)
            case Function():
                return self._function(node)
            case Big():
                return self._big(node)
            case Prefix():
                return self._prefix(node)
            case Postfix():
                kinds = {"!": "factorial", "%": "percent"}
                if node.sign not in kinds:
                    raise Unelaborated(f"{node.sign} after an operand")
                return Op(kinds[node.sign], (self.term(node.operand),))
            case Terms():
                return self._sum(node)
            case Product():
                return self._product(list(node.items), list(node.signs))
            case Grid():
                return self._grid(node)
            case Chain():
                return self._event(node)
            case Phrase():
                return Op("list", self._list(node))
            case Dots():
                return Op("dots", ())
            case Bar():
                return Op("bar", (self.term(node.left), self.term(node.right)))
            case Text():
                return Ref(f"‘{node.text.strip()}’")
        raise Unelaborated(f"{type(node).__name__} has no meaning here")

    # names ------------------------------------------------------------------------------------------------------

    def _number(self, node: Printed) -> Term:
        try:
            return Num(Fraction(node.text.replace(",", "").replace("{", "").replace("}", "").replace(" ", "")))
        except ValueError as error:
            raise Unelaborated(f"the number {node.text}") from error

    def _symbol(self, node: Sym) -> Term:
        if node.name == "π" and not self.notation.pi_names:
            return Const("π")
        if node.name == "∞":
            return Const("∞")
        if self.notation.imaginary and node.name == self.notation.imaginary and node.font in ("", "roman"):
            return Const("i")
        return Ref(self._head(node))

    def _head(self, node: Node) -> str:
        """The name of a letter with its font and accents, as one text."""
        if isinstance(node, Sym):
            fonts = {"": "", "roman": "", "text": "", "italic": "", "sans": ""}
            return node.name if node.font in fonts else f"{node.font}:{node.name}"
        if isinstance(node, Accent):
            return f"{node.kind}({self._head(node.body)})"
        if isinstance(node, Styled):
            return self._head(node.body)
        if isinstance(node, Group):
            return self._head(node.body)
        if isinstance(node, Script):
            term = self._script(node)
            if isinstance(term, Ref) and term.arguments is None:
                return term.head + "".join(f"_{spelled(i)}" for i in term.indices)
        raise Unelaborated(f"{type(node).__name__} as a name")

    def _script(self, node: Accent | Script) -> Term:
        if isinstance(node, Accent):
            if node.kind in (
                "bar",
                "hat",
                "tilde",
                "vec",
                "check",
                "breve",
                "widehat",
                "widetilde",
                "overline",
                "underline",
            ):
                body = Ref(self._head(node.body)) if isinstance(node.body, Sym) else self.term(node.body)
                if isinstance(body, Ref) and body.arguments is None:
                    return Ref(f"{_accent(node.kind)}({body.head})" if node.kind != "vec" else body.head, body.indices)
            raise Unelaborated(f"the accent {node.kind}")
        base, sup = node.base, node.sup
        while isinstance(base, Group):
            base = base.body
        if (
            isinstance(base, Sym)
            and base.name == "e"
            and node.sub is None
            and sup is not None
            and base.font in ("", "roman")
        ):
            return Op("exp", (self.term(sup),))
        if isinstance(base, Sym) and base.name in ("I", "1", "0") and _is_word(base):
            return self._identity(node, base)
        if isinstance(base, Fence):
            return self._scripted_fence(node, base)
        if isinstance(base, Sym) and base.name == "π" and not self.notation.pi_names and not node.primes:
            return self._raised(Const("π"), node)
        if isinstance(base, Sym | Accent | Styled | Script):
            return self._scripted_name(node, base)
        inner = self.term(base)
        if node.sub is not None:
            raise Unelaborated("a subscript of an expression")
        return self._raised(inner, node)

    def _identity(self, node: Script, base: Sym) -> Term:
        if node.sup is not None or node.primes:
            raise Unelaborated("a script of the identity")
        return Op("identity" if base.name == "I" else "constants", (self.term(node.sub),))

    def _scripted_name(self, node: Script, base: Node) -> Term:
        inner = self._script(base) if isinstance(base, Script | Accent) else Ref(self._head(base))
        if not isinstance(inner, Ref) or inner.arguments is not None:
            if node.sub is not None:
                raise Unelaborated("a subscript of an expression")
            return self._raised(inner, node)
        head, indices = inner.head, inner.indices
        if node.sub is not None:
            label, found = self._subscript(node.sub)
            head, indices = head + label, (*indices, *found)
        sup = node.sup
        if sup is not None and isinstance(sup, Fence) and sup.open == "(" and sup.body is not None:
            indices, sup = (*indices, *self._members(sup.body)), None
        elif self.notation.pi_names and _letter(sup) == "π":
            head, sup = f"{head}^π", None
        elif sup is not None and _is_label(sup) and not _is_transpose(sup):
            label, _ = self._subscript(sup)
            head, sup = head + label.replace("_", "^"), None
        elif sup is not None and _letter(base) in self.notation.upper_indices and _may_number(sup):
            indices, sup = (*indices, *self._members(sup)), None
        primes = node.primes
        if primes and not (self.notation.primes_transpose and primes == 1):
            head, primes = head + "′" * primes, 0
        term: Term = Ref(head, indices)
        if primes:
            term = Op("transpose", (term,))
        return term if sup is None else self._powered(term, sup)

    def _subscript(self, sub: Node) -> tuple[str, tuple[Term, ...]]:
        """What a subscript adds to the name, and the indices that it holds."""
        if _is_label(sub):
            inner = sub.body if isinstance(sub, Group) else sub
            if isinstance(inner, Sym):
                return f"_{inner.name}", ()
            if isinstance(inner, Text):
                return f"_{inner.text.strip()}", ()
            if isinstance(inner, Big):
                return f"_{_letter(inner.head)}", ()
        inner = sub.body if isinstance(sub, Group) else sub
        if isinstance(inner, Product) and set(inner.signs) <= {"", "*"} and all(_is_star(i) for i in inner.items):
            return "_**", ()  # k_**
        return "", self._members(sub)

    def _members(self, node: Node) -> tuple[Term, ...]:
        """The indices in a script: those of a list, and letters that stand side by side."""
        node = node.body if isinstance(node, Group | Fence) and node.body is not None else node
        if isinstance(node, Phrase):
            return self._list(node)
        if isinstance(node, Product) and all(s == "" for s in node.signs):
            return tuple(self.term(i) for i in node.items)
        if isinstance(node, Bar):
            left, right = self.term(node.left), self.term(node.right)
            return (up_to(right) if node.sign == ":" and left == t.ONE else Op(f"slice{node.sign}", (left, right)),)
        if isinstance(node, Chain):
            sides = tuple(Ref("·") if isinstance(i, Gap) else self.term(i) for i in node.items)
            return (Op("range" + "".join(r.sign for r in node.relations), sides),)
        if isinstance(node, Terms) and node.signs and node.signs[0] in ("\\setminus", "¬"):
            return (Op("without", tuple(self.term(i) for i in node.items)),)
        return (self.term(node),)

    def _raised(self, inner: Term, node: Script) -> Term:
        if node.primes == 1 and self.notation.primes_transpose:
            inner = Op("transpose", (inner,))
        elif node.primes:
            raise Unelaborated("a prime of an expression")
        return inner if node.sup is None else self._powered(inner, node.sup)

    def _powered(self, base: Term, sup: Node) -> Term:
        inner = sup.body if isinstance(sup, Group) else sup
        if _is_transpose(sup):
            return Op("transpose", (base,))
        if isinstance(inner, Terms) and inner.signs == ("-",) and _is_transpose(inner.items[0]):
            return inverse(Op("transpose", (base,)))
        if _is_label(sup):
            raise Unelaborated("a label of an expression")
        return power(base, self.term(sup))

    # brackets ---------------------------------------------------------------------------------------------------

    def _fence(self, node: Fence) -> Term:
        if node.body is None:
            raise Unelaborated("empty brackets")
        if isinstance(node.body, Chain) and node.open in ("[", "\\llbracket", "⟦"):
            return Op("indicator", (self._event(node.body),))
        if node.open in _NORMS:
            return Op("norm", (self.term(node.body), t.number(2)))
        if node.open in _BARS:
            if isinstance(node.body, Sym) and node.body.font in _SETS:
                return Ref(f"|{self._head(node.body)}|")
            return Op("abs", (self.term(node.body),))
        if node.open in _ROUNDED:
            return Op(node.open[2:], (self.term(node.body),))
        if node.open in ("\\langle", "⟨"):
            if isinstance(node.body, Phrase) and len(parts := self._list(node.body)) == 2:
                return mul(Op("transpose", (parts[0],)), parts[1])
            return expectation((), (), self.term(node.body), ())
        if isinstance(node.body, Phrase):
            return Op("list", self._list(node.body))
        return self.term(node.body)

    def _scripted_fence(self, node: Script, fence: Fence) -> Term:
        inner = self._fence(fence)
        if node.sub is not None:
            if isinstance(inner, Op) and inner.kind == "norm":
                order = Ref("F") if _letter(node.sub) == "F" else self.term(node.sub)
                inner = Op("norm", (inner.arguments[0], order))
            elif fence.open == "(":
                inner = Op("entry", (inner, *self._members(node.sub)))
            else:
                raise Unelaborated("a subscript of a bracket")
        return self._raised(inner, node)

    def _list(self, node: Phrase) -> tuple[Term, ...]:
        return tuple(self.term(i) for i in node.items if not isinstance(i, Gap))

    def _arguments(self, node: Node | None) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The arguments within a bracket, and what stands after its bar or semicolon."""
        if node is None:
            return (), ()
        if isinstance(node, Bar) and node.sign in ("\\mid", "|", ";", ":"):
            left, inner = self._arguments(node.left)
            right, more = self._arguments(node.right)
            return left, (*inner, *right, *more)
        if isinstance(node, Phrase):
            at = next((n for n, s in enumerate(node.separators) if s == ";"), None)
            items = [self.term(i) for i in node.items if not isinstance(i, Gap)]
            if at is None or len(items) != len(node.items):
                return joined(items), ()
            return joined(items[: at + 1]), joined(items[at + 1 :])
        return (self.term(node),), ()

    # functions --------------------------------------------------------------------------------------------------

    def _call(self, node: Call) -> Term:
        head, fence = node.head, node.fence
        if not isinstance(fence, Fence):
            raise Unelaborated("an application without brackets")
        base, sub, power_of = _scripts(head)
        name = base.name if isinstance(base, Sym) else ""
        if isinstance(base, Styled) and isinstance(base.body, Printed) and base.body.text == "1":
            return Op("indicator", (self.term(fence.body),)) if sub is None else Op("indicator", (self._event(sub),))
        if isinstance(base, Sym) and name in ("1", "𝟙", "I") and isinstance(fence.body, Chain):
            return Op("indicator", (self._event(fence.body),))
        kind = functional(base, sub) if name not in self.notation.defined else None
        if kind is not None and kind in FUNCTIONALS:
            value = self._functional(kind, sub, fence.body)
            return (
                value if power_of is None or (kind == "KL" and _is_label(power_of)) else self._powered(value, power_of)
            )
        if name in FUNCTIONS and _has_primes(head):
            raise Unelaborated(f"a prime on {name}")
        if name in FUNCTIONS and (base.font if isinstance(base, Sym) else "") in ("roman", "text", "sans", ""):
            inner = self._fence(fence) if fence.open in _MEASURING else self.term(fence.body)
            return self._applied(name, sub, power_of, inner)
        if name in ("max", "min") and isinstance(fence.body, Phrase):
            if any(isinstance(i, Dots) for i in fence.body.items):
                return self._series(name, fence.body.items)
            return Op(name + "_of", self._list(fence.body))
        if (way := _way(fence)) is not None and name.isalpha():
            return Ref(self._head(head), (), tuple(self.term(i) for i in way.items))
        is_factor = _may_multiply(node) and _letter(head) in self.notation.multiplied
        if is_factor or (not node.sure and _letter(head) not in self.notation.applied):
            return mul(self.term(head), self._fence(fence))
        inverse_function = isinstance(head, Script) and _is_minus_one(power_of)
        if inverse_function and isinstance(head, Script):
            callee: Term = Ref(self._head(head.base) + "^-1")
            if sub is not None:
                label, indices = self._subscript(sub)
                callee = Ref(self._head(head.base) + "^-1" + label, indices)
            power_of = None
        else:
            callee = self.term(head)
            power_of = None
        raised: Term | None = None
        if isinstance(callee, Op) and callee.kind == "pow":
            callee, raised = callee.arguments
        if not isinstance(callee, Ref) or callee.arguments is not None:
            return mul(self.term(head), self._fence(fence))
        arguments, given = self._arguments(fence.body)
        called = Ref(callee.head, callee.indices, arguments, given)
        return called if raised is None else power(called, raised)

    def _applied(self, name: str, sub: Node | None, sup: Node | None, argument: Term) -> Term:
        if name == "log" and sub is not None:
            value: Term = mul(Op("log", (argument,)), inverse(Op("log", (self.term(sub),))))
        elif sub is not None:
            raise Unelaborated(f"{name} with a subscript")
        else:
            value = power(argument, t.HALF) if name == "sqrt" else Op(FUNCTIONS[name], (argument,))
        return value if sup is None else self._powered(value, sup)

    def _function(self, node: Function) -> Term:
        head, sub, sup = _scripts(node.head)
        if not isinstance(head, Sym):
            raise Unelaborated("a function without a name")
        if _has_primes(node.head):
            raise Unelaborated(f"a prime on {head.name}")
        kind = functional(head, sub)
        if kind is not None and kind in FUNCTIONALS:
            return self._functional(kind, sub, node.argument)
        if head.name not in FUNCTIONS:
            return mul(Ref(head.name), self.term(node.argument))
        return self._applied(head.name, sub, sup, self.term(node.argument))

    def _functional(self, kind: str, sub: Node | None, body: Node | None) -> Term:
        if body is None:
            raise Unelaborated(f"{kind} of nothing")
        inner: Node = body
        conditions: tuple[Term, ...] = ()
        if kind in ("E", "Var"):
            variables, laws = self._law(sub)
            if isinstance(body, Bar) and body.sign in ("\\mid", "|", ";"):
                inner, conditions = body.left, self._conditions(body.right)
            return expectation(variables, laws, self.term(inner), conditions, kind)
        parts: list[Term] = []
        if kind in CONDITIONED and isinstance(body, Bar) and body.sign in ("\\mid", "|"):
            inner, conditions = body.left, self._conditions(body.right)
        for piece in _pieces(inner):
            parts.append(self.term(piece))
        parts += [given(c) for c in conditions]
        if sub is not None and kind not in ("KL",):
            parts.append(Op("under", self._members(sub)))
        return Op(kind, tuple(parts))

    def _conditions(self, node: Node) -> tuple[Term, ...]:
        arguments, others = self._arguments(node)
        return (*arguments, *others)

    def _law(self, sub: Node | None) -> tuple[tuple[str, ...], tuple[Term, ...]]:
        """The variables that an expectation binds, and their laws: x ∼ p, q(z | x), q."""
        if sub is None:
            return (), ()
        inner = sub.body if isinstance(sub, Group) else sub
        variables: list[str] = []
        laws: list[Term] = []
        pending: list[Node] = []
        for piece in inner.items if isinstance(inner, Phrase) else (inner,):
            if isinstance(piece, Dots):
                continue
            if isinstance(piece, Chain) and len(piece.items) == 2 and piece.relations[0].sign in ("∼", "∈"):
                for name in (*pending, piece.items[0]):
                    variables += self._bound(name)
                laws.append(self.term(piece.items[1]))
                pending = []
            else:
                pending.append(piece)
        for piece in pending:
            term = self.term(piece)
            if isinstance(term, Ref) and term.arguments is not None:
                variables += [a.head for a in term.arguments if isinstance(a, Ref) and a.arguments is None]
            elif isinstance(term, Ref) and isinstance(piece, Sym) and piece.name.isalpha() and piece.name.isupper():
                variables.append(term.head)
                continue
            laws.append(term)
        return tuple(dict.fromkeys(variables)), tuple(laws)

    def _bound(self, node: Node) -> list[str]:
        node = node.body if isinstance(node, Fence | Group) and node.body is not None else node
        if isinstance(node, Phrase):
            return [name for i in node.items for name in self._bound(i)]
        term = self.term(node)
        if not isinstance(term, Ref) or term.arguments is not None:
            raise Unelaborated("a bound expression")
        return [term.head + "".join(f"_{spelled(i)}" for i in term.indices)] if term.indices else [term.head]

    # operators --------------------------------------------------------------------------------------------------

    def _big(self, node: Big) -> Term:
        head, sub, sup = _scripts(node.head)
        kind = _BIG.get(head.name if isinstance(head, Sym) else "")
        if kind is None or (node.body is None and kind != "int"):
            raise Unelaborated(f"the operator {_letter(head)}")
        body = t.ONE if node.body is None else self.term(node.body)
        if kind == "int":
            variables = tuple(n for d in node.differentials for n in self._differential(d))
            if not variables:
                raise Unelaborated("an integral without its variable")
            ends = () if sub is None else tuple(self.term(x) for x in (sub, sup) if x is not None)
            return Bind("int", variables, "ends", ends, body)
        variables, over, domain = self._range(sub, sup)
        return Bind(kind, variables, over, domain, body)

    def _differential(self, node: Node) -> list[str]:
        variable = getattr(node, "variable", None)
        if variable is None:
            raise Unelaborated("a differential")
        return self._bound(variable)

    def _range(self, sub: Node | None, sup: Node | None) -> tuple[tuple[str, ...], str, tuple[Term, ...]]:
        inner = sub.body if isinstance(sub, Group) else sub
        if inner is None:
            return (), "all", ()
        top = () if sup is None else (self.term(sup),)
        if isinstance(inner, Chain):
            signs = [r.sign for r in inner.relations]
            if signs == ["="]:
                return tuple(self._bound(inner.items[0])), "range", (self.term(inner.items[1]), *top)
            if signs in (["∈"], ["→"]):
                over = "set" if signs == ["∈"] else "limit"
                return tuple(self._bound(inner.items[0])), over, (self.term(inner.items[1]),)
            names = [n for i in inner.items if isinstance(i, Sym) for n in self._bound(i)]
            both = len(inner.items) == 2 and len(names) == 2 and not set(names) & self.notation.outside
            return tuple(names if both else names[:1]), "condition", (self._event(inner),)
        if isinstance(inner, Phrase) and any(isinstance(i, Chain) for i in inner.items):
            raise Unelaborated("a range of several conditions")
        if isinstance(inner, Bar) and inner.sign == ":":
            return tuple(self._bound(inner.left)), "condition", (self.term(inner.right),)
        return tuple(self._bound(inner)), "all", top

    def _prefix(self, node: Prefix) -> Term:
        sign, sub, sup = _scripts(node.sign)
        name = sign.name if isinstance(sign, Sym) else ""
        if name in ("∇", "∂") and name:
            names = () if sub is None else tuple(n for m in _pieces(sub) for n in self._bound(m))
            kind = "gradient" if name == "∇" else "derivative"
            if sup is not None:
                kind += "2"
            body = self.term(node.operand)
            if isinstance(body, Op) and body.kind == "transpose":  # the T of ∇f(x)ᵀ belongs to the gradient
                return Op("transpose", (Bind(kind, names, "at", (), body.arguments[0]),))
            return Bind(kind, names, "at", (), body)
        raise Unelaborated(f"{name} before an operand")

    def _fraction(self, node: Frac) -> Term:
        if is_variation(node):
            raise Unelaborated("δ above and below are those of a derivative")
        derivative = self._derivative(node, None)
        if derivative is not None:
            return derivative
        return mul(self.term(node.top), inverse(self.term(node.bottom)))

    def _derivative(self, node: Frac, operand: Node | None) -> Term | None:
        """∂L/∂x, d y/dx, or d/dx before an operand; None where the fraction is none of these."""
        top, bottom = _differentials(node.top), _differentials(node.bottom)
        if top is None or bottom is None or not all(bottom) or any(s is not None for s in top[:-1]):
            return None
        what = top[-1] if operand is None else operand
        if what is None or (operand is not None and top[-1] is not None):
            return None
        names = []
        for variable in bottom:
            assert variable is not None
            names.append(self.term(variable))
        return Op("derivative", (self.term(what), *names))

    def _sum(self, node: Terms) -> Term:
        if any(s in _SET_SIGNS for s in node.signs):
            if any(s not in _SET_SIGNS and s for s in node.signs) or len(set(node.signs[1:])) != 1:
                raise Unelaborated("a sum with signs of sets")
            kind, sets = _SET_SIGNS[node.signs[1]], tuple(self.term(i) for i in node.items)
            return Op(kind, sets if kind == "∖" else tuple(sorted(sets, key=spelled)))
        if any(isinstance(i, Dots) for i in node.items) and set(node.signs) <= {"", "+"}:
            at = next(n for n, i in enumerate(node.items) if isinstance(i, Dots))
            rest = [self.term(i) for i in node.items[at + 2 :]]
            return add(self._series("sum", node.items[: at + 2]), *rest)
        parts: list[Term] = []
        for sign, item in zip(node.signs, node.items, strict=True):
            if sign in ("", "+"):
                parts.append(self.term(item))
            elif sign in ("-", "−"):
                parts.append(negative(self.term(item)))
            else:
                raise Unelaborated(f"the sign {sign}")
        return add(*parts)

    def _series(self, kind: str, items: tuple[Node, ...]) -> Term:
        """x_1 + … + x_n, x_1 ⋯ x_n and max(x_1, …, x_n): the members before the dots tell how they go on."""
        at = next(n for n, i in enumerate(items) if isinstance(i, Dots))
        if at != len(items) - 2 or at == 0 or any(isinstance(i, Dots) for i in items[:at]):
            raise Unelaborated("dots without an end")
        *first, last = [self.term(i) for i in items if not isinstance(i, Dots)]
        place = Ref("·k")
        if (counted := _counted(first, last, place)) is not None:
            return Bind(kind, (place.head,), "range", counted[1:], counted[0])
        member, low, high = _pattern(first[0], last, place)
        for n, other in enumerate(first):
            if _pattern(other, last, place)[0] != member or not isinstance(low, Num):
                raise Unelaborated("dots whose members follow no pattern")
            if substitute(member, {place.head: Num(low.value + n)}) != other:
                raise Unelaborated("dots whose members follow no pattern")
        return Bind(kind, (place.head,), "range", (low, high), member)

    def _product(self, items: list[Node], signs: list[str]) -> Term:
        if any(isinstance(i, Dots) for i in items) and not any(s == "/" for s in signs):
            return self._series("prod", tuple(items))
        done: list[Term] = []
        divide = False
        while items:
            item, sign = items.pop(0), signs.pop(0)
            if sign == "/":
                divide = True
            elif sign in ("\\odot", "⊙", "\\circ") and done:
                done = [Op("hadamard", (mul(*done), self._product([item, *items], ["", *signs])))]
                return done[0]
            elif sign not in ("", "\\cdot", "\\times", "\\,", "·", "×"):
                raise Unelaborated(f"the sign {sign}")
            else:
                divide = False
            operator = self._operator(item, items, signs)
            if operator is not None:
                done.append(operator)
                return mul(*done)
            if isinstance(item, Sym) and items and signs[0] == "" and (way := _way(items[0])) is not None:
                value: Term = Ref(self._head(item), (), tuple(self.term(i) for i in way.items))
                items.pop(0), signs.pop(0)
            else:
                value = self.term(item)
            if items and signs[0] == "" and (at := self._at_arguments(value, items[0])) is not None:
                value = at
                items.pop(0), signs.pop(0)
            done.append(inverse(value) if divide else value)
        return mul(*done)

    def _at_arguments(self, value: Term, following: Node) -> Term | None:
        """∂k/∂x (x, y): the derivative of k at these arguments."""
        if not (isinstance(value, Op) and value.kind == "derivative" and isinstance(following, Fence)):
            return None
        of, by = value.arguments[0], value.arguments[1:]
        if following.open != "(" or not isinstance(of, Ref) or of.arguments is not None or not _is_of_names(following):
            return None
        arguments, given = self._arguments(following.body)
        if not set(by) <= set(arguments):
            return None
        return Op("derivative", (Ref(of.head, of.indices, arguments, given), *by))

    def _operator(self, item: Node, rest: list[Node], signs: list[str]) -> Term | None:
        """The value of an operator before the rest of a product: E_q log p, d/dx f, Var X."""
        if not rest:
            return None
        following = rest[0] if len(rest) == 1 else Product(rest[0].start, rest[-1].end, ("", *signs[1:]), tuple(rest))
        if isinstance(item, Frac):
            top = _differentials(item.top)
            if top is not None and top[-1] is None and len(top) == 1:
                return self._derivative(item, following)
            return None
        head, sub = (item.base, item.sub) if isinstance(item, Script) and item.sup is None else (item, None)
        kind = functional(head, sub) if isinstance(head, Sym) else None
        if kind in ("E", "Var") and (sub is not None or (isinstance(head, Sym) and head.font in ("double", "roman"))):
            return self._functional(kind, sub, following)
        return None

    def _grid(self, node: Grid) -> Term:
        if node.environment in ("cases", "dcases", "rcases"):
            rows: list[Term] = []
            for row in node.rows:
                if len(row) != 2:
                    raise Unelaborated("a case without its condition")
                condition = Const("otherwise") if isinstance(row[1], Text) else self.term(row[1])
                rows += [self.term(row[0]), condition]
            return Op("cases", tuple(rows))
        width = {len(row) for row in node.rows}
        if len(width) != 1:
            raise Unelaborated("a matrix with uneven rows")
        return Op(f"matrix{width.pop()}", tuple(self.term(c) for row in node.rows for c in row))

    def _event(self, node: Node) -> Term:
        if not isinstance(node, Chain):
            return self.term(node)
        if any(isinstance(i, Gap) for i in node.items):
            raise Unelaborated("a relation without a side")
        sides = [self.term(i) for i in node.items]
        events = [Op(f"is{r.sign}", (a, b)) for a, r, b in zip(sides[:-1], node.relations, sides[1:], strict=True)]
        return events[0] if len(events) == 1 else Op("and", tuple(events))


def _counted(first: list[Term], last: Term, place: Ref) -> tuple[Term, Term, Term] | None:
    """The member of a series, from where to where: its last member, with the name that counts put in for each number.

    R_1 + γ R_2 + … + γ^{n−1} R_n is the sum of γ^{k−1} R_k from 1 to n.
    """
    if len(first) < 2:
        return None
    for name in free_heads(last):
        member = substitute(last, {name: place})
        for low in (1, 0, 2):
            if all(
                _settled(substitute(member, {place.head: t.number(low + n)})) == _settled(f)
                for n, f in enumerate(first)
            ):
                return member, t.number(low), Ref(name)
    return None


def _settled(term: Term) -> Term:
    """The term with sums of numbers added up, and powers of 0 and 1 worked out."""

    def change(x: Term) -> Term:
        if isinstance(x, Op) and x.kind == "add":
            numbers = [a.value for a in x.arguments if isinstance(a, Num)]
            rest = [a for a in x.arguments if not isinstance(a, Num)]
            total = sum(numbers, Fraction(0))
            return add(*rest, *([Num(total)] if total or not rest else []))
        if isinstance(x, Op) and x.kind == "pow" and isinstance(x.arguments[1], Num) and x.arguments[1].value in (0, 1):
            return t.ONE if x.arguments[1].value == 0 else x.arguments[0]
        if isinstance(x, Op) and x.kind == "mul" and t.ONE in x.arguments and len(x.arguments) > 1:
            return mul(*(a for a in x.arguments if a != t.ONE))
        return x

    return mapped(term, change)


def _pattern(first: Term, last: Term, place: Ref) -> tuple[Term, Term, Term]:
    """What two members of a series have in common, with the place where they differ, and what stands there in each."""
    if first == last:
        raise Unelaborated("dots between equal members")
    if isinstance(first, Num):
        return place, first, last
    a, b = below(first), below(last)
    if type(first) is not type(last) or len(a) != len(b) or with_below(first, b) != last:
        raise Unelaborated("dots whose members follow no pattern")
    found: tuple[Term, Term] | None = None
    parts: list[Term] = []
    for x, y in zip(a, b, strict=True):
        if x == y:
            parts.append(x)
            continue
        part, low, high = _pattern(x, y, place)
        if found is not None and found != (low, high):
            raise Unelaborated("dots whose members follow no pattern")
        found = (low, high)
        parts.append(part)
    assert found is not None
    return with_below(first, tuple(parts)), *found


def _scripts(node: Node) -> tuple[Node, Node | None, Node | None]:
    """What bears the scripts of a node, and its subscript and superscript."""
    return (node.base, node.sub, node.sup) if isinstance(node, Script) else (node, None, None)


def _is_word(base: Sym) -> bool:
    return (base.name == "I" and base.font in ("bold", "")) or base.font in ("bold", "double")


def _is_star(node: Node) -> bool:
    return isinstance(node, Gap) or (isinstance(node, Sym) and node.name in _STARS)


def _accent(kind: str) -> str:
    return {"widehat": "hat", "widetilde": "tilde", "overline": "bar"}.get(kind, kind)


def _is_minus_one(node: Node | None) -> bool:
    node = node.body if isinstance(node, Group) else node
    return (
        isinstance(node, Terms) and node.signs == ("-",) and isinstance(i := node.items[0], Printed) and i.text == "1"
    )


def _has_primes(node: Node) -> bool:
    return isinstance(node, Script) and (bool(node.primes) or _has_primes(node.base))


def _pieces(node: Node) -> tuple[Node, ...]:
    """The parts of a list within brackets, those on both sides of its bars too."""
    node = node.body if isinstance(node, Group) else node
    if isinstance(node, Bar):
        return (*_pieces(node.left), *_pieces(node.right))
    return tuple(i for i in node.items if not isinstance(i, Gap)) if isinstance(node, Phrase) else (node,)


def _differentials(node: Node) -> list[Node | None] | None:
    """What stands after each d or ∂ of one half of a derivative; None where it is no such half."""
    node = node.body if isinstance(node, Group) else node
    if isinstance(node, Prefix):
        sign = node.sign.base if isinstance(node.sign, Script) else node.sign
        return [node.operand] if isinstance(sign, Sym) and sign.name == "∂" else None
    if isinstance(node, Sym):
        return [None] if node.name in ("d", "∂") else None
    if isinstance(node, Product) and node.items:
        first = node.items[0]
        if isinstance(first, Sym) and first.name == "d" and len(node.items) == 2:
            return [node.items[1]]
        found = [_differentials(i) for i in node.items]
        if all(f is not None for f in found) and not isinstance(first, Sym):
            return [x for f in found if f is not None for x in f]
    return None


def _way(node: Node) -> Chain | None:
    """From where to where something goes, of a(x → x′)."""
    body = node.body if isinstance(node, Fence) and node.open == "(" else None
    return body if isinstance(body, Chain) and [r.sign for r in body.relations] == ["→"] else None


@lru_cache(maxsize=65_536)
def spelled(term: Term) -> str:
    """A term as a text that is equal for equal terms; for names and keys, not for people."""
    match term:
        case Num():
            return str(term.value)
        case Const():
            return term.name
        case Ref():
            text = term.head + ("_{" + ",".join(map(spelled, term.indices)) + "}" if term.indices else "")
            if term.arguments is not None:
                given = "|" + ",".join(map(spelled, term.given)) if term.given else ""
                text += "(" + ",".join(map(spelled, term.arguments)) + given + ")"
            return text
        case Op():
            return f"{term.kind}[{','.join(map(spelled, term.arguments))}]"
        case Bind():
            domain = ",".join(map(spelled, term.domain))
            return f"{term.kind}<{','.join(term.variables)}:{term.over}:{domain}>[{spelled(term.body)}]"
