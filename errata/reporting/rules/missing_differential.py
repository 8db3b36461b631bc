"""W401: an integral has no differential."""

from errata.reporting.rules.rule import Rule, Severity

MISSING_DIFFERENTIAL = Rule(
    code="W401",
    name="missing-differential",
    severity=Severity.WARNING,
    headline="an integral has no differential",
    what="""
An integral with limits has an integrand that is a function of letters, and nothing says over which of them it is taken.
""",
    why="""
With two variables in the integrand the reader must guess which is left over. Usually the differential was forgotten.
""",
    wrong="""
The probability is $\\int_{-\\infty}^{a} f(x)$ then.
""",
    right="""
The probability is $\\int_{-\\infty}^{a} f(x) \\, dx$ then.
""",
    silent="""
It is a warning, because many notes leave the differential out where it is clear. An integral without limits, such as
∫ p = 1, is let pass, and so is every formula with a d in it, which may be a differential in another place.
""",
)
