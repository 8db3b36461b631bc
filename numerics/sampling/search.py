"""Where an average is least or greatest, by the sign of its slope: an interval at whose ends the slope surely differs.

A few draws lead to the place, from the middle of the domain outwards; then the interval about it is widened until the
slope, from all the draws, has the right sign at both ends, each with its part of alpha. That a turn of sign is the
extremum stands on there being one hump, which is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import arb, fmpq

from claims.domains import Domain, OpenUnit, Positive, Real
from numerics.balls import Undetermined

TURNS, FINER = 2, 5
"""Halvings of the range, and steps along the chord after them."""
GRAIN = 2**20
"""Places are multiples of one over this part of a range."""
WIDENINGS = 8
LOOKS = 2 * WIDENINGS + 1
"""How often the slope is taken from all the draws at the most: each has its part of alpha."""
FIRST = 2.5
"""The first half-width, in units of where the error of the slope puts its zero."""
OUTWARDS = 7

Height = Callable[[fmpq], float]
"""The slope at a place by a few draws, without an error."""
Slope = Callable[[fmpq, float], arb]
"""The slope at a place, by all the draws, and the chance that its ball misses."""


def place_of_extremum(height: Height, slope: Slope, domain: Domain, rising: bool, alpha: float) -> arb:
    """The place at which the slope turns, upwards where ``rising`` (a least value), but for the chance alpha.

    Raises Undetermined where the slope isn't seen to turn, or its sign is not sure at any distance tried.
    """
    sign = 1 if rising else -1

    def ahead(place: fmpq) -> float:
        return sign * height(place)

    low, high = _bracket(ahead, domain)
    left, right = low, high
    for _ in range(TURNS):
        middle = (left + right) / 2
        left, right = (left, middle) if ahead(middle) > 0 else (middle, right)
    place = _along_the_chord(ahead, left, right)
    span = _room(domain, place)
    width = _first_width(ahead, place, span, float(slope(place, alpha / LOOKS).rad()))
    for _ in range(WIDENINGS):
        ends = [sign * slope(place + side * width, alpha / LOOKS) for side in (-1, 1)]
        if ends[0] < 0 and ends[1] > 0:
            return arb(place, arb(width))
        if 2 * width >= span:
            break
        width *= 2
    raise Undetermined("the sign of the slope is not sure on both sides of its turn")


def _bracket(ahead: Height, domain: Domain) -> tuple[fmpq, fmpq]:
    """Places between which the slope turns once, from the middle of the domain outwards."""
    for low, high in _outwards(domain):
        if ahead(low) < 0 < ahead(high):
            return low, high
    raise Undetermined("the slope does not turn in the range searched")


def _outwards(domain: Domain) -> Iterator[tuple[fmpq, fmpq]]:
    for k in range(1, OUTWARDS):
        far = fmpq(2) ** k
        match domain:
            case Real():
                yield -far, far
            case Positive():
                yield 1 / far, far
            case OpenUnit():
                yield 1 / (2 * far), 1 - 1 / (2 * far)
            case _:
                raise Undetermined(f"no search over {domain}")


def _room(domain: Domain, place: fmpq) -> fmpq:
    """How far from a place an interval about it may reach."""
    match domain:
        case OpenUnit():
            return min(place, 1 - place)
        case Positive():
            return place
    return fmpq(1)


def _along_the_chord(ahead: Height, left: fmpq, right: fmpq) -> fmpq:
    """Where the chord between the ends of a short range crosses zero, again and again (the Illinois rule)."""
    low, high = ahead(left), ahead(right)
    place = (left + right) / 2
    for _ in range(FINER):
        if not low < 0 < high:
            break
        place = left + (right - left) * fmpq(round(GRAIN * -low / (high - low)), GRAIN)
        here = ahead(place)
        if here < 0:
            left, low, high = place, here, high / 2
        else:
            right, high, low = place, here, low / 2
    return place


def _first_width(ahead: Height, place: fmpq, span: fmpq, error: float) -> fmpq:
    """From the error that the slope will have at the place, over how fast the slope changes there."""
    near = span / 16
    bend = abs(ahead(place + near) - ahead(place - near)) / float(2 * near)
    width = FIRST * error / bend if bend > 0 else float(near)
    return min(max(fmpq(int(width * 2**60), 2**60), span / 2**40), span / 2)
