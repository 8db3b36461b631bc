"""What is drawn from a law, in new letters: a value, counts of values, or means over many draws."""

from __future__ import annotations

import sympy as sp

from claims.domains import Domain, Integer, OpenUnit, Positive, Real, Variable, symbol_of
from claims.laws import Bernoulli, BetaBinomial, Binomial, Family, Pareto, support_of
from claims.notation import Normal
from claims.one_line import one_line
from derivations.inferences import Statistic, functions_of
from errata.reading.questions import Reader

Univariate = Family | Normal


class Observed(Reader):
    """A reader that makes letters of its own, whose domains are those of what they stand for."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.means: list[Statistic] = []

    def fresh(self, *names: str) -> sp.Symbol:
        """The first of some names that stands for nothing yet."""
        known = {s.name for s in self.domains}
        return sp.Symbol(next(n for n in (*names, *(f"{names[0]}_{i}" for i in range(9))) if n not in known))

    def named(self, domain: Domain, meaning: str, *names: str) -> sp.Symbol:
        letter = self.fresh(*names)
        self.domains[letter], self.meanings[letter] = domain, meaning
        return letter

    def seen(self, law: Univariate, letter: sp.Symbol | None) -> tuple[Univariate, tuple[tuple[sp.Expr, sp.Expr], ...]]:
        """What was drawn from a law, in new letters, and how often."""
        if isinstance(law, Bernoulli):
            ones, zeros = self.named(Integer(0), "ones seen", "k"), self.named(Integer(0), "zeros seen", "f")
            return law, ((sp.S.One, ones), (sp.S.Zero, zeros))
        law, value = self.observation(law, letter)
        return law, ((value, sp.S.One),)

    def observation(self, law: Univariate, letter: sp.Symbol | None) -> tuple[Univariate, sp.Expr]:
        """A value that the law may take, in new letters; and the law, with n = k + f where it counts among n."""
        support, said = support_of(law), () if letter is None else (str(letter),)
        if isinstance(law, Binomial | BetaBinomial) and (n := law.args[0]).is_Symbol:
            k = self.named(Integer(0), "successes seen", *said, "k")
            both = k + self.named(Integer(0), "failures seen", "f")
            self.laws = [(old.xreplace({n: both}), place) for old, place in self.laws]
            self.domains.pop(n, None)
            return law.xreplace({n: both}), k
        if support.whole and support.low.is_Integer and support.high.is_Integer:
            least, most = int(support.low), int(support.high)
            return law, self.named(Integer(least, most), "what is drawn", *said, "x", "k")
        if support.whole:
            return law, support.low + self.named(Integer(0), "what is drawn, above the least", *said, "k", "f")
        if isinstance(law, Pareto):
            return law, support.low * sp.exp(
                self.named(Positive(), "log of what is drawn, in units of the least", "u", "w")
            )
        return law, self.named(where_drawn(law), "what is drawn", *said, "x", "y", "z")

    def parameters(self, law: Univariate) -> tuple[sp.Symbol, ...]:
        """The letters of a law that are no whole numbers, in their order."""
        listed = dict.fromkeys(s for a in law.args for s in sorted(a.free_symbols, key=str))
        return tuple(s for s in listed if not isinstance(self.domains.get(s), Integer))

    def statistics(self, law: Univariate, x: sp.Symbol, by: sp.Symbol) -> tuple[Statistic, ...]:
        """A letter for the mean of each function of x in log p: what the observations enter by."""
        flags = {s: symbol_of(Variable(str(s), d)) for s, d in self.domains.items()}
        plain = {v: k for k, v in flags.items()}
        terms = functions_of(law.func(*(a.xreplace(flags) for a in law.args)), flags[x])
        of = dict.fromkeys(
            g.xreplace(plain)
            for factor, g in (term.as_independent(flags[x], as_Add=False) for term in terms)
            if factor.has(flags[by])
        )
        found = []
        for g in sorted((g for g in of if g.has(x) and not g.has(by)), key=lambda g: (g != x, sp.default_sort_key(g))):
            known = next((s for s in self.means if s.of == g or (s.spread and s.of**2 == g)), None)
            if known is None and g.is_Pow and g.exp == 2 and g.base in of:
                said = f"the mean of {one_line(g)} over the observations, less the square of that of {one_line(g.base)}"
                spread = self.named(Positive(), said, "w", "spread")
                known = Statistic(spread, g.base, spread, spread=True)
            if known is None and g == 1 / x and x in of:
                mean = next(s.value for s in self.means if s.of == x)
                gap = self.named(Positive(), "the mean of 1/x over the observations, less 1/xbar", "gap")
                known = Statistic(gap, g, 1 / mean + gap)
            found.append(known or self.statistic(law, x, g))
            self.means.append(found[-1])
        return tuple(found)

    def statistic(self, law: Univariate, x: sp.Symbol, g: sp.Expr) -> Statistic:
        said = f"the mean of {one_line(g)} over the observations"
        support = support_of(law)
        if g == sp.log(x) and support.low.is_Symbol:
            above = self.named(Positive(), f"{said}, less log({support.low})", "above")
            return Statistic(above, g, sp.log(support.low) + above)
        if isinstance(self.domains[x], OpenUnit) and g in (sp.log(x), sp.log(1 - x)):
            below = self.named(Positive(), f"less {said}", "lbar" if g == sp.log(x) else "hbar")
            return Statistic(below, g, -below)
        if g != x:
            sure = g.func in (sp.Abs,) or (g.is_Pow and (isinstance(self.domains[x], Positive) or g.exp == 2))
            letter = self.named(
                Positive() if sure else Real(), said, {sp.log(x): "lbar", x**2: "qbar", 1 / x: "hbar"}.get(g, "gbar")
            )
            return Statistic(letter, g, letter)
        if isinstance(law, Bernoulli | Binomial):
            share = self.named(
                OpenUnit(), f"the share of successes, {'' if support.high == 1 else 'of all trials, '}xbar", "share"
            )
            return Statistic(share, g, share * support.high)
        if support.whole and support.low != 0:
            above = self.named(Positive(), f"{said}, less {one_line(support.low)}", "above")
            return Statistic(above, g, support.low + above)
        domain: Domain = OpenUnit() if support.high == 1 else Positive() if support.low == 0 else Real()
        letter = self.named(domain, said, "xbar", "ybar")
        return Statistic(letter, g, letter)


def where_drawn(law: Univariate) -> Domain:
    """Flags for a value that is drawn."""
    support = support_of(law)
    if support.whole:
        return Integer(0)
    return OpenUnit() if (support.low, support.high) == (0, 1) else Positive() if support.low.is_nonnegative else Real()
