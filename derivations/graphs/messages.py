"""Sum-product messages on trees, with any number of states and any factors.

Claim   the sum over all states of a tree is a sum over the states of any one node, of its factor times the messages
        from its neighbours; from either end of an edge it is the same
Route   the distributive law: what hangs on a node is a function of that node's state alone.
"""

from __future__ import annotations

from sympy import Expr, Function, Sum, Symbol

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Variable, named, symbols_of

WHERE = (
    Variable("n", Integer(1), "the number of states of a node"),
    Variable("i", Integer(1), "counts the states of the root"),
    Variable("j", Integer(1), "counts the states of a child"),
    Variable("k", Integer(1), "counts the states of the other child"),
    Variable("l", Integer(1), "counts the states of the grandchild"),
)
n, i, j, k, leaf = symbols_of(WHERE)
ROOT, CHILD, OTHER, LEAF, EDGE = (Function(name, positive=True) for name in "PuvoW")
BEFORE, AFTER = (Function(name, positive=True) for name in "aw")
FACTORS = (
    "any number n of states; every node and every edge has a factor, any positive numbers: those of edge e are "
    "W(en² + jn + i) for the states i and j of its ends; nothing needs to sum to one"
)
TREE = "P, u, v and o are the factors of root, two children, and a grandchild below the first of these"
LECTURE = Source("wu2016", "lecture 9, the sum-product algorithm")


def over(f: Expr, state: Symbol) -> Sum:
    """Σ f over all states of a node."""
    return Sum(f, (state, 1, n))


def edge(number: int, above: Symbol, below: Symbol) -> Expr:
    """The factor of an edge."""
    return EDGE(n**2 * number + n * below + above)


every_state = over(
    over(
        over(
            over(
                ROOT(i) * edge(1, i, j) * CHILD(j) * edge(2, i, k) * OTHER(k) * edge(3, j, leaf) * LEAF(leaf),
                leaf,
            ),
            k,
        ),
        j,
    ),
    i,
)
from_leaf = over(edge(3, j, leaf) * LEAF(leaf), leaf)
from_child = over(edge(1, i, j) * CHILD(j) * from_leaf, j)
from_other = over(edge(2, i, k) * OTHER(k), k)
to_child = over(edge(1, i, j) * ROOT(i) * from_other, i)

tree_messages_any_eq = Derivation(
    claim=Claim(
        "tree_messages_any_eq",
        every_state,
        over(ROOT(i) * from_child * from_other, i),
        WHERE,
        convention=(
            FACTORS,
            TREE,
            "a message is a sum over the states of its sender: edge times sender times the messages that came in",
            "a term over the sum is the marginal of the root",
        ),
        source=LECTURE,
    ),
    steps=(
        Step("the sum over all n⁴ states of the tree", every_state),
        Step(
            "term by term, the grandchild summed out: its message",
            over(
                over(over(ROOT(i) * edge(1, i, j) * CHILD(j) * from_leaf * edge(2, i, k) * OTHER(k), k), j),
                i,
            ),
        ),
        Step(
            "term by term, the other child summed out",
            over(over(ROOT(i) * edge(1, i, j) * CHILD(j) * from_leaf * from_other, j), i),
        ),
        Step("term by term, the child summed out", over(ROOT(i) * from_child * from_other, i)),
    ),
)

tree_marginal_any_eq = Derivation(
    claim=Claim(
        "tree_marginal_any_eq",
        over(ROOT(i) * from_child * from_other, i),
        over(CHILD(j) * from_leaf * to_child, j),
        WHERE,
        convention=(
            FACTORS,
            TREE,
            "a term on the right, over the sum, is the marginal of the child",
            "the same tree, the child its root",
        ),
        source=LECTURE,
    ),
    steps=(
        Step("the messages taken to the root", over(ROOT(i) * from_child * from_other, i)),
        Step(
            "term by term, over all pairs of states of both",
            over(over(ROOT(i) * from_other * edge(1, i, j) * CHILD(j) * from_leaf, i), j),
        ),
        Step("term by term: the root's message to the child", over(CHILD(j) * from_leaf * to_child, j)),
    ),
)

edge_messages_any_eq = Derivation(
    claim=Claim(
        "edge_messages_any_eq",
        over(BEFORE(i) * over(edge(1, i, j) * AFTER(j), j), i),
        over(AFTER(j) * over(edge(1, i, j) * BEFORE(i), i), j),
        named(WHERE, "n i j"),
        convention=(
            FACTORS,
            "any edge of any tree: a is the factor of one end times all messages to it but the other's, w that of the"
            " other end; each sums all that hangs on its side (a leaf's is its factor alone, and so by induction)",
            "so the factor times all messages sums to the same at every node, and its terms are the marginal there",
        ),
        source=LECTURE,
    ),
    steps=(
        Step("one end, with the message from the other", over(BEFORE(i) * over(edge(1, i, j) * AFTER(j), j), i)),
        Step("term by term, over all pairs of states", over(over(BEFORE(i) * edge(1, i, j) * AFTER(j), i), j)),
        Step(
            "term by term: the other end, with the message from this",
            over(AFTER(j) * over(edge(1, i, j) * BEFORE(i), i), j),
        ),
    ),
)

DERIVATIONS = (tree_messages_any_eq, tree_marginal_any_eq, edge_messages_any_eq)
