"""A device that isn't there: tensors that hold their numbers on the CPU, and refuse to meet tensors of the CPU.

A wrapped tensor says that it lies on ``DEVICE``. Whatever torch does with it is done with the numbers inside, after the
rules of a graphics processor: tensors of two devices don't meet, but for single numbers in arithmetic and for indices;
a generator draws on its own device only; numpy can't read it; whole numbers aren't multiplied as matrices; least
squares know no driver but that for full rank. So what mixes devices is found where there is no graphics processor.

torch counts devices when it differentiates for the first time: whoever enters the device does so before, in a process
of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from threading import current_thread, main_thread
from typing import Any
from unittest.mock import patch

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils import backend_registration
from torch.utils._python_dispatch import TorchDispatchMode, return_and_correct_aliasing

DEVICE = "fake:0"
GENERATOR = torch.Generator
aten = torch.ops.aten
MOVES = frozenset({aten._to_copy, aten.copy_, aten.copy})
INDEXED = frozenset({aten.index, aten.index_put, aten.index_put_, aten._index_put_impl_, aten._unsafe_index})
PRODUCTS = frozenset({aten.mm, aten.bmm, aten.addmm, aten.baddbmm, aten.mv, aten.dot, aten.addmv, aten.vdot})
BESIDE_NUMBERS = frozenset({aten.where, aten.masked_fill, aten.masked_fill_, aten.fill_, aten.clamp, aten.fill})
ON_CPU_ONLY = frozenset({aten.histogram, aten.histogramdd})


class RefusedByDevice(RuntimeError):
    """What a graphics processor would refuse: tensors of two devices that meet, or a thing that it can't do."""


class Enough(Exception):
    """As many operations were done as were asked for."""


class Used:
    """What was done on the device: operations, and numbers that were read from it one by one."""

    def __init__(self, most: float = float("inf")) -> None:
        self.operations, self.reads, self.most = 0, 0, most
        self.refused = ""

    def count(self, func: Any, args: Sequence[Any], refused: str) -> None:
        """Count an operation. Raises RefusedByDevice or Enough, but not within torch's own thread for slopes, which
        can't pass it on: then what comes next does.
        """
        self.operations += 1
        self.reads += func.overloadpacket is aten._local_scalar_dense and isinstance(args[0], OnDevice)
        self.refused = self.refused or refused
        if current_thread() is main_thread():
            self.insist()
            if self.operations > self.most:
                raise Enough

    def insist(self) -> None:
        """Raises RefusedByDevice where something was refused."""
        refused, self.refused = self.refused, ""
        if refused:
            raise RefusedByDevice(refused)


class OnDevice(Tensor):
    """Numbers of the CPU that say they lie on the device."""

    inside: Tensor

    @staticmethod
    def __new__(cls, inside: Tensor) -> OnDevice:
        """The numbers, wrapped."""
        made: OnDevice = Tensor._make_wrapper_subclass(
            cls, inside.shape, strides=inside.stride(), storage_offset=inside.storage_offset(), dtype=inside.dtype,
            device=_device(),
        )  # fmt: skip
        made.inside = inside
        return made

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """The rules, also where nobody has entered the device."""
        refused = refusal(func, args, kwargs or {})
        if refused:
            raise RefusedByDevice(refused)
        return done(func, args, kwargs or {})

    def tolist(self) -> Any:
        """Its numbers, read from the device."""
        return self.cpu().tolist()

    def __repr__(self) -> str:
        return f"OnDevice({self.inside!r})"


class GeneratorOnDevice(torch.Generator):
    """A generator that says it draws on the device."""

    @property
    def device(self) -> torch.device:
        return _device()


class _Made(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, GENERATOR)

    def __call__(cls, device: Any = "cpu") -> torch.Generator:
        return GeneratorOnDevice() if is_fake(device) else GENERATOR(device)


class Generator(metaclass=_Made):
    """What makes generators while the device is entered: of the CPU, or of the device."""


class _Drawing(TorchFunctionMode):
    """What is drawn lies where its generator does: torch passes on no generator as the object that it was given."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        found = func(*args, **(kwargs or {}))
        generator = (kwargs or {}).get("generator")
        if generator is not None and isinstance(found, OnDevice) != isinstance(generator, GeneratorOnDevice):
            raise RefusedByDevice(f"{func.__name__}: its generator is on {generator.device}, its result is elsewhere")
        return found


class _Rules(TorchDispatchMode):
    """Tensors that are made for the device are wrapped; operations and reads are counted."""

    def __init__(self, used: Used) -> None:
        super().__init__()
        self.used = used

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.used.count(func, args, refusal(func, args, kwargs or {}))
        return done(func, args, kwargs or {})


@cache
def _device() -> torch.device:
    return torch.device(DEVICE)


@cache
def registered() -> None:
    """Tell torch the device's name."""
    backend_registration._setup_privateuseone_for_python_backend(DEVICE.partition(":")[0])


def is_fake(device: Any) -> bool:
    """Whether a device, or its name, is the one that isn't there."""
    return device is not None and str(device).partition(":")[0] == DEVICE.partition(":")[0]


@contextmanager
def fake_device(used: Used | None = None) -> Iterator[Used]:
    """While it is entered there is the device, whose use is counted. Raises Enough inside where that is limited."""
    registered()
    used = used or Used()
    lifted = torch._C._only_lift_cpu_tensors()
    torch._C._set_only_lift_cpu_tensors(True)
    try:
        with patch.object(torch, "Generator", Generator), _Drawing(), _Rules(used):
            yield used
        used.insist()
    finally:
        torch._C._set_only_lift_cpu_tensors(lifted)


def _lands(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool:
    """Whether the result lies on the device."""
    if func.overloadpacket is aten.copy_:
        return isinstance(args[0], OnDevice)
    asked = kwargs.get("device")
    return is_fake(asked) if asked is not None else any(isinstance(one, OnDevice) for one in _tensors((args, kwargs)))


def done(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """What torch gives for the numbers inside, wrapped where it lies on the device."""
    made = aten.zeros.default if func.overloadpacket is aten._efficientzerotensor else func  # those can't be held
    found = made(*_bare(tuple(args)), **{name: _bare(one) for name, one in kwargs.items()})
    if not _lands(func, args, kwargs):
        return found
    if torch.Tag.inplace_view in func.tags:
        return return_and_correct_aliasing(func, tuple(args), dict(kwargs), _wrapped(found))
    return args[0] if _is_in_place(func) else _wrapped(found)


def _is_in_place(func: Any) -> bool:
    name = str(func._schema.name)
    return name.endswith("_") and not name.endswith("__")


def _tensors(arguments: Sequence[Any]) -> list[Tensor]:
    found: list[Tensor] = []
    for one in arguments:
        if isinstance(one, Tensor):
            found.append(one)
        elif isinstance(one, tuple | list):
            found += _tensors(one)
        elif isinstance(one, Mapping):
            found += _tensors(tuple(one.values()))
    return found


def _bare(one: Any) -> Any:
    if isinstance(one, OnDevice):
        return one.inside
    if isinstance(one, tuple | list):
        return type(one)(map(_bare, one))
    return torch.device("cpu") if isinstance(one, torch.device) and is_fake(one) else one


def _wrapped(one: Any) -> Any:
    if isinstance(one, tuple | list):
        return tuple(map(_wrapped, one))
    return OnDevice(one) if isinstance(one, Tensor) and not isinstance(one, OnDevice) else one


def refusal(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """Why a graphics processor would refuse; empty where it wouldn't."""
    packet, tensors = func.overloadpacket, _tensors((args, kwargs))
    if packet in MOVES or not any(isinstance(one, OnDevice) for one in tensors):
        return ""
    strangers = [one for one in tensors if not isinstance(one, OnDevice)]
    if strangers and _meet(func, args, strangers):
        return f"{func}: tensors on {DEVICE} and on cpu: {[tuple(one.shape) for one in strangers]}"
    if packet in ON_CPU_ONLY:
        return f"{func}: not on a graphics processor"
    if packet in PRODUCTS and not args[0].dtype.is_floating_point:
        return f"{func}: no matrix products of {args[0].dtype} on a graphics processor"
    if packet is aten.linalg_lstsq:
        if kwargs.get("driver") not in (None, "gels"):
            return f"{func}: no driver {kwargs['driver']} on a graphics processor"
        if int(torch.linalg.matrix_rank(args[0].inside).min()) < min(args[0].shape[-2:]):
            return f"{func}: the matrix lacks rank, and the only driver is that for full rank"
    return ""


def _meet(func: Any, args: Sequence[Any], strangers: Sequence[Tensor]) -> bool:
    """Whether tensors of the CPU meet those of the device where they may not."""
    packet = func.overloadpacket
    if packet in INDEXED and isinstance(args[0], OnDevice):
        values = args[2] if len(args) > 2 else None
        strangers = [values] if isinstance(values, Tensor) and not isinstance(values, OnDevice) else []
    one_number = torch.Tag.pointwise in func.tags or packet in BESIDE_NUMBERS or packet in INDEXED
    in_place = _is_in_place(func) and not isinstance(args[0], OnDevice)
    return bool(strangers) and (in_place or any(one.dim() or not one_number for one in strangers))
