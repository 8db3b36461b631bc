"""An expression as a small tree that torch evaluates elementwise, its constants apart from its shape.

The tree is data: what doesn't depend on the variables becomes a numbered slot, worked out once in rigorous arithmetic.
Two points of the same claim thus share one tree, and one compiled kernel. The log of a product is a sum of logs, so the
ratio of two tiny densities keeps its digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Family, density_of
from claims.notation import Density, Normal
from numerics.balls import enclose
from numerics.sampling.finite import Lookup, looked_up

Node = tuple[object, ...]
"""("x", number of a variable), ("c", number of a constant), ("power", node, whole number), or an operation's name and
its nodes."""


@dataclass(frozen=True, slots=True)
class Program:
    """A tree and the constants of its slots."""

    tree: Node
    constants: tuple[float, ...]

    def __call__(self, *variables: Tensor) -> Tensor:
        """The value at each element; NaN where there is none."""
        return value(self.tree, variables, self.constants)


def program(expression: sp.Expr, variables: Sequence[sp.Symbol]) -> Program:
    """The program of an expression. Raises TypeError for notation it can't read, Undetermined for a bad constant."""
    maker = _Maker({v: i for i, v in enumerate(variables)}, [])
    tree = maker.tree(expression)
    return Program(tree, tuple(maker.constants))


def value(tree: Node, variables: Sequence[Tensor], constants: Sequence[float] | Sequence[Tensor]) -> Tensor:
    """The value of a tree, elementwise. Constants are floats, or scalar tensors where a kernel is compiled."""
    match tree:
        case ("x", int(i)):
            return variables[i]
        case ("c", int(i)):
            constant = constants[i]
            like = variables[0]
            return constant if isinstance(constant, Tensor) else torch.full_like(like[:1], constant)
        case ("power", inner, int(n)):
            return _whole_power(value(_node(inner), variables, constants), n)
        case (str(name), *parts):
            return _OPERATIONS[name](*(value(_node(part), variables, constants) for part in parts))
    raise TypeError(f"{tree} is no tree")


@dataclass(frozen=True, slots=True)
class _Maker:
    number: Mapping[sp.Symbol, int]
    constants: list[float]

    def tree(self, e: sp.Expr) -> Node:
        if not self._varies(e):
            return self._constant(e)
        match e:
            case sp.Symbol():
                return ("x", self.number[e])
            case sp.Add():
                return self._chain("add", e, sp.Add)
            case sp.Mul():
                return self._chain("mul", e, sp.Mul)
            case sp.exp():
                return ("exp", self.tree(e.args[0]))
            case sp.log():
                apart = self.log(e.args[0])
                return ("log", self.tree(e.args[0])) if apart == e else self.tree(apart)
            case Density():
                return ("exp", self.tree(self.log(e)))
            case sp.Pow(base=base, exp=power) if power.is_Integer and abs(int(power)) <= 64:
                return ("power", self.tree(base), int(power))
            case sp.Pow(base=base, exp=power) if power == sp.Rational(1, 2):
                return ("sqrt", self.tree(base))
            case sp.Pow(base=base, exp=power):
                return ("pow", self.tree(base), self.tree(power))
            case sp.binomial():
                return ("exp", self.tree(self.log(e)))
            case Lookup(args=(place, *values)) if not any(map(self._varies, values)):
                return ("table", self.tree(place), *map(self._constant, values))
        name = _NAMES.get(type(e))
        if name is None:
            raise TypeError(f"{e} ({type(e).__name__}) can't be sampled here")
        return (name, *map(self.tree, e.args))

    def log(self, e: sp.Expr) -> sp.Expr:
        """The log of an expression, taken apart where it is a product, a power or a density."""
        match e:
            case Density(law=law, point=point) if isinstance(law, Family | Normal):
                return self.log(density_of(law, point))
            case sp.exp():
                return e.args[0]
            case sp.Mul() if self._varies(e):
                fixed = sp.Mul(*(a for a in e.args if not self._varies(a)))
                return sp.Add(sp.log(fixed), *(self.log(a) for a in e.args if self._varies(a)))
            case sp.Pow(base=base, exp=power) if self._varies(e):
                return power * self.log(base)
            case sp.gamma():
                return sp.loggamma(e.args[0])
            case sp.factorial():
                return sp.loggamma(e.args[0] + 1)
            case sp.beta(args=(a, b)):
                return sp.loggamma(a) + sp.loggamma(b) - sp.loggamma(a + b)
            case sp.binomial(args=(n, k)):
                return sp.loggamma(1 + n) - sp.loggamma(1 + k) - sp.loggamma(1 + n - k)
        return sp.log(e)

    def _chain(self, name: str, e: sp.Expr, together: Callable[..., sp.Expr]) -> Node:
        """A sum or product: what varies, and all that doesn't as one constant."""
        fixed = [a for a in e.args if not self._varies(a)]
        parts = [self.tree(a) for a in e.args if self._varies(a)]
        return reduce(lambda a, b: (name, a, b), [*parts, self._constant(together(*fixed))] if fixed else parts)

    def _constant(self, e: sp.Expr) -> Node:
        self.constants.append(float(enclose(e, 128).mid()))
        return ("c", len(self.constants) - 1)

    def _varies(self, e: sp.Expr) -> bool:
        return any(s in self.number for s in e.free_symbols)


def _node(part: object) -> Node:
    if not isinstance(part, tuple):
        raise TypeError(f"{part} is no tree")
    return part


def _whole_power(base: Tensor, n: int) -> Tensor:
    if n < 0:
        return 1 / _whole_power(base, -n)
    half = torch.ones_like(base) if n == 0 else base if n == 1 else _whole_power(base, n // 2)
    if n < 2:
        return half
    return half * half * base if n % 2 else half * half


def _loggamma(x: Tensor) -> Tensor:
    """log Γ for x > 0; NaN elsewhere, where torch would drop the sign of Γ."""
    return torch.where(x > 0, torch.lgamma(x), torch.nan)


_NAMES: Mapping[type, str] = {
    sp.Abs: "abs", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.tanh: "tanh", sp.sinh: "sinh", sp.cosh: "cosh",
    sp.asin: "asin", sp.acos: "acos", sp.atan: "atan", sp.loggamma: "loggamma", sp.digamma: "digamma",
    sp.gamma: "gamma", sp.factorial: "factorial", sp.erf: "erf", sp.erfc: "erfc", sp.sign: "sign", sp.floor: "floor",
    sp.ceiling: "ceil", sp.Max: "max", sp.Min: "min", sp.beta: "beta",
}  # fmt: skip
_OPERATIONS: Mapping[str, Callable[..., Tensor]] = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "pow": torch.pow, "exp": torch.exp, "log": torch.log,
    "sqrt": torch.sqrt, "abs": torch.abs, "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "tanh": torch.tanh,
    "sinh": torch.sinh, "cosh": torch.cosh, "asin": torch.asin, "acos": torch.acos, "atan": torch.atan,
    "loggamma": _loggamma, "digamma": torch.digamma, "gamma": lambda x: torch.exp(_loggamma(x)),
    "factorial": lambda x: torch.exp(_loggamma(x + 1)), "erf": torch.erf, "erfc": torch.erfc, "sign": torch.sign,
    "floor": torch.floor, "ceil": torch.ceil, "max": lambda *a: reduce(torch.maximum, a),
    "min": lambda *a: reduce(torch.minimum, a),
    "table": looked_up,
    "beta": lambda a, b: torch.exp(_loggamma(a) + _loggamma(b) - _loggamma(a + b)),
}  # fmt: skip
