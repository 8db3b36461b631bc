"""W321: two places of a section say different things of one quantity."""

from errata.reporting.rules.rule import Rule, Severity

CONTRADICTION = Rule(
    code="W321",
    name="contradiction",
    severity=Severity.WARNING,
    headline="two places say different things of one quantity",
    what="""
The same left side, such as h(X) or f(x), stands in two formulas of a section before two expressions in the same names.
At every point that was tried these differ. A theorem and the last line of its proof are the usual two places. Both are
quoted, since either may be the wrong one.
""",
    why="""
Readers take the result from the theorem and the reason from the proof. Where the two differ, one of them misleads, and
each alone looks right.
""",
    wrong="""
The entropy of a gamma law is

$$\\mathrm{h}(X) = a + \\ln \\Gamma(a) + (1 - a) \\psi(a) + \\ln b .$$

Inserting the moments gives

$$\\mathrm{h}(X) = \\ln \\Gamma(a) - (a - 1) (\\psi(a) - \\ln b) - a \\ln b + a .$$
""",
    right="""
The entropy of a gamma law is

$$\\mathrm{h}(X) = a + \\ln \\Gamma(a) + (1 - a) \\psi(a) - \\ln b .$$

Inserting the moments gives

$$\\mathrm{h}(X) = \\ln \\Gamma(a) - (a - 1) (\\psi(a) - \\ln b) - a \\ln b + a .$$
""",
    silent="""
It is a warning and no error, because the same sign may be used for two things. Nothing is said where the text before
the second place announces something new (if, case, instead, another, assume, example, …), under conditions beside the
formula, in another section, where one expression has a name that the other lacks, where a definition in the notes makes
the two equal, and for values that are plain numbers: a later example may choose others.
""",
)
