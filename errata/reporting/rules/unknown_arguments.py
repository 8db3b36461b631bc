"""E413: a function is called with other arguments, which nothing introduces."""

from errata.reporting.rules.rule import Rule, Severity

UNKNOWN_ARGUMENTS = Rule(
    code="E413",
    name="unknown-arguments",
    severity=Severity.ERROR,
    headline="a function is called with other arguments, which nothing introduces",
    what="""
The notes define a function, and a formula calls it both as it is defined and with another number of arguments. The
names in these occur nowhere else in the notes.
""",
    why="""
The arguments were not adapted when a formula was taken over from another model. They have no value here.
""",
    wrong="""
Let

$$D(\\theta) = -2 \\log p(y \\mid \\theta)$$

The penalty is

$$c = \\mathbb{E}[D(\\theta)] - D(\\beta, \\tau)$$
""",
    right="""
Let

$$D(\\theta) = -2 \\log p(y \\mid \\theta)$$

The penalty is

$$c = \\mathbb{E}[D(\\theta)] - D(\\mathbb{E}[\\theta])$$
""",
    silent="""
Where the notes speak of one of the names anywhere else, or do not define the function, it is a warning (W402): a name
may be overloaded on purpose.
""",
)
