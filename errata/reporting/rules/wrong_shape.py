"""E411: matrices of the stated shapes do not fit here."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_SHAPE = Rule(
    code="E411",
    name="wrong-shape",
    severity=Severity.ERROR,
    headline="matrices of the stated shapes do not fit here",
    what="""
The notes state the shapes of matrices ("the n × p matrix X", U ∈ ℝ^{m×m}), and a formula multiplies, adds or equates
two of them that don't fit; or columns are called eigenvectors of a matrix of another size. Or a step of a chain fits
no shapes of its names at all, and holds in every dimension once a single slip is undone.
""",
    why="""
Mostly a transpose is missing or on the wrong side, or two matrices changed places. The formula can't be computed as it
stands.
""",
    wrong="""
Let $X$ be an $n \\times p$ matrix and $S$ an $n \\times n$ matrix. The form is

$$Q = X S X^\\top$$
""",
    right="""
Let $X$ be an $n \\times p$ matrix and $S$ an $n \\times n$ matrix. The form is

$$Q = X^\\top S X$$
""",
    silent="""
A name without a stated shape says nothing; nor does one of which the notes state two shapes, a vector of which only the
length is stated (it may be a row or a column), or a dimension that the notes equate with another one or a number.
""",
)
