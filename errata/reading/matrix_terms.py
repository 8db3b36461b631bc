"""From the tree of a formula to a term of linear algebra, before it is known which names are vectors and matrices.

What has no meaning here but is a quantity (an expectation, a density, a function without a body) becomes a name of its
own, and is noted: whatever holds for all values of it holds. What has no quantity at all raises ``Unlowered``.
"""

from __future__ import annotations

from flint import fmpq

from errata.reading.lowering import operator_parts, short
from errata.reading.matrix_notation import (
    Applied,
    Hint,
    Notes,
    bare_sup,
    has_capital,
    hint_of,
    is_italic,
    is_starred,
    parts_of,
    refuse_derivative,
    transposes,
    without_power,
)
from errata.reading.mixed_numbers import has_spaced_numbers
from errata.reading.names import is_name, is_power, is_transpose, key
from errata.reading.numbers import plain
from errata.reading.tree import (
    Accent,
    Big,
    Brace,
    Call,
    Chain,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Grid,
    Group,
    Lines,
    Node,
    Num,
    Opaque,
    Phrase,
    Root,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)
from errata.reading.vectors import Unlowered
from numerics.matrices import (
    ONE,
    Apply,
    Blocks,
    Constant,
    Dim,
    Identity,
    Index,
    Name,
    Number,
    Pairwise,
    Pi,
    Power,
    Product,
    Sum,
    Term,
    Total,
    Transpose,
    Zero,
)

_FUNCTIONS = {"tr": "tr", "Tr": "tr", "trace": "tr", "det": "det", "diag": "diag", "vec": "vec", "log": "log",
              "ln": "log", "exp": "exp", "Γ": "gamma", "ψ": "digamma"}  # fmt: skip
_DOUBLE_BARS = frozenset({r"\|", "||", r"\lVert", r"\Vert", "‖"})
_BARS = frozenset({"|", r"\lvert", r"\vert"})
_TIMES = frozenset({"", r"\cdot", r"\times", "*", "·", "×", r"\ast"})
_PAIRWISE = {r"\odot": "⊙", "⊙": "⊙", r"\otimes": "⊗", "⊗": "⊗"}
_MINUS = Number(fmpq(-1))
_NO_QUANTITY = frozenset("∞ ∅ ⊤ ⊥ ✓ ∂ ∇ □ •".split())


def read_term(node: Node, notes: Notes, applied: Applied) -> Term:
    """The term that a node stands for. Raises Unlowered."""
    return Reader(notes, applied).of(node)


class Reader:
    """Reads the nodes of a relation, and notes what it meets."""

    def __init__(self, notes: Notes, applied: Applied) -> None:
        self.notes = notes
        self.applied = applied
        self.bound: tuple[str, ...] = ()
        self.met: dict[tuple[int, tuple[str, ...]], Term] = {}
        """The terms of brackets by the identity of what stands in them: a definition put in at several places is read
        once."""

    def of(self, node: Node) -> Term:
        match node:
            case Num(text=text):
                return _number(text)
            case Sym():
                return self.symbol(node)
            case Styled(command=command, body=Num(text=text)) if (
                "bf" in command or "bold" in command or "bm" in command
            ):
                return self.bold_number(text, self.fresh())
            case Accent() | Styled() if is_name(node):
                return self.name(node)
            case Group(body=body) | Styled(body=body) | Brace(body=body):
                return self.of(body)
            case Fence():
                return self.fence(node)
            case Script():
                return self.script(node)
            case Frac(top=top, bottom=bottom):
                refuse_derivative(node)
                return Product((self.of(top), Power(self.of(bottom), _MINUS)))
            case Root(body=body, index=None):
                return Apply("sqrt", self.of(body))
            case Terms(signs=signs, items=items):
                return self.sum(signs, items)
            case Factors():
                return self.factors(node)
            case Function(head=head, argument=argument):
                return self.function(node, head, argument, None)
            case Call(head=head, fence=fence):
                return self.call(node, head, fence, None)
            case Big():
                return self.big(node)
            case Grid():
                return self.grid(node)
            case Lines(statements=(one,)):
                return self.of(one)
            case _:
                raise Unlowered(f"{short(node)} is read but not judged yet")

    def fresh(self) -> Dim:
        self.notes.fresh += 1
        return ((f"~{self.notes.fresh}",),)

    def symbol(self, node: Sym) -> Term:
        if node.name in self.bound and not node.font:
            return Index(node.name)
        if node.name == "π" and not node.font:
            return Pi()
        if node.name == "e" and node.font in ("", "roman"):
            return Apply("exp", Number(fmpq(1)))
        if node.name == "I" and node.font in ("", "bold", "double", "roman"):
            return Identity(self.fresh())
        if node.name in _NO_QUANTITY or not is_name(node) or (node.font in ("text", "roman") and node.name == "d"):
            raise Unlowered(f"{node.name} is no quantity")
        return self.name(node)

    def name(self, node: Node) -> Name:
        name = key(node)
        if self.bound and set(self.bound) & {key(n) for n in walk(node) if isinstance(n, Sym)}:
            raise Unlowered(f"{short(node)} varies with an index")
        self.notes.names.add(name)
        if name not in self.notes.hints:
            self.notes.hints[name] = hint_of(node)
        if not isinstance(node, Sym) and any(
            (isinstance(n, Accent) and n.kind != "vec") or is_starred(n) for n in walk(node)
        ):
            self.notes.marked.add(name)
        return Name(name)

    def opaque(self, node: Node) -> Name:
        """Something with a value of its own that is not looked into."""
        inside = list(walk(node))
        if any(isinstance(n, Dots | Opaque) for n in inside) or set(self.bound) & {key(n) for n in inside}:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        name = f"⟨{key(node)}⟩"
        self.notes.uninterpreted.add(name)
        self.notes.names.add(name)
        self.notes.hints[name] = Hint("", "", opaque=True)
        return Name(name)

    def bold_number(self, text: str, rows: Dim) -> Term:
        self.notes.linear = True
        if text == "0":
            return Zero()
        if text == "1":
            return Constant(1, rows, ONE)
        return _number(text)

    def fence(self, node: Fence) -> Term:
        if node.body is None:
            raise Unlowered("an empty bracket has no value")
        if node.open in _DOUBLE_BARS:
            return self.norm(node, None)
        if node.open in _BARS:
            self.notes.suggested = self.notes.suggested or has_capital(node.body)
            return Apply("bars", self.of(node.body))
        if node.open in (r"\langle", "⟨"):
            return self.opaque(node)
        if isinstance(node.body, Phrase) or node.open not in ("(", "[", r"\{", ".", r"\lbrace", r"\lbrack"):
            raise Unlowered(f"{short(node)} is read but not judged yet")
        return self.bracketed(node.body)

    def bracketed(self, body: Node) -> Term:
        """What stands in round brackets. It is read anew where that gives it another dimension of its own, or where
        what is read by then may show more of the notation than at the first time."""
        place = (id(body), self.bound)
        found = self.met.get(place)
        if found is None:
            before = self.notes.fresh
            found = self.of(body)
            if self.notes.fresh == before and self.notes.suggested:
                self.met[place] = found
        return found

    def norm(self, node: Fence, sub: Node | None) -> Term:
        self.notes.linear = True
        kinds = {"": "norm", "2": "norm", "1": "norm1", "F": "frobenius"}
        kind = kinds.get("" if sub is None else key(sub))
        if kind is None or node.body is None:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        return Apply(kind, self.of(node.body))

    def script(self, node: Script) -> Term:
        if isinstance(node.base, Fence) and node.base.open in _DOUBLE_BARS:
            return self.raised(self.norm(node.base, node.sub), node.sup)
        if node.sup is None or (not is_power(node.sup) and not transposes(node.sup)):
            return self.subscripted(node)
        if node.sub is not None or node.primes:
            bare = Script(node.start, node.end, node.base, node.sub, None, node.primes)
            return self.raised(self.subscripted(bare), node.sup)
        if isinstance(node.base, Call):
            return self.call(node.base, node.base.head, node.base.fence, node.sup)
        if isinstance(node.base, Function):
            return self.function(node.base, node.base.head, node.base.argument, node.sup)
        if isinstance(node.base, Sym) and node.base.name == "e" and not node.base.font:
            return Apply("exp", self.of(node.sup))
        return self.raised(self.of(node.base), node.sup)

    def subscripted(self, node: Script) -> Term:
        """A name with its index: I_n, 1_n, 0_{np}, a member of a family, or simply a longer name."""
        sub, base = node.sub, node.base
        if sub is None or node.primes or node.sup is not None:
            return self.name(node) if is_name(node) else self.opaque(node)
        plain = base.body if isinstance(base, Styled) else base
        if isinstance(plain, Num) and plain.text in ("0", "1"):
            return self.constant(int(plain.text), sub)
        if isinstance(base, Sym) and base.name == "I" and base.font in ("", "bold", "double", "roman"):
            self.notes.linear = True
            return Identity(_product_of(self.dims(sub)))
        if not is_name(base):
            return self.opaque(node)
        if key(base) in self.applied.families:
            return self.member(base, sub)
        return self.name(node)

    def constant(self, value: int, sub: Node) -> Term:
        self.notes.linear = True
        dims = self.dims(sub)
        if len(dims) > 2:
            raise Unlowered("a matrix with more than two dimensions")
        return Constant(value, dims[0], dims[1] if len(dims) == 2 else ONE)

    def dims(self, sub: Node) -> list[Dim]:
        dims = _dims(sub)
        self.notes.dims |= {v[1:] for dim in dims for monomial in dim for v in monomial}
        return dims

    def member(self, base: Node, sub: Node) -> Term:
        parts = parts_of(sub.body if isinstance(sub, Group) else sub)
        indices = tuple(key(p) for p in parts)
        if not all(i in self.bound or i.isdigit() for i in indices):
            raise Unlowered(f"{short(base)} has an index that no sum binds")
        name = key(base) + "[]" * len(indices)
        self.notes.names.add(name)
        self.notes.hints.setdefault(name, hint_of(base))
        return Name(name, indices)

    def raised(self, base: Term, sup: Node | None) -> Term:
        """A base with its power; −1 over capitals suggests a matrix."""
        if sup is None:
            return base
        if transposes(sup):
            self.notes.linear = True
            self.notes.italic = self.notes.italic or is_italic(bare_sup(sup))
            if isinstance(base, Name):
                self.notes.transposed.add(base.key)
            return Transpose(base) if is_transpose(bare_sup(sup)) else Transpose(Power(base, _MINUS))
        exponent = _folded(self.of(sup))
        if isinstance(sup, Num) and len(sup.text) > 1 and self.is_capital(base):
            raise Unlowered("an upper index of two digits is no power of a matrix")
        if exponent == _MINUS and any(h.letter.isupper() and len(h.letter) == 1 for h in self.notes.hints.values()):
            self.notes.suggested = True
        return Power(base, exponent)

    def sum(self, signs: tuple[str, ...], items: tuple[Node, ...]) -> Term:
        if not set(signs) <= {"", "+", "-", "−", "–"}:
            raise Unlowered("a sign that is not arithmetic")
        numbers = tuple(-1 if s in ("-", "−", "–") else 1 for s in signs)
        return Sum(numbers, tuple(self.of(i) for i in items))

    def factors(self, node: Factors) -> Term:
        if has_spaced_numbers(node):
            raise Unlowered(f"{short(node)}: numbers side by side without a sign")
        """A product; ⊙ and ⊗ bind less than juxtaposition, and a/bc is a/(bc)."""
        segments: list[tuple[str, list[Term]]] = [("", [])]
        below = False
        items = list(zip(node.signs, node.items, strict=True))
        for n, (sign, item) in enumerate(items):
            if sign in _PAIRWISE:
                self.notes.linear = True
                segments.append((_PAIRWISE[sign], []))
            elif sign not in _TIMES and sign not in ("/", r"\div"):
                raise Unlowered(f"the sign {sign} is not arithmetic")
            below = sign in ("/", r"\div") or (below and sign == "")
            if n and not sign and isinstance(item, Fence) and key(items[n - 1][1]) in self.applied.functions:
                segments[-1][1][-1] = self.opaque(Factors(node.start, item.end, ("", ""), (items[n - 1][1], item)))
                continue
            value = self.of(item)
            if isinstance(value, Name) and segments[-1][1] and self.is_capital(segments[-1][1][-1]):
                self.notes.acted.add(value.key)
            segments[-1][1].append(Power(value, _MINUS) if below else value)
        if not all(s for _, s in segments):
            raise Unlowered("an operand is missing")
        terms = [(sign, s[0] if len(s) == 1 else Product(tuple(s))) for sign, s in segments]
        if len({sign for sign, _ in terms[1:]}) > 1:
            raise Unlowered("⊙ and ⊗ without brackets")
        out = terms[0][1]
        for sign, term in terms[1:]:
            out = Pairwise(sign, out, term)
        return out

    def is_capital(self, term: Term) -> bool:
        """Whether a factor is a capital, transposed or inverted perhaps."""
        while isinstance(term, Transpose | Power):
            term = term.body if isinstance(term, Transpose) else term.base
        return isinstance(term, Name) and self.notes.hints[term.key].letter.isupper()

    def function(self, node: Node, head: Node, argument: Node, power: Node | None) -> Term:
        name, sub, sup = operator_parts(head)
        if name not in _FUNCTIONS or sub is not None:
            return self.raised(self.opaque(node), power)
        if _FUNCTIONS[name] in ("tr", "det", "diag", "vec"):
            self.notes.linear = True
        body = argument.body if isinstance(argument, Fence) and argument.open not in _BARS | _DOUBLE_BARS else argument
        if isinstance(body, Phrase) and name == "diag":
            return Apply("diag", Blocks(tuple((self.of(i),) for i in body.items)))
        if body is None or isinstance(body, Phrase):
            return self.raised(self.opaque(node), power)
        value = Apply(_FUNCTIONS[name], self.of(body))
        return self.raised(self.raised(value, sup), power)

    def call(self, node: Node, head: Node, fence: Node, power: Node | None) -> Term:
        """A name with a bracket: a known function, a product where the name is a factor elsewhere, or unknown."""
        if operator_parts(head)[0] in _FUNCTIONS and operator_parts(head)[1] is None:
            return self.function(node, head, fence, power)
        bare = without_power(head)
        inner = fence.body if isinstance(fence, Fence) else None
        acts = bare is not head and isinstance(inner, Terms) and hint_of(bare).letter.isupper()
        factor = acts or key(bare) in self.applied.factors
        if factor and inner is not None and not isinstance(inner, Phrase) and key(bare) not in self.applied.functions:
            return Product((self.of(head), self.raised(self.of(fence), power)))
        return self.raised(self.opaque(node), power)

    def big(self, node: Big) -> Term:
        name, sub, sup = operator_parts(node.head)
        inner = sub.body if isinstance(sub, Group) else sub
        if name == "∑" and node.body is not None and isinstance(inner, Sym) and sup is None:
            return self.unlimited(key(inner), node.body)
        if name != "∑" or node.body is None or not isinstance(inner, Chain) or sup is None:
            return self.opaque(node)
        first = inner.items[1]
        index = key(inner.items[0])
        if len(inner.items) != 2 or not isinstance(first, Num) or first.text != "1" or index in self.bound:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        count = self.of(sup)
        parts = count.items if isinstance(count, Sum) else (count,)
        if not all(isinstance(part, Name | Number) for part in parts):
            raise Unlowered("the limit of a sum is no name")
        self.notes.counts.update(part.key for part in parts if isinstance(part, Name))
        return self.total(index, count, node.body)

    def unlimited(self, index: str, body: Node) -> Term:
        """A sum over all i, however many there are."""
        if index in self.bound:
            raise Unlowered(f"{index} is bound twice")
        count = Name(f"⟨all {index}⟩")
        self.notes.names.add(count.key)
        self.notes.hints[count.key] = Hint("n", "")
        self.notes.counts.add(count.key)
        return self.total(index, count, body)

    def total(self, index: str, count: Term, body: Node) -> Term:
        outer, self.bound = self.bound, (*self.bound, index)
        inside = self.of(body)
        self.bound = outer
        return Total(index, count, inside)

    def grid(self, node: Grid) -> Term:
        if "matrix" not in node.environment or len({len(r) for r in node.rows}) != 1:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        self.notes.linear = True
        blocks = Blocks(tuple(tuple(self.of(cell) for cell in row) for row in node.rows))
        return Apply("det", blocks) if node.environment == "vmatrix" else blocks


def _number(text: str) -> Term:
    digits = plain(text)
    whole, _, decimals = digits.partition(".")
    if digits.strip("0") == "":
        return Zero()
    return Number(fmpq(int((whole + decimals) or "0"), 10 ** len(decimals)))


def _folded(term: Term) -> Term:
    """−2 as a number of its own."""
    if isinstance(term, Sum) and len(term.items) == 1 and isinstance(term.items[0], Number):
        return Number(term.signs[0] * term.items[0].value)
    return Number(fmpq(0)) if isinstance(term, Zero) else term


def _dims(sub: Node) -> list[Dim]:
    """The dimensions in a subscript: n, np (two), p_1,p_0 (two), 2."""
    inner = sub.body if isinstance(sub, Group | Fence) and sub.body is not None else sub
    out: list[Dim] = []
    for part in parts_of(inner):
        if isinstance(part, Num) and part.text.isdigit() and 0 < int(part.text) <= 9:
            out.append(((),) * int(part.text))
        elif is_name(part) and not any(isinstance(n, Accent) for n in walk(part)):
            out.append(((f"#{key(part)}",),))
        else:
            raise Unlowered(f"{short(sub)} is no dimension")
    return out


def _product_of(dims: list[Dim]) -> Dim:
    out = ONE
    for dim in dims:
        out = tuple(sorted(tuple(sorted(a + b)) for a in out for b in dim))
    return out
