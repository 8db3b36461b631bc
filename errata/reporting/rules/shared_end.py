"""W405: two rows of a case distinction share an end, and differ there."""

from errata.reporting.rules.rule import Rule, Severity

SHARED_END = Rule(
    code="W405",
    name="shared-end",
    severity=Severity.WARNING,
    headline="two rows of a case distinction share an end, and differ there",
    what="""
The conditions of two rows both hold at the one point where their ranges meet (≤ in one and ≥ in the other), and the
formulas of these rows have different values there.
""",
    why="""
A function has one value at each place. Mostly it doesn't matter which row is meant; where a threshold is tested or a
jump is summed, it does.
""",
    wrong="""
The step is

$$u(x) = \\begin{cases} 1 & x \\ge 0 \\\\ -1 & x \\le 0 \\end{cases}$$
""",
    right="""
The step is

$$u(x) = \\begin{cases} 1 & x \\ge 0 \\\\ -1 & x < 0 \\end{cases}$$
""",
    silent="""
It is a warning, because the value at a single point is seldom meant. Nothing is said where both rows have the same
value there, as those of a continuous function have, and where words other than "if" stand in a condition.
""",
)
