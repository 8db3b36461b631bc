"""Prepares tokens for the parser: what only spaces or aligns is set aside, environments become single tokens.

A line break inside a display either ends a statement or merely wraps it. It wraps where a bracket is open, and where
the next row goes on with a relation sign or an operator.
"""

from __future__ import annotations

from collections.abc import Sequence

from errata.reading.bold_letters import each_in_bold
from errata.reading.lexer import Token
from errata.reading.notation import (
    ADDITIVE,
    ALIGNED,
    LOGIC,
    MULTIPLICATIVE,
    RELATIONS,
    SIZES,
    STYLES,
    TAGS_SILENT,
    TRIVIA,
)
from errata.reading.rows import CLOSE, INDENTS, OPEN, REMARK, REMARK_END, columns_apart, with_remark_marked

SKIPPED_GROUPS = {r"\color": 1, r"\textcolor": 1, r"\hphantom": 1, r"\vphantom": 1, r"\phantom": 1, r"\rule": 2}
"""Commands whose first arguments say nothing about the formula."""
DEFINITIONS = frozenset({r"\newcommand", r"\renewcommand", r"\def", r"\DeclareMathOperator", r"\providecommand"})

_NEWLINES = frozenset({r"\\", r"\cr", r"\newline"})
_SPELLED = {r"\colon": ("sign", ":"), r"\because": ("text", "text\0because "), "∵": ("text", "text\0because ")}
"""Commands that stand for a sign or for a word."""
_HANDLED = (
    TRIVIA
    | SIZES
    | {r"\_"}
    | _SPELLED.keys()
    | DEFINITIONS
    | SKIPPED_GROUPS.keys()
    | _NEWLINES
    | {r"\begin", r"\end", r"\not"}
)
"""What doesn't stay as it is."""
_SHAPING, _ROWS = OPEN | CLOSE | {"&"}, frozenset({"begin", "end", "newline"})
"""The signs and the kinds of token that say where rows end."""
_ENDS = CLOSE | {"_", "^", r"\right", "&", ",", ".", ";"}
"""What can't follow a bar between two things."""
_OVER = frozenset({r"\overset", r"\stackrel", r"\underset"})


_BETWEEN = frozenset({"intertext", "shortintertext"})
_SPACES = frozenset({r"\;", r"\:", r"\>", r"\ ", "~"})
WIDE = 3
"""Spaces in a row that part two statements, as \\quad does."""


def prepare(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that mean something. Hard line breaks are left as tokens of kind ``break``."""
    merged = _bare_bars(_join_split_fences(_parting_bars(each_in_bold(_merge(tokens)))))
    begins = (i for i, t in enumerate(merged) if t.kind == "begin")
    return _wrap_lines(columns_apart(merged, frozenset(i for i in begins if _class_of(merged, i) == "grid")))


def _merge(tokens: Sequence[Token]) -> list[Token]:
    """Drops spacing and merges ``\\begin{…}``, ``\\end{…}``, ``\\not=`` and ``\\\\[2ex]`` into single tokens."""
    out: list[Token] = []
    i, n = 0, len(tokens)
    for met in [at for at, t in enumerate(tokens) if t.text in _HANDLED or t.kind == "tag" or _is_empty(tokens, at)]:
        if met < i:
            continue
        out.extend(tokens[i:met])
        t, i = tokens[met], met
        if t.text in (r"\begin", r"\end"):
            token, i = _environment(tokens, i)
            out.append(token)
        elif t.text in _NEWLINES:
            i = _skip_bracket(tokens, i + 1)
            if not out or out[-1].kind != "newline":
                out.append(Token("newline", r"\\", t.start, t.end, t.spaced))
        elif t.text == r"\not" and i + 1 < n and tokens[i + 1].text in RELATIONS:
            out.append(Token("command", rf"\not{tokens[i + 1].text}", t.start, tokens[i + 1].end, t.spaced))
            i += 2
        elif t.kind == "command" and t.text in SKIPPED_GROUPS:
            i = _skip_groups(tokens, i + 1, SKIPPED_GROUPS[t.text])
        elif t.text in DEFINITIONS:
            i = _skip_definition(tokens, i + 1)
        elif t.text == "{" and _is_bare_relation(tokens, i):
            out.append(tokens[i + 1])
            i += 3
        elif t.text == "{" and i + 2 < n and _is_empty_operand(tokens, i, out):
            i += 2
        elif t.text in _SPELLED and t.kind != "text":
            kind, text = _SPELLED[t.text]
            out.append(t._replace(kind=kind, text=text))
            i += 1
        elif t.text == r"\_":
            i = _lower_word(tokens, i, out)
        elif t.text in SIZES and [s.text for s in tokens[i + 1 : i + 4 : 2]] == ["{", "}"]:
            out.append(tokens[i + 2])  # \big{(}
            i += 4
        elif (spaces := _spaces(tokens, i)) >= WIDE:
            out.append(Token("command", r"\quad", t.start, tokens[i + spaces - 1].end, t.spaced))
            i += spaces
        elif t.text in TRIVIA or t.text in SIZES or _silent_tag(t):
            i += 1
        else:
            out.append(t)
            i += 1
    out.extend(tokens[i:])
    return out


def _is_empty(tokens: Sequence[Token], at: int) -> bool:
    """Whether braces open that hold nothing, or a sign alone."""
    return tokens[at].text == "{" and (_holds(tokens, at, 0) or _is_bare_relation(tokens, at))


def _holds(tokens: Sequence[Token], at: int, count: int) -> bool:
    return at + count + 1 < len(tokens) and tokens[at + count + 1].text == "}"


def _is_bare_relation(tokens: Sequence[Token], at: int) -> bool:
    """Whether braces hold a sign alone, as in P(X{=}1), which is set with less space so; an index is one of its own."""
    scripted = at > 0 and (tokens[at - 1].text in ("_", "^") or tokens[at - 1].kind == "command")
    return _holds(tokens, at, 1) and tokens[at + 1].text in RELATIONS and not scripted


def _is_empty_operand(tokens: Sequence[Token], i: int, out: Sequence[Token]) -> bool:
    """Whether empty braces stand here that only keep a sign from its row: & {} + c, = {} - 3."""
    if tokens[i + 1].text != "}" or not (tokens[i + 2].text in ADDITIVE or tokens[i + 2].text in RELATIONS):
        return False
    return bool(out) and (out[-1].kind == "newline" or out[-1].text == "&" or out[-1].text in RELATIONS)


def _lower_word(tokens: Sequence[Token], i: int, out: list[Token]) -> int:
    """Past an underscore that is typed as a sign; the letters after it, or the number, are a lower
    index: x\\_i, n\\_train, and x\\_1 alone in x\\_1 z."""
    end = i + 1
    kinds = ("number",) if tokens[end : end + 1] and tokens[end].kind == "number" else ("letter", "number", "word")
    while end < len(tokens) and tokens[end].kind in kinds and not tokens[end].spaced:
        end += 1
    if end == i + 1 or not out or out[-1].kind not in ("letter", "word", "name", "command") or _in_name(out):
        out.append(tokens[i])
        return i + 1
    t, word = tokens[i], "".join(s.text for s in tokens[i + 1 : end])
    kind = "word" if len(word) > 1 and word.isalpha() else tokens[i + 1].kind
    out += [t._replace(kind="sign", text="_"), Token(kind, word, tokens[i + 1].start, tokens[end - 1].end, False)]
    return end


def _in_name(out: Sequence[Token]) -> bool:
    """Whether a command that takes a name is open: \\mathrm{n\\_train}."""
    at = len(out) - 1
    while at >= 0 and out[at].kind in ("letter", "word", "number"):
        at -= 1
    return at > 0 and out[at].text == "{" and out[at - 1].text[1:] in STYLES


def _spaces(tokens: Sequence[Token], at: int) -> int:
    """How many spaces stand in a row here."""
    end = at
    while end < len(tokens) and tokens[end].text in _SPACES:
        end += 1
    return end - at


def _silent_tag(token: Token) -> bool:
    return token.kind == "tag" and token.text.partition("\0")[0] in TAGS_SILENT


def _environment(tokens: Sequence[Token], i: int) -> tuple[Token, int]:
    """One token for ``\\begin{name}{columns}`` or ``\\end{name}``, and the index after it."""
    head, i = tokens[i], i + 1
    kind = head.text[1:]
    name, i = _braced_text(tokens, i)
    columns = ""
    if kind == "begin":
        i = _skip_bracket(tokens, i)
        if name.rstrip("*") in ("array", "tabular", "alignat", "alignedat", "IEEEeqnarray"):
            columns, i = _braced_text(tokens, i)
    return Token(kind, f"{name}\0{columns}", head.start, tokens[i - 1].end, head.spaced), i


def _braced_text(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    if i >= len(tokens) or tokens[i].text != "{":
        return "", i
    out, depth = [], 0
    while i < len(tokens):
        t = tokens[i]
        i += 1
        depth += (t.text == "{") - (t.text == "}")
        if depth == 0:
            break
        if t.text != "{" or depth > 1:
            out.append(t.text)
    return "".join(out), i


def _skip_bracket(tokens: Sequence[Token], i: int) -> int:
    """Past an optional ``[…]`` that stands right here and holds a length or a position."""
    if i < len(tokens) and tokens[i].text == "[" and not tokens[i].spaced:
        for j in range(i + 1, min(i + 8, len(tokens))):
            if tokens[j].text == "]":
                inside = "".join(t.text for t in tokens[i + 1 : j])
                return j + 1 if inside[-2:] in ("ex", "em", "pt", "cm", "mm", "in") or inside in "tbc" else i
    return i


def _skip_groups(tokens: Sequence[Token], i: int, count: int) -> int:
    for _ in range(count):
        if i < len(tokens) and tokens[i].text == "{":
            _, i = _braced_text(tokens, i)
    return i


def _skip_definition(tokens: Sequence[Token], i: int) -> int:
    """Past a macro definition: its name, its arity, its body."""
    while i < len(tokens) and tokens[i].text != "{":
        i += 1
    _, i = _braced_text(tokens, i)
    while i < len(tokens) and (tokens[i].text == "[" or tokens[i].text == "{"):
        if tokens[i].text == "{":
            return _braced_text(tokens, i)[1]
        while i < len(tokens) and tokens[i].text != "]":
            i += 1
        i += 1
    return i


def _join_split_fences(tokens: list[Token]) -> list[Token]:
    """Removes ``\\right. \\\\ & \\left.``: a bracket that goes on in the next row, with those around it."""
    texts = [t.text for t in tokens]
    if r"\left" not in texts:
        return tokens
    drop: set[int] = set()
    for i, t in enumerate(tokens):
        if t.kind != "newline":
            continue
        after = i + 1
        while texts[after : after + 1] and (texts[after] in ("&", r"\quad", r"\qquad") or texts[after] in ADDITIVE):
            after += 1
        before, goes_on = i - 2, after
        while (
            before >= 0
            and texts[before : before + 2] == [r"\right", "."]
            and texts[after : after + 2] == [r"\left", "."]
        ):
            drop |= {before, before + 1, after, after + 1}
            before, after = before - 2, after + 2
        if after > goes_on:
            drop |= {i, *(k for k in range(i + 1, goes_on) if texts[k] == "&")}
    return [t for i, t in enumerate(tokens) if i not in drop] if drop else tokens


def _bare_bars(tokens: list[Token]) -> list[Token]:
    """Removes the sizes around ``\\left. y \\right| x``: a tall bar between two things, not a value of y."""
    texts = [t.text for t in tokens]
    if r"\left" not in texts:
        return tokens
    drop: set[int] = set()
    open_: list[int] = []
    for i, text in enumerate(texts):
        if text == r"\left":
            open_.append(i)
        elif text == r"\right" and open_:
            start = open_.pop()
            after = texts[i + 2 : i + 3]
            if texts[start + 1] == "." and texts[i + 1 : i + 2] in (["|"], [r"\vert"]) and _is_followed(after):
                drop |= {start, start + 1, i}
    return [t for i, t in enumerate(tokens) if i not in drop] if drop else tokens


def _parting_bars(tokens: list[Token]) -> list[Token]:
    """The tokens with left bars that nothing closes as the bar between two things, p(x \\lvert y), and with two such
    bars side by side as the double one."""
    texts = [t.text for t in tokens]
    if r"\lvert" in texts or r"\rvert" in texts:
        open_: list[int] = []
        odd: set[int] = set()
        for i, text in enumerate(texts):
            if text == r"\lvert":
                open_.append(i)
            elif text == r"\rvert":
                odd |= set() if open_ else {i}
                open_ = open_[:-1]
        odd |= set(open_)
        tokens = [t._replace(text=r"\mid") if i in odd else t for i, t in enumerate(tokens)]
    if r"\mid" not in texts:
        return tokens
    out: list[Token] = []
    for t in tokens:
        if t.text == r"\mid" and out and out[-1].text == r"\mid":
            out[-1] = out[-1]._replace(text=r"\parallel", end=t.end)
        else:
            out.append(t)
    return out


def _is_followed(after: list[str]) -> bool:
    return bool(after) and after[0] not in _ENDS and after[0] not in RELATIONS


def _wrap_lines(tokens: list[Token]) -> list[Token]:
    """Drops alignment marks and the breaks that merely wrap, outside of matrices and case distinctions."""
    if not any([t.text == "&" or t.kind in ("newline", "begin") for t in tokens]):
        return tokens
    out: list[Token] = []
    environments: list[str] = []
    depth = [0]
    stack_ends = _substack_ends(tokens)
    done = row = 0
    held: list[Token] = []
    for i in [at for at, t in enumerate(tokens) if t.text in _SHAPING or t.kind in _ROWS]:
        if i in stack_ends:
            continue
        out.extend(tokens[done:i])
        t, done = tokens[i], max(done, i + 1)
        if t.kind == "begin":
            environments.append(_class_of(tokens, i))
            depth.append(0)
        elif t.kind == "end" and environments:
            environments.pop()
            depth.pop()
            out, held = out + held, []
        grid = bool(environments) and environments[-1] == "grid"
        if t.text in OPEN:
            depth[-1] += 1
        elif t.text in CLOSE:
            depth[-1] = max(0, depth[-1] - 1)
        if t.text == "&" and not grid:
            continue
        if t.kind == "newline" and not grid:
            if depth[-1] > 0 and _closes_later(tokens, i, depth[-1]):
                continue
            if (beside := _between_rows(tokens, i + 1)) is not None:
                marks = [Token(k, "", beside.start, beside.end, True) for k in (REMARK, REMARK_END)]
                out, held = [*out, *held, marks[0], beside, marks[1]], []
                row, done = len(out), _first_of_row(tokens, _first_of_row(tokens, i + 1) + 1)
                continue
            before = out[row:]
            ends = _starts_with_a_result(before, 0) and _starts_with_a_result(tokens, i + 1)
            goes_on = _goes_on(tokens, i + 1) and not ends
            if goes_on or _left_open(out):
                if goes_on:
                    out[row:], held = _with_remark(before, held, _begins_in_a_member(tokens, i + 1))
                row, done = len(out), _first_of_row(tokens, i + 1)
                continue
            out, held = out + held, []
            row = len(out) + 1
            depth[-1] = 0
            out.append(Token("break", r"\\", t.start, t.end, t.spaced))
            continue
        out.append(t)
        row = len(out) if t.kind == "begin" else row
    out.extend(tokens[done:])
    return out + held


def _between_rows(tokens: list[Token], i: int) -> Token | None:
    """The prose between two rows, \\intertext{using}, where the second goes on from the first."""
    i = _first_of_row(tokens, i)
    said = i < len(tokens) and tokens[i].kind == "text" and tokens[i].text.partition("\0")[0] in _BETWEEN
    return tokens[i] if said and i + 1 < len(tokens) and _goes_on(tokens, i + 1) else None


def _with_remark(row: list[Token], held: list[Token], in_member: bool) -> tuple[list[Token], list[Token]]:
    """A row that the next one goes on from, with what is remarked in it marked, and what is held back because the next
    one begins within its last member: the remark stands after the whole of that."""
    marked = with_remark_marked(row)
    at = next((i for i, t in enumerate(marked) if t.kind == REMARK), len(marked))
    if in_member:
        return marked[:at], [*held, *marked[at:]]
    return [*marked[:at], *held, *marked[at:]], []


def _begins_in_a_member(tokens: Sequence[Token], i: int) -> bool:
    """Whether the row that starts at ``i`` goes on with a term or a factor, not with a relation."""
    i = _first_of_row(tokens, i)
    return i < len(tokens) and (tokens[i].text in ADDITIVE or tokens[i].text in MULTIPLICATIVE)


def _substack_ends(tokens: list[Token]) -> set[int]:
    """Where the lines of a ``\\substack`` end: they are conditions of their own, and wrap nothing."""
    out: set[int] = set()
    for start, t in enumerate(tokens):
        if t.text != r"\substack":
            continue
        depth = 0
        for i in range(start + 1, len(tokens)):
            depth += (tokens[i].text == "{") - (tokens[i].text == "}")
            if depth == 0:
                break
            if tokens[i].kind == "newline":
                out.add(i)
    return out


def _class_of(tokens: list[Token], i: int) -> str:
    """Whether the environment that begins here is a grid of cells, or only aligned lines: also an array of one column
    with a relation in each row."""
    name = tokens[i].text.partition("\0")[0].rstrip("*")
    if name in ALIGNED or name == "eqnarray":
        return "lines"
    if name != "array":
        return "grid"
    before = tokens[i - 1].text if i else ""
    if before in (r"\{", r"\lbrace", "(", "["):
        return "grid"
    level = braces = 0
    rows = [False]
    for a, b in zip(tokens[i + 1 :], tokens[i + 2 :], strict=False):
        level += (a.kind == "begin") - (a.kind == "end")
        braces += (a.text == "{") - (a.text == "}")
        if level < 0:
            break
        if level == 0 and a.text == "&":
            if b.text in RELATIONS:
                return "lines"
            rows = []
        elif level == braces == 0 and rows and a.kind == "newline":
            rows.append(False)
        elif level == braces == 0 and rows and a.text in RELATIONS:
            rows[-1] = True
    said = rows if rows[-1:] != [False] else rows[:-1]
    return "lines" if len(said) > 1 and all(said) else "grid"


def _closes_later(tokens: list[Token], i: int, depth: int) -> bool:
    """Whether the bracket that is open at a line break closes before the environment does."""
    level = 0
    for t in tokens[i + 1 :]:
        level += (t.kind == "begin") - (t.kind == "end")
        if level < 0:
            return False
        depth += (t.text in OPEN) - (t.text in CLOSE)
        if depth <= 0:
            return True
    return False


def _goes_on(tokens: list[Token], i: int) -> bool:
    """Whether the row that starts at ``i`` continues the statement before it."""
    start, i = i, _first_of_row(tokens, i)
    if i >= len(tokens):
        return False
    t = tokens[i]
    if t.text in RELATIONS or t.text in LOGIC or t.text in MULTIPLICATIVE or t.text in (r"\xrightarrow",):
        return True
    if t.text in _OVER:
        return _stacks_relation(tokens, i)
    if t.text in ADDITIVE:
        aligned = any(before.text == "&" for before in tokens[start:i])
        return aligned or t.text == "+" or not _has_relation(tokens, i)
    return False


def _starts_with_a_result(tokens: Sequence[Token], i: int) -> bool:
    """Whether a row starts with a number and an equals sign: −1.7 = −1 + … below −1.0 = −1 + … is no difference."""
    while i < len(tokens) and tokens[i].kind in ("begin", "break"):
        i += 1
    i = _first_of_row(tokens, i)
    if i < len(tokens) and tokens[i].text == "-":
        i += 1
    return i + 1 < len(tokens) and tokens[i].kind == "number" and tokens[i + 1].text == "="


def _first_of_row(tokens: Sequence[Token], i: int) -> int:
    """Where the row that starts at ``i`` says something: past alignment marks and wide spaces."""
    while i < len(tokens) and tokens[i].text in INDENTS:
        i += 1
    return i


def _left_open(row: list[Token]) -> bool:
    """Whether the row so far ends in a sign that something must follow."""
    last = next((t for t in reversed(row) if t.text not in INDENTS), None)
    if last is None or last.kind == "text":
        return False
    return last.text in RELATIONS or last.text in LOGIC or last.text in ADDITIVE or last.text in MULTIPLICATIVE


def _stacks_relation(tokens: list[Token], i: int) -> bool:
    _, j = _braced_text(tokens, i + 1)
    return j + 1 < len(tokens) and any(t.text in RELATIONS or t.text in LOGIC for t in tokens[j : j + 2])


def _has_relation(tokens: list[Token], i: int) -> bool:
    """Whether a relation sign stands outside brackets in the row that starts at ``i``."""
    depth = 0
    for t in tokens[i:]:
        if t.kind in ("newline", "end"):
            return False
        depth += (t.text in OPEN) - (t.text in CLOSE)
        if depth == 0 and t.text in RELATIONS:
            return True
    return False
