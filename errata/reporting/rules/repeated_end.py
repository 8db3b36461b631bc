"""E406: a row of terms with dots ends with its first term."""

from errata.reporting.rules.rule import Rule, Severity

REPEATED_END = Rule(
    code="E406",
    name="repeated-end",
    severity=Severity.ERROR,
    headline="a row of terms with dots ends with its first term",
    what="""
Dots stand between two terms that are the same, number included: the sum starts at x = 0 and ends at x = 0.
""",
    why="""
The last term is what tells a reader how far the sum goes. Here it was copied from the first one and not changed.
""",
    wrong="""
The expectation is

$$p(X=0) \\log 2 + \\ldots + p(X=0) \\log 2$$
""",
    right="""
The expectation is

$$p(X=0) \\log 2 + \\ldots + p(X=n) \\log 2$$
""",
    silent="""
A sum of equal terms is meant as one: 1 + … + 1 and σ² + … + σ² carry no number that should change, and are let pass.
""",
)
