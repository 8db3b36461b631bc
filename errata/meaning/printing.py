"""Terms as LaTeX, in the names of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from fractions import Fraction

from errata.meaning.terms import Bind, Const, Num, Op, Ref, Term

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "ell", "∞": "infty",
}  # fmt: skip
_FONTS = {"bold": "mathbf", "cal": "mathcal", "double": "mathbb", "script": "mathscr", "frak": "mathfrak"}
_BIG = {"sum": r"\sum", "prod": r"\prod", "int": r"\int", "max": r"\max", "min": r"\min", "argmax": r"\arg\max",
        "argmin": r"\arg\min", "lim": r"\lim"}  # fmt: skip
ADD, MUL, POW, ATOM = 1, 2, 3, 4


def to_latex(
    term: Term, name: Callable[[str], str] | None = None, numbers: Container[str] = frozenset()
) -> str:  # fmt: skip
    """A term as LaTeX; ``name`` writes the head of a symbol, as ``latex_of`` does without it. Heads in ``numbers`` are
    numbers whatever their letter: what divides stands under a fraction."""
    return _Printer(name or latex_of, numbers).term(term)[0]


def latex_of(head: str) -> str:
    """The head of a symbol as LaTeX: its accents, its font, its labels."""
    accented = re.fullmatch(r"(\w+)\((.*)\)(.*)", head)
    if accented:
        return rf"\{accented[1]}{{{latex_of(accented[2])}}}{latex_of(accented[3]) if accented[3] else ''}"
    body, *labels = re.split(r"(?=[_^])", head)
    font, _, plain = body.rpartition(":")
    stem = plain.rstrip("′")
    primes = "'" * (len(plain) - len(stem))
    text = (
        "\\" + _GREEK[stem]
        if stem in _GREEK
        else stem
        if len(stem) == 1 or stem.startswith("|")
        else rf"\mathrm{{{stem}}}"
    )
    text = rf"\{_FONTS[font]}{{{text}}}" if font in _FONTS else text
    marks = "".join(f"{m[0]}{{{_label(m[1:])}}}" for m in labels if len(m) > 1)
    return text + primes + marks


def _label(text: str) -> str:
    return text if len(text) == 1 else rf"\mathrm{{{text}}}"


def _is_condition(term: Term) -> bool:
    return isinstance(term, Op) and term.kind == "given"


class _Printer:
    def __init__(self, name: Callable[[str], str], numbers: Container[str]) -> None:
        self.name = name
        self.numbers = numbers

    def within(self, term: Term, least: int) -> str:
        text, strength = self.term(term)
        return text if strength >= least else rf"\left({text}\right)"

    def term(self, term: Term) -> tuple[str, int]:
        match term:
            case Num():
                return _number(term.value)
            case Const():
                return latex_of(term.name), ATOM
            case Ref():
                return self._symbol(term), ATOM
            case Op():
                return self._operation(term)
            case Bind():
                return self._bound(term)

    def list(self, terms: tuple[Term, ...]) -> str:
        return ", ".join(self.term(t)[0] for t in terms)

    def _symbol(self, term: Ref) -> str:
        text = self.name(term.head)
        if term.indices:
            text = (
                text + f"_{{{self.list(term.indices)}}}"
                if "_" not in text
                else rf"{{{text}}}_{{{self.list(term.indices)}}}"
            )
        if term.arguments is not None:
            bar = rf" \mid {self.list(term.given)}" if term.given else ""
            text += f"({self.list(term.arguments)}{bar})"
        return text

    def _operation(self, term: Op) -> tuple[str, int]:
        a = term.arguments
        match term.kind:
            case "add":
                text = self.within(a[0], ADD)
                for part in a[1:]:
                    piece = self.within(part, MUL)
                    text += f" - {piece[1:].lstrip()}" if piece.startswith("-") else f" + {piece}"
                return text, ADD
            case "mul":
                return self._product(a)
            case "pow":
                return self._power(a[0], a[1])
            case "transpose":
                return rf"{self.within(a[0], ATOM)}^\top", POW
            case "exp":
                return rf"\exp\left({self.term(a[0])[0]}\right)", ATOM
            case "norm":
                order = "" if a[1] == Num(Fraction(2)) else f"_{{{self.term(a[1])[0]}}}"
                return rf"\lVert {self.term(a[0])[0]} \rVert{order}", ATOM
            case "abs":
                return rf"\lvert {self.term(a[0])[0]} \rvert", ATOM
            case "floor" | "ceil":
                return rf"\left\l{term.kind} {self.term(a[0])[0]} \right\r{term.kind}", ATOM
            case "hadamard":
                return rf"{self.within(a[0], POW)} \odot {self.within(a[1], POW)}", MUL
            case "indicator":
                return rf"[{self.term(a[0])[0]}]", ATOM
            case "binomial":
                return rf"\binom{{{self.term(a[0])[0]}}}{{{self.term(a[1])[0]}}}", ATOM
            case "factorial":
                return f"{self.within(a[0], ATOM)}!", POW
            case "max_of" | "min_of":
                return rf"\{term.kind[:3]}\left({self.list(a)}\right)", ATOM
            case "KL" | "JS":
                inner = r" \,\|\, ".join(self.term(x)[0] for x in a)
                return rf"\mathrm{{{term.kind}}}\left({inner}\right)", ATOM
            case "derivative":
                bottom = " ".join(rf"\partial {self.within(x, ATOM)}" for x in a[1:])
                return rf"\frac{{\partial {self.within(a[0], ATOM)}}}{{{bottom}}}", ATOM
            case "dots":
                return r"\dots", ATOM
        if term.kind.startswith("is") and len(a) == 2:
            return f"{self.term(a[0])[0]} {term.kind[2:]} {self.term(a[1])[0]}", 0
        if term.kind.startswith("slice"):
            return f"{self.term(a[0])[0]}{term.kind[5:]}{self.term(a[1])[0]}", ATOM
        named = {"log": r"\log", "det": r"\det", "sin": r"\sin", "cos": r"\cos", "tanh": r"\tanh"}
        head = named.get(term.kind, rf"\operatorname{{{term.kind}}}")
        conditions = tuple(x.arguments[0] for x in a if isinstance(x, Op) and x.kind == "given")
        bar = rf" \mid {self.list(conditions)}" if conditions else ""
        return rf"{head}\left({self.list(tuple(x for x in a if not _is_condition(x)))}{bar}\right)", ATOM

    def _product(self, parts: tuple[Term, ...]) -> tuple[str, int]:
        sign = ""
        if isinstance(parts[0], Num) and parts[0].value < 0:
            sign, rest = "-", -parts[0].value
            parts = parts[1:] if rest == 1 else (Num(rest), *parts[1:])
        over = [p for p in parts if not _divides(p)]
        under = [p.arguments[0] for p in parts if _divides(p) and isinstance(p, Op)]
        if under and not any(self._is_matrix_like(p) for p in parts):
            top = self._product(tuple(over))[0] if len(over) > 1 else self.term(over[0])[0] if over else "1"
            bottom = self._product(tuple(under))[0] if len(under) > 1 else self.term(under[0])[0]
            return rf"{sign}\frac{{{top}}}{{{bottom}}}", MUL
        text = r" ".join(
            self.within(p, MUL if n == len(parts) - 1 and isinstance(p, Bind) else POW) for n, p in enumerate(parts)
        )
        return sign + text, MUL

    def _is_matrix_like(self, term: Term) -> bool:
        """Whether a factor reads as a matrix: a transpose, or an inverse of a sum or of a capital letter."""
        if isinstance(term, Op) and term.kind == "transpose":
            return True
        if not (_divides(term) and isinstance(term, Op)):
            capital = isinstance(term, Ref) and len(term.head) == 1 and term.head.isupper() and term.arguments is None
            return capital and isinstance(term, Ref) and term.head not in self.numbers
        base = term.arguments[0]
        return any(self._is_matrix_like(x) for x in base.arguments) if isinstance(base, Op) else False

    def _power(self, base: Term, exponent: Term) -> tuple[str, int]:
        if exponent == Num(Fraction(1, 2)):
            return rf"\sqrt{{{self.term(base)[0]}}}", ATOM
        return f"{self.within(base, ATOM)}^{{{self.term(exponent)[0]}}}", POW

    def _bound(self, term: Bind) -> tuple[str, int]:
        body = self.within(term.body, MUL)
        names = ", ".join(self.name(v) for v in term.variables)
        domain = [self.term(d)[0] for d in term.domain]
        match term.kind:
            case "E" | "Var":
                laws = [d for d in term.domain if not (isinstance(d, Op) and d.kind == "given") and d != Const("any")]
                given = [self.term(d.arguments[0])[0] for d in term.domain if isinstance(d, Op) and d.kind == "given"]
                law = ", ".join(self.term(x)[0] for x in laws)
                sub = f"_{{{names} \\sim {law}}}" if names and law else f"_{{{names or law}}}" if names or law else ""
                head = r"\mathbb{E}" if term.kind == "E" else r"\operatorname{Var}"
                bar = rf" \mid {', '.join(given)}" if given else ""
                return rf"{head}{sub}\left[{self.term(term.body)[0]}{bar}\right]", ATOM
            case "gradient":
                return rf"\nabla_{{{names}}} {self.within(term.body, POW)}", MUL
            case "derivative":
                return rf"\partial_{{{names}}} {self.within(term.body, POW)}", MUL
            case "int":
                ends = f"_{{{domain[0]}}}^{{{domain[1]}}}" if len(domain) == 2 else ""
                return rf"\int{ends} {body} \, d{names}", MUL
        sub = {
            "range": lambda: f"{names} = {domain[0]}",
            "set": lambda: rf"{names} \in {domain[0]}",
            "condition": lambda: domain[0],
            "limit": lambda: rf"{names} \to {domain[0]}",
        }.get(term.over, lambda: names)()
        end = f"^{{{domain[1]}}}" if term.over == "range" and len(domain) > 1 else ""
        return rf"{_BIG.get(term.kind, term.kind)}_{{{sub}}}{end} {body}", MUL


def _divides(term: Term) -> bool:
    return isinstance(term, Op) and term.kind == "pow" and term.arguments[1] == Num(Fraction(-1))


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else MUL
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}", MUL
