"""E403: the two sides of an equation have different free indices."""

from errata.reporting.rules.rule import Rule, Severity

FREE_INDEX = Rule(
    code="E403",
    name="free-index",
    severity=Severity.ERROR,
    headline="the two sides of an equation have different free indices",
    what="""
One side depends on an index that the other side lacks, and the other way round. The index is bound inside a sum of the
same chain, or the left side is an indexed name that is being defined, so it can't come from elsewhere. Or the left side
lists a whole family, as p(x_T, …, x_0) does, and a list on the right has an index that occurs nowhere else. Or a mean
over x_i has x_j in its place, with a j that stands nowhere else; or one over x has x_i, beside a sum or an integral
over x. Or a function of x is a sum over i of x_j, with a j that stands nowhere else in the formula.
""",
    why="""
An index that nothing binds has no value. Mostly it is the wrong letter of two: i for j, or k for i.
""",
    wrong="""
Summing out the rows gives the marginal

$$q_j = \\sum_{i=1}^{m} p_{ij} = r_i$$
""",
    right="""
Summing out the rows gives the marginal

$$q_j = \\sum_{i=1}^{m} p_{ij} = r_j$$
""",
    silent="""
Indices on one side only are let pass: notes write y for y_i. Letters other than i, j, k, l, m, r, s, t, h are not taken
for indices, and sides with dots, words or matrices are not compared. A letter that is a label is no index: D_i beside
D_o, or "the inner diameter $D_i$". Nothing is said of a row after one that ends in =, and of a mean whose index the
sentence around it has too.
""",
)
