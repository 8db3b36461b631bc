"""All known results, by topic."""

from __future__ import annotations

from errata.meaning.results import filters
from errata.meaning.results.result import Result

RESULTS: tuple[Result, ...] = (*filters.RESULTS,)
