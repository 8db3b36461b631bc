"""W404: an integral lacks its variable."""

from errata.reporting.rules.rule import Rule, Severity

IDLE_VARIABLE = Rule(
    code="W404",
    name="idle-variable",
    severity=Severity.WARNING,
    headline="an integral lacks its variable",
    what="""
An integral with an infinite limit has an integrand that is a function of other variables alone. Read literally it is
infinite or zero. Or it stands between two limits, and its integrand is a function of a letter that stands nowhere else
in the formula, as in ∫_0^x f(u) dv.
""",
    why="""
Mostly the integrand or the differential has the wrong letter, and who evaluates it has to guess which of the two.
""",
    wrong="""
The mean is $\\int_{-\\infty}^{\\infty} y f(y) \\, dx$ then.
""",
    right="""
The mean is $\\int_{-\\infty}^{\\infty} y f(y) \\, dy$ then.
""",
    silent="""
It is a warning, because what is integrated may depend on the variable without a word. For time (t, s, τ, u) that is
usual and nothing is said; nor is it for finite limits where the letter stands elsewhere, too, and for numbers and
constants as integrands.
""",
)
