"""N502: something is said to errata that it can't use yet."""

from errata.reporting.rules.rule import Rule, Severity

UNUSED_STATEMENT = Rule(
    code="N502",
    name="unused-statement",
    severity=Severity.NOTE,
    headline="a comment says what errata can't use yet",
    what="""
A statement in a comment is understood, and nothing is done with it yet: a range for every member of a family, such as
x_i > 0, or a law whose name isn't known.
""",
    why="""
What is said and not used leaves formulas undecided, or has them tried at points that the author has ruled out. Better
to know.
""",
    wrong="""
<!-- errata: let x_i > 0 -->

The weights are $x_1, x_2, x_3$.
""",
    right="""
<!-- errata: let x_1 > 0, x_2 > 0, x_3 > 0 -->

The weights are $x_1, x_2, x_3$.
""",
    silent="""
Notes are shown with -vv, or when they are selected. Ranges and values of plain names, known laws, bases of logarithms,
waivers and expectations are all used.
""",
)
