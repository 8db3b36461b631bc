"""Letters that tell quantities apart without counting them: Δ_l and Δ_r are the left and the right one, e_r stands
beside e_x and e_y, D_i beside D_o, and the inner diameter is D_i.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from errata.checking.kinds import INDEX_LETTERS
from errata.checking.structure import index_of
from errata.reading.names import is_name, key
from errata.reading.relations import stated
from errata.reading.tree import Big, Chain, Group, Lines, Node, Num, Script, Sym, walk

PAIRS = tuple(frozenset(pair) for pair in ("lr", "io", "if", "hl", "hc", "te"))
"""Left and right, in and out, initial and final, high and low, hot and cold, training and evaluation."""
COUNTING = INDEX_LETTERS | frozenset("n m p q d c a b u v N".split())
"""Small letters that may count; any other one in a subscript is a label."""
_COUNTED = frozenset("index indices item items instance instances individual individuals iteration".split())
"""Words that go before what is counted, though they begin with the letter of its index."""
_BEFORE = re.compile(r"\b([a-z]{4,})(?:[ -]+[a-z]+)?[ \n]+\$([^$]{1,40})\$")
_ENDS = re.compile(r"=\s*\\\\(?:\[[^\]]*\])?[^=\\]*\Z")
_GOES_ON = re.compile(r"[^=\\&]*&?\s*=")


def starts_a_row(latex: str, at: int) -> bool:
    """Whether a place stands in the left side of a row of its own, after a row that ends in =: to which of the two
    equations it belongs is open."""
    return _ENDS.search(latex, 0, at) is not None and _GOES_ON.match(latex, at) is not None


def tells_apart(root: Lines, roots: Iterable[Lines], text: str = "") -> bool:
    """Whether each name that a formula equates with something, or all that it is made of, has a letter for a label, by
    what else the formulas of the document have in its place, and by the words before it in its ``text``."""
    every = tuple(roots)
    chains = [one.chain for one in stated(root)]
    named = [name for chain in chains if (name := _labelled(chain)) is not None]
    scripts = (n for chain in chains for item in chain.items[1:] for n in walk(item) if isinstance(n, Script))
    made_of = [n for n in scripts if is_name(n) and _letter(n) in INDEX_LETTERS]
    return any(names and _tell_apart(names, every, text) for names in (named, made_of))


def _tell_apart(names: list[Script], roots: tuple[Lines, ...], text: str) -> bool:
    letters: dict[str, set[str]] = {}
    for script in (n for other in roots for n in walk(other) if isinstance(n, Script)):
        if (letter := _letter(script)) is not None:
            letters.setdefault(key(script.base), set()).add(letter)
    return all(
        _are_labels(letters.get(key(n.base), set())) or _is_said(n, letters, roots, text) or _is_uncounted(n, roots)
        for n in names
    )


def _labelled(chain: Chain) -> Script | None:
    """The name with a letter below it at the left of an equation."""
    left = chain.items[0]
    return left if isinstance(left, Script) and is_name(left) and _letter(left) is not None else None


def _letter(node: Script) -> str | None:
    """The letter below a name, or the number there."""
    sub: Node | None = node.sub.body if isinstance(node.sub, Group) else node.sub
    if isinstance(sub, Num):
        return sub.text
    return sub.name if isinstance(sub, Sym) and len(sub.name) == 1 and not sub.font else None


def _are_labels(letters: set[str]) -> bool:
    small = {x for x in letters if x.islower()}
    return small in PAIRS or letters >= PAIRS[0] or len(small - COUNTING) > 1


def _is_said(name: Script, letters: Mapping[str, set[str]], roots: tuple[Lines, ...], text: str) -> bool:
    """Whether a word before the name begins with its letter, "the inner diameter $D_i$", and nothing counts it: it has
    no number or other index anywhere, and no sum runs over it."""
    letter = _letter(name)
    if letter is None or (letters.get(key(name.base), set()) - {letter}) & COUNTING:
        return False
    if any(x.isdigit() for x in letters.get(key(name.base), set())) or _is_bound(name, roots):
        return False
    wanted = _blanked(key(name))
    found = (m for m in _BEFORE.finditer(text) if _blanked(m.group(2)) == wanted)
    return any(m.group(1).startswith(letter) and m.group(1) not in _COUNTED for m in found)


def _is_uncounted(name: Script, roots: tuple[Lines, ...]) -> bool:
    """Whether another equation gives the name by what isn't counted: l_h = 1 − v beside l_h = 1 − v_i."""
    for chain in (one.chain for root in roots for one in stated(root)):
        if key(chain.items[0]) != key(name) or chain.relations[0].sign not in ("=", ":=") or name is chain.items[0]:
            continue
        inside = [n for n in walk(chain.items[1]) if isinstance(n, Sym | Num | Script)]
        scripts = [n for n in inside if isinstance(n, Script) and n.sub is not None]
        letters = {n.name for n in inside if isinstance(n, Sym)}
        if letters - {_letter(name)} == letters != set() and not any(_letter(n) in INDEX_LETTERS for n in scripts):
            return not _is_bound(name, roots)
    return False


def _is_bound(name: Script, roots: tuple[Lines, ...]) -> bool:
    """Whether a sum or a product runs over the letter of a name that stands in it."""
    for big in (n for root in roots for n in walk(root) if isinstance(n, Big) and n.body is not None):
        bound = index_of(big)
        if bound is not None and bound[0] == _letter(name) and key(name) in map(key, _names(big)):
            return True
    return False


def _names(big: Big) -> Iterator[Node]:
    return (n for n in walk(big) if isinstance(n, Script) and is_name(n))


def _blanked(text: str) -> str:
    return re.sub(r"[\s{}]", "", text)
