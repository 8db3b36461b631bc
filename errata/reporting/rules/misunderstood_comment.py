"""W501: an author's comment to errata can't be understood."""

from errata.reporting.rules.rule import Rule, Severity

MISUNDERSTOOD_COMMENT = Rule(
    code="W501",
    name="misunderstood-comment",
    severity=Severity.WARNING,
    headline="a comment to errata can't be understood",
    what="""
A comment that speaks to errata, <!-- errata: … --> in Markdown and HTML or % errata: … in LaTeX, holds a statement of
no known form. The message says what is wrong with it, and which statements there are.
""",
    why="""
Who writes such a comment relies on it: on a range, a value, a waiver. A misspelt one would do nothing, and nobody would
see it.
""",
    wrong="""
<!-- errata: let sgima > 0 -->

The spread is $\\sigma$.
""",
    right="""
<!-- errata: let sigma > 0 -->

The spread is $\\sigma$.
""",
    silent="""
Comments that don't begin with the word errata are nobody's business. Statements of the same comment that can be
understood hold all the same.
""",
)
