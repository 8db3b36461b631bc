"""E404: one display defines a name twice."""

from errata.reporting.rules.rule import Rule, Severity

DOUBLE_DEFINITION = Rule(
    code="E404",
    name="double-definition",
    severity=Severity.ERROR,
    headline="one display defines a name twice",
    what="""
Two rows of a display give the same name two values that differ in a single symbol; or two rows define the same member
of a numbered family, as B^{(2)}, while the notes speak of the next one and no row defines it.
""",
    why="""
It is the mark of a row that was copied and only half changed. One of the two quantities is then missing from the page,
and the other one is wrong.
""",
    wrong="""
The posterior has the parameters

$$\\begin{aligned}
a_n &= a_0 + n \\bar{y} \\\\
a_n &= a_0 + n \\bar{x}
\\end{aligned}$$
""",
    right="""
The posterior has the parameters

$$\\begin{aligned}
a_n &= a_0 + n \\bar{y} \\\\
b_n &= b_0 + n \\bar{x}
\\end{aligned}$$
""",
    silent="""
Rows that rewrite a name in several steps differ in more than one symbol, or stand in one chain; they are not reported
here (E321 is for values that differ), and neither are definitions in different displays.
""",
)
