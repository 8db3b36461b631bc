"""E316: a law whose notation is not that of the law in words."""

from errata.reporting.rules.rule import Rule, Severity

WRONG_LAW = Rule(
    code="E316",
    name="wrong-law",
    severity=Severity.ERROR,
    headline="the law that is written is another one than the text leads to",
    what="""
The sentence before a formula names a law in words, the formula writes another one with the same parameters, and what
the document derives from it holds for the law in words and fails for the one in the formula. The same is said of a
combination of normal variables whose stated mean or variance is not that of the combination, and of a function of
variables with stated laws, such as a sum, a ratio or a logarithm, whose own stated law has other expectations. And of
an expression that is another one moved and scaled, whose normal law, or limit in law, is stated just before. And of a
normal density of a vector whose law stands in the formula before, with "i.e." or "that is" between the two, where one
covariance is another multiple of the identity than the other. And of the law after many steps, q(x_t | x_0), that is
not the one that the law of each step gives, of a draw from it, x_t = a x_0 + b ε with standard normal ε, and of the law
of a member between the one after it and the first one, q(x_{t-1} | x_t, x_0), with its mean and its variance.
""",
    why="""
Who looks up the law by its symbol works with another density from there on, and samples from it or integrates it.
""",
    wrong="""
Let $X$ follow a normal distribution:

$$X \\sim \\mathrm{Gam}(\\mu, \\sigma^2)$$

Then

$$\\mathrm{Var}(X) = \\sigma^2$$
""",
    right="""
Let $X$ follow a normal distribution:

$$X \\sim \\mathcal{N}(\\mu, \\sigma^2)$$

Then

$$\\mathrm{Var}(X) = \\sigma^2$$
""",
    silent="""
Nothing is said where no relation tells the two laws apart: an exponential law may well be introduced as a gamma law
with shape one. Nor where the sentence names several laws, or where the parameters are vectors. A combination is judged
only where its definition and the joint law of its parts are stated, a function only where it is a sum or a product of
functions of one variable each, and several variables are called independent. An expression that
brings in a name, such as an estimate in place of a parameter, is left alone.
""",
)
