"""A question about named laws, read into notation: ``KL(Normal(m, s^2) || Laplace(0, b))``, ``E[X^2], X ~ Beta(a, b)``.

    question    KL(LAW || LAW), H(LAW), H(LAW, LAW), E[f], Var[f] or Cov[f, g], then ", X ~ LAW" and ", t > 0";
                "for" stands for the comma; E[LAW] and Var[LAW]; "entropy of LAW", "mean of LAW", "variance of LAW"
    LAW         a name of ``claims.laws``, or one that is common for it, and its parameters in that order;
                Normal(mean, VARIANCE), Gamma(shape, RATE); a parameter may be named: Gamma(shape=2, rate=b)
    f           numbers, names, + - * / ^ ( ), and log, exp, sqrt, abs

A name takes the domain that its place asks for: s of a variance s^2 is positive, p of Bernoulli(p) is between 0 and 1,
the width of a uniform law is positive; any other name is real, or positive where "t > 0" is said. No text becomes code.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import sympy as sp

from claims.domains import Domain, Integer, OpenUnit, Positive, Real, Variable, contains, symbol_of
from claims.laws import FAMILIES, DiscreteUniform, Family, Uniform, parameters_of, support_of
from claims.notation import KL, Covariance, CrossEntropy, Entropy, Expectation, Normal, Notation, Variance
from claims.records import Record
from errata.reading.typed_terms import FUNCTIONS, BadQuestion, Terms

Univariate = Family | Normal
EXAMPLES = ("KL(Normal(m1, s1^2) || Laplace(m2, b))", "H(Gamma(a, b))", "E[X^2] for X ~ Beta(a, b)")
LAWS: Mapping[str, type[Univariate]] = {"Normal": Normal, **{law.__name__: law for law in FAMILIES}}
COMMON: Mapping[str, str] = {
    "N": "Normal", "Gaussian": "Normal", "Norm": "Normal", "Bern": "Bernoulli", "Ber": "Bernoulli", "Bin": "Binomial",
    "Binom": "Binomial", "Pois": "Poisson", "Poi": "Poisson", "Geom": "Geometric", "NegBin": "NegativeBinomial",
    "Unif": "Uniform", "U": "Uniform", "Exp": "Exponential", "InvGamma": "InverseGamma", "Chi2": "ChiSquared",
    "t": "StudentT", "Student": "StudentT", "LogN": "LogNormal", "BetaBin": "BetaBinomial",
}  # fmt: skip
"""Other names of laws; the parameters are those of the law, in their order."""
WORDS: Mapping[str, str] = {
    "entropy": "H", "mean": "E", "expectation": "E", "variance": "Var", "covariance": "Cov", "D_KL": "KL", "DKL": "KL",
}  # fmt: skip
HINTS: Mapping[tuple[str, str], str] = {
    ("rate", "scale"): ": a scale t is the rate 1/t", ("scale", "rate"): ": a rate r is the scale 1/r",
    **{("variance", said): ": a deviation s is the variance s^2" for said in ("std", "sd", "sigma", "scale")},
}  # fmt: skip
"""What to write, by the parameter that is meant and the one that was said."""
_ANY_CASE = {name.lower(): law for name, law in (*COMMON.items(), *((n, n) for n in LAWS)) if len(name) > 1}
_RANK = (Real, Positive, Integer, OpenUnit)


class Question(Record):
    """What is asked, the variables in it (the one that is averaged over among them), and its laws as they were read."""

    asked: Notation
    where: tuple[Variable, ...]
    laws: tuple[Univariate, ...]


def law_called(name: str) -> type[Univariate] | None:
    """The law of a name, of a common name for it, or of either in other letters; None for a stranger."""
    return LAWS.get(name) or LAWS.get(COMMON.get(name, "")) or LAWS.get(_ANY_CASE.get(name.lower(), ""))


def question(text: str) -> Question:
    """The question that a text asks. Raises BadQuestion."""
    return Reader(text).question()


class Reader(Terms):
    """Recursive descent over the tokens; symbols are plain until the domains of all of them are known."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.laws: list[tuple[Univariate, int]] = []
        self.domains: dict[sp.Symbol, Domain] = {}
        self.meanings: dict[sp.Symbol, str] = {}

    def question(self) -> Question:
        place, said = self.place, self.name("KL, H, E, Var or Cov")
        name = WORDS.get(said) or WORDS.get(said.lower()) or {"kl": "KL", "var": "Var", "cov": "Cov"}.get(said, said)
        builder = {"KL": self.divergence, "H": self.entropy, "E": self.mean, "Var": self.mean, "Cov": self.mean}
        if name not in builder:
            listed = "`errata derive` lists posteriors, estimators and other results that are derived already"
            known = "KL, H, E, Var, Cov, posterior of, MLE of and score of are"
            raise BadQuestion(f"{said} is nothing that can be asked for: {known}; {listed}", place)
        if self.kind == "name" and self.word == "of":
            self.next()
            asked, drawn = self.of_law(name, place)
        else:
            asked, drawn = builder[name](name)
        while self.take(","):
            self.declare()
        if self.kind:
            raise BadQuestion(f"“{self.word}” is left over", self.place)
        return self.settled(asked, drawn)

    def opened(self) -> str:
        """The sign that closes the bracket which stands here."""
        if self.take("["):
            return "]"
        self.insist("(")
        return ")"

    def divergence(self, name: str) -> tuple[Notation, sp.Symbol | None]:
        close, p = self.opened(), self.law()
        if not self.take(","):
            self.insist("||")
        q = self.law()
        self.insist(close)
        return KL(p, q), None

    def of_law(self, name: str, place: int) -> tuple[Notation, sp.Symbol | None]:
        """The entropy, the mean or the variance of a law that stands here."""
        law = self.law()
        if name == "H":
            return Entropy(law), None
        if name not in ("E", "Var"):
            raise BadQuestion(f"{name} takes two laws or two functions", place)
        x = next(s for s in sp.symbols("X x X_0") if s not in law.free_symbols)
        return {"E": Expectation, "Var": Variance}[name](x, x, law), x

    def stands_law(self) -> bool:
        """Whether what stands here is a law, and no function of a letter that is drawn."""
        follows = self.tokens[self.at + 1][1] if self.kind else ""
        known = self.word not in FUNCTIONS and law_called(self.word) is not None
        return self.kind == "name" and follows == "(" and known

    def entropy(self, name: str) -> tuple[Notation, sp.Symbol | None]:
        close = self.opened()
        if self.kind == "name" and self.tokens[self.at + 1][1] == close:
            return Entropy(self.law_of_letter(close)), None
        p = self.law()
        q = self.law() if self.take(",") else None
        self.insist(close)
        return (Entropy(p) if q is None else CrossEntropy(p, q)), None

    def law_of_letter(self, close: str) -> Univariate:
        """The law after a letter, as in X), X ~ Normal(0, 1)."""
        drawn = self.name("the variable that is drawn")
        self.insist(close)
        if not self.parted():
            raise BadQuestion(f'give the law of {drawn}, as in ", {drawn} ~ Normal(0, 1)"', self.place)
        place = self.place
        if self.name("the variable that is drawn") != drawn:
            raise BadQuestion(f"the law of {drawn} is expected here", place)
        self.insist("~")
        return self.law()

    def parted(self) -> bool:
        """Whether a comma stands here, or a word that does for one; it is taken."""
        if self.kind == "name" and self.word in ("for", "where", "with", "if"):
            self.next()
            return True
        return self.take(",")

    def mean(self, name: str) -> tuple[Notation, sp.Symbol | None]:
        place, close = self.place, self.opened()
        if self.stands_law():
            found = self.of_law(name, place)
            self.insist(close)
            return found
        inside = [self.sum()]
        if name == "Cov":
            self.insist(",")
            inside.append(self.sum())
        self.insist(close)
        if not self.parted():
            raise BadQuestion('say what is drawn, as in ", X ~ Normal(0, 1)"', self.place)
        drawn = sp.Symbol(self.name("the variable that is drawn"))
        self.insist("~")
        law, kind = self.law(), {"E": Expectation, "Var": Variance, "Cov": Covariance}[name]
        if drawn in law.free_symbols:
            raise BadQuestion(f"{drawn} is drawn from {law}, so it can't be a parameter of it", self.laws[-1][1])
        return kind(*inside, drawn, law), drawn

    def declare(self) -> None:
        name = sp.Symbol(self.name("a name that is positive, as in t > 0"))
        self.insist(">")
        place, bound = self.place, self.sum()
        if bound != 0:
            raise BadQuestion("only “> 0” can be said of a name", place)
        self.narrow(name, Positive(), "")

    def law(self) -> Univariate:
        place, name = self.place, self.name("the name of a law")
        known = law_called(name)
        if known is None:
            near = dict.fromkeys(COMMON.get(n, n) for n in get_close_matches(name, [*LAWS, *COMMON]))
            raise BadQuestion(f"no law is called {name}; there is {', '.join(near or sorted(LAWS))}", place)
        parameters = parameters_of(known(*(2 * (sp.S.One,)))) if known is Normal else known.parameters
        self.insist("(")
        arguments: list[sp.Expr] = []
        while not arguments or self.take(","):
            where = self.place
            argument, said = self.argument()
            n = len(arguments)
            if n < len(parameters) and said not in ("", parameters[n][0]):
                hint = HINTS.get((parameters[n][0], said), "")
                wrong = f"parameter {n + 1} of {known.__name__} is its {parameters[n][0]}, not {said}{hint}"
                raise BadQuestion(wrong, where)
            arguments.append(argument)
        if len(arguments) != len(parameters):
            listed = ", ".join(n for n, _ in parameters)
            noun = "parameter" if len(parameters) == 1 else "parameters"
            raise BadQuestion(f"{known.__name__}({listed}) has {len(parameters)} {noun}, not {len(arguments)}", place)
        self.insist(")")
        law = known(*arguments)
        self.laws.append((law, place))
        for argument, (meaning, domain) in zip(arguments, parameters, strict=True):
            if contains(domain, argument) is False:
                raise BadQuestion(f"the {meaning} {argument} of {known.__name__} is out of range", place)
            for symbol in argument.free_symbols:
                whole = meaning if str(argument) == meaning else f"{meaning} {argument}"
                self.narrow(symbol, domain, f"in the {whole} of {known.__name__}")
        if isinstance(law, Uniform | DiscreteUniform):
            for symbol in (law.args[1] - law.args[0]).free_symbols:
                self.narrow(symbol, Integer(1) if support_of(law).whole else Positive(), "")
        return law

    def argument(self) -> tuple[sp.Expr, str]:
        """A parameter, and its name where one is given."""
        if self.kind == "name" and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1][1] == "=":
            said = self.name("")
            self.insist("=")
            return self.sum(), said
        return self.sum(), ""

    def narrow(self, symbol: sp.Symbol, domain: Domain, meaning: str) -> None:
        """A name in several places takes the narrowest of their domains."""
        before = self.domains.get(symbol)
        if before is None or _RANK.index(type(domain)) > _RANK.index(type(before)):
            self.domains[symbol] = domain
        if meaning and symbol not in self.meanings:
            self.meanings[symbol] = meaning

    def settled(self, asked: Notation, drawn: sp.Symbol | None) -> Question:
        """The question with each symbol as its domain makes it. Raises BadQuestion for a law that may be none."""
        if drawn in self.domains:
            raise BadQuestion(f"{drawn} is drawn from its law; to condition on more is not understood", self.place)
        names = sorted((asked.free_symbols | set(self.domains)) - {drawn}, key=str)
        where = [Variable(s.name, self.domains.get(s, Real()), self.meanings.get(s, "any")) for s in names]
        flags = {s: symbol_of(v) for s, v in zip(names, where, strict=True)}
        point = drawn or sp.Symbol(next(n for n in ("x", "y", "z", "u", "x_0") if sp.Symbol(n) not in flags))
        flags[point] = symbol_of(average := Variable(point.name, Real(), "what is averaged over"))
        return Question(asked.xreplace(flags), (average, *where), self.laws_in_order(flags))

    def laws_in_order(self, flags: Mapping[sp.Symbol, sp.Symbol]) -> tuple[Univariate, ...]:
        """The laws that were read, each symbol as its domain makes it. Raises BadQuestion for one that may be none."""
        found = []
        for plain, place in self.laws:
            law = plain.func(*(a.xreplace(flags) for a in plain.args))
            _insist_in_order(law, place)
            found.append(law)
        return tuple(dict.fromkeys(found))


def _insist_in_order(law: Univariate, place: int) -> None:
    """Raises BadQuestion where a parameter is not sure to be in its domain: the formula would be no density."""
    for argument, (meaning, domain) in zip(law.args, parameters_of(law), strict=True):
        if isinstance(domain, Positive) and not argument.is_positive:
            raise BadQuestion(f"the {meaning} {argument} is not sure to be positive", place)
        if isinstance(domain, OpenUnit) and not (_is_name_or_rest(argument) or contains(domain, argument)):
            raise BadQuestion(f"the {meaning} {argument} is not sure to be between 0 and 1: give it a name", place)
        if isinstance(domain, Integer) and not argument.is_integer:
            raise BadQuestion(f"the {meaning} {argument} is not sure to be a whole number", place)
    if isinstance(law, Uniform | DiscreteUniform) and not (law.args[1] - law.args[0]).is_positive:
        a, b = law.args
        raise BadQuestion(f"{b} is not sure to be above {a}: write {type(law).__name__}(a, a + w)", place)


def _is_name_or_rest(argument: sp.Expr) -> bool:
    """Whether a probability is p or 1 − p: of a name that itself has the domain of a probability."""
    return bool(argument.is_Symbol or (1 - argument).is_Symbol)
