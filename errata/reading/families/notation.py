"""Named laws as notes write them: N(μ, σ²), Gam(a, b), χ²(k), t_ν, ln N(μ, σ²), U{a, b}.

What a notation leaves open (a variance or a standard deviation, a rate or a scale) is a list of options, the most
usual one first; each option names itself, so that a claim which holds under one of them can say so.
"""

from __future__ import annotations

from collections.abc import Callable

from claims import laws
from claims.laws import Family
from claims.notation import Normal
from claims.records import Record, replace
from errata.reading.tree import (
    Bar,
    Call,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)

Univariate = Family | Normal


class Option(Record):
    """One parameterisation; ``note`` says which one, and is "" where there is no other. ``roles`` are words for what
    the last parameter is in it."""

    build: Callable[..., Univariate]
    note: str = ""
    roles: tuple[str, ...] = ()


class LawNode(Record):
    """A law as it is written: the notation that names it, and its parameters; ``point`` is x in N(x; μ, σ²)."""

    name: str
    arguments: tuple[Node, ...]
    options: tuple[Option, ...]
    point: Node | None = None
    written: bool = False
    """Whether it is known by the formula of its density only."""
    given: frozenset[str] = frozenset()
    """The random names of which it is the conditional law: z of p(x | z) = N(x; z, σ²), beside which x has another."""


def law_node(node: Node) -> LawNode | None:
    """The law of one variable that a node writes; None for anything else, laws of vectors included."""
    while isinstance(node, Group | Styled):
        node = node.body
    found = _named(node)
    if found is None:
        return None
    name, fence, curly = found
    point, arguments = _parts(fence)
    table = _CURLY if curly else _OPTIONS
    options = table.get((name, len(arguments)))
    if options is None or any(_is_of_vectors(a, name) for a in arguments):
        return None
    if point is not None and name in ("B", "F", "t", "Gamma", "Poisson") and not is_worded(node):
        return None
    settled = isinstance(fence, Fence) and fence.variance
    if name in ("N", "LN") and (settled or _is_square(arguments[-1])):
        options = options[:1]
    return LawNode(name, arguments, options, point)


class LawCall(Record):
    """A law by its name, whatever its parameters are: numbers, vectors or matrices."""

    name: str
    arguments: tuple[Node, ...]
    point: Node | None


def law_call(node: Node) -> LawCall | None:
    """The law that a node names, of numbers, vectors or matrices; None where its notation may be something else."""
    while isinstance(node, Group | Styled):
        node = node.body
    found = _named(node) or _of_matrices(node)
    if found is None:
        return None
    name, fence, curly = found
    point, arguments = _parts(fence)
    ambiguous = name in ("B", "F", "t", "Gamma", "Poisson") and not is_worded(node)
    if not arguments or curly or (ambiguous and point is not None):
        return None
    return LawCall(name, arguments, point)


def _of_matrices(node: Node) -> tuple[str, Node, bool] | None:
    """The name of a law of matrices or of several variables, and what holds its parameters."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or not isinstance(node.head, Sym):
        return None
    name = _SEVERAL.get(node.head.name.lower())
    return None if name is None or len(node.head.name) < 2 else (name, node.fence, False)


def is_identity(node: Node) -> bool:
    """Whether a name is that of an identity matrix: I, bold I, I_n."""
    while isinstance(node, Group | Styled):
        node = node.body
    base = node.base if isinstance(node, Script) and node.sup is None else node
    return isinstance(base, Sym) and base.name == "I"


def identity_factor(node: Node) -> tuple[Node, Node] | None:
    """The number by which an identity matrix is multiplied, and that matrix: σ² and I of σ² I; None for all else."""
    while isinstance(node, Group):
        node = node.body
    if is_identity(node):
        return Num(node.start, node.end, "1"), node
    if not isinstance(node, Factors) or sum(map(is_identity, node.items)) != 1:
        return None
    if not is_identity(node.items[-1]) or node.signs[-1] == "/":
        return None
    first, *rest = node.items[:-1]
    return (replace(node, items=(first, *rest), signs=node.signs[:-1]) if rest else first), node.items[-1]


def normal_vector(node: Node) -> tuple[Node, Node, Node] | None:
    """The point, the mean and the covariance of a normal density of a vector, N(x; μ, Σ); None for anything else."""
    found = _named(node)
    if found is None or found[0] != "N":
        return None
    point, arguments = _parts(found[1])
    if point is None or len(arguments) != 2 or not any(_is_of_vectors(a, "N") for a in arguments):
        return None
    return point, arguments[0], arguments[1]


def normal_call(node: Node) -> tuple[Node | None, Node] | None:
    """The point, if there is one, and the second parameter of a normal law of numbers; None for anything else."""
    found = _named(node)
    if found is None or found[0] != "N":
        return None
    point, arguments = _parts(found[1])
    return (point, arguments[1]) if len(arguments) == 2 and not any(_is_of_vectors(a, "N") for a in arguments) else None


def is_square_of_a_number(node: Node) -> bool:
    """Whether a spread is σ², σ_y^2, which is no covariance of a vector: N(y; wᵀx, σ²) is the density of a number."""
    base = node.base if isinstance(node, Script) and _is_square(node) else None
    return isinstance(base, Sym) and not base.font and not base.name.isupper() and isinstance(node, Script)


def density_call(node: Node) -> tuple[str, Node, tuple[Node, ...]] | None:
    """The law, the point and the parameters of a density of one variable: N(x; m, v), Gam(x; a, b); None for others."""
    found = _named(node)
    if found is None or (found[0] != "N" and not is_worded(node)):
        return None
    point, arguments = _parts(found[1])
    if point is None or any(_is_of_vectors(a, found[0]) for a in arguments):
        return None
    return found[0], point, arguments


def normal_matrix(node: Node) -> tuple[Node, Node, Node, Node] | None:
    """The point, the mean and the covariances of rows and of columns of MN(Y; M, U, V); None for anything else."""
    if not isinstance(node, Call) or not isinstance(node.head, Sym) or not isinstance(node.fence, Fence):
        return None
    if node.head.name.replace("-", "").lower() not in ("mn", "matrixnormal"):
        return None
    point, arguments = _parts(node.fence)
    return None if point is None or len(arguments) != 3 else (point, arguments[0], arguments[1], arguments[2])


def renamed(law: LawNode, name: str) -> LawNode | None:
    """The law of another notation with the same parameters; None where that one has another number of them."""
    options = _OPTIONS.get((name, len(law.arguments)))
    if options is None:
        return None
    if name in ("N", "LN") and _is_square(law.arguments[-1]):
        options = options[:1]
    return LawNode(name, law.arguments, options, law.point)


def options_of(name: str) -> list[tuple[int, tuple[Option, ...]]]:
    """The parameterisations of a notation, by the number of parameters."""
    return [(count, options) for (known, count), options in _OPTIONS.items() if known == name]


def _named(node: Node) -> tuple[str, Node, bool] | None:
    """The canonical name of a law and what holds its parameters."""
    if isinstance(node, Function) and isinstance(node.head, Sym) and node.head.name in ("ln", "log"):
        inner = _named(node.argument)
        return ("LN", inner[1], False) if inner is not None and inner[0] == "N" else None
    if isinstance(node, Call) and isinstance(node.fence, Fence):
        name = _name(node.head)
        return None if name is None else (name, node.fence, node.fence.open in (r"\{", r"\lbrace"))
    if isinstance(node, Factors) and len(node.items) == 2 and not node.signs[1] and isinstance(node.items[1], Fence):
        name = _name(node.items[0])
        return None if name is None else (name, node.items[1], False)
    if isinstance(node, Script) and node.sub is not None:
        bare = node.base if node.sup is None else Script(node.start, node.end, node.base, None, node.sup)
        name = _name(bare)
        return (name, node.sub, False) if name in ("t", "F", "χ²") else None
    return None


def _name(head: Node) -> str | None:
    if isinstance(head, Script) and head.sub is None and isinstance(head.sup, Num) and head.sup.text == "2":
        return "χ²" if isinstance(head.base, Sym) and head.base.name in ("χ", "X", "Χ") else None
    if not isinstance(head, Sym):
        return None
    if len(head.name) == 1:
        if head.name == "P" and head.font == "double":
            return None
        return _LETTERS.get((head.name, "" if head.font in ("", "italic") else "fancy"))
    return _WORDS.get(head.name.replace("-", "").replace(" ", "").lower())


def is_worded(node: Node) -> bool:
    """Whether a law is named by a word: B(x; a, b) is a beta function, F(x; a, b) may be a distribution function."""
    return isinstance(node, Call) and isinstance(node.head, Sym) and len(node.head.name) > 1


def _parts(node: Node) -> tuple[Node | None, tuple[Node, ...]]:
    """The point before ; or | and the parameters."""
    body = node.body if isinstance(node, Fence | Group) else node
    if isinstance(body, Bar):
        right = body.right
        return body.left, right.items if isinstance(right, Phrase) else (right,)
    if isinstance(body, Phrase):
        if ";" in body.separators[0]:
            return body.items[0], body.items[1:]
        return None, body.items
    return None, () if body is None else (body,)


def _is_square(node: Node) -> bool:
    """Whether a parameter is visibly a variance: σ², 1/λ, τ^{-1}, σ²/n; a sum or a plain name may be either."""
    if isinstance(node, Script):
        return node.sup is not None and _is_even(node.sup) and isinstance(node.base, Sym | Group | Fence | Script)
    if isinstance(node, Frac):
        return _is_square(node.top) or any(isinstance(n, Script) and n.sup is not None for n in walk(node.bottom))
    return any(isinstance(n, Script) and isinstance(n.sup, Num) and n.sup.text == "2" for n in walk(node))


def _is_even(sup: Node) -> bool:
    """Whether an exponent is that of a variance by a scale or a precision: 2, −1, −2; not 1/2, nor any letter's."""
    while isinstance(sup, Group):
        sup = sup.body
    if isinstance(sup, Terms) and len(sup.items) == 1 and sup.signs[0] in ("-", "−"):
        return isinstance(sup.items[0], Num) and sup.items[0].text in ("1", "2")
    return isinstance(sup, Num) and sup.text == "2"


def _is_of_vectors(node: Node, name: str) -> bool:
    """Whether a parameter is a vector or a matrix by its letter: bold, or a capital."""
    if name not in ("N", "LN", "t"):
        return any(isinstance(n, Sym) and n.font == "bold" for n in walk(node))
    return any(isinstance(n, Sym) and (n.font == "bold" or n.name.isupper()) and len(n.name) == 1 for n in walk(node))


def _one(build: Callable[..., Univariate]) -> tuple[Option, ...]:
    return (Option(build),)


_SPREAD = (
    Option(Normal, "the second parameter of N(·, ·) is a variance", ("variance",)),
    Option(
        lambda m, s: Normal(m, s**2), "the second parameter of N(·, ·) is a standard deviation", ("standard deviation",)
    ),
)
_LOG_SPREAD = (
    Option(laws.LogNormal, "the second parameter of the log-normal law is a variance"),
    Option(lambda m, s: laws.LogNormal(m, s**2), "the second parameter of the log-normal law is a standard deviation"),
)
_GAMMA = (
    Option(laws.Gamma, "the second parameter of the gamma law is a rate", ("rate",)),
    Option(lambda a, s: laws.Gamma(a, 1 / s), "the second parameter of the gamma law is a scale", ("scale",)),
)
_EXPONENTIAL = (
    Option(laws.Exponential, "the parameter of the exponential law is a rate", ("rate",)),
    Option(lambda s: laws.Exponential(1 / s), "the parameter of the exponential law is its mean", ("mean", "scale")),
)
_GEOMETRIC = (
    Option(laws.Geometric, "the geometric law counts trials: 1, 2, …"),
    Option(laws.GeometricFailures, "the geometric law counts failures: 0, 1, …"),
)
_NEGATIVE_BINOMIAL = (
    Option(laws.NegativeBinomial, "the negative binomial law counts failures, p being the chance of success"),
    Option(
        lambda r, p: laws.NegativeBinomial(r, 1 - p),
        "the negative binomial law counts successes, p being the chance of one",
    ),
    Option(laws.NegativeBinomialTrials, "the negative binomial law counts trials"),
    Option(
        lambda a, b: laws.NegativeBinomial(a, b / (1 + b)),
        "the negative binomial law is a Poisson law with a gamma rate of this shape and rate",
    ),
    Option(
        lambda m, phi: laws.NegativeBinomial(phi, phi / (m + phi)),
        "the negative binomial law is given by its mean and its dispersion",
    ),
)
_WEIBULL = (
    Option(laws.Weibull, "the Weibull law is given by shape and scale"),
    Option(lambda a, b: laws.Weibull(b, a), "the Weibull law is given by scale and shape"),
)
_PARETO = (
    Option(laws.Pareto, "the Pareto law is given by its least value and its shape"),
    Option(lambda a, b: laws.Pareto(b, a), "the Pareto law is given by its shape and its least value"),
)
_INVERSE_GAMMA = (
    Option(laws.InverseGamma, "the second parameter of the inverse gamma law is its scale"),
    Option(lambda a, b: laws.InverseGamma(a, 1 / b), "1/X follows the gamma law with that scale"),
)
_INVERSE_GAUSSIAN = (
    Option(laws.InverseGaussian, "the inverse Gaussian law is given by mean and shape"),
    Option(lambda g, a: laws.InverseGaussian(a / g, a**2), "the Wald law is given by drift and threshold"),
)
_UNIFORM = (
    Option(laws.Uniform, "the uniform law is that of the reals between its ends"),
    Option(laws.DiscreteUniform, "the uniform law is that of the whole numbers between its ends"),
)
_OPTIONS: dict[tuple[str, int], tuple[Option, ...]] = {
    ("N", 2): _SPREAD,
    ("LN", 2): _LOG_SPREAD,
    ("Gamma", 2): _GAMMA,
    ("Exp", 1): _EXPONENTIAL,
    ("Geom", 1): _GEOMETRIC,
    ("NegBin", 2): _NEGATIVE_BINOMIAL,
    ("Weibull", 2): _WEIBULL,
    ("Pareto", 2): _PARETO,
    ("InvGamma", 2): _INVERSE_GAMMA,
    ("Wald", 2): _INVERSE_GAUSSIAN,
    ("IG", 2): (*_INVERSE_GAMMA, *_INVERSE_GAUSSIAN),
    ("U", 2): _UNIFORM,
    ("Bern", 1): _one(laws.Bernoulli),
    ("Bin", 2): _one(laws.Binomial),
    ("Poisson", 1): _one(laws.Poisson),
    ("Beta", 2): _one(laws.Beta),
    ("BetaBin", 3): _one(laws.BetaBinomial),
    ("χ²", 1): _one(laws.ChiSquared),
    ("F", 2): _one(laws.F),
    ("t", 1): _one(laws.StudentT),
    ("Laplace", 2): _one(laws.Laplace),
    ("Logistic", 2): _one(laws.Logistic),
    ("Cauchy", 2): _one(laws.Cauchy),
    ("Rayleigh", 1): _one(laws.Rayleigh),
    ("Wigner", 1): _one(laws.Wigner),
    ("B", 2): (Option(laws.Beta, "B(·, ·) is the beta law"), Option(laws.Binomial, "B(·, ·) is the binomial law")),
}
_SEVERAL: dict[str, str] = {
    "mn": "MN", "wishart": "Wishart", "dir": "Dir", "dirichlet": "Dir", "mult": "Mult", "multinomial": "Mult",
    "cat": "Cat", "categorical": "Cat", "ng": "NG",
}  # fmt: skip
"""Laws of several variables or of matrices, whose densities are not computed."""
_CURLY: dict[tuple[str, int], tuple[Option, ...]] = {("U", 2): _one(laws.DiscreteUniform)}

_LETTERS: dict[tuple[str, str], str] = {
    ("N", ""): "N", ("N", "fancy"): "N", ("U", ""): "U", ("U", "fancy"): "U", ("t", ""): "t", ("t", "fancy"): "t",
    ("T", "fancy"): "t", ("F", ""): "F", ("F", "fancy"): "F", ("G", "fancy"): "Gamma", ("Γ", ""): "Gamma",
    ("Γ", "fancy"): "Gamma", ("B", "fancy"): "B", ("B", ""): "B", ("P", "fancy"): "Poisson",
}  # fmt: skip
_WORDS: dict[str, str] = {
    spelled: name
    for name, spellings in {
        "N": "normal norm gaussian gauss",
        "LN": "ln lognormal lognorm logn",
        "Gamma": "gamma gam ga",
        "Exp": "exp expo exponential expon",
        "Geom": "geom geo geometric",
        "NegBin": "nb negbin nbin negativebinomial negbinomial",
        "Weibull": "weibull weib wei",
        "Pareto": "pareto par",
        "InvGamma": "invgamma invgam inversegamma igam igamma invga",
        "Wald": "wald invgaussian inversegaussian invgauss",
        "IG": "ig",
        "U": "uniform unif uni",
        "Bern": "bernoulli bern ber",
        "Bin": "binomial binom bin",
        "Poisson": "poisson poiss pois poi po",
        "Beta": "beta bet be",
        "BetaBin": "betabinomial betabin betbin betabinom bb",
        "χ²": "chi2 chisq chisquared chisquare",
        "F": "fisher",
        "t": "student studentt st",
        "Laplace": "laplace lap",
        "Logistic": "logistic",
        "Cauchy": "cauchy",
        "Rayleigh": "rayleigh ray",
        "Wigner": "wigner semicircle",
    }.items()
    for spelled in spellings.split()
}
