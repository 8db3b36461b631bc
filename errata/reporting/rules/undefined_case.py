"""E405: a case has no value where its condition holds."""

from errata.reporting.rules.rule import Rule, Severity

UNDEFINED_CASE = Rule(
    code="E405",
    name="undefined-case",
    severity=Severity.ERROR,
    headline="a case has no value where its condition holds",
    what="""
A row of a case distinction gives a formula and a condition on one name, and the formula is undefined at every point
that the condition allows (a logarithm or a root of a negative number), though it has values beyond the bound.
""",
    why="""
The bound is wrong, or the rows are swapped. A program that follows the page returns NaN where it should return a value.
""",
    wrong="""
The quantile function is

$$Q(p) = \\begin{cases} 0, & \\text{if } p = 0 \\\\ -\\frac{\\ln(1 - p)}{\\lambda}, & \\text{if } p > 1 \\end{cases}$$
""",
    right="""
The quantile function is

$$Q(p) = \\begin{cases} 0, & \\text{if } p = 0 \\\\ -\\frac{\\ln(1 - p)}{\\lambda}, & \\text{if } p > 0 \\end{cases}$$
""",
    silent="""
Only conditions that compare a name with a number are tried. A formula that has a value somewhere where its condition
holds is let pass, and so is one with functions that the page does not define.
""",
)
