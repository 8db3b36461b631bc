"""A random small world: each symbol has a value, each function is a random smooth one, each law a finite table.

The value of a term is worked out in floats. A world tells different things apart; that two sides agree in many worlds
supports a relation, and what is refuted must fail in a way that an edit explains (see ``errata.judging``).

What is left open by the sorts raises ``NoValue``: nothing is filled in silently.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from claims.records import Record, replace
from errata.meaning.elaborate import spelled
from errata.meaning.terms import Bind, Const, Num, Op, Ref, Term, add, free_heads, mapped, mul, number, walk
from errata.worlds import operations as on
from errata.worlds.operations import Array, Eye, NoValue, Token, Value
from errata.worlds.sorts import IDENTITIES, REAL, Sort

SIZES = (3, 2, 4, 5)
"""The values of sizes, one after the other, so that those of different names differ as long as there are few."""
POINTS = 3
"""How many values a variable takes that ranges over a set, over the reals or over all that there is."""
OUTCOMES = 5
"""How many outcomes an experiment has."""
ELSEWHERE = 100_003
"""How far the seed of the world is in which expectations of no stated law are told apart."""
ENDLESS = 40
"""Where a sum to infinity is cut off, on both sides alike."""
CONDITIONAL = frozenset("pqPQ")
"""Letters of laws, of which a condition makes another one."""
JOINT = frozenset("pq")
"""Letters of laws, whose arguments are told apart by their names and not by their order."""
TWO = number(2)
OPAQUE = frozenset({"KL", "H", "I", "P", "JS", "Corr", "list", "bar", "∩", "∪", "∖"})
"""Operations that are told apart by what they are said of, and have an arbitrary value."""


class World(Record, frozen=True, eq=False):
    """Sorts of symbols, sizes by name, and the seed that everything else follows from. Looked up by what it is."""

    seed: int
    sorts: Mapping[str, Sort]
    sizes: Mapping[str, int]
    endings: tuple[str, ...] = ()
    """The sizes that an index without a stated range may run to, the one in force first."""

    def value(self, term: Term) -> Value:
        """The value of a term. Raises NoValue."""
        return _Evaluation(self).value(term, {})


Given = Value | Callable[..., Value]
"""A value, or a function that gives one."""


def value_at(
    term: Term,
    sorts: Mapping[str, Sort],
    values: Mapping[str, Given],
    points: Mapping[str, Sequence[Value]] | None = None,
) -> Value:
    """The value of a term where symbols have given values, under their heads; or whole terms, under their spelling.

    A function is called with the values of the indices, the arguments and the conditions of its symbol (of a head with
    its indices, without those), after the number of the outcome where the symbol is random; one that stands for another
    term is called with the values of the variables bound around it. ``points`` are the places that the variable of a
    sum, a mean, an extremum or an integral takes; under ``ω`` the weights of the outcomes, under ``dx`` those of the
    places of an integral over x. What nothing is given for has its value in some world. Raises NoValue.
    """
    return _At(world(1, sorts), values, points or {}).value(term, {})


def world(seed: int, sorts: Mapping[str, Sort], ending: int = 0) -> World:
    """The world of a seed; ``ending`` says which of the sizes an index without a stated range runs to."""
    names = sorted({s for sort in sorts.values() for s in sort.sizes if not s.isdigit()})
    names += [h for h, sort in sorted(sorts.items()) if sort.kind == "natural" and h not in names]
    shift = seed % len(SIZES)
    sizes = {name: SIZES[(n + shift) % len(SIZES)] for n, name in enumerate(names)}
    return World(seed, sorts, sizes, tuple(names[ending:] + names[:ending]))


def endings(sorts: Mapping[str, Sort]) -> int:
    """How many sizes there are that an open range may run to; at least one, for a size of its own."""
    return max(
        1,
        len({s for sort in sorts.values() for s in sort.sizes} | {h for h, s in sorts.items() if s.kind == "natural"}),
    )


def _generator(key: str) -> np.random.Generator:
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


@lru_cache(maxsize=65_536)
def _normals(key: str, count: int) -> Array:
    """The numbers of a key that has no inputs."""
    return _generator(key).normal(size=count)


@lru_cache(maxsize=16_384)
def _waves(key: str, count: int, inputs: int) -> tuple[Array, Array, Array]:
    """The waves that the function of a key is a sum of: directions, phases, heights."""
    rng = _generator(key)
    return rng.normal(size=(count, 3, inputs)), rng.uniform(0, 6, size=(count, 3)), rng.normal(size=(count, 3))


class _Evaluation:
    def __init__(self, world: World) -> None:
        self.world = world

    def rng(self, *key: object) -> np.random.Generator:
        return _generator(repr((self.world.seed, *key)))

    def value(self, term: Term, env: Mapping[str, Value]) -> Value:
        match term:  # what is met most often first
            case Ref():
                return self._symbol(term, env)
            case Op():
                return self._operation(term, env)
            case Num():
                v = term.value
                return v.numerator if v.denominator == 1 else float(v)
            case Bind():
                return self._bound(term, env)
            case Const():
                return self._constant(term)

    def _constant(self, term: Const) -> Value:
        values: dict[str, Value] = {"π": float(np.pi), "i": 1j}
        return values.get(term.name, Token(term.name))

    # symbols ----------------------------------------------------------------------------------------------------

    def _symbol(self, term: Ref, env: Mapping[str, Value]) -> Value:
        plain = term if term.arguments is None else None
        if plain is not None and plain.indices and (name := spelled(plain)) in env:
            return env[name]
        if term.head in env and not term.indices and term.arguments is None:
            return env[term.head]
        if term.head.endswith("′") and term.arguments is not None and len(term.arguments) == 1 and not term.given:
            return self._prime(term, env)
        discrete: list[object] = []
        inputs: list[float] = []
        term = self._ordered(term)
        for part in (*term.indices, *(term.arguments or ()), *term.given):
            value = self._part(part, env)
            if isinstance(value, Token | Eye):
                discrete.append(repr(value))
            elif part in term.indices and not isinstance(value, np.ndarray | complex) and float(value).is_integer():
                discrete.append(int(value))
            else:
                discrete.append("input")
                match value:
                    case complex():
                        inputs += [value.real, value.imag]
                    case np.ndarray():
                        inputs += np.asarray(value, dtype=float).reshape(-1).tolist()
                    case _:
                        inputs.append(float(value))
        if term.head in IDENTITIES and term.head not in self.world.sorts and term.arguments is None:
            return Eye()
        if term.given and term.head in CONDITIONAL:
            discrete.append(("given", len(term.given)))  # p(x | z) is not p(x, z)
        sort = self.world.sorts.get(term.head, REAL)
        if sort.random:
            if "ω" not in env:
                raise NoValue(f"{term.head} is random outside of an expectation")
            discrete.append(env["ω"])
        if term.head in env:
            discrete.append(("at", repr(env[term.head])))
        return self._drawn(sort, (term.head, tuple(discrete)), np.asarray(inputs))

    def _ordered(self, term: Ref) -> Ref:
        """The symbol with its arguments in an order of their own, where theirs tells nothing: p(x, y), a kernel."""
        is_kernel = self.world.sorts.get(term.head, REAL).kind == "kernel"
        if term.arguments is None or not (is_kernel or term.head in JOINT):
            return term
        return replace(term, arguments=tuple(sorted(term.arguments, key=spelled)))

    def _part(self, part: Term, env: Mapping[str, Value]) -> Value:
        """The value of an index or an argument; what has none stands for itself."""
        if (
            isinstance(part, Op)
            and part.kind not in ("add", "mul", "pow", "hadamard", "transpose", "entry")
            and part.kind not in on.UNARY
        ):
            return Token(f"{part.kind}[{','.join(repr(self._part(p, env)) for p in part.arguments)}]")
        try:
            return self.value(part, env)
        except NoValue:
            return Token(self._spelled(part, env))

    def _spelled(self, term: Term, env: Mapping[str, Value]) -> str:
        return spelled(canonical(term)) + "".join(f";{h}={env[h]!r}" for h in sorted(set(free_heads(term))) if h in env)

    def _elsewhere(self) -> _Evaluation:
        """An evaluation in another world of the same sorts and sizes. Raises NoValue where there is none."""
        return _Evaluation(replace(self.world, seed=self.world.seed + ELSEWHERE))

    def _told_by_value(self, term: Term, env: Mapping[str, Value]) -> str:
        """What tells a term from others: its value in another world, which what is equal to it shares, or its text."""
        try:
            value = self._elsewhere().value(term, {"ω": 0, **env})
        except NoValue:
            return self._spelled(term, env)
        if isinstance(value, Token | Eye):
            return self._spelled(term, env)
        return repr([f"{part:.6g}" for part in np.asarray(value, dtype=complex).reshape(-1).view(float) + 0.0])

    def _drawn(self, sort: Sort, key: tuple[object, ...], inputs: Array) -> Value:
        """A value of a sort: a constant of the key, or a smooth function of the inputs."""
        match sort.kind:
            case "natural" | "index":
                name = str(key[0])
                if inputs.size or key[1] or sort.kind == "index":
                    return int(self.rng(*key, inputs.tolist()).integers(2, 6))
                return self.world.sizes.get(name, 3)
            case "name" | "set":
                return Token(repr((key, inputs.tolist())))
            case "identity":
                return np.eye(self._size(sort.sizes[0]))
        shape = self._shape(sort)
        if sort.kind in ("spd", "symmetric", "square", "orthogonal"):
            shape = (shape[0], shape[0])
        count = math.prod(shape)
        name = repr((self.world.seed, *key, inputs.size))
        if inputs.size:
            waves, phases, heights = _waves(name, count, inputs.size)
            raw = (heights * np.sin(waves @ inputs + phases)).sum(axis=1)
        else:
            raw = _normals(name, count)
        match sort.kind:
            case "real" | "kernel":
                return float(raw[0])
            case "positive":
                return math.exp(raw[0] / 2)
            case "unit":
                return 1 / (1 + math.exp(-raw[0]))
            case "vector":
                return np.asarray(raw[:, None])
            case "matrix":
                return np.asarray(raw.reshape(shape))
        n = self._size(sort.sizes[0])
        square = raw.reshape(n, n) if raw.size == n * n else raw
        return _structured(sort.kind, square, raw, n)

    def _size(self, name: str) -> int:
        return int(name) if name.isdigit() else self.world.sizes[name]

    def _shape(self, sort: Sort) -> tuple[int, ...]:
        return tuple(self._size(s) for s in sort.sizes) + ((1,) if sort.kind in ("vector",) else ())

    def _prime(self, term: Ref, env: Mapping[str, Value]) -> Value:
        """f′ at a point, of a number or of each entry."""
        base = replace(term, head=term.head[:-1])
        assert term.arguments is not None
        at = self.value(term.arguments[0], env)
        place = Ref("·at")

        def f(x: Value) -> Value:
            return self.value(replace(base, arguments=(place,)), {**env, "·at": x})

        if isinstance(at, np.ndarray):
            slopes = [_as_number(_slope(f, float(x))) for x in at.reshape(-1)]
            return np.asarray(slopes).reshape(at.shape)
        return _slope(f, _as_number(at))

    # operations -------------------------------------------------------------------------------------------------

    def _operation(self, term: Op, env: Mapping[str, Value]) -> Value:
        kind = term.kind
        if kind in ("add", "mul", "pow"):
            values = [self.value(a, env) for a in term.arguments]
            return on.added(values) if kind == "add" else on.multiplied(values) if kind == "mul" else on.raised(*values)
        if kind in OPAQUE:
            return self._opaque(term, env)
        if kind == "derivative":
            return self._derivative(term.arguments[0], term.arguments[1:], env)
        if kind == "cases":
            return self._cases(term, env)
        if kind == "Cov":
            return self._covariance(term, env)
        if kind.startswith("is"):
            return float(self._holds(term, env))
        if kind == "indicator":
            return self._indicator(term.arguments[0], env)
        values = [self.value(a, env) for a in term.arguments]
        match kind:
            case "log" if isinstance(term.arguments[0], Op) and term.arguments[0].kind == "abs":
                return on.UNARY[kind](on.modulus(values[0]))  # log |A| is that of the size of the determinant
            case "norm":
                order = values[1]
                label = term.arguments[1]
                if isinstance(label, Ref | Const) and not isinstance(order, int):
                    order = Token(label.head if isinstance(label, Ref) else label.name)
                return on.norm(values[0], order)
            case "hadamard":
                return on.hadamard(values[0], values[1])
            case "binomial":
                return on.binomial(_as_number(values[0]), _as_number(values[1]))
            case "max_of" | "min_of":
                numbers = [_as_number(v) for v in values]
                return max(numbers) if kind == "max_of" else min(numbers)
            case "identity":
                return Eye()
            case "entry":
                return self._entry(values)
        if kind.startswith("matrix"):
            width = int(kind[6:])
            return _blocks(values, width)
        if kind in on.UNARY:
            return on.UNARY[kind](values[0])
        raise NoValue(f"{kind} has no value here")

    def _entry(self, values: list[Value]) -> Value:
        array = values[0]
        if not isinstance(array, np.ndarray):
            raise NoValue("an entry of a number")
        at = tuple(on.whole(v) - 1 for v in values[1:])
        at = at if len(at) == 2 else (at[0], 0)
        if not all(0 <= a < n for a, n in zip(at, array.shape, strict=True)):
            raise NoValue("an entry outside")
        return float(array[at])

    def _opaque(self, term: Op, env: Mapping[str, Value]) -> Value:
        """An arbitrary value of what is only told apart by its text."""
        return float(self.rng("opaque", self._spelled(term, env)).normal())

    def _indicator(self, event: Term, env: Mapping[str, Value]) -> Value:
        if isinstance(event, Op) and event.kind.startswith("is"):
            return float(self._holds(event, env))
        return float(self.rng("indicator", self._spelled(event, env)).integers(0, 2))

    def _holds(self, event: Term, env: Mapping[str, Value]) -> bool:
        if isinstance(event, Op) and event.kind == "and":
            return all(self._holds(a, env) for a in event.arguments)
        if not isinstance(event, Op) or not event.kind.startswith("is"):
            raise NoValue("a condition that is no relation")
        a, b = (self.value(x, env) for x in event.arguments)
        sign = event.kind[2:]
        if sign in ("=", "≠"):
            return on.close(a, b) == (sign == "=")
        x, y = _as_number(a), _as_number(b)
        tests = {"<": x < y, ">": x > y, "≤": x <= y, "≥": x >= y}
        if sign not in tests:
            raise NoValue(f"the condition {sign}")
        return tests[sign]

    def _cases(self, term: Op, env: Mapping[str, Value]) -> Value:
        rows = list(zip(term.arguments[::2], term.arguments[1::2], strict=True))
        for value, condition in rows:
            if isinstance(condition, Const) or self._holds(condition, env):
                return self.value(value, env)
        raise NoValue("no case applies")

    # binders ----------------------------------------------------------------------------------------------------

    def _bound(self, term: Bind, env: Mapping[str, Value]) -> Value:
        match term.kind:
            case "E" | "Var":
                return self._expected(term, env)
            case "int":
                return self._integral(term, env)
            case "gradient" | "derivative" | "gradient2" | "derivative2":
                return self._gradient(term, env)
            case "lim":
                raise NoValue("a limit")
        if not term.variables:
            return float(self.rng("opaque", self._spelled(term, env)).normal())
        values: list[Value] = []
        places: list[dict[str, Value]] = []
        for inner in self._ranged(term, env):
            values.append(self.value(term.body, inner))
            places.append(inner)
        if not values:
            return 0.0 if term.kind == "sum" else 1.0
        if term.kind == "sum":
            return on.added(values)
        if term.kind == "prod":
            return on.multiplied(values)
        numbers = [_as_number(v) for v in values]
        best = max(numbers) if term.kind in ("max", "argmax") else min(numbers)
        if term.kind in ("max", "min"):
            return best
        at = numbers.index(best)
        return Token(repr([places[at][v] for v in term.variables]))

    def _ranged(self, term: Bind, env: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
        """The surroundings in which the body of a sum is taken, one for each value of its variables."""
        if term.over == "range":
            low = on.whole(self.value(term.domain[0], env))
            if len(term.domain) < 2:
                yield {**env, term.variables[0]: low}
                return
            end = self.value(term.domain[1], env)
            high = low + ENDLESS if isinstance(end, Token) else on.whole(end)
            if high - low > 200:
                raise NoValue("a sum of too many terms")
            for n in range(low, high + 1):
                yield {**env, term.variables[0]: n}
            return
        choices = [self._choices(v, term, env) for v in term.variables]
        if term.over == "set" and len(term.domain) == 1 and isinstance(term.domain[0], Op):
            choices = [self._left_of(c, term.domain[0], env) for c in choices]
        for chosen in itertools.product(*choices):
            inner = {**env, **dict(zip(term.variables, chosen, strict=True))}
            if term.over != "condition" or self._admits(term.domain[0], inner):
                yield inner

    def _admits(self, condition: Term, env: Mapping[str, Value]) -> bool:
        if isinstance(condition, Op) and (condition.kind.startswith("is") or condition.kind == "and"):
            return self._holds(condition, env)
        return bool(self.rng("condition", self._spelled(condition, env)).integers(0, 2))

    def _choices(self, variable: str, term: Bind, env: Mapping[str, Value]) -> list[Value]:
        if is_index(variable, term.body) or self.world.sorts.get(variable, REAL).kind == "index":
            size = POINTS
            if term.over == "all" and term.domain:
                size = on.whole(self.value(term.domain[0], env))
            elif self.world.endings:
                size = self._size(self.world.endings[0])
            return list(range(1, size + 1))
        return self._points(variable)

    def _left_of(self, choices: list[Value], domain: Op, env: Mapping[str, Value]) -> list[Value]:
        """The members of a set without some: the one that is named, where it is one of the numbers, else one."""
        if domain.kind != "∖" or len(choices) < 2:
            return choices
        try:
            gone = self.value(domain.arguments[1], env)
        except NoValue:
            return choices[:-1]
        return [c for c in choices if c != gone] if isinstance(gone, int) and gone in choices else choices[:-1]

    def _points(self, variable: str) -> list[Value]:
        sort = replace(self.world.sorts.get(variable, REAL), random=False)
        return [self._drawn(sort, ("point", n), np.asarray([])) for n in range(POINTS)]

    def _integral(self, term: Bind, env: Mapping[str, Value]) -> Value:
        """A sum over points, weighted by what the ends of the integral are."""
        ends = ",".join(repr(self._part(d, env)) for d in term.domain)
        weight = self.rng("ends", ends).uniform(0.5, 2, size=POINTS ** len(term.variables)) if ends else None
        total: list[Value] = []
        for n, chosen in enumerate(itertools.product(*(self._points(v) for v in term.variables))):
            value = self.value(term.body, {**env, **dict(zip(term.variables, chosen, strict=True))})
            total.append(value if weight is None else on.multiplied([float(weight[n]), value]))
        return on.added(total)

    def _expected(self, term: Bind, env: Mapping[str, Value]) -> Value:
        laws = [d for d in term.domain if not (isinstance(d, Op) and d.kind == "given")]
        given = [d for d in term.domain if isinstance(d, Op) and d.kind == "given"]
        if given or (not term.variables and (not self._is_random(term.body) or self._is_conditional(term.body))):
            return self._opaque_expectation(term, env)  # E[X | Y] is random itself: Var(E[X | Y]) is not nothing
        if not term.variables:
            weights = self._outcomes()
            values = [self.value(term.body, {**env, "ω": n}) for n in range(len(weights))]
            return _moment(term.kind, weights, values)
        places = [
            {**env, **dict(zip(term.variables, chosen, strict=True))}
            for chosen in itertools.product(*(self._points(v) for v in term.variables))
        ]
        masses = np.ones(len(places))
        for law in laws:
            masses = masses * np.asarray([self._mass(law, term.variables, place) for place in places])
        values = [self.value(term.body, place) for place in places]
        return _moment(term.kind, masses / masses.sum(), values)

    def _outcomes(self) -> Array:
        """The probabilities of the outcomes of an experiment."""
        return self.rng("outcomes").dirichlet(np.ones(OUTCOMES))

    def _is_random(self, body: Term) -> bool:
        return any(isinstance(r, Ref) and self.world.sorts.get(r.head, REAL).random for r in walk(body))

    def _is_conditional(self, body: Term) -> bool:
        """Whether something in a body is random that has no value in an outcome."""
        return any(True for _ in conditional_parts(body))

    def _opaque_expectation(self, term: Bind, env: Mapping[str, Value]) -> Value:
        """A value of its own of an expectation whose law is not known, linear in what is taken out of it."""
        heads = [r for r in walk(term.body) if isinstance(r, Ref)]
        sort = next((self.world.sorts[r.head] for r in heads if r.head in self.world.sorts), REAL)
        plain = isinstance(term.body, Ref)
        averaged = sorted(spelled(d) for d in term.domain) if all(isinstance(d, Ref) for d in term.domain) else None
        over = repr(averaged) if averaged else self._spelled(replace(term, variables=(), body=Ref("·")), env)
        key = ("expected", term.kind, over, self._told_by_value(term.body, env))
        return self._drawn(
            replace(sort, random=False) if plain and sort.kind not in ("natural", "index") else REAL,
            key,
            np.asarray([]),
        )

    def _mass(self, law: Term, variables: tuple[str, ...], env: Mapping[str, Value]) -> float:
        """The mass of a point under a law, up to a factor: positive, smooth in the point."""
        if isinstance(law, Const):
            return 1.0
        point, shown = tuple(Ref(v) for v in variables), frozenset(free_heads(law))
        if isinstance(law, Ref):
            arguments, given = law.arguments, law.given
            if arguments is None or any(isinstance(a, Ref) and a.head == "·" for a in arguments):
                arguments = point
            elif shown.isdisjoint(variables):  # its parameters alone: N(m, v)
                arguments, given = point, (*arguments, *given)
            return abs(_as_number(self._density(Ref(law.head, law.indices, arguments, given), env)))
        at = [] if not shown.isdisjoint(variables) else [self._part(v, env) for v in point]
        return float(np.exp(self.rng("law", self._spelled(law, {**env}), *at).normal()))

    def _density(self, density: Ref, env: Mapping[str, Value]) -> Value:
        sorts = {**self.world.sorts, density.head: Sort("positive")}
        return _Evaluation(replace(self.world, sorts=sorts)).value(density, env)

    def _covariance(self, term: Op, env: Mapping[str, Value]) -> Value:
        is_given = any((isinstance(a, Op) and a.kind == "given") or self._is_conditional(a) for a in term.arguments)
        if is_given or not all(self._is_random(a) for a in term.arguments) or len(term.arguments) > 2:
            return self._opaque(term, env)
        weights = self._outcomes()
        sides = [[self.value(a, {**env, "ω": n}) for n in range(len(weights))] for a in term.arguments]
        left, right = sides[0], sides[-1]
        outer = [on.multiplied([a, on.transposed(b)]) for a, b in zip(left, right, strict=True)]
        means = [_moment("E", weights, left), _moment("E", weights, right)]
        return on.added([_moment("E", weights, outer), on.multiplied([-1.0, means[0], on.transposed(means[1])])])

    # derivatives ------------------------------------------------------------------------------------------------

    def _sort_of_slope(self, body: Term, variable: Ref) -> Sort:
        """The sort of a derivative whose body doesn't show how it depends on its variable."""
        of, by = (self.world.sorts.get(t.head, REAL) if isinstance(t, Ref) else REAL for t in (body, variable))
        if of.kind == "vector" and by.kind == "vector":
            return Sort("matrix", (of.sizes[0], by.sizes[0]))
        by = of if by.kind not in ("vector", "matrix", "spd", "square", "symmetric") else by
        return replace(by, random=False) if by.kind in ("vector", "matrix", "spd", "square", "symmetric") else REAL

    def _derivative(self, body: Term, variables: tuple[Term, ...], env: Mapping[str, Value]) -> Value:
        if len(variables) != 1:
            raise NoValue("a derivative in several variables")
        return self._slope_in(body, variables[0], env, "derivative")

    def _gradient(self, term: Bind, env: Mapping[str, Value]) -> Value:
        applied = [r for r in walk(term.body) if isinstance(r, Ref) and r.arguments]
        if term.kind.endswith("2") or len(term.variables) > 1 or not (term.variables or applied):
            return self._drawn(REAL, (term.kind, self._spelled(term, env)), np.asarray([]))
        if term.variables:
            named = [r for r in walk(term.body) if isinstance(r, Ref) and spelled(r) == term.variables[0]]
            return self._slope_in(term.body, named[0] if named else Ref(term.variables[0]), env, term.kind)
        # Without a variable, the gradient is taken in the argument of the function, and at it.
        (argument, *_) = applied[0].arguments or ()
        place = Ref("·at")
        body = mapped(term.body, lambda t: place if t == argument else t)
        at = self.value(argument, env)
        return self._slope_in(body, place, {**env, "·at": at}, term.kind)

    def _slope_in(self, body: Term, variable: Term, env: Mapping[str, Value], kind: str) -> Value:
        """The derivative of a body in a variable; an arbitrary value of its own where the body doesn't show how it
        depends on it."""
        back = None
        if isinstance(variable, Op) and variable.kind == "pow" and variable.arguments[1] == TWO:
            variable, back = variable.arguments[0], 0.5
        if not isinstance(variable, Ref) or variable.arguments is not None:
            raise NoValue("a derivative in an expression")
        name = spelled(variable) if variable.indices else variable.head
        if not any(isinstance(r, Ref) and r.arguments is None and r == variable for r in walk(body)):
            key = (kind, self._spelled(body, env), self._spelled(variable, env))
            return self._drawn(self._sort_of_slope(body, variable), key, np.asarray([]))
        start = self.value(variable, env)

        def f(x: Value) -> Value:
            return self.value(body, {**env, name: x})

        if back is not None:
            square = _as_number(start) ** 2
            return _slope(lambda s: f(float(np.sqrt(s))), square)
        if isinstance(start, np.ndarray):
            return _gradient_at(f, start)
        return _slope(f, _as_number(start))


class _At(_Evaluation):
    """An evaluation in which some terms have given values."""

    def __init__(self, world: World, values: Mapping[str, Given], points: Mapping[str, Sequence[Value]]) -> None:
        super().__init__(world)
        self.values = values
        self.points = points

    def _elsewhere(self) -> _Evaluation:
        raise NoValue("what is given holds in this world")

    def value(self, term: Term, env: Mapping[str, Value]) -> Value:
        if isinstance(term, Ref):
            name = term.head if term.arguments is None and not term.indices else spelled(term)
            if name in env:
                return env[name]
        found = self.values.get(spelled(term))
        if not isinstance(term, Ref):
            found = super().value(term, env) if found is None else found
            return found(env) if callable(found) else found
        parts = (*(term.arguments or ()), *term.given)
        if found is None and (found := self.values.get(spelled(Ref(term.head, term.indices)))) is None:
            found, parts = self.values.get(term.head), (*term.indices, *parts)
        if found is None:
            return super().value(term, env)
        if not callable(found):
            return found
        outcome = [env["ω"]] if self.world.sorts.get(term.head, REAL).random else []
        return found(*outcome, *(self._part(part, env) for part in parts))

    def _is_conditional(self, body: Term) -> bool:
        return any(spelled(part) not in self.values for part in conditional_parts(body))

    def _outcomes(self) -> Array:
        return np.asarray(self.points["ω"]) if "ω" in self.points else super()._outcomes()

    def _points(self, variable: str) -> list[Value]:
        return list(self.points[variable]) if variable in self.points else super()._points(variable)

    def _choices(self, variable: str, term: Bind, env: Mapping[str, Value]) -> list[Value]:
        return self._points(variable) if variable in self.points else super()._choices(variable, term, env)

    def _integral(self, term: Bind, env: Mapping[str, Value]) -> Value:
        (variable,) = term.variables
        if f"d{variable}" not in self.points:
            return super()._integral(term, env)
        places = zip(self.points[variable], self.points[f"d{variable}"], strict=True)
        return on.added([on.multiplied([w, self.value(term.body, {**env, variable: x})]) for x, w in places])

    def _density(self, density: Ref, env: Mapping[str, Value]) -> Value:
        is_given = density.head in self.values or spelled(density) in self.values
        return self.value(density, env) if is_given else super()._density(density, env)


def conditional_parts(term: Term) -> Iterator[Term]:
    """The means and variances under conditions in a term, which are random as their conditions are."""
    for part in walk(term):
        domain = part.domain if isinstance(part, Bind) and part.kind in ("E", "Var") else ()
        if any(isinstance(d, Op) and d.kind == "given" for d in domain):
            yield part


@lru_cache(maxsize=16_384)
def is_index(variable: str, body: Term) -> bool:
    """Whether a variable numbers something in a body: x_i, w_{i+1}, or stands as a number in a power."""
    for part in walk(body):
        if isinstance(part, Ref) and any(
            isinstance(x, Ref) and x.head == variable and x.arguments is None for i in part.indices for x in walk(i)
        ):
            return True
        if isinstance(part, Op) and part.kind == "entry" and any(variable in free_heads(i) for i in part.arguments[1:]):
            return True
    return False


@lru_cache(maxsize=16_384)
def canonical(term: Term) -> Term:
    """The term with the parts of sums in an order of their own, so that equal sums are spelled alike."""

    def sort(t: Term) -> Term:
        if isinstance(t, Op) and t.kind == "add":
            return add(*sorted(t.arguments, key=spelled))
        if isinstance(t, Op) and t.kind == "mul":
            return mul(*sorted(t.arguments, key=spelled))
        return t

    return mapped(term, sort)


def _as_number(value: Value) -> float:
    if isinstance(value, np.ndarray | Eye | Token | complex):
        raise NoValue("not a number")
    return float(value)


def _slope(f: Any, x: float, step: float = 1e-3) -> Value:
    """A derivative by differences of the sixth order."""
    weights = ((1, 45.0), (2, -9.0), (3, 1.0))
    parts = []
    for n, w in weights:
        parts.append(on.multiplied([w, on.added([f(x + n * step), on.multiplied([-1.0, f(x - n * step)])])]))
    return on.multiplied([1 / (60 * step), on.added(parts)])


def _gradient_at(f: Any, at: Array) -> Value:
    """The gradient of a number in an array, in the shape of the array; the Jacobian of a vector in a vector."""
    slopes = []
    for place in np.ndindex(at.shape):

        def along(s: float, place: tuple[int, ...] = place) -> Value:
            moved = at.copy()
            moved[place] += s
            return f(moved)  # type: ignore[no-any-return]

        slopes.append(_slope(along, 0.0))
    if all(isinstance(s, np.ndarray) for s in slopes):
        columns = [s for s in slopes if isinstance(s, np.ndarray)]
        if at.shape[1] != 1 or any(c.shape[1] != 1 for c in columns):
            raise NoValue("a derivative of an array by an array")
        return np.hstack(columns)
    return np.asarray([_as_number(s) for s in slopes]).reshape(at.shape)


def _moment(kind: str, weights: Array, values: list[Value]) -> Value:
    weighted = [on.multiplied([float(w), v]) for w, v in zip(weights, values, strict=True)]
    mean = on.added(weighted)
    if kind == "E":
        return mean
    centred = [on.added([v, on.multiplied([-1.0, mean])]) for v in values]
    squares = [on.multiplied([c, on.transposed(c)]) for c in centred]
    return on.added([on.multiplied([float(w), s]) for w, s in zip(weights, squares, strict=True)])


def _blocks(values: list[Value], width: int) -> Value:
    rows = [values[i : i + width] for i in range(0, len(values), width)]
    if any(isinstance(v, Eye | Token) for v in values):
        raise NoValue("a matrix of what are no numbers")
    try:
        return np.block([[np.atleast_2d(np.asarray(v)) for v in row] for row in rows])
    except ValueError as error:
        raise NoValue("blocks that don't fit") from error


def _structured(kind: str, square: Array, raw: Array, n: int) -> Array:
    match kind:
        case "spd":
            return np.asarray(square @ square.T / n + np.eye(n))
        case "symmetric":
            return np.asarray((square + square.T) / 2)
        case "square":
            return square
        case "orthogonal":
            return np.asarray(np.linalg.qr(square)[0])
        case "onehot":
            return np.asarray(np.eye(n)[:, [int(abs(raw[0]) * 1000) % n]])
        case "simplex":
            return np.asarray((np.exp(raw[:n]) / np.exp(raw[:n]).sum())[:, None])
    raise NoValue(f"the sort {kind}")
