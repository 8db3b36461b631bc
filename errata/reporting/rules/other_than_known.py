"""E318: a formula that is one slip away from the known result that the text names."""

from errata.reporting.rules.rule import Rule, Severity

OTHER_THAN_KNOWN = Rule(
    code="E318",
    name="other-than-known",
    severity=Severity.ERROR,
    headline="the formula differs from the known result that the text names",
    what="""
The words around a formula, or its own notation, name a result or a definition of the field. Under no assignment of its
symbols is the formula that result, in any of the forms in which notes state it; with one slip undone (a sign, a
square, an inverse, a transpose, a lost term, an index, swapped arguments) it is. Which symbol is which is told by what
the text says of them ("measurement noise"), and by letters.
""",
    why="""
Readers take such formulas from the notes into code, where nothing tells them that a sign or an inverse is missing.
""",
    wrong="""
The Kalman gain, with measurement noise covariance $R$, is

$$K = P H^\\top (H P H^\\top + R)$$
""",
    right="""
The Kalman gain, with measurement noise covariance $R$, is

$$K = P H^\\top (H P H^\\top + R)^{-1}$$
""",
    silent="""
Nothing is said where the formula has a symbol that the result lacks, where it is more than one slip away, where one
admissible form of the result is met, and where only the sign of an objective is another.
""",
)
