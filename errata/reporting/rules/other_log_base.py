"""W307: a logarithm in another base than the section's."""

from errata.reporting.rules.rule import Rule, Severity

OTHER_LOG_BASE = Rule(
    code="W307",
    name="other-log-base",
    severity=Severity.WARNING,
    headline="this holds in another base of the logarithm than the one the section states",
    what="""
The notes say which base \\log has here, in words or by the unit (nats are base e, bits base 2). In that base the
relation fails, in another it holds. Both places are quoted.
""",
    why="""
Entropies, losses and perplexities differ by a factor between bases. A section that mixes them can't be compared with
code, which has one base.
""",
    wrong="""
Here log is the natural logarithm, so results are in nats.

$$-\\log 0.5 = 1.000$$
""",
    right="""
Here log is the base-2 logarithm, so results are in bits.

$$-\\log 0.5 = 1.000$$
""",
    silent="""
Where nothing beside the formula states the base, every usual base is an admissible reading: one that holds supports
the relation and is named in its condition, with no warning.
""",
)
