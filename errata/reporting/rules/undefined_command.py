"""N402: a command that nothing defines."""

from errata.reporting.rules.rule import Rule, Severity

UNDEFINED_COMMAND = Rule(
    code="N402",
    name="undefined-command",
    severity=Severity.NOTE,
    headline="commands stand here that nothing defines",
    what="""
Formulas use commands that neither the document nor the files around it define, and that no customary meaning is known
of. They are read as names, as functions where they are applied to a group, and as operators where they carry limits;
what they stand for is not known. The document is told once, with all of them.
""",
    why="""
A relation that such a command stands in is never called wrong, since the command may stand for anything. With its
definition it can be judged.
""",
    wrong="""
$$\\gain(a) = 2 a$$
""",
    right="""
$$\\newcommand{\\gain}{g} \\gain(a) = 2 a$$
""",
    silent="""
Notes are shown with -vv, or when they are selected. Definitions are looked for in the document, in what it takes in, in
the document that takes it in, and in macros.tex, preamble.tex and the settings of MathJax and KaTeX around it.
""",
)
