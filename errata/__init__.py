"""errata re-derives the formulas in course notes and says which are wrong."""

__version__ = "0.1.0"
