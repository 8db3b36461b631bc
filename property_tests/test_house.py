"""The house stands: arrows, stems, catalogues, and no text that turns into code. Each rule is shown to catch."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivations.catalogue import derivations
from numerics.catalogue import ROUTES
from property_tests import house
from property_tests.house import (
    ROOMS,
    RULES,
    broken_arrows,
    early_imports,
    missing_mirrors,
    routes_without_models,
    unasked_models,
    uncatalogued_pages,
    uncatalogued_specifications,
)

ROOT = Path(__file__).parents[1]


def tree_of(*folders: str) -> dict[str, str]:
    files = (f for folder in folders for f in sorted((ROOT / folder).rglob("*.py")))
    return {f.relative_to(ROOT).as_posix(): f.read_text(encoding="utf-8") for f in files}


TREE = tree_of(*ROOMS)
PATHS = {f.relative_to(ROOT).as_posix() for folder in ("docs", "property_tests") for f in (ROOT / folder).rglob("*.*")}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
def test_every_file_of_every_room_keeps(rule):
    assert TREE
    assert [line for path, source in TREE.items() for line in rule(path, source)] == []


def test_tests_and_benchmarks_keep_the_arrows():
    tree = tree_of("property_tests", "benchmarks")
    assert [line for path, source in tree.items() for line in broken_arrows(path, source)] == []


def test_importing_errata_never_imports_torch():
    assert list(early_imports(TREE, "errata", "torch")) == []
    assert list(early_imports(TREE, "errata", "reference_models")) == []


def test_every_derivation_has_its_mirrors():
    assert list(missing_mirrors({*TREE, *PATHS})) == []


@pytest.mark.parametrize("room", ["derivations", "numerics"])
def test_every_page_is_in_the_catalogue(room):
    assert list(uncatalogued_pages(TREE, room)) == []


def test_every_model_is_asked_and_every_page_of_routes_asks_one():
    assert list(unasked_models(TREE)) == []
    assert list(routes_without_models(TREE)) == []


def test_every_specification_is_in_the_catalogue_of_its_family():
    assert list(uncatalogued_specifications(TREE)) == []


def test_every_derivation_of_every_page_is_catalogued_under_its_name_and_has_routes():
    made = {
        n for path, source in TREE.items() if house.is_page(path, "derivations") for n in house.derivations_made(source)
    }
    assert made == {d.claim.name for d in derivations()}
    assert [name for name in sorted(made) if not ROUTES.get(name)] == []
    assert set(ROUTES) <= made


PLANTED = [
    ("broken_arrows", "claims/new.py", "import torch", "claims may import only msgspec, sympy"),
    ("broken_arrows", "claims/new.py", "from derivations import check", "claims may import only claims of ours"),
    ("broken_arrows", "derivations/new.py", "def f():\n    import numerics.slips", "of ours"),
    ("broken_arrows", "derivations/new.py", "import numpy", "derivations may import only sympy"),
    ("broken_arrows", "numerics/new.py", "from errata.reading import tree", "of ours"),
    ("broken_arrows", "numerics/new.py", "import requests", "numerics may import only"),
    ("broken_arrows", "errata/new.py", "import torch", "never at the top"),
    ("broken_arrows", "errata/new.py", "class A:\n    from torch import Tensor", "never at the top"),
    ("broken_arrows", "errata/new.py", "from property_tests import house", "of ours"),
    ("broken_arrows", "errata/new.py", "import benchmarks.speed", "of ours"),
    ("broken_arrows", "property_tests/new.py", "import benchmarks", "of ours"),
    ("broken_arrows", "errata/commands/new.py", "def f():\n    import pygls", "errata may import only"),
    ("broken_arrows", "claims/new.py", "from . import domains", "is relative"),
    ("leaning_models", "reference_models/gaussian/kl.py", "from claims.domains import Real", "nothing of ours"),
    ("leaning_models", "reference_models/gaussian/kl.py", "import reference_models.gaussian.mle", "nothing of ours"),
    ("text_as_code", "errata/new.py", "eval(text)", "eval"),
    ("text_as_code", "errata/new.py", "def f(t):\n    return builtins.exec(t)", "exec"),
    ("text_as_code", "errata/new.py", "sp.sympify(text)", "sympify"),
    ("text_as_code", "errata/new.py", "sympify(text, strict=False)", "sympify"),
    ("text_as_code", "errata/new.py", "sp.S(text)", "S"),
    ("text_as_code", "errata/new.py", "sympy.parsing.sympy_parser.parse_expr(text)", "parse_expr"),
    ("text_as_code", "numerics/new.py", "f = sp.lambdify(x, e)", "lambdify"),
    ("text_as_code", "numerics/new.py", "m = __import__(name)", "__import__"),
    ("text_as_code", "numerics/new.py", "importlib.import_module(name)", "import_module"),
    ("text_as_code", "errata/new.py", "os.system(text)", "os.system"),
    ("untrusted_data", "errata/new.py", "from pickle import loads", "use JSON"),
    ("untrusted_data", "errata/new.py", "def f():\n    import marshal", "use JSON"),
    ("nameless_files", "errata/reading/utils.py", "", "say what is in it"),
    ("import_effects", "reference_models/new.py", "torch.set_default_dtype(torch.float64)", "does something"),
    ("import_effects", "numerics/new.py", "mp.dps = 50", "does something"),
    ("import_effects", "numerics/new.py", "CACHE = {}\nCACHE['a'] = 1", "does something"),
    ("import_effects", "errata/new.py", "for name in NAMES:\n    register(name)", "does something"),
    ("unlisted_derivations", "derivations/gaussian/new.py", "a = Derivation(c, s)\nDERIVATIONS = (b,)", "a is not in"),
]


@pytest.mark.parametrize(("rule", "path", "source", "message"), PLANTED)
def test_a_planted_violation_is_caught(rule, path, source, message):
    (line,) = getattr(house, rule)(path, source)
    assert line.startswith(path)
    assert message in line


def test_every_rule_has_a_planted_violation():
    assert {rule.__name__ for rule in RULES} == {rule for rule, *_ in PLANTED}


ALLOWED = [
    ("broken_arrows", "errata/new.py", "def f():\n    import torch"),
    ("broken_arrows", "errata/integrations/new.py", "from pygls.lsp.server import LanguageServer"),
    ("broken_arrows", "errata/new.py", "if TYPE_CHECKING:\n    from torch import Tensor"),
    ("broken_arrows", "numerics/new.py", "import math\nfrom flint import arb\nfrom claims.claim import Claim"),
    ("leaning_models", "reference_models/gaussian/kl.py", "import math\nimport torch"),
    ("text_as_code", "errata/new.py", "re.compile(text)\nmodel.eval()\nsp.sympify(x, strict=True)"),
    ("import_effects", "errata/__main__.py", "sys.exit(main())"),
    ("import_effects", "claims/new.py", '"""Words."""\na, b = 1, 2\nif __name__ == "__main__":\n    print(a)'),
    ("unlisted_derivations", "derivations/gaussian/new.py", "a = Derivation(c, s)\nDERIVATIONS = (a,)"),
]


@pytest.mark.parametrize(("rule", "path", "source"), ALLOWED)
def test_what_is_fine_is_let_through(rule, path, source):
    assert list(getattr(house, rule)(path, source)) == []


def test_a_missing_mirror_is_caught():
    whole = {
        "derivations/gaussian/kl.py",
        "numerics/gaussian/kl.py",
        "property_tests/gaussian/test_kl.py",
        "docs/gaussian/kl.md",
    }
    assert list(missing_mirrors(whole)) == []
    for path in whole - {"derivations/gaussian/kl.py"}:
        assert list(missing_mirrors(whole - {path})) == [f"derivations/gaussian/kl.py: {path} is missing"]


def test_a_page_outside_the_catalogue_is_caught():
    tree = {"numerics/gaussian/kl.py": "", "numerics/catalogue.py": "from numerics.gaussian import kl"}
    assert list(uncatalogued_pages(tree, "numerics")) == []
    (line,) = uncatalogued_pages({**tree, "numerics/gaussian/mle.py": ""}, "numerics")
    assert line.startswith("numerics/gaussian/mle.py")


@pytest.mark.parametrize("asking", ["numerics/specifications/flows/coupling.py", "numerics/flows/layers.py"])
def test_a_model_is_asked_by_a_specification_or_by_a_route(asking):
    tree = {"reference_models/flows/coupling.py": "", asking: ""}
    (line,) = unasked_models(tree)
    assert line.startswith("reference_models/flows/coupling.py")
    tree[asking] = "from reference_models.flows import coupling"
    assert list(unasked_models(tree)) == []
    tree["reference_models/flows/splines.py"] = "from reference_models.flows import coupling"
    (line,) = unasked_models(tree)
    assert line.startswith("reference_models/flows/splines.py")


def test_a_page_of_routes_that_asks_no_model_is_caught():
    tree = {"numerics/flows/layers.py": "import sympy", "numerics/points.py": "", "numerics/sampling/drawn.py": ""}
    (line,) = routes_without_models(tree)
    assert line.startswith("numerics/flows/layers.py")
    tree["numerics/flows/layers.py"] = "from reference_models.flows import coupling"
    assert list(routes_without_models(tree)) == []


def test_a_specification_outside_its_catalogue_is_caught():
    tree = {"numerics/specifications/flows/coupling.py": "", "numerics/specifications/flows/catalogue.py": ""}
    (line,) = uncatalogued_specifications(tree)
    assert line.startswith("numerics/specifications/flows/coupling.py")
    tree["numerics/specifications/flows/catalogue.py"] = "from numerics.specifications.flows import coupling"
    assert list(uncatalogued_specifications(tree)) == []


def test_an_early_import_is_found_through_other_files():
    tree = {
        "errata/cli.py": "from numerics.catalogue import routes",
        "errata/late.py": "def f():\n    from numerics.catalogue import routes",
        "numerics/__init__.py": "",
        "numerics/catalogue.py": "from numerics.gaussian import kl",
        "numerics/gaussian/kl.py": "import torch",
    }
    assert list(early_imports(tree, "errata", "torch")) == [
        "errata/cli.py → numerics/catalogue.py → numerics/gaussian/kl.py → torch"
    ]
