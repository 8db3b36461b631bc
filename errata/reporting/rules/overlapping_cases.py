"""E414: two rows of a case distinction hold at one place and differ there."""

from errata.reporting.rules.rule import Rule, Severity

OVERLAPPING_CASES = Rule(
    code="E414",
    name="overlapping-cases",
    severity=Severity.ERROR,
    headline="two rows of a case distinction hold at one place and differ there",
    what="""
The conditions of two rows overlap in a whole range, or are the same, and the formulas of these rows have different
values there: a function has one value. The place is named, with both values.
""",
    why="""
A bound or a sign in a condition is wrong; or a row was copied, and its condition was not changed. Who programs the page
gets whichever row comes first.
""",
    wrong="""
The step is

$$u(x) = \\begin{cases} 1 & x > 0 \\\\ -1 & x > 0 \\end{cases}$$
""",
    right="""
The step is

$$u(x) = \\begin{cases} 1 & x > 0 \\\\ -1 & x < 0 \\end{cases}$$
""",
    silent="""
A row that holds wherever a row above it does is let pass: rows are read in order then, as in a program. So are rows
with other words in them than "if" and the like, rows with functions that nothing defines, and "otherwise". Where the
ranges share a single point, it is a warning (W405).
""",
)
