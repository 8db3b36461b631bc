"""E313: a statement about abstract laws that no law satisfies in general."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_PROBABILITY_IDENTITY = Rule(
    code="E313",
    name="wrong-probability-identity",
    severity=Severity.ERROR,
    headline="the statement about these laws does not hold",
    what="""
A relation between probabilities, expectations or entropies of laws that are known by their letters alone is
interpreted in random finite worlds: every variable takes a few values, every law is a random table from which all its
marginals and conditionals follow. It fails in all kinds of worlds, exactly or with proven error bounds, and no known
condition (independence, equal laws, zero means) would make it hold. The witness is one of these worlds. What is called
a divergence and is negative in one of them is refuted, too, also where its name doesn't say between which laws it is.
""",
    why="""
A density conditioned on the wrong variable, or a lost factor under an integral, goes unnoticed, since both sides look
like probabilities.
""",
    wrong="""
The evidence is

$$p(y) = \\int p(y \\mid \\theta) \\, p(y) \\, d\\theta$$
""",
    right="""
The evidence is

$$p(y) = \\int p(y \\mid \\theta) \\, p(\\theta) \\, d\\theta$$
""",
    silent="""
Nothing is said where a function, a number or a marked name stands in the relation, where the sides have different
names or laws, where the section speaks of assumptions, of independence or the like, where the document defines one of
the names or gives one of the laws in closed form, and where the relation holds under a known condition, since it may
then be an assumption.
""",
)
