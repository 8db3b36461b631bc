"""E317: an inequality that the sentence it stands in excludes."""

from errata.reporting.rules.rule import Rule, Severity

EXCLUDED_INEQUALITY = Rule(
    code="E317",
    name="excluded-inequality",
    severity=Severity.ERROR,
    headline="the sentence starts from the opposite inequality",
    what="""
A sentence states an inequality and concludes another one from it ("then", "so", "hence", "therefore", …). The
difference of the two sides of the second is a multiple of the difference of the first, so that the first decides it;
and it decides against it. The witness is a point where the first one holds.
""",
    why="""
A difference that is taken the wrong way round has the wrong sign, and so has everything that is built on it: a gap, a
surplus, an improvement.
""",
    wrong="""
The bound is loose, $\\mathcal{L} < \\ell$, so that the gap $\\mathcal{L} - \\ell > 0$ can be closed.
""",
    right="""
The bound is loose, $\\mathcal{L} < \\ell$, so that the gap $\\ell - \\mathcal{L} > 0$ can be closed.
""",
    silent="""
Where nothing says that the second follows from the first; where a word between them may part their ways ("if", "or",
"otherwise", "but", "unless", "not", "for", …) or a sentence ends; where the differences are no multiples of each other;
and where the first one repeats, or leaves out less than the second.
""",
)
