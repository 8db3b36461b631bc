"""W502: an expected finding isn't there."""

from errata.reporting.rules.rule import Rule, Severity

UNMET_EXPECTATION = Rule(
    code="W502",
    name="unmet-expectation",
    severity=Severity.WARNING,
    headline="a finding that the author expects is not there",
    what="""
The comment before a formula says that a code is expected there, as in <!-- errata: expect E301 -->, and the formula
doesn't raise it.
""",
    why="""
An example that is wrong on purpose should stay wrong in the way that the text around it tells. If it was put right by
accident, or is now wrong in another way, the text no longer fits.
""",
    wrong="""
A common mistake is this:

<!-- errata: expect E301 -->
$$2 \\cdot 3 = 6$$
""",
    right="""
A common mistake is this:

<!-- errata: expect E301 -->
$$2 \\cdot 3 = 5$$
""",
    silent="""
Where the code is raised, the finding is undecided with the reason that it was expected, and counts nowhere as an error.
Other findings in the same formula are reported as ever.
""",
)
