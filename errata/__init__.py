"""errata re-derives the formulas in course notes and says which are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from errata.integrations.results import Finding, Relation, Report, check

__version__ = "0.1.0"
__all__ = ["Finding", "Relation", "Report", "__version__", "check", "load_ipython_extension"]


def __getattr__(name: str) -> Any:
    """``check`` and the types of its results, loaded when they are first asked for."""
    if name in ("check", "Finding", "Relation", "Report"):
        from errata.integrations import results

        return getattr(results, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext errata`` in IPython and Jupyter: the magic ``%%errata``."""
    from errata.integrations.magic import register

    register(shell)
