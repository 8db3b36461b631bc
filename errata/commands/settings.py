"""The configuration of a course: ``errata.toml``, or ``[tool.errata]`` in ``pyproject.toml``, and what is in force.

The file is looked for from the folder that all paths share upward; the nearest one counts, alone. What is said on the
command line wins. An unknown key is an error, since a setting that is passed over silently is worse than none.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.records import Record, field
from errata.commands.formats import FORMATS

if TYPE_CHECKING:
    from errata.checking.options import Options
    from errata.reading.document import Macro
    from errata.reporting.selection import Selection

NAMES = ("errata.toml", "pyproject.toml")
FAIL_ON = ("error", "warning", "never")
SUSPICIOUS = ("error", "warning", "off")
NORMAL = {"variance": "N takes a variance", "deviation": "N takes a standard deviation"}
"""What the second parameter of N(μ, ·) may be, each as an author's comment says it."""


class SettingsError(Exception):
    """A configuration that can't be used; the message says where, why, and what to do."""


class Setting(Record):
    """A key: what it takes, in words, and a function that returns its value or raises ValueError with a reason."""

    takes: str
    read: Callable[[object], object]
    default: object


class Settings(Record):
    """What a configuration says, by key; ``origin`` is its file, None where there is none."""

    values: Mapping[str, Any] = field(default_factory=dict)
    origin: str | None = None

    @property
    def folder(self) -> str:
        """The folder from which its patterns are read."""
        return os.path.dirname(os.path.abspath(self.origin)) if self.origin else os.getcwd()

    def get(self, name: str) -> Any:
        """The value of a key, or its default."""
        return self.values.get(name, KEYS[name].default)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _one_of(*allowed: str) -> Callable[[object], object]:
    def read(value: object) -> object:
        if value not in allowed:
            near = difflib.get_close_matches(str(value), allowed, 1)
            raise ValueError(f"must be one of {', '.join(allowed)}" + (f"; did you mean {near[0]}?" if near else ""))
        return value

    return read


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("must be a whole number")
    return value


def _jobs(value: object) -> int:
    if _whole(value) < 1:
        raise ValueError("must be at least 1")
    return _whole(value)


def _number_in(low: float, high: float) -> Callable[[object], object]:
    def read(value: object) -> object:
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(f"must be a number from {low:g} to {high:g}")
        return float(value)

    return read


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _codes(value: object) -> tuple[str, ...]:
    from errata.reporting.rules.catalogue import nearest, rules_of

    found: list[str] = []
    for word in _texts(value):
        rules = rules_of(word)
        if not rules:
            near = nearest(word)
            hint = f"did you mean {near}?" if near else "`errata explain` lists all codes"
            raise ValueError(f"names no rule with {word!r}; {hint}")
        found += [rule.code for rule in rules]
    return tuple(found)


def _codes_by_path(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError('must be a table of patterns and codes: "slides/*.md" = ["W306"]')
    return tuple((pattern, _codes(codes)) for pattern, codes in value.items())


def _statements(value: object) -> tuple[str, ...]:
    from errata.reading.author import Expect, Misunderstood, Skip, instructions

    for statement in _texts(value):
        for said in instructions(statement.strip()):
            if isinstance(said, Misunderstood):
                raise ValueError(f"can't be understood: {said.why}; say it as in a comment, such as 'let sigma > 0'")
            if isinstance(said, Skip | Expect):
                raise ValueError(f"can't waive {statement!r} for a whole course; a comment beside the formula can")
    return _texts(value)


def _macros(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError('must be a table of names and bodies: E = "\\\\mathbb{E}"')
    for name in value:
        if not re.fullmatch(r"\\?[A-Za-z]+", name):
            raise ValueError(f"has {name!r}, which is no name of a macro: letters alone")
    return {name.removeprefix("\\"): body for name, body in value.items()}


KEYS: Mapping[str, Setting] = {
    "select": Setting("codes of the rules that may speak; all, if it is empty", _codes, ()),
    "ignore": Setting("codes of rules that may not", _codes, ()),
    "per-path-ignores": Setting("patterns of paths, each with codes that are ignored there", _codes_by_path, ()),
    "exclude": Setting("patterns of paths that are left out where a folder is searched", _texts, ()),
    "suspicious": Setting("a finding in a formula that is read as repaired", _one_of(*SUSPICIOUS), "warning"),
    "fail-on": Setting("the least finding that fails", _one_of(*FAIL_ON), "error"),
    "fail-under": Setting("the least percentage of claims that must be judged", _number_in(0, 100), None),
    "jobs": Setting("worker processes", _jobs, None),
    "seed": Setting("seed of every random draw", _whole, 0),
    "budget": Setting("seconds for one formula", _number_in(0.01, 3600), 2.0),
    "format": Setting("form of the report", _one_of(*FORMATS), "text"),
    "cache": Setting("whether what was found is kept for the next run", _truth, True),
    "normal": Setting("what the second parameter of N(μ, ·) is: variance or deviation", _one_of(*NORMAL), None),
    "let": Setting("what holds in every document, as an author's comment says it", _statements, ()),
    "macros": Setting("macros of every document, by name", _macros, {}),
}
"""Every key there is."""


def found_for(paths: Sequence[str]) -> Settings:
    """The configuration for what is under some paths; an empty one where there is none. Raises SettingsError."""
    for folder in _upward(paths):
        for name in NAMES:
            file = folder / name
            if file.is_file() and (settings := read(file)) is not None:
                return settings
    return Settings()


def _upward(paths: Sequence[str]) -> Sequence[Path]:
    named = [os.path.abspath(p) for p in paths if p != "-"] or [os.getcwd()]
    try:
        common = Path(os.path.commonpath(named))
    except ValueError:  # of two drives
        common = Path.cwd()
    start = common if common.is_dir() else common.parent
    return [start, *start.parents]


def read(file: Path) -> Settings | None:
    """What a file says; None for a pyproject.toml that says nothing of errata. Raises SettingsError."""
    shown = os.path.relpath(file)
    try:
        tree = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{shown} is no TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{shown} can't be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    if file.name == "pyproject.toml":
        tools = tree.get("tool")
        ours = tools.get("errata") if isinstance(tools, dict) else None
        if ours is None:
            return None
        if not isinstance(ours, dict):
            raise SettingsError(f"{shown}: [tool.errata] must be a table")
        tree = ours
    return Settings({name: _value(name, value, shown) for name, value in tree.items()}, shown)


def _value(name: str, value: object, shown: str) -> object:
    if name not in KEYS:
        near = difflib.get_close_matches(name.replace("_", "-"), KEYS, 1)
        hint = f"did you mean {near[0]!r}?" if near else "`errata config` lists all keys"
        raise SettingsError(f"{shown}: there is no setting {name!r}; {hint}")
    try:
        return KEYS[name].read(value)
    except ValueError as error:
        raise SettingsError(f"{shown}: {name} {error}") from error


def course_of(settings: Settings) -> tuple[str, ...]:
    """What holds in every document, as statements of an author's comment; those of ``let`` come last and so win."""
    normal: str | None = settings.get("normal")
    return (*(() if normal is None else (NORMAL[normal],)), *settings.get("let"))


def options_of(settings: Settings, seed: int | None = None, budget: float | None = None) -> Options:
    """How a configuration wants formulas to be judged; a seed and a budget that are given win."""
    from errata.checking.options import Options

    return Options(
        settings.get("seed") if seed is None else seed,
        settings.get("budget") if budget is None else budget,
        course=course_of(settings),
        macros=macros_of(settings),
    )


def selection_of(
    settings: Settings, select: tuple[str, ...] | None = None, ignore: tuple[str, ...] | None = None
) -> Selection:
    """Which findings a configuration lets speak, and how loudly; codes that are given win."""
    from errata.reporting.rules.rule import Severity
    from errata.reporting.selection import Selection

    said: str = settings.get("suspicious")
    return Selection(
        settings.get("select") if select is None else select,
        settings.get("ignore") if ignore is None else ignore,
        settings.get("per-path-ignores"),
        settings.folder,
        None if said == "off" else Severity(said),
    )


def macros_of(settings: Settings) -> tuple[Macro, ...]:
    """The macros of a configuration; the highest of their parameters says how many they have."""
    from errata.reading.document import Macro

    said: dict[str, str] = settings.get("macros")
    return tuple(Macro(n, max((int(d) for d in re.findall(r"#([1-9])", b)), default=0), b) for n, b in said.items())
