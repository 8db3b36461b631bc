"""E407: a sum and a differential bind the same variable."""

from errata.reporting.rules.rule import Rule, Severity

STRAY_DIFFERENTIAL = Rule(
    code="E407",
    name="stray-differential",
    severity=Severity.ERROR,
    headline="a sum and a differential bind the same variable",
    what="""
A sum runs over a variable, and its summand ends with the differential of the same variable, as if it were an integral
too.
""",
    why="""
The reader can't tell whether the variable is discrete or continuous, and who implements it must guess: the one formula
adds masses, the other integrates a density.
""",
    wrong="""
The mean is

$$\\sum_{x} x \\, p(x) \\, dx$$
""",
    right="""
The mean is

$$\\sum_{x} x \\, p(x)$$
""",
    silent="""
A Riemann sum, in which the differential belongs to another variable than the index, is meant as it stands. Nothing is
said where the letter d occurs a second time, and may be a name.
""",
)
