"""E321: one display gives a name two values that differ."""

from errata.reporting.rules.rule import Rule, Severity

CLASHING_DEFINITIONS = Rule(
    code="E321",
    name="clashing-definitions",
    severity=Severity.ERROR,
    headline="one display gives a name two values that differ",
    what="""
Two rows of a display start with the same name and give it expressions in the same names. At every point that was tried
the two expressions differ, so at most one of the rows holds.
""",
    why="""
Such rows are meant as two names (one was not changed when the row was copied), or as one value written in two ways, and
then one of them has a slip. A reader can't tell which row to use.
""",
    wrong="""
The parameters are

$$\\begin{aligned}
u &= \\frac{a + 2b}{3} \\\\
u &= \\frac{a}{3} + b
\\end{aligned}$$
""",
    right="""
The parameters are

$$\\begin{aligned}
u &= \\frac{a + 2b}{3} \\\\
v &= \\frac{a}{3} + b
\\end{aligned}$$
""",
    silent="""
Nothing is said where the two values could belong to different cases or stages: rows with words or conditions in them,
a value in which the name itself occurs, arrows and iterations, dots. It is silent as well where the text before the
display speaks of cases, alternatives, solutions or a system of equations, where one row has a name that the other
lacks, and where a definition in the notes makes the two equal. Two rows that differ in one symbol are E404.
""",
)
