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
between tildes. errata says where and doesn't guess what stood there.
""",
    why="""
A damaged formula isn't read, so it isn't checked either. A report that didn't mention it would look better than the
notes are. Readers see the damage too.
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
