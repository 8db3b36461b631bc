"""A world of a page: a random world in which what the page defines has the value that its definition gives it, and in
which random variables have the laws and the moments that the page states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

import numpy as np

from claims.records import Record, replace
from errata.meaning.elaborate import spelled
from errata.meaning.terms import TWO, Bind, Const, Num, Op, Ref, Term, below, free_heads, heads, substitute, walk
from errata.meaning.unfolding import Ambiguous, Schema, aliased, is_entry, matched, with_entries
from errata.worlds import operations as on
from errata.worlds.experiments import JOINTLY, MOST, columns_with, independent, jointly, nodes_of, skewed
from errata.worlds.laws import Law, key_of
from errata.worlds.operations import Array, Eye, NoValue, Value
from errata.worlds.sorts import REAL, Sort
from errata.worlds.world import ELSEWHERE, JOINT, World, _Evaluation, _gradient_at, _moment, _slope, is_index

STEPS = 60_000
"""Evaluations of symbols and operations for one value."""
DEEPEST = 24
"""Definitions within each other."""
NORMAL = frozenset({"cal:N", "N", "Normal"})
"""Names of the normal law, whose density is written N(x; μ, σ²)."""
_MOVED = "∂"
"""Before the names of what a derivative moves."""


class Facts(Record, frozen=True):
    """What a page says: the bodies of its symbols, and the laws of its random variables, by their heads."""

    schemas: Mapping[str, tuple[Schema, ...]]
    laws: Mapping[str, Law]
    independent: bool = False
    """Whether different random variables are independent."""
    identical: bool = False
    """Whether the members of a family have the same law."""


def value_in(world: World, facts: Facts, term: Term) -> Value:
    """The value of a term in a world of the page. Raises NoValue."""
    return _InPage(world, facts).value(term, {})


class _InPage(_Evaluation):
    def __init__(self, world: World, facts: Facts) -> None:
        super().__init__(world)
        self.facts = facts
        self.steps = 0
        self.depth = 0
        self.atoms: dict[str, Ref] | None = None
        self.drawn: dict[str, Value] = {}
        self.moving = False
        """Whether terms are evaluated again and again with another value of a plain name."""
        self.kept: dict[tuple[Term, int], tuple[Value, int]] = {}
        """Values of terms that nothing in their surroundings gives a part of, at a depth, and the steps they took."""
        self.spoken_of: dict[Term, frozenset[str] | None] = {}

    def _elsewhere(self) -> _Evaluation:
        return _InPage(replace(self.world, seed=self.world.seed + ELSEWHERE), self.facts)

    def value(self, term: Term, env: Mapping[str, Value]) -> Value:
        self.steps += 1
        if self.steps > STEPS:
            raise NoValue("too long")
        if not self.moving or not self._is_still(term, env):
            return super().value(term, env)
        known, steps = self.kept.get((term, self.depth), (None, STEPS))
        if known is not None and self.steps + steps <= STEPS:
            self.steps += steps
            return known
        before = self.steps
        value = super().value(term, env)
        self.kept[term, self.depth] = value, self.steps - before
        return value

    def _is_still(self, term: Term, env: Mapping[str, Value]) -> bool:
        """Whether a term that takes more than a step has the same value whatever moves: it speaks of no name that its
        surroundings give a value, itself or by what it stands for, and of nothing random."""
        if isinstance(term, Num | Const) or (isinstance(term, Ref) and term.head not in self.facts.schemas):
            return False
        if term not in self.spoken_of:
            found = self._spoken_of(term)
            self.spoken_of[term] = None if any(self.world.sorts.get(h, REAL).random for h in found) else found
        names = self.spoken_of[term]
        return names is not None and names.isdisjoint(env)

    def _spoken_of(self, term: Term) -> frozenset[str]:
        """The heads of a term, and of all bodies that they stand for."""
        found: set[str] = set()
        waiting = [term]
        while waiting:
            for head in heads(waiting.pop()) - found:
                found.add(head)
                waiting += [s.body for s in self.facts.schemas.get(head, ())]
        return frozenset(found)

    @contextmanager
    def _moves(self, env: Mapping[str, Value], member: bool = False) -> Iterator[None]:
        """While a name takes one value after the other; a member of a family is known by its place, which no term is
        looked through for."""
        before, self.moving = self.moving, not member and not any("[" in name for name in env)
        try:
            yield
        finally:
            self.moving = before

    # symbols ----------------------------------------------------------------------------------------------------

    def _symbol(self, term: Ref, env: Mapping[str, Value]) -> Value:
        if term.arguments is None and not term.indices and term.head in env:
            return env[term.head]
        place = self._place(term, env) if term.arguments is None and term.indices else None
        if place is not None and f"{_MOVED}{place}" in env:
            return env[f"{_MOVED}{place}"]
        if any(isinstance(p, Op) and (p.kind.startswith("is") or p.kind == "and") for p in term.arguments or ()):
            raise NoValue("the law of an event")
        if term.head in NORMAL and term.arguments is not None and len(term.arguments) == 1 and len(term.given) == 2:
            return _normal_density(*(self.value(p, env) for p in (*term.arguments, *term.given)))
        for schema in self.facts.schemas.get(term.head, ()):
            values = matched(term, schema)
            if values is not None:
                return self._by_definition(schema, values, term, env)
        if self._sort(term).random and term.arguments is None:
            return self._outcome(term, place or term.head, env)
        return super()._symbol(term, env)

    def _drawn(self, sort: Sort, key: tuple[object, ...], inputs: Array) -> Value:
        if sort.kind == "index":
            return int(self.rng(*key, inputs.tolist()).integers(1, 3))  # an entry of what has two
        return super()._drawn(sort, key, inputs)

    def _sort(self, term: Ref) -> Sort:
        return self.world.sorts.get(term.head, REAL)

    def _place(self, term: Ref, env: Mapping[str, Value]) -> str:
        """A member of a family by its name and the values of its indices."""
        values = [self._part(index, env) for index in term.indices]
        plain = [int(v) if isinstance(v, float) and v.is_integer() else v for v in values]
        return f"{term.head}[{','.join(map(repr, plain))}]"

    def _by_definition(self, schema: Schema, values: Mapping[str, Term], term: Ref, env: Mapping[str, Value]) -> Value:
        if self.depth > DEEPEST:
            raise NoValue("definitions without an end")
        opened = _opened(schema.body, tuple(values.items()))
        if isinstance(opened, str):
            raise NoValue(opened)
        body, given, names = opened
        inner: dict[str, Value] = {k: v for k, v in env.items() if k.startswith(_MOVED) or k == "ω"}
        inner |= {k[1:]: env[k[1:]] for k in env if k.startswith(_MOVED) and k[1:] in env and k[1:] not in given}
        inner |= {name: env[name] for name in names if name in env}
        arrays: dict[str, int] = {}
        for name, argument in given.items():
            got = self.value(argument, env)
            inner[name] = got
            if isinstance(got, np.ndarray):
                arrays[name] = 1 if got.shape[1] == 1 else 2
        if arrays:
            body = with_entries(body, arrays)
        self.depth += 1
        try:
            value = self.value(body, inner)
        finally:
            self.depth -= 1
        return self._entry([value, *(self.value(i, env) for i in term.indices)]) if is_entry(term, schema) else value

    def _bound(self, term: Bind, env: Mapping[str, Value]) -> Value:
        if (
            term.kind in ("argmax", "argmin")
            and len(term.variables) == 1
            and not is_index(term.variables[0], term.body)
        ):
            return self._best(term, env)
        return super()._bound(term, env)

    def _best(self, term: Bind, env: Mapping[str, Value]) -> Value:
        """Where a smooth function of one number is largest, or smallest: where its slope is nothing."""
        (name,) = term.variables
        sort = self.world.sorts.get(name, REAL)
        if sort.kind not in ("real", "positive", "unit"):
            raise NoValue("an extremum in more than one number")
        sign = -1.0 if term.kind == "argmax" else 1.0

        def f(x: float) -> float:
            try:
                return sign * _real(self.value(term.body, {**env, name: x, f"{_MOVED}{name}": 1}))
            except NoValue:
                return float("inf")

        ends = {"real": (-50.0, 50.0), "positive": (1e-6, 200.0), "unit": (1e-9, 1 - 1e-9)}[sort.kind]
        grid = np.linspace(*ends, 41) if sort.kind != "positive" else np.geomspace(*ends, 41)
        with self._moves(env):
            return self._lowest(f, grid)

    def _lowest(self, f: Callable[[float], float], grid: Array) -> float:
        values = [f(float(x)) for x in grid]
        best = int(np.argmin(values))
        if best in (0, len(grid) - 1):
            raise NoValue("an extremum at the end")
        low, high = float(grid[best - 1]), float(grid[best + 1])
        from scipy import optimize  # which takes longer to import than a page to judge; few pages look for an optimum

        try:
            at = optimize.brentq(lambda x: _real(_slope(f, x, 1e-4 * max(abs(x), 1e-2))), low, high, xtol=1e-13)
        except (ValueError, RuntimeError) as error:
            raise NoValue("an extremum where the slope is not nothing") from error
        return float(at)

    def _operation(self, term: Op, env: Mapping[str, Value]) -> Value:
        if term.kind == "list" or (term.kind == "transpose" and getattr(term.arguments[0], "kind", "") == "list"):
            items = term.arguments if term.kind == "list" else below(term.arguments[0])
            return on.stacked([self.value(i, env) for i in items])
        return super()._operation(term, env)

    # random variables -------------------------------------------------------------------------------------------

    def _outcome(self, term: Ref, place: str, env: Mapping[str, Value]) -> Value:
        if "ω" not in env:
            raise NoValue(f"{term.head} is random outside of an expectation")
        if self.atoms is not None:
            self.atoms.setdefault(place, term)
            return self._drawn(replace(self._sort(term), random=False), ("recorded", place), np.asarray([]))
        if place not in self.drawn:
            raise NoValue(f"{term.head} is not in the experiment")
        return self.drawn[place]

    def _expected(self, term: Bind, env: Mapping[str, Value]) -> Value:
        is_given = any(isinstance(d, Op) and d.kind == "given" for d in term.domain)
        if term.variables or is_given or self._is_conditional(term.body) or not self._speaks_of_chance(term.body):
            return super()._expected(term, env)
        weights, outcomes = self._experiment([term.body], env)
        return _moment(term.kind, weights, [o[0] for o in outcomes])

    def _covariance(self, term: Op, env: Mapping[str, Value]) -> Value:
        a = term.arguments
        is_given = any(isinstance(x, Op) and x.kind == "given" for x in a)
        if is_given or len(a) > 2 or any(map(self._is_conditional, a)) or not all(self._speaks_of_chance(x) for x in a):
            return super()._covariance(term, env)
        weights, outcomes = self._experiment([a[0], a[-1]], env)
        outer = [on.multiplied([o[0], on.transposed(o[1])]) for o in outcomes]
        means = [_moment("E", weights, [o[n] for o in outcomes]) for n in (0, 1)]
        return on.added([_moment("E", weights, outer), on.multiplied([-1.0, means[0], on.transposed(means[1])])])

    def _speaks_of_chance(self, body: Term) -> bool:
        seen: set[str] = set()
        waiting = [body]
        while waiting:
            for part in walk(waiting.pop()):
                if isinstance(part, Ref) and part.head not in seen:
                    seen.add(part.head)
                    if self._sort(part).random:
                        return True
                    waiting += [s.body for s in self.facts.schemas.get(part.head, ())]
        return False

    def _experiment(self, bodies: Sequence[Term], env: Mapping[str, Value]) -> tuple[Array, list[list[Value]]]:
        """The probabilities of the outcomes, and the values of the bodies in each."""
        before, self.atoms = self.atoms, {}
        drawn = self.drawn
        try:
            for body in bodies:
                self.value(body, {**env, "ω": 0})
            atoms = self.atoms
        finally:
            self.atoms = before
        are_numbers = all(self._sort(t).kind in ("real", "positive", "unit", "natural") for t in atoms.values())
        rows, weights = (self._drawn_outcomes if are_numbers else self._drawn_arrays)(atoms, env)
        values: list[list[Value]] = []
        recording, self.atoms = self.atoms, None
        try:
            with self._moves(env):
                for n, row in enumerate(rows):
                    self.drawn = {**drawn, **dict(zip(atoms, row, strict=True))}
                    values.append([self.value(body, {**env, "ω": n}) for body in bodies])
        finally:
            self.drawn, self.atoms = drawn, recording
        return weights, values

    def _drawn_outcomes(
        self, atoms: Mapping[str, Ref], env: Mapping[str, Value]
    ) -> tuple[Sequence[Sequence[Value]], Array]:
        known = [self._law(place, term, env) for place, term in atoms.items()]
        if self.facts.independent or (len(atoms) == 1 and known[0][0]):
            marginals = []
            for (place, term), (family, numbers, mean, variance) in zip(atoms.items(), known, strict=True):
                rng = self.rng("variable", term.head if self.facts.identical else place)
                m = float(rng.normal()) if mean is None else mean
                v = float(np.exp(rng.normal())) if variance is None else variance
                marginals.append(nodes_of(family, numbers, len(atoms)) if family else skewed(m, v, rng))
            return independent(marginals)
        weights = self.rng("outcomes").dirichlet(np.ones(JOINTLY) * 2)
        columns = [
            jointly(self.rng("joint", place), weights, m, v) for place, (_, _, m, v) in zip(atoms, known, strict=True)
        ]
        return np.stack(columns, axis=1).tolist(), weights

    def _drawn_arrays(
        self, atoms: Mapping[str, Ref], env: Mapping[str, Value]
    ) -> tuple[Sequence[Sequence[Value]], Array]:
        """Outcomes of columns with the means and the covariances that are stated; independent ones on a grid."""
        marginals: list[tuple[list[Value], Array]] = []
        for place, term in atoms.items():
            sort = replace(self._sort(term), random=False)
            shape = self._shape(sort) or (1, 1)
            if len(shape) != 2 or shape[1] != 1:
                raise NoValue("a random matrix")
            law = self.facts.laws.get(key_of(term))
            inner = {k: v for k, v in env.items() if k != "ω"}
            if law is not None and law.index and len(term.indices) == 1:
                inner[law.index] = self._part(term.indices[0], env)
            mean, covariance = self._moments_of(law, inner)
            rng = self.rng("column", place)
            count = shape[0] + 3 if self.facts.independent else JOINTLY
            weights = (rng if self.facts.independent else self.rng("outcomes")).dirichlet(np.ones(count) * 2)
            columns = columns_with(rng, weights, shape[0], mean, covariance)
            marginals.append(([c if sort.kind == "vector" else float(c[0, 0]) for c in columns], weights))
        if not self.facts.independent:
            return [list(row) for row in zip(*(values for values, _ in marginals), strict=True)], marginals[0][1]
        rows: list[Sequence[Value]] = [()]
        weights = np.ones(1)
        for values, some in marginals:
            rows = [(*row, v) for row in rows for v in values]
            weights = np.outer(weights, some).reshape(-1)
            if len(rows) > MOST:
                raise NoValue("an experiment with too many outcomes")
        return rows, weights

    def _moments_of(self, law: Law | None, env: Mapping[str, Value]) -> tuple[Value | None, Value | None]:
        if law is None:
            return None, None
        if law.family and law.family != "normal":
            raise NoValue("a law of numbers")
        mean, variance = law.parameters if law.family else (law.mean, law.variance)
        return (
            None if mean is None else self.value(mean, env),
            None if variance is None else self.value(variance, env),
        )

    def _law(
        self, place: str, term: Ref, env: Mapping[str, Value]
    ) -> tuple[str, tuple[float, ...], float | None, float | None]:
        law = self.facts.laws.get(key_of(term)) or self.facts.laws.get("")
        if law is None:
            return "", (), None, None
        inner = {k: v for k, v in env.items() if k != "ω"}
        if law.index and len(term.indices) == 1:
            inner[law.index] = self._part(term.indices[0], env)
        numbers = tuple(self._number(p, inner) for p in law.parameters)
        mean = None if law.mean is None else self._number(law.mean, inner)
        variance = None if law.variance is None else self._number(law.variance, inner)
        if law.family:
            values, weights = nodes_of(law.family, numbers, 1)
            mean = float(weights @ values)
            variance = float(weights @ (values - mean) ** 2)
        return law.family, numbers, mean, variance

    def _number(self, term: Term, env: Mapping[str, Value]) -> float:
        value = self.value(term, env)
        if not isinstance(value, float | int):
            raise NoValue("a parameter that is no number")
        return float(value)

    # derivatives ------------------------------------------------------------------------------------------------

    def _gradient(self, term: Bind, env: Mapping[str, Value]) -> Value:
        body = term.body
        only = body.arguments[0] if isinstance(body, Ref) and body.arguments and len(body.arguments) == 1 else None
        if term.kind == "gradient2":
            named = Ref(term.variables[0]) if len(term.variables) == 1 else only
            if isinstance(named, Ref) and not below(named) and self._shows(body, named):
                return self._curvature(body, named.head, env)
        if not term.variables and isinstance(only, Ref) and not below(only) and not term.kind.endswith("2"):
            return self._slope_in(body, only, env, term.kind)  # ∇f(x) moves x wherever it stands
        return super()._gradient(term, env)

    def _curvature(self, body: Term, name: str, env: Mapping[str, Value]) -> Value:
        """The matrix of second derivatives of a number in a column, or the second derivative in a number."""
        start = self.value(Ref(name), env)
        if name.isupper():
            raise NoValue("second derivatives in a matrix")

        def f(x: Value) -> Value:
            return self.value(body, {**env, name: x, f"{_MOVED}{name}": 1})

        with self._moves(env):
            if isinstance(start, np.ndarray):
                return _gradient_at(lambda x: _gradient_at(f, x), start)
            return _slope(lambda x: _slope(f, x), _real(start))

    def _slope_in(self, body: Term, variable: Term, env: Mapping[str, Value], kind: str) -> Value:
        back = None
        if isinstance(variable, Op) and variable.kind == "pow" and variable.arguments[1] == TWO:
            variable, back = variable.arguments[0], 0.5
        entry = variable if isinstance(variable, Op) and variable.kind == "entry" else None
        named = entry.arguments[0] if entry is not None else variable
        if not isinstance(named, Ref) or named.arguments is not None:
            raise NoValue("a derivative in an expression")
        if not self._shows(body, named):
            raise NoValue("a derivative of what doesn't show the variable")
        start = self.value(named, env)
        moved = f"{_MOVED}{self._place(named, env)}" if named.indices else named.head

        def f(x: Value) -> Value:
            extra = {moved: x} if named.indices else {moved: x, f"{_MOVED}{moved}": 1}
            with self._moves(env, member=bool(named.indices)):
                return self.value(body, {**env, **extra})

        if entry is not None:
            if not isinstance(start, np.ndarray):
                raise NoValue("an entry of a number")
            at = [on.whole(self.value(i, env)) - 1 for i in entry.arguments[1:]]
            row, column = at[0], at[1] if len(at) > 1 else 0
            if not (0 <= row < start.shape[0] and 0 <= column < start.shape[1]):
                raise NoValue("an entry outside")

            def along(x: float) -> Value:
                array = start.copy()
                array[row, column] += x
                return f(array)

            return _slope(along, 0.0)
        if back is not None:
            square = _real(start) ** 2
            return _slope(lambda s: f(float(np.sqrt(s))), square)
        if isinstance(start, np.ndarray):
            return _gradient_at(f, start)
        return _slope(f, _real(start))

    def _shows(self, body: Term, variable: Ref) -> bool:
        """Whether a body speaks of a variable, itself or by what it stands for."""
        seen: set[str] = set()
        waiting = [body]
        while waiting:
            for part in walk(waiting.pop()):
                if not isinstance(part, Ref):
                    continue
                if part.head == variable.head and part.arguments is None and len(part.indices) == len(variable.indices):
                    return True
                if part.head not in seen:
                    seen.add(part.head)
                    waiting += [s.body for s in self.facts.schemas.get(part.head, ())]
        return False


def _normal_density(at: Value, mean: Value, variance: Value) -> Value:
    """The density of a normal law, of a number or a column."""
    if isinstance(at, float | int) and isinstance(mean, float | int) and isinstance(variance, float | int):
        if variance <= 0:
            raise NoValue("a variance that is not positive")
        return float(np.exp(-((at - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance))
    away = on.added([at, on.multiplied([-1.0, mean])])
    if not isinstance(away, np.ndarray) or away.shape[1] != 1:
        raise NoValue("a density at what is no column")
    n = away.shape[0]
    matrix = variance.factor * np.eye(n) if isinstance(variance, Eye) else variance
    if not isinstance(matrix, np.ndarray) or matrix.shape != (n, n):
        raise NoValue("a covariance of another size")
    sign, logdet = np.linalg.slogdet(2 * np.pi * matrix)
    if sign <= 0:
        raise NoValue("no covariance")
    return float(np.exp(-0.5 * (away.T @ np.linalg.solve(matrix, away)).item() - 0.5 * logdet))


def _real(value: Value) -> float:
    if not isinstance(value, float | int):
        raise NoValue("not a number")
    return float(value)


@lru_cache(maxsize=16384)
def _opened(body: Term, values: tuple[tuple[str, Term], ...]) -> tuple[Term, Mapping[str, Term], tuple[str, ...]] | str:
    """A body with names put in for its parameters, what is left to be put in by its value, and the names that the
    values of the parameters speak of; or why it has no value."""
    try:
        opened, given = aliased(body, dict(values))
    except Ambiguous as error:
        return str(error)
    if any(_is_reordered(part, given) for part in walk(opened)):
        return "which argument of a law is which"
    return opened, given, tuple(dict.fromkeys(h for _, t in values for h in free_heads(t)))


def _is_reordered(part: Term, given: Mapping[str, Term]) -> bool:
    """Whether a law, whose arguments are told apart by their names, has them in another order once terms are put in for
    names: q(s, a) at s = S_{t+1}."""
    if not isinstance(part, Ref) or part.head not in JOINT or part.arguments is None:
        return False
    before = [spelled(a) for a in part.arguments]
    after = [spelled(substitute(a, given)) for a in part.arguments]
    return sorted(range(len(before)), key=before.__getitem__) != sorted(range(len(after)), key=after.__getitem__)
