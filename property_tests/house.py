"""The rules of the house, as functions from a file (its path and source) or a tree of files to what breaks them.

They read the source and import nothing of it. A violation is a line of text that says where, what, and what to do.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

Tree = Mapping[str, str]
"""The source of each Python file by its path from the root, with forward slashes."""

ROOMS = ("claims", "derivations", "reference_models", "numerics", "errata")
OURS = (*ROOMS, "property_tests", "benchmarks")

MAY_ENTER: Mapping[str, frozenset[str]] = {
    "claims": frozenset({"claims"}),
    "derivations": frozenset({"claims", "derivations"}),
    "reference_models": frozenset({"reference_models"}),
    "numerics": frozenset({"claims", "derivations", "reference_models", "numerics"}),
    "errata": frozenset(ROOMS),
    "property_tests": frozenset({*ROOMS, "property_tests"}),
    "benchmarks": frozenset({*ROOMS, "benchmarks"}),
}
"""Which of our rooms each room may import from."""

THIRD_PARTY: Mapping[str, frozenset[str]] = {
    "claims": frozenset({"sympy", "msgspec"}),
    "derivations": frozenset({"sympy"}),
    "reference_models": frozenset({"torch", "numpy"}),
    "numerics": frozenset({"sympy", "torch", "numpy", "scipy", "mpmath", "flint"}),
    "errata": frozenset({"click", "msgspec", "rich", "pathspec", "sympy", "flint", "numpy", "scipy", "mpmath"}),
}
"""What else each room may import; rooms that are not listed may import anything."""

ORACLES = frozenset(
    """autograd choix diffusers filterpy hmmlearn hypothesis networkx nflows nltk normflows ot pgmpy prdc sacrebleu
    sklearn statsmodels torch_geometric torchdiffeq torchmetrics torchsde transformers vector_quantize_pytorch zuko
    pytorch_metric_learning gpytorch""".split()
)
"""Packages that a specification is compared with; asked only inside the function that asks."""

INTEGRATIONS = "errata/integrations/"
HOSTS = frozenset({"pygls", "lsprotocol", "sphinx", "docutils", "IPython"})
"""Programs that errata is a part of there, and nowhere else."""

LATE_ONLY: Mapping[str, frozenset[str]] = {
    "errata": frozenset({"torch", "dask", "distributed", "matplotlib", "watchfiles"}),
    "numerics": ORACLES,
}
"""What a room may import inside a function, and nowhere else."""

SPEAKS_TEXT = frozenset(
    {"eval", "exec", "compile", "__import__", "parse_expr", "parse_latex", "lambdify", "S", "sympify"}
)
"""Calls that turn text into code or into expressions; ``sympify(…, strict=True)`` takes no text and is fine."""

BUILTIN_ONLY = frozenset({"eval", "exec", "compile"})
"""Of these, only the builtins: ``model.eval()`` and ``re.compile()`` are something else."""

SHELL = frozenset({"os.system", "os.popen", "importlib.import_module"})
UNSAFE_MODULES = frozenset({"pickle", "marshal", "shelve", "dill", "joblib"})
METHODS = frozenset(
    f"numerics/{folder}"
    for folder in "conformance counterexamples families interpretations pins sampling specifications".split()
)
"""Folders that hold a method and no pages about a claim."""
SPECIFICATIONS = "numerics/specifications/"
NO_NOUN = frozenset({"utils", "util", "helpers", "misc", "common"})
MIRRORS = (
    "numerics/{topic}/{stem}.py",
    "property_tests/{topic}/test_{stem}.py",
    "docs/{topic}/{stem}.md",
)


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module; ``late`` where only calling a function imports it, ``typed`` where only a checker does."""

    module: str
    line: int
    late: bool = False
    typed: bool = False

    @property
    def root(self) -> str:
        return self.module.split(".")[0]


def room_of(path: str) -> str:
    return PurePosixPath(path).parts[0]


@lru_cache(maxsize=4096)
def imports(source: str) -> tuple[Import, ...]:
    """Every import of a file. ``from a import b`` counts as ``a.b``, which may be a module or a name in one."""
    return tuple(_imports(ast.parse(source), late=False, typed=False))


def _imports(node: ast.AST, late: bool, typed: bool) -> Iterator[Import]:
    match node:
        case ast.Import(names=names):
            yield from (Import(a.name, node.lineno, late, typed) for a in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            yield from (Import("." * level + f"{module or ''}.{a.name}", node.lineno, late, typed) for a in names)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            late = True
        case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
            typed = True
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, late, typed)


def broken_arrows(path: str, source: str) -> Iterator[str]:
    """Imports that a room may not make: of another room, of a stranger, or too early."""
    room = room_of(path)
    for found in imports(source):
        place = f"{path}:{found.line}: {found.module}"
        if found.module.startswith("."):
            yield f"{place} is relative; name the room"
        elif found.root in OURS:
            if found.root not in MAY_ENTER[room]:
                yield f"{place}: {room} may import only {', '.join(sorted(MAY_ENTER[room]))} of ours"
        elif found.root in LATE_ONLY.get(room, ()):
            if not (found.late or found.typed):
                yield f"{place}: {room} imports {found.root} inside the function that needs it, never at the top"
        elif path.startswith(INTEGRATIONS) and found.root in HOSTS:
            continue
        elif room in THIRD_PARTY and found.root not in THIRD_PARTY[room] | sys.stdlib_module_names:
            yield f"{place}: {room} may import only {', '.join(sorted(THIRD_PARTY[room]))} and the standard library"


def leaning_models(path: str, source: str) -> Iterator[str]:
    """A page of a reference model stands alone."""
    if room_of(path) == "reference_models":
        for found in imports(source):
            if found.root in OURS:
                yield f"{path}:{found.line}: {found.module}: a model imports nothing of ours; repeat the lines"


def text_as_code(path: str, source: str) -> Iterator[str]:
    """Calls that would make code or expressions of text, start a shell, or import by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _forbidden(node)):
            yield f"{path}:{node.lineno}: {name}(…) can turn text into code; build the value by hand"


def _forbidden(call: ast.Call) -> str | None:
    name = ast.unparse(call.func)
    last = name.split(".")[-1]
    if name in SHELL:
        return name
    if last not in SPEAKS_TEXT or (last in BUILTIN_ONLY and name not in (last, f"builtins.{last}")):
        return None
    strict = any(
        k.arg == "strict" and isinstance(k.value, ast.Constant) and k.value.value is True for k in call.keywords
    )
    return None if last == "sympify" and strict else name


def untrusted_data(path: str, source: str) -> Iterator[str]:
    """Modules whose files run code when they are read."""
    for found in imports(source):
        if found.root in UNSAFE_MODULES:
            yield f"{path}:{found.line}: {found.module} runs code when it reads; use JSON"


def nameless_files(path: str, source: str) -> Iterator[str]:
    """A helper lives beside its one user or earns a noun."""
    if PurePosixPath(path).stem in NO_NOUN:
        yield f"{path}: say what is in it, or put it beside its user"


def import_effects(path: str, source: str) -> Iterator[str]:
    """Statements at the top of a module that do something: importing a file changes nothing."""
    if PurePosixPath(path).name != "__main__.py":
        for statement in ast.parse(source).body:
            if not _is_definition(statement):
                yield f"{path}:{statement.lineno}: {ast.unparse(statement)[:60]}: importing this file does something"


def _is_definition(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=targets):
            return all(_is_name(t) for t in targets)
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return _is_name(target)
        case ast.If(test=test):
            return ast.unparse(test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING", "__name__ == '__main__'")
        case _:
            return False


def _is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) or (isinstance(target, ast.Tuple) and all(map(_is_name, target.elts)))


def unlisted_derivations(path: str, source: str) -> Iterator[str]:
    """Derivations that a page makes and its DERIVATIONS lacks."""
    if is_page(path, "derivations"):
        for name in sorted(derivations_made(source) - derivations_listed(source)):
            yield f"{path}: {name} is not in DERIVATIONS"


def derivations_made(source: str) -> set[str]:
    """Names that a page assigns a Derivation to."""
    return {
        target.id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if ast.unparse(node.value.func).split(".")[-1] == "Derivation"
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def derivations_listed(source: str) -> set[str]:
    """Names in the tuple DERIVATIONS of a page."""
    return {
        element.id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == ["DERIVATIONS"]
        for element in getattr(node.value, "elts", [])
        if isinstance(element, ast.Name)
    }


def is_page(path: str, room: str) -> bool:
    """Whether a file is ``<room>/<topic>/<stem>.py``."""
    parts = PurePosixPath(path).parts
    page = len(parts) == 3 and parts[0] == room and parts[2].endswith(".py") and parts[2] != "__init__.py"
    return page and "/".join(parts[:2]) not in METHODS


def missing_mirrors(paths: Iterable[str]) -> Iterator[str]:
    """Stems of derivations that another room, the tests or the documentation lack."""
    there = set(paths)
    for path in sorted(there):
        if is_page(path, "derivations"):
            _, topic, name = PurePosixPath(path).parts
            for mirror in MIRRORS:
                wanted = mirror.format(topic=topic, stem=name.removesuffix(".py"))
                if wanted not in there:
                    yield f"{path}: {wanted} is missing"


def uncatalogued_pages(tree: Tree, room: str) -> Iterator[str]:
    """Pages of a room that its catalogue does not import."""
    known = {found.module for found in imports(tree.get(f"{room}/catalogue.py", ""))}
    for path in sorted(tree):
        module = path.removesuffix(".py").replace("/", ".")
        if is_page(path, room) and module not in known:
            yield f"{path}: {room}/catalogue.py does not import it"


def unasked_models(tree: Tree) -> Iterator[str]:
    """Pages of reference models that neither a specification nor a page of routes imports."""
    asking = [p for p in tree if p.startswith(SPECIFICATIONS) or is_page(p, "numerics")]
    named = {found.module for path in asking for found in imports(tree[path])}
    known = named | {module.rpartition(".")[0] for module in named}
    for path in sorted(tree):
        if is_page(path, "reference_models") and path.removesuffix(".py").replace("/", ".") not in known:
            yield f"{path}: no specification and no route asks it"


def routes_without_models(tree: Tree) -> Iterator[str]:
    """Pages of routes that ask no reference model."""
    for path in sorted(tree):
        if is_page(path, "numerics") and not any(found.root == "reference_models" for found in imports(tree[path])):
            yield f"{path}: its derivations are held to no reference model"


def uncatalogued_specifications(tree: Tree) -> Iterator[str]:
    """Pages of specifications that the catalogue of their family does not import."""
    for path in sorted(tree):
        parts = PurePosixPath(path).parts
        if path.startswith(SPECIFICATIONS) and len(parts) == 4 and parts[3] not in ("__init__.py", "catalogue.py"):
            catalogue = "/".join((*parts[:3], "catalogue.py"))
            known = {found.module for found in imports(tree.get(catalogue, ""))}
            if path.removesuffix(".py").replace("/", ".") not in known:
                yield f"{path}: {catalogue} does not import it"


def early_imports(tree: Tree, room: str, forbidden: str) -> Iterator[str]:
    """How importing any file of a room ends up importing a forbidden module: each chain of files, the shortest."""
    for start in sorted(p for p in tree if room_of(p) == room):
        chain = _chain(tree, start, forbidden)
        if chain:
            yield " → ".join((*chain, forbidden))


def _chain(tree: Tree, start: str, forbidden: str) -> tuple[str, ...]:
    queue, seen = [(start,)], {start}
    while queue:
        chain = queue.pop(0)
        for found in imports(tree[chain[-1]]):
            if found.late or found.typed:
                continue
            if found.root == forbidden:
                return chain
            for path in _files(tree, found.module):
                if path not in seen:
                    seen.add(path)
                    queue.append((*chain, path))
    return ()


def _files(tree: Tree, module: str) -> list[str]:
    """The files that importing ``module`` runs: its own, and those of the packages around it."""
    parts = module.split(".")
    stems = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return [p for stem in stems for p in (f"{stem}.py", f"{stem}/__init__.py") if p in tree]


Rule = Callable[[str, str], Iterator[str]]
RULES: tuple[Rule, ...] = (
    broken_arrows,
    leaning_models,
    text_as_code,
    untrusted_data,
    nameless_files,
    import_effects,
    unlisted_derivations,
)
"""The rules for a single file of a room."""
