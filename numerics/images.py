"""Laws of images: random invertible maps, a law before them, and the law after them by a route without a Jacobian.

Affine maps of a normal law: the image is normal with the moments of the affine map. Triangular maps of independent
logistic variables: the density is the product of the slopes of the conditional distribution functions, each along its
own coordinate. Maps that turn the orientation around are among them; the dimensions are 1, 2 and 3.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from flint import arb, fmpq, fmpq_mat

from claims.records import Record
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Jet

Map = Callable[[Array], Array]


class Image(Record):
    """A point before and after each of several maps, columns all of them, and the two laws at the ends.

    ``forth[i]`` takes ``points[i]`` to ``points[i + 1]``, and ``back[i]`` takes it back.
    """

    points: tuple[Array, ...]
    forth: tuple[Map, ...]
    back: tuple[Map, ...]
    before: Callable[[Array], Jet]
    after: Callable[[Array], Jet]
    """The logarithm of each density at a point."""
    told: tuple[tuple[str, str], ...]
    """What the maps and the laws are."""

    @property
    def dim(self) -> int:
        return len(self.points[0].items)


def jacobian(of: Map, at: Array) -> Array:
    """The matrix of the partial derivatives of a map at a point; its slope, a number, in dimension one."""
    n = len(at.items)
    moved = [Jet(j.value, tuple(arb(int(k == i)) for k in range(n))) for i, j in enumerate(at.items)]
    found = jets.gradient(of(jets.column(moved)), (n, 1))
    return jets.scalar(found.items[0]) if n == 1 else found


def affine_image(random: Random, dim: int, layers: int) -> Image:
    """A normal law under affine maps."""
    maps = [(_invertible(random, dim), _vector(random, dim)) for _ in range(layers)]
    mean, root = _vector(random, dim), _invertible(random, dim)
    cov = root * root.transpose()
    start = _vector(random, dim)
    forth = tuple(_affine(a, b) for a, b in maps)
    back = tuple(_affine(a.inv(), -1 * (a.inv() * b)) for a, b in maps)
    after_mean, after_cov = mean, cov
    points = [_column(start)]
    for (a, b), step in zip(maps, forth, strict=True):
        after_mean, after_cov = a * after_mean + b, a * after_cov * a.transpose()
        points.append(step(points[-1]))
    told = (("before", f"N({_shown(mean)}, {_shown(cov)})"), *((f"map {i}", f"{_shown(a)} z + {_shown(b)}")
            for i, (a, b) in enumerate(maps, 1)), ("z", _shown(start)))  # fmt: skip
    return Image(
        tuple(points), forth, back, lambda z: _log_normal(z, mean, cov),
        lambda x: _log_normal(x, after_mean, after_cov), told,
    )  # fmt: skip


def triangular_image(random: Random, dim: int, layers: int) -> Image:
    """Independent logistic variables, the first one through an exponential, each further one scaled and shifted by what
    the first became; then each coordinate stretched, or turned around, by one layer after another."""
    rate, bend = _fraction(random), _fraction(random)
    turns = [random.choice((-1, 1)) for _ in range(dim)]
    stretches = [[_fraction(random) * random.choice((-1, 1)) for _ in range(dim)] for _ in range(layers - 1)]
    whole = [fmpq(1)] * dim
    for layer in stretches:
        whole = [w * s for w, s in zip(whole, layer, strict=True)]

    def first(z: Array) -> Array:
        head = _scaled(turns[0], jets.exponential(_scaled(rate, z.items[0])))
        rest = [jets.total((jets.times(_scaled(t, j), jets.exponential(_scaled(bend, head))), jets.times(head, head)))
                for t, j in zip(turns[1:], z.items[1:], strict=True)]  # fmt: skip
        return jets.column([head, *rest])

    def undone(x: Array) -> Array:
        head = x.items[0]
        start = _scaled(1 / rate, jets.logarithm(_scaled(turns[0], head)))
        less = _scaled(-1, jets.times(head, head))
        rest = [_scaled(t, jets.times(jets.total((j, less)), jets.exponential(_scaled(-bend, head))))
                for t, j in zip(turns[1:], x.items[1:], strict=True)]  # fmt: skip
        return jets.column([start, *rest])

    def stretched(by: list[fmpq]) -> Map:
        return lambda x: jets.column([_scaled(s, j) for s, j in zip(by, x.items, strict=True)])

    def log_after(x: Array) -> Jet:
        parts: list[Jet] = []
        for k in range(dim):
            moved = [Jet(j.value, (arb(int(i == k)),)) for i, j in enumerate(x.items)]
            plain = jets.column([_scaled(1 / w, j) for w, j in zip(whole, moved, strict=True)])
            below = jets.sigmoid(undone(plain).items[k])
            rising = turns[k] * whole[k] > 0
            (slope,) = below.slopes if rising else _scaled(-1, below).slopes
            parts.append(jets.logarithm(Jet(slope)))
        return jets.total(parts)

    forth = (first, *(stretched(s) for s in stretches))
    back = (undone, *(stretched([1 / c for c in s]) for s in stretches))
    start = [_fraction(random) * random.choice((-1, 1)) for _ in range(dim)]
    points = [jets.column([jets.constant(v) for v in start])]
    for step in forth:
        points.append(step(points[-1]))
    told = (("before", "independent standard logistic"), ("map 1", f"x_1 = {turns[0]} exp({rate} z_1)"
            + "".join(f", x_{k} = {turns[k - 1]} z_{k} exp({bend} x_1) + x_1^2" for k in range(2, dim + 1))),
            *((f"map {i}", f"each coordinate times {', '.join(map(str, s))}") for i, s in enumerate(stretches, 2)),
            ("z", ", ".join(map(str, start))))  # fmt: skip
    return Image(tuple(points), forth, back, _log_logistic, log_after, told)


class Current(Record):
    """A normal law carried by a linear field A z + b: the slope of the field, the rate at which its value grows at a
    point that is carried along, and the rate at a point that stays."""

    slope: Array
    carried: Jet
    resting: Jet
    told: tuple[tuple[str, str], ...]


def linear_current(random: Random, dim: int) -> Current:
    """The rates come from the moments: the mean moves with A m + b, the covariance with A S + S Aᵀ."""
    a, b = _invertible(random, dim), _vector(random, dim)
    mean, root, z = _vector(random, dim), _invertible(random, dim), _vector(random, dim)
    cov = root * root.transpose()
    precision = cov.inv()
    drift, widening = a * mean + b, a * cov + cov * a.transpose()
    beside = z - mean
    narrowing = -1 * (precision * widening * precision)

    def rate(moving: fmpq_mat) -> Jet:
        pull = (moving.transpose() * precision * beside)[0, 0]
        shrink = (beside.transpose() * narrowing * beside)[0, 0]
        spread = sum(((precision * widening)[i, i] for i in range(dim)), fmpq(0))
        return jets.constant(-pull - shrink / 2 - spread / 2)

    slope = _matrix(a)
    told = (("law", f"N({_shown(mean)}, {_shown(cov)})"), ("field", f"{_shown(a)} z + {_shown(b)}"), ("z", _shown(z)))
    single = jets.scalar(slope.items[0]) if dim == 1 else slope
    return Current(single, rate(a * z + b - drift), rate(-1 * drift), told)


def _fraction(random: Random) -> fmpq:
    return fmpq(random.randint(2, 9), random.randint(4, 7))


def _vector(random: Random, dim: int) -> fmpq_mat:
    return fmpq_mat(dim, 1, [fmpq(random.randint(-9, 9), random.randint(2, 7)) for _ in range(dim)])


def _invertible(random: Random, dim: int) -> fmpq_mat:
    """A matrix whose determinant is neither near 0 nor near 1 or −1, of either sign."""
    while True:
        entries = [fmpq(random.randint(-7, 7), random.randint(2, 5)) for _ in range(dim * dim)]
        found = fmpq_mat(dim, dim, entries)
        size = abs(found.det())
        if fmpq(1, 4) < size < 9 and abs(size - 1) > fmpq(1, 5):
            return found


def _column(vector: fmpq_mat) -> Array:
    return jets.column([jets.constant(v) for v in vector.entries()])


def _matrix(a: fmpq_mat) -> Array:
    return Array((a.nrows(), a.ncols()), tuple(jets.constant(v) for v in a.entries()))


def _affine(a: fmpq_mat, b: fmpq_mat) -> Map:
    return lambda z: _applied(a, b, z)


def _applied(a: fmpq_mat, b: fmpq_mat, z: Array) -> Array:
    rows = range(a.nrows())
    return jets.column([jets.total([*(_scaled(a[i, k], j) for k, j in enumerate(z.items)), jets.constant(b[i, 0])])
                        for i in rows])  # fmt: skip


def _log_normal(at: Array, mean: fmpq_mat, cov: fmpq_mat) -> Jet:
    """log N(at; mean, cov), the covariance inverted exactly."""
    precision = cov.inv()
    beside = [j.value - arb(m) for j, m in zip(at.items, mean.entries(), strict=True)]
    n = len(beside)
    square = sum((arb(precision[i, k]) * beside[i] * beside[k] for i in range(n) for k in range(n)), arb(0))
    return Jet(-(square + arb(cov.det()).log() + n * (2 * arb.pi()).log()) / 2)


def _log_logistic(at: Array) -> Jet:
    """The sum of log σ(z)(1 − σ(z))."""
    each = [jets.sigmoid(j).value for j in at.items]
    return Jet(sum(((s * (1 - s)).log() for s in each), arb(0)))


def _scaled(by: fmpq | int, jet: Jet) -> Jet:
    return jets.times(jets.constant(by), jet)


def _shown(a: fmpq_mat) -> str:
    rows = [" ".join(str(a[i, k]) for k in range(a.ncols())) for i in range(a.nrows())]
    return rows[0] if len(rows) == 1 and a.ncols() == 1 else f"[{'; '.join(rows)}]"
