"""E311: two members of a calculation that are not equal."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_STEP = Rule(
    code="E311",
    name="wrong-step",
    severity=Severity.ERROR,
    headline="the two sides of a step are not equal",
    what="""
Two neighbours in a chain of equalities are formulas in the same names, and they differ at every point that was tried:
random values of each name, positive and of both signs, whole numbers of several sizes, all evaluated with rigorous
error bounds. The witness is one of these points. Integrals over the same range are compared by their integrands.
Nothing is reported of a step that holds at the points of one or two equations that its section states before it; it is
supported by them, or, where they are of matrices or few points were found, left undecided.
Beside indicators, 1[x > 0] or 1_A, the points lie on both sides of each condition; the message names what holds there.
A step that may use what the page says elsewhere is reported where the page supports it but for one slip: a sign, a
factor of two, a square, a fraction that is upside down, a comparison that goes the other way. So is an equation of
what the page defines, or of moments of its random variables, that fails in random worlds of the page.
""",
    why="""
A lost sign, a factor or a square in one line is copied into every line after it, and into the programs that implement
the last one.
""",
    wrong="""
Completing the square gives

$$\\begin{aligned}
f(x) &= x^2 - 2 a x + b \\\\
     &= (x - a)^2 + b + a^2
\\end{aligned}$$
""",
    right="""
Completing the square gives

$$\\begin{aligned}
f(x) &= x^2 - 2 a x + b \\\\
     &= (x - a)^2 + b - a^2
\\end{aligned}$$
""",
    silent="""
A step that brings in a name which the line before does not have, or drops one, may use a definition from elsewhere and
is left undecided. So are steps with functions that have no body (p(x), E[X]), with hats and stars, and whatever stands
before or after ⇒ or follows words such as "setting to zero". A step that holds once the definitions of the page are put
in is not reported. With indicators it is neither what happens on the edge of a comparison, nor for a class that the
step doesn't name, nor where an indicator before all of one side only says where the formula is meant, nor for sets of
which the document says that they are disjoint or parts of each other.
""",
)
