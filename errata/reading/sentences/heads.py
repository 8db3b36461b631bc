"""Which letters stand for laws, expectations, divergences and entropies, and what a letter's scripts say."""

from __future__ import annotations

from claims.records import Record
from errata.reading.names import key
from errata.reading.tree import Accent, Bar, Call, Factors, Fence, Group, Node, Phrase, Script, Styled, Sym, walk

MEANS = frozenset({"E", "𝔼"})
VARIANCES = frozenset({"Var", "V", "𝕍", "var", "Cov", "cov"})
DIVERGENCES = {"KL": "KL", "DKL": "KL", "D_KL": "KL", "JS": "JS", "JSD": "JS", "DJS": "JS", "D_JS": "JS", "TV": "TV",
               "DTV": "TV", "D_TV": "TV", "d_TV": "TV", "dTV": "TV"}  # fmt: skip
PLAIN_LAWS = frozenset({"p", "q", "P", "Q"})
NAMED_LAWS = frozenset({"Pr", "Prob", "pr", "prob"})
DENSITY_LETTERS = frozenset({"f", "p", "P"})
DEFAULT = "p"
"""The law that is meant where none is named."""
_WORDS = ("roman", "text", "sans")


class Law(Record):
    """A law as it is written: its key, and the variables that its subscript names, in order."""

    key: str
    variables: tuple[str, ...] = ()
    cumulative: bool = False


def bare(node: Node) -> Node:
    """A node without the braces, fonts and labels around it."""
    while isinstance(node, Group):
        node = node.body
    return node


def letter(node: Node) -> tuple[str, str]:
    """The base letter of a name, and its font."""
    while isinstance(node, Script | Accent | Styled | Group):
        node = node.base if isinstance(node, Script) else node.body
    return (node.name, node.font) if isinstance(node, Sym) else ("", "")


def subscript(node: Node) -> Node | None:
    return bare(node.sub) if isinstance(node, Script) and node.sub is not None else None


def canonical(node: Node) -> str:
    """The variable that a name stands for: the same for X and x."""
    return key(node).lower()


def is_random(node: Node) -> bool:
    """Whether a name is written as a random variable: a capital letter, with or without an index."""
    name, font = letter(node)
    return len(name) == 1 and name.isupper() and name.isascii() and font in ("", "roman", "bold", "bm", "text")


def operator(head: Node) -> str:
    """What a head names: "E", "Var", "Cov", "Corr", "KL", "JS", "TV", "H", "h", "I"; "" for anything else, as for an
    empirical error with a hat, Ê(h)."""
    name, font = letter(head)
    if _is_accented(head):
        return ""
    sub = subscript(head)
    if name in MEANS and (font != "cal"):
        return "E"
    if name in ("Var", "var", "𝕍") or (name == "V" and (font in ("double", *_WORDS))):
        return "Var"
    if name in ("Cov", "cov"):
        return "Cov"
    if name in ("Corr", "corr", "Cor"):
        return "Corr"
    word = name + (f"_{sub.name}" if isinstance(sub, Sym) and name in ("D", "d") else "")
    if word in DIVERGENCES:
        return DIVERGENCES[word]
    if name in ("H", "I", "h", "MI") and (sub is None) and font in ("", "cal", "double", *_WORDS):
        return "I" if name == "MI" else name
    return ""


def _is_accented(head: Node) -> bool:
    while isinstance(head, Script | Styled | Group):
        head = head.base if isinstance(head, Script) else head.body
    return isinstance(head, Accent)


def law_of(head: Node, letters: frozenset[str]) -> Law | None:
    """The law that a name stands for; ``letters`` are those that stand for laws beside p and q."""
    name, font = letter(head)
    if name in NAMED_LAWS or (name in ("P", "p") and font in ("double", *_WORDS)) or name == "ℙ":
        return Law(DEFAULT) if not isinstance(head, Script) else None
    if font not in ("", "roman", "text", "cal"):
        return None
    if isinstance(head, Script) and (head.primes or not _is_mark(head.sup)):
        return None
    variables = _subscript_variables(subscript(head))
    if name == "F" and variables:
        return Law(DEFAULT, variables, True)
    if variables and (name in DENSITY_LETTERS):
        return Law(DEFAULT, variables)
    if name in PLAIN_LAWS or name in letters:
        if variables:
            return Law(name.lower(), variables)
        return Law(key(head).lower() if font != "cal" else key(head))
    return None


def _is_mark(sup: Node | None) -> bool:
    return sup is None or (isinstance(sup, Sym) and sup.name in ("*", "⋆", "†"))


def _subscript_variables(sub: Node | None) -> tuple[str, ...]:
    """X, Y of f_{X,Y} and f_{X|Y}; none where the subscript says anything else."""
    if sub is None:
        return ()
    if isinstance(sub, Bar):
        left, right = _subscript_variables(bare(sub.left)), _subscript_variables(bare(sub.right))
        return (*left, *right) if left and right else ()
    parts = sub.items if isinstance(sub, Phrase) or (isinstance(sub, Factors) and not any(sub.signs)) else (sub,)
    return tuple(map(canonical, parts)) if all(map(is_random, parts)) else ()


def argument_of(node: Call | Fence) -> Node | None:
    """What stands in the bracket."""
    fence = node.fence if isinstance(node, Call) else node
    return fence.body if isinstance(fence, Fence) else None


def listed(node: Node | None) -> tuple[Node, ...]:
    """The parts of a list between commas and semicolons."""
    node = bare(node) if node is not None else None
    if node is None:
        return ()
    if isinstance(node, Phrase) and all(s.strip() in (",", ";", "") for s in node.separators):
        return tuple(bare(i) for i in node.items)
    return (node,)


def speaks_of_laws(node: Node) -> bool:
    """Whether anything in a node may be a law, an expectation or an entropy."""
    for n in walk(node):
        if isinstance(n, Call) and (operator(n.head) or letter(n.head)[0] in (*NAMED_LAWS, *PLAIN_LAWS, *"fghF")):
            return True
        if isinstance(n, Script | Sym) and operator(n) == "E":
            return True
        if isinstance(n, Script) and isinstance(n.base, Fence) and n.base.open in ("\\langle", "⟨"):
            return True
    return False
