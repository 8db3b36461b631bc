"""N401: text extraction broke a formula."""

from errata.reporting.rules.rule import Rule, Severity

DAMAGED_FORMULA = Rule(
    code="N401",
    name="damaged-formula",
    severity=Severity.NOTE,
    headline="text extraction broke a formula here",
    what="""
The text bears the marks of a formula that was copied out of a PDF or a chat window: display brackets that lost their
backslash, a star for a product inside a word, a minus sign at the start of a line that became a list bullet, subscripts
between tildes. Displays and formulas in parentheses that lost their delimiters are read as they stood before.
""",
    why="""
What was repaired in reading may have been something else, so a finding in such a formula is a warning that names the
damage. Readers see the damage too. `errata repair FILE` prints the page mended.
""",
    wrong="""
The reparameterised sample is

[
z = \\mu + \\sigma \\epsilon
]

with noise from a standard normal.
""",
    right="""
The reparameterised sample is

\\[
z = \\mu + \\sigma \\epsilon
\\]

with noise from a standard normal.
""",
    silent="""
Brackets around a line that holds no mathematics are left alone. A note never changes the exit status.
""",
)
