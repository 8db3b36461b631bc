"""Expectations, variances, divergences, entropies and mutual information, in the notations in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.records import Record
from claims.sentences import (
    Apply,
    Bound,
    Covariance,
    CrossEntropy,
    Density,
    Divergence,
    Entropy,
    Expectation,
    MutualInformation,
    Occurs,
    Place,
    Power,
    Product,
    Quotient,
    Sentence,
    Value,
    free_names,
    occurrence,
    parts,
)
from errata.reading.names import is_name
from errata.reading.sentences.densities import density_of, heads_of
from errata.reading.sentences.heads import (
    DEFAULT,
    argument_of,
    bare,
    canonical,
    is_random,
    letter,
    listed,
    operator,
    subscript,
)
from errata.reading.sentences.laws import law_name, place
from errata.reading.sentences.survey import Usage, law
from errata.reading.tree import Bar, Call, Chain, Factors, Fence, Node, Num, Phrase, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from errata.reading.sentences.reader import Reader, Scope

_BARS = ("|", "\\mid", "\\vert", "\\lvert", "\\rvert")


class Sampling(Record):
    """From which law which names are drawn: all random ones where ``names`` is None."""

    law: str
    names: tuple[str, ...] | None
    variables: tuple[str, ...]
    given: tuple[Place, ...] = ()


def is_bare(node: Node) -> bool:
    """E or E_p without brackets, before what it acts on."""
    return isinstance(node, Sym | Script) and operator(node) == "E" and letter(node)[1] in ("double", "roman", "text")


def is_apart(node: Node) -> bool:
    """D_KL before a square bracket that is no call to the parser."""
    return isinstance(node, Script) and operator(node) in ("KL", "JS", "TV") and letter(node)[0] in ("D", "d")


def applied_call(reader: Reader, node: Call, scope: Scope) -> Sentence:
    """E[…], Var(…), KL(… ‖ …), H(…), I(…). Raises Unlowered."""
    body = argument_of(node)
    if body is None:
        raise Unlowered("an expectation of nothing")
    return _applied(reader, node.head, body, scope)


def applied(reader: Reader, head: Node, body: Node, scope: Scope) -> Sentence:
    """An operator without brackets and what it acts on."""
    return _applied(reader, head, body, scope)


def angle(reader: Reader, node: Script, scope: Scope) -> Sentence:
    """⟨f⟩_p: the expectation of f under p."""
    if not isinstance(node.base, Fence) or node.base.body is None or node.sub is None:
        raise Unlowered("angles that are no expectation")
    if node.base.close not in ("\\rangle", "⟩"):
        raise Unlowered("an angle that is not closed")
    found = _mean(reader, node.base.body, bare(node.sub), (), scope)
    return found if node.sup is None else Power(found, reader.of(node.sup, scope))


def _applied(reader: Reader, head: Node, body: Node, scope: Scope) -> Sentence:
    kind = operator(head)
    if isinstance(head, Script) and (head.primes or (head.sup is not None and kind != "E")):
        raise Unlowered("an operator with a superscript")
    if isinstance(head, Script) and head.sup is not None:
        raise Unlowered("an expectation with a superscript")
    match kind:
        case "E":
            inner, conditions = _conditioned(body)
            return _mean(reader, inner, subscript(head), conditions, scope)
        case "Var" | "Cov" | "Corr":
            return _covariance(reader, kind, body, subscript(head), scope)
        case "KL" | "JS" | "TV":
            return _divergence(reader, kind, body, scope)
        case "H" | "h":
            return _entropy(reader, kind, body, scope)
        case "I":
            return _information(reader, body, scope)
        case _:
            raise Unlowered("an operator that is not understood")


def _conditioned(body: Node) -> tuple[Node, tuple[Node, ...]]:
    """What stands before the bar, and the conditions after it."""
    if not isinstance(body, Bar):
        return body, ()
    if body.sign not in _BARS or isinstance(body.left, Bar):
        raise Unlowered(f"the sign {body.sign} in an expectation")
    return body.left, listed(body.right)


def _mean(reader: Reader, body: Node, sub: Node | None, conditions: Sequence[Node], scope: Scope) -> Sentence:
    inner = reader.of(body, scope)
    given = _given(reader, conditions, scope)
    samplings = _samplings(reader, sub, (inner,), scope)
    if given and len(samplings) > 1:
        raise Unlowered("a condition under several laws")
    for sampling in reversed(samplings):
        over = _over(reader, sampling, (inner,), (*given, *sampling.given))
        inner = Expectation(sampling.law, inner, over, (*sampling.given, *given))
    return inner


def _covariance(reader: Reader, kind: str, body: Node, sub: Node | None, scope: Scope) -> Sentence:
    inner, conditions = _conditioned(body)
    parts = listed(inner)
    if len(parts) != (1 if kind == "Var" else 2):
        raise Unlowered("a variance of several things")
    left, right = reader.of(parts[0], scope), reader.of(parts[-1], scope)
    given = _given(reader, conditions, scope)
    samplings = _samplings(reader, sub, (left, right), scope)
    if len(samplings) != 1:
        raise Unlowered("a variance under several laws")
    (sampling,) = samplings
    over = _over(reader, sampling, (left, right), (*given, *sampling.given))
    held = (*sampling.given, *given)
    found = Covariance(sampling.law, left, right, over, held)
    if kind != "Corr":
        return found
    spread = [Apply("sqrt", Covariance(sampling.law, x, x, over, held)) for x in (left, right)]
    return Quotient(found, Product(tuple(spread)))


def deviation(reader: Reader, node: Node, scope: Scope) -> Sentence | None:
    """σ_X and σ²_X as standard deviation and variance of a random variable."""
    if not isinstance(node, Script) or node.sub is None or not isinstance(node.base, Sym) or node.base.name != "σ":
        return None
    name = bare(node.sub)
    variable = reader.variable(name, scope) if is_name(name) and is_random(name) else None
    squared = isinstance(node.sup, Num) and node.sup.text == "2"
    if variable is None or (node.sup is not None and not squared):
        return None
    value = Value(reader.indexed(name, scope))
    found = Covariance(reader.law_key(DEFAULT), value, value, (Bound(value.name, variable),))
    return found if squared else Apply("sqrt", found)


def _given(reader: Reader, conditions: Sequence[Node], scope: Scope) -> tuple[Place, ...]:
    out = []
    for part in conditions:
        name = bare(part.items[0]) if isinstance(part, Chain) else part
        if isinstance(part, Chain) and (len(part.items) != 2 or part.relations[0].sign != "="):
            raise Unlowered("a condition that is no value of a variable")
        if not is_name(name):
            raise Unlowered("a condition that is no variable")
        found = place(reader, part, scope)
        out.append(Place(found.variable, found.value, reader.indexed(name, scope)))
    return tuple(out)


def _over(
    reader: Reader, sampling: Sampling, bodies: Sequence[Sentence], given: Sequence[Place]
) -> tuple[Bound, ...]:  # fmt: skip
    """The names that an expectation binds, with their variables."""
    held = {p.name for p in given if p.name}
    free = sorted(frozenset().union(*map(free_names, bodies)) - held)
    if sampling.names is not None:
        named = {n.lower(): v for n, v in zip(sampling.names, sampling.variables, strict=True)}
        return tuple(
            dict.fromkeys(
                [Bound(n, v) for n, v in zip(sampling.names, sampling.variables, strict=True)]
                + [Bound(n, named[n.lower()]) for n in free if n.lower() in named]
            )
        )
    known = [(n, v) for n in free if (v := reader.name_of(n)) is not None]
    random = [(n, v) for n, v in known if _is_random_name(reader, n)] or _only(known)
    happening = {p.variable for body in bodies for p in parts(body) if isinstance(p, Occurs)}
    random += [(occurrence(v), v) for v in sorted(happening) if occurrence(v) in free]
    if not random:
        raise Unlowered("an expectation with nothing random in it")
    return tuple(Bound(n, v) for n, v in random)


def _only(known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return known if len({v for _, v in known}) == 1 else []


def _is_random_name(reader: Reader, name: str) -> bool:
    base = name.partition("_")[0]
    stripped = base.replace("\\mathbf", "").replace("\\mathrm", "")
    return (len(stripped) == 1 and stripped.isascii() and stripped.isupper()) or name in reader.survey.random


def _samplings(reader: Reader, sub: Node | None, bodies: Sequence[Sentence], scope: Scope) -> list[Sampling]:
    """What the subscript of an expectation says, the outermost draw first."""
    if sub is None and reader.layers is not None and reader.layers.under is not None:
        under = reader.layers.under
        return [_from_law(reader, under if under in reader.layers.drawn else reader.law_key(under), bodies)]
    if sub is None:
        return [Sampling(reader.law_key(DEFAULT), None, ())]
    if isinstance(sub, Phrase):
        plain = all(is_name(p) and law_name(reader, p) is None for p in listed(sub))
        if not plain:
            return [s for part in _draws(sub) for s in _samplings(reader, part, bodies, scope)]
    if isinstance(sub, Factors) and not any(sub.signs):
        return [s for part in sub.items for s in _samplings(reader, bare(part), bodies, scope)]
    if isinstance(sub, Chain):
        return [_drawn(reader, sub, bodies, scope)]
    if isinstance(sub, Call) and law(sub.head, reader.survey) is not None:
        return [_from_density(reader, sub, scope)]
    name = law_name(reader, sub) if is_name(sub) else None
    if name is not None:
        return [_from_law(reader, name, bodies)]
    return [_over_names(reader, sub, scope)]


def _draws(sub: Phrase) -> list[Node]:
    """x ∼ p, z ∼ q as two draws; x, y ∼ p is left to fail."""
    parts = [bare(i) for i in sub.items]
    if any(not isinstance(p, Chain | Call) for p in parts):
        raise Unlowered("a list of draws that is not understood")
    return parts


def _drawn(reader: Reader, sub: Chain, bodies: Sequence[Sentence], scope: Scope) -> Sampling:
    """x ∼ p, z ∼ q(z | x)."""
    if len(sub.items) != 2 or sub.relations[0].sign != "∼":
        raise Unlowered("the subscript of an expectation")
    names = listed(sub.items[0])
    source = bare(sub.items[1])
    if not all(is_name(n) for n in names):
        raise Unlowered("a draw of what is no name")
    keys = tuple(reader.indexed(n, scope) for n in names)
    variables = tuple(str(reader.variable(n, scope) or canonical(n)) for n in names)
    if isinstance(source, Call) and law(source.head, reader.survey) is not None:
        found = _from_density(reader, source, scope, keys, variables)
        if set(found.variables) != set(variables):
            raise Unlowered("a draw of other variables than those of its law")
        return Sampling(found.law, keys, variables, found.given)
    name = law_name(reader, source) if is_name(source) else None
    if name is None:
        raise Unlowered("a draw from what is no law")
    usage = next((u for u in _usages(reader, name) if set(u.head) == set(variables)), None)
    given = (
        () if usage is None else tuple(Place(v, Value(n)) for v, n in zip(usage.given, usage.given_names, strict=True))
    )
    return Sampling(name, keys, variables, given)


def _from_density(
    reader: Reader, node: Call, scope: Scope, keys: tuple[str, ...] = (), variables: tuple[str, ...] = ()
) -> Sampling:
    """p(x | z) as a subscript: x is drawn, z is given."""
    body = argument_of(node)
    dotted = isinstance(body, Bar) and isinstance(bare(body.left), Sym) and getattr(body.left, "name", "") == "·"
    found = density_of(reader, node, tuple(map(Bound, keys, variables)), scope) if dotted else reader.of(node, scope)
    if not isinstance(found, Density):
        raise Unlowered("a subscript that is no density")
    names = []
    for p in found.at:
        if not isinstance(p.value, Value):
            raise Unlowered("a draw of what is no name")
        names.append(p.value.name)
    return Sampling(found.law, tuple(names), tuple(p.variable for p in found.at), found.given)


def _usages(reader: Reader, name: str) -> list[Usage]:
    return [u for law_, us in reader.survey.usages.items() if reader.law_key(law_) == name for u in us]


def _from_law(reader: Reader, name: str, bodies: Sequence[Sentence]) -> Sampling:
    """E_q: what q is a law of, by how it is used in the relation."""
    free = frozenset().union(*map(free_names, bodies))
    known = {v: n for n in sorted(free) if (v := reader.name_of(n)) is not None}
    if reader.layers is not None and name in reader.layers.drawn:
        drawn = tuple(v for v in known if v in reader.layers.drawn[name])
        if not drawn:
            raise Unlowered("an expectation of what its law doesn't draw")
        return Sampling(name, tuple(known[v] for v in drawn), drawn, reader.layers.conditions(name))
    usages = [u for u in dict.fromkeys(_usages(reader, name)) if set(u.head) <= set(known)]
    if usages:
        usage = max(usages, key=lambda u: len(u.head))
        given = tuple(Place(v, Value(n)) for v, n in zip(usage.given, usage.given_names, strict=True))
        return Sampling(name, tuple(known[v] for v in usage.head), usage.head, given)
    if len(known) == 1:
        return Sampling(name, tuple(known.values()), tuple(known))
    random = {v: n for v, n in known.items() if _is_random_name(reader, n)}
    if random:
        return Sampling(name, tuple(random.values()), tuple(random))
    raise Unlowered("an expectation under a law of which it is not said what it is a law of")


def _over_names(reader: Reader, sub: Node, scope: Scope) -> Sampling:
    """E_X, E_{X | Y}, E_{X, Y}."""
    left, right = (bare(sub.left), bare(sub.right)) if isinstance(sub, Bar) else (sub, None)
    names, held = listed(left), listed(right)
    if not all(is_name(n) and reader.variable(n, scope) is not None for n in (*names, *held)):
        raise Unlowered("the subscript of an expectation")
    keys = tuple(reader.indexed(n, scope) for n in names)
    given = tuple(Place(str(reader.variable(n, scope)), Value(reader.indexed(n, scope))) for n in held)
    return Sampling(reader.law_key(DEFAULT), keys, tuple(str(reader.variable(n, scope)) for n in names), given)


def _divergence(reader: Reader, kind: str, body: Node, scope: Scope) -> Sentence:
    body = _two_bars(body)
    parts = (body.left, body.right) if isinstance(body, Bar) else listed(body)
    if len(parts) != 2 or (isinstance(body, Bar) and isinstance(body.left, Bar)):
        raise Unlowered("a divergence between other than two laws")
    left, right = bare(parts[0]), bare(parts[1])
    over = heads_of(reader, left, scope) or heads_of(reader, right, scope) or _common(reader, (left, right))
    return Divergence(kind, density_of(reader, left, over, scope), density_of(reader, right, over, scope), over)


def _two_bars(body: Node) -> Node:
    """P | | Q, where two bars with nothing between them stand for ‖."""
    if isinstance(body, Factors) and len(body.items) == 3:
        left, bars, right = body.items
        if isinstance(bars, Fence) and bars.body is None and bars.open in ("|", "\\vert", "\\lvert"):
            return Bar(body.start, body.end, left, "||", right)
    return body


def _common(reader: Reader, nodes: Sequence[Node]) -> tuple[Bound, ...]:
    """The variables of bare laws: those that they are used with in the relation, or one of their own."""
    for node in nodes:
        for n in walk(node):
            name = law_name(reader, n) if is_name(n) else None
            for usage in _usages(reader, name) if name is not None else ():
                variables = dict.fromkeys(reader.name_of(v) or v for v in usage.head)  # x of p(x_i), for its values x_i
                return tuple(Bound(f"{v}°", v) for v in variables)
    moved = {"p", "q", *(name.lower() for name in reader.survey.moved)}
    every = sorted({v for us in reader.survey.usages.values() for u in us for v in u.head} - moved)
    every = every or sorted(reader.survey.variables - moved)
    return tuple(Bound(f"{v}°", v) for v in every[:1]) or (Bound("x°", "x"),)


def _entropy(reader: Reader, kind: str, body: Node, scope: Scope) -> Sentence:
    left, right = (body.left, body.right) if isinstance(body, Bar) else (body, None)
    if isinstance(body, Bar) and (body.sign not in _BARS or isinstance(left, Bar)):
        raise Unlowered("an entropy with two bars")
    parts = listed(left)
    if right is None and 1 <= len(parts) <= 2 and all(_is_law(reader, p) for p in parts):
        over = heads_of(reader, parts[0], scope) or heads_of(reader, parts[-1], scope) or _common(reader, parts)
        p, q = (density_of(reader, part, over, scope) for part in (parts[0], parts[-1]))
        if kind == "H":
            reader.informed.update(b.variable for b in over)
        return CrossEntropy(p, q, over)
    of = _variables(reader, parts, scope)
    given: list[str] = []
    at: list[Place] = []
    for part in listed(right):
        if isinstance(part, Chain):
            at.append(place(reader, part, scope))
        else:
            given.extend(_variables(reader, (part,), scope))
    if kind == "H":
        reader.informed.update((*of, *given))
    return Entropy(reader.law_key(DEFAULT), of, tuple(given), tuple(at))


def _is_law(reader: Reader, node: Node) -> bool:
    """Whether a node is a law, a density, or a mixture of them."""
    node = bare(node)
    if isinstance(node, Call):
        return law(node.head, reader.survey) is not None
    if isinstance(node, Terms):
        return all(_is_law(reader, i) for i in node.items)
    if isinstance(node, Factors):
        return sum(_is_law(reader, i) for i in node.items) == 1
    return is_name(node) and law_name(reader, node) is not None


def _variables(reader: Reader, nodes: Sequence[Node], scope: Scope) -> tuple[str, ...]:
    out = []
    for node in nodes:
        variable = reader.variable(node, scope) if is_name(node) and (is_random(node)) else None
        if variable is None:
            raise Unlowered("the entropy of what is no random variable")
        out.append(variable)
    return tuple(out)


def _information(reader: Reader, body: Node, scope: Scope) -> Sentence:
    left, right = (body.left, body.right) if isinstance(body, Bar) else (body, None)
    if not isinstance(left, Phrase):
        raise Unlowered("the information of other than two variables")
    sides: list[list[Node]] = [[]]
    separators = [s.strip() for s in left.separators]
    split = ";" if ";" in separators else ","
    for item, separator in zip(left.items, separators, strict=True):
        sides[-1].append(bare(item))
        if separator == split:
            sides.append([])
    if len(sides) != 2 or any(isinstance(n, Num) for s in sides for n in s):
        raise Unlowered("the information of other than two variables")
    one, two = (_variables(reader, s, scope) for s in sides)
    return MutualInformation(reader.law_key(DEFAULT), one, two, _variables(reader, listed(right), scope))
