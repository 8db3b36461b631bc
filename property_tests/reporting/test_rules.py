"""Every rule has a page, and the examples on it do what they say."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from errata.cli import main
from errata.reporting.rules.catalogue import RULES, nearest, rule_of, rules_of
from errata.reporting.rules.rule import Rule, Severity

LETTER = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.NOTE: "N"}
HOUSE = Path(__file__).parents[2]
by_code = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@by_code
def test_a_page_is_complete(rule: Rule) -> None:
    assert re.fullmatch(rf"{LETTER[rule.severity]}\d{{3}}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert len(rule.headline) < 80 and rule.headline[-1] not in ".!"
    assert all(len(part.split()) > 15 for part in (rule.what, rule.why, rule.silent))
    assert rule.wrong != rule.right
    assert (HOUSE / "errata/reporting/rules" / f"{rule.name.replace('-', '_')}.py").is_file()


def test_codes_and_names_are_unique_and_in_order() -> None:
    assert len({rule.name for rule in RULES}) == len({rule.code for rule in RULES}) == len(RULES)
    order = [("EWN".index(rule.code[0]), rule.code) for rule in RULES]
    assert order == sorted(order)


def test_every_file_of_a_rule_is_in_the_catalogue() -> None:
    files = {path.stem for path in (HOUSE / "errata/reporting/rules").glob("*.py")}
    assert files - {"__init__", "catalogue", "rule"} == {rule.name.replace("-", "_") for rule in RULES}


def test_rules_are_found_by_code_name_and_prefix() -> None:
    assert rule_of("e302") is rule_of("wrong-rounding") is RULES[1]
    assert [rule.code for rule in rules_of("w")] == [
        "W303",
        "W306",
        "W307",
        "W308",
        "W321",
        "W401",
        "W402",
        "W403",
        "W404",
        "W405",
        "W501",
        "W502",
    ]
    assert rules_of("all") == RULES and rules_of("") == rules_of("X") == ()
    assert nearest("E3O2") == "E302" and nearest("wrong-roundin") == "wrong-rounding" and nearest("zzzzz") is None


def test_the_page_of_diagnostics_is_that_of_the_rules() -> None:
    printed = CliRunner().invoke(main, ["explain", "--all"]).output
    written = (HOUSE / "docs/diagnostics.md").read_text(encoding="utf-8")
    assert written.endswith(printed), "refresh it: errata explain --all, below its introduction"


@pytest.fixture(scope="module")
def codes_found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, int]]:
    """How often each code is reported on the notes of each page, by the name of the note."""
    folder = tmp_path_factory.mktemp("pages")
    for rule in RULES:
        (folder / f"{rule.code}-wrong.md").write_text(rule.wrong, encoding="utf-8")
        (folder / f"{rule.code}-right.md").write_text(rule.right, encoding="utf-8")
    ran = CliRunner().invoke(main, ["check", str(folder), "--format", "json"])
    assert ran.exit_code == 1, ran.stderr
    return {Path(d["path"]).stem: _codes(d) for d in json.loads(ran.stdout)["documents"]}


def _codes(document: Mapping[str, Any]) -> Mapping[str, int]:
    said = [r["code"] for r in [*document["relations"], *document["remarks"]] if r["code"]]
    return Counter(said + ["N401"] * len(document["damages"]))


@by_code
def test_the_examples_do_what_the_page_says(rule: Rule, codes_found: Mapping[str, Mapping[str, int]]) -> None:
    assert codes_found[f"{rule.code}-wrong"] == {rule.code: 1}
    assert codes_found[f"{rule.code}-right"] == {}
