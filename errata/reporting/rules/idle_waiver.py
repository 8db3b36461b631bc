"""N501: a waiver that waives nothing."""

from errata.reporting.rules.rule import Rule, Severity

IDLE_WAIVER = Rule(
    code="N501",
    name="idle-waiver",
    severity=Severity.NOTE,
    headline="a comment skips what needs no skipping",
    what="""
The comment <!-- errata: skip because … --> stands before a formula (or, as skip section because …, over the rest of a
section) in which errata finds no error and gives no warning, or which holds no relation at all.
""",
    why="""
A waiver that is no longer needed hides the next mistake in the same place. It should go when its reason is gone.
""",
    wrong="""
<!-- errata: skip because the digits are those of the exam -->
$$2 \\cdot 3 = 6$$
""",
    right="""
<!-- errata: skip because the digits are those of the exam -->
$$2 \\cdot 3 = 5$$
""",
    silent="""
Notes are shown with -vv, or when they are selected. A waiver that meets a finding says nothing, though the relation is
counted as waived in every summary.
""",
)
