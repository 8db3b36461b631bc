"""An expression in LaTeX, in the notation that notes use: E under a law, KL, densities, sequences with indices."""

from __future__ import annotations

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.printing.latex import LatexPrinter

from claims import notation
from claims.claim import Relation
from claims.domains import ClosedUnit, Domain, Integer, NonNegative, OpenUnit, Positive, Variable
from claims.laws import Family

SHOWN = {"χ²": r"\chi^2"}
"""Laws whose usual names are no words."""
SPELT = {"eps": r"\varepsilon", "lam": r"\lambda"}
SIGNS = {
    Relation.EQ: "=", Relation.APPROX: r"\approx", Relation.LE: r"\le", Relation.GE: r"\ge", Relation.LT: "<",
    Relation.GT: ">", Relation.NE: r"\ne", Relation.PROPTO: r"\propto", Relation.IMPLIES: r"\implies",
    Relation.IFF: r"\iff",
}  # fmt: skip


class _Latex(LatexPrinter):  # type: ignore[misc]  # sympy is untyped
    """SymPy's LaTeX, with nodes of ``claims.notation``; a function of a whole number is a sequence, with an index."""

    def _listed(self, parts: tuple[sp.Basic, ...]) -> str:
        return ", ".join(map(self.doprint, parts))

    def _print_NamedLaw(self, law: notation.NamedLaw) -> str:
        return rf"{self._name(law)}(\cdot \mid {self._listed(law.given)})" if law.given else self._name(law)

    def _name(self, law: notation.NamedLaw) -> str:
        return str(self.doprint(sp.Symbol(law.name)))

    def _print_Normal(self, law: notation.Normal) -> str:
        return rf"\mathcal{{N}}({self.doprint(law.mean)}, {self.doprint(law.variance)})"

    def _print_Family(self, law: Family) -> str:
        name = SHOWN.get(law.shown, rf"\mathrm{{{law.shown}}}")
        return f"{name}({self._listed(law.args)})"

    def _print_Density(self, density: notation.Density) -> str:
        law, point = density.law, self.doprint(density.point)
        if isinstance(law, notation.NamedLaw):
            given = rf" \mid {self._listed(law.given)}" if law.given else ""
            return f"{self._name(law)}({point}{given})"
        head, _, parameters = self.doprint(law).partition("(")
        return f"{head}({point}; {parameters}"

    def _print_KL(self, e: notation.KL) -> str:
        return rf"\mathrm{{KL}}({self.doprint(e.args[0])} \,\|\, {self.doprint(e.args[1])})"

    def _print_Entropy(self, e: notation.Entropy) -> str:
        return f"H({self._listed(e.args)})"

    _print_CrossEntropy = _print_Entropy

    def _print_Indicator(self, e: notation.Indicator) -> str:
        return rf"\mathbb{{1}}[{self.doprint(e.args[0])}]"

    def _print_Symbol(self, symbol: sp.Symbol, style: str = "plain") -> str:
        """Letters and Greek names as they are; eps is ε, and other words stand upright."""
        base, _, index = symbol.name.partition("_")
        if base in SPELT:
            return rf"{SPELT[base]}_{{{index}}}" if index else SPELT[base]
        shown = str(super()._print_Symbol(symbol, style=style))
        if len(base) == 1 or not base.isascii() or not shown.startswith(base):
            return shown
        return rf"\mathrm{{{base}}}{shown[len(base) :]}"

    def _as_ordered_terms(self, expr: sp.Expr, order: str | None = None) -> list[sp.Expr]:
        """In SymPy's order, but a term without a minus leads: x − m, and not −m + x."""
        terms = list(super()._as_ordered_terms(expr, order=order))
        first = next((t for t in terms if not t.could_extract_minus_sign()), None)
        return terms if first is None else [first, *(t for t in terms if t is not first)]

    def _print_IsZero(self, e: sp.Function, exp: str | None = None) -> str:
        return self._compared("=", e.args[0], exp)

    def _print_IsPositive(self, e: sp.Function, exp: str | None = None) -> str:
        return self._compared(">", e.args[0], exp)

    def _print_IsNonNegative(self, e: sp.Function, exp: str | None = None) -> str:
        return self._compared(r"\ge", e.args[0], exp)

    def _compared(self, sign: str, difference: sp.Expr, exp: str | None) -> str:
        """An indicator of ``difference`` and zero: what is taken off stands on the other side."""
        taken = [-term for term in sp.Add.make_args(difference) if term.could_extract_minus_sign()]
        left, right = difference + sp.Add(*taken), sp.Add(*taken)
        shown = rf"\mathbb{{1}}[{self.doprint(left)} {sign} {self.doprint(right)}]"
        return f"{shown}^{{{exp}}}" if exp else shown

    def _print_exp(self, e: sp.exp, exp: str | None = None) -> str:
        if not self._settings["e_is_a_letter"]:
            return str(super()._print_ExpBase(e, exp))
        shown = rf"\exp\left({self.doprint(e.args[0])}\right)"
        return rf"\left({shown}\right)^{{{exp}}}" if exp else shown

    def _print_Exp1(self, e: sp.Expr, exp: str | None = None) -> str:
        return r"\exp(1)" if self._settings["e_is_a_letter"] else str(super()._print_Exp1(e, exp))

    def _print_Expectation(self, e: notation.Expectation) -> str:
        return self._mean(r"\mathbb{E}", e)

    def _print_Variance(self, e: notation.Variance) -> str:
        return self._mean(r"\operatorname{Var}", e)

    def _print_Covariance(self, e: notation.Covariance) -> str:
        return self._mean(r"\operatorname{Cov}", e)

    def _mean(self, sign: str, e: notation.Binder) -> str:
        law = self.doprint(e.outside[0])
        return rf"{sign}_{{{self.doprint(e.variable)} \sim {law}}}\left[{self._listed(e.inside)}\right]"

    def _print_Argmin(self, e: notation.Argmin) -> str:
        return self._best(r"\arg\min", e)

    def _print_Argmax(self, e: notation.Argmax) -> str:
        return self._best(r"\arg\max", e)

    def _best(self, sign: str, e: notation.Binder) -> str:
        return rf"{sign}_{{{self.doprint(e.variable)}}} \left\{{{self.doprint(e.inside[0])}\right\}}"

    def _print_MutualInformation(self, e: notation.MutualInformation) -> str:
        return rf"I({self.doprint(e.args[0])}; {self.doprint(e.args[1])})"

    def _print_Function(self, e: sp.Function, exp: str | None = None) -> str:
        if not isinstance(e, AppliedUndef):
            return str(super()._print_Function(e, exp))
        name = self.doprint(sp.Symbol(e.func.__name__))
        whole = all(a.is_integer for a in e.args)
        shown = f"{name}_{{{self._listed(e.args)}}}" if whole else f"{name}({self._listed(e.args)})"
        return f"{shown}^{{{exp}}}" if exp else shown


def latex(expression: sp.Basic) -> str:
    """``expression`` in LaTeX, without dollars; natural logarithms are ``\\log``, and where e is a letter of the
    expression, its exponentials are ``\\exp``.
    """
    names = {atom.name for atom in expression.atoms(sp.Symbol)}
    printer = _Latex()
    printer._settings["e_is_a_letter"] = "e" in names
    return str(printer.doprint(expression))


def values_of(variable: Variable) -> str:
    """A variable and the values that it takes, in LaTeX: ``p \\in (0, 1)``; alone where they are any reals."""
    return f"{latex(sp.Symbol(variable.name))}{_range(variable.domain)}"


def _range(domain: Domain) -> str:
    match domain:
        case Positive():
            return " > 0"
        case NonNegative():
            return r" \ge 0"
        case OpenUnit():
            return r" \in (0, 1)"
        case ClosedUnit():
            return r" \in [0, 1]"
        case Integer(least, most):
            low, high = (r"\ldots" if end is None else str(end) for end in (least, most))
            return rf" \in \{{{low}, \ldots, {high}\}}" if most is not None else rf" \in \{{{low}, \ldots\}}"
        case _:
            return ""
