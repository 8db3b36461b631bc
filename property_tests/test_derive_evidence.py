"""``errata derive`` with numbers: routes side by side, samples shared by processes and a cluster, and pictures."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sympy as sp
from click.testing import CliRunner
from flint import arb

from claims.claim import Claim
from claims.domains import Real, Variable
from claims.notation import Expectation, Normal
from claims.records import replace
from derivations.catalogue import derivation
from errata.cli import main
from errata.commands.evidence import as_text, bar, side_by_side, totals
from errata.commands.executors import executor
from numerics.sampling.averages import LEAF, average
from numerics.sampling.engine import summed
from numerics.sampling.route import Sampling
from property_tests.numerics.sampling import fatal

NAME = "entropy_normal_eq"


def derive(*arguments: str):
    return CliRunner().invoke(main, ["derive", *arguments])


def test_routes_stand_side_by_side_with_error_bars():
    ran = derive(NAME, "--evidence")
    assert ran.exit_code == 0
    lines = [line.split() for line in ran.output.splitlines()]
    for route in ("stated", "written", "reference", "quadrature", "monte-carlo"):
        values = [line for line in lines if route in line[:2] and "±" in line]
        assert len(values) == 3, route
    assert sum("agrees" in line for line in lines) == 4


def test_json_has_the_routes_of_the_contract_with_their_values():
    (tree,) = json.loads(derive(NAME, "--evidence", "--samples", "20000", "--format", "json").output)
    routes = {r["route"]: r for r in tree["routes"]}
    assert routes["derivation"]["verdict"] == "proved" if "derivation" in routes else True
    sampled = routes["monte-carlo"]
    assert sampled["verdict"] == "agrees"
    assert sampled["detail"].startswith("n=20000")
    for at in sampled["values"]:
        assert abs(float(at["value"])) < 10
        assert 0 < float(at["error"]) < 0.2


def test_draws_in_float32_say_so_and_hold_their_rounding():
    (tree,) = json.loads(derive(NAME, "--evidence", "--precision", "float32", "--format", "json").output)
    (sampled,) = (r for r in tree["routes"] if r["route"] == "monte-carlo")
    assert sampled["verdict"] == "agrees"
    assert "float32" in sampled["detail"]


def test_a_claim_without_float32_is_drawn_in_float64_and_says_so():
    asked = ("--evidence", "--precision", "float32", "--samples", "20000")
    ran = derive("kl_product_eq", *asked)
    (line,) = [line for line in ran.output.splitlines() if "not in float32 as asked" in line]
    assert "drawn in float64" in line and "float32 has no stated rounding" in line
    trees = json.loads(derive("kl_product_eq", NAME, *asked, "--format", "json").output)
    assert ["sampling_otherwise" in tree for tree in trees] == [True, False]
    drawn = [route for tree in trees for route in tree["routes"] if route["route"] == "monte-carlo"]
    assert [route["detail"].startswith("n=20000") for route in drawn] == [True, True], "samples are kept"
    assert ["float32" in route["detail"] for route in drawn] == [False, True]
    assert "1 not as asked" in totals(trees) and "not as asked" not in totals(trees[1:])


def test_a_device_without_float64_is_refused_with_the_reason(monkeypatch):
    import torch

    zeros = torch.zeros

    def without(*sizes, dtype=None, device=None, **more):
        if device == "single:0" and dtype is torch.float64:
            raise TypeError("no float64 on single")
        return zeros(*sizes, dtype=dtype, device="cpu", **more)

    monkeypatch.setattr(torch, "zeros", without)
    for command in (["derive", NAME, "--evidence"], ["run", "bernoulli"]):
        ran = CliRunner().invoke(main, [*command, "--device", "single:0"])
        assert ran.exit_code == 2 and "it has no float64" in ran.output and "cuda" in ran.output, ran.output


def test_several_derivations_are_shared_by_processes_and_print_the_same():
    def told(*more: str) -> list[dict[str, object]]:
        ran = derive(NAME, "kl_normal_std_eq", "sigmoid_slope_eq", "--evidence", "--format", "json", *more)
        assert ran.exit_code == 0, ran.output
        return [{k: v for k, v in tree.items() if k not in {"seconds", "steps"}} for tree in json.loads(ran.output)]

    alone = told()
    assert [tree["name"] for tree in alone] == [NAME, "kl_normal_std_eq", "sigmoid_slope_eq"]
    assert told("--jobs", "2") == alone


def test_a_refuted_derivation_ends_with_exit_status_1(monkeypatch):
    from errata.commands import evidence, examined

    right = evidence.side_by_side
    slip = lambda claim, how: right(replace(claim, right=2 * claim.right), how)  # noqa: E731
    assert examined.examined(NAME, examined.Asked(True, None, "float64", "cpu")).holds
    monkeypatch.setattr(evidence, "side_by_side", slip)
    assert not examined.examined(NAME, examined.Asked(True, None, "float64", "cpu")).holds
    assert derive(NAME, "--evidence").exit_code == 1


def test_a_slip_is_refuted_beside_the_right_routes():
    claim = derivation(NAME).claim
    found = side_by_side(replace(claim, right=2 * claim.right), Sampling())
    assert found.refuted
    assert as_text(found).count("REFUTES") == 4
    assert not side_by_side(claim, Sampling()).refuted


@pytest.mark.parametrize(
    ("ball", "text"),
    [
        (arb(2.5, 0.01), "2.5 ± 1.0e-02"),
        (arb(1234.5678, 0.1), "1234.57 ± 1.0e-01"),
        (arb(0.5), "0.5 exactly"),
        (arb.nan(), "– (no value)"),
        ("why", "– (why)"),
    ],
)
def test_a_value_is_shown_to_its_error(ball, text):
    assert bar(ball) == text


WRONG = [
    ((NAME, "--samples", "5000"), "add --evidence"),
    ((NAME, "--precision", "float32"), "add --evidence"),
    ((NAME, "--evidence", "--device", "nosuch:0"), "torch has no such device"),
    ((NAME, "--over", "m"), "add --plot"),
    ((NAME, "--plot", "picture.txt"), ".svg, .png, .pdf"),
    ((NAME, "--plot", "picture.svg", "--over", "zz"), "it has s"),
    (("--all", "--plot", "picture.svg"), "name it"),
    (("H(Normal(m, s^2))", "--precision", "float32"), "a question is confirmed in float64"),
    (("H(Normal(m, s^2))", "--device", "cuda"), "a question is confirmed in float64"),
    ((NAME, "--evidence", "--cluster", "nowhere"), "no Dask scheduler"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=lambda a: str(a)[-30:])
def test_wrong_usage_is_answered_with_a_way_out(arguments, message):
    if "--cluster" in arguments:
        pytest.importorskip("distributed", reason="Dask is not installed")
    ran = derive(*arguments)
    assert ran.exit_code == 2, ran.output
    assert message in ran.output


@pytest.mark.parametrize(("module", "arguments"), [("distributed", "--cluster local"), ("matplotlib", "--plot a.svg")])
def test_a_missing_extra_is_named(module, arguments, monkeypatch):
    for name in {module, *(n for n in sys.modules if n.startswith(f"{module}.figure"))}:
        monkeypatch.setitem(sys.modules, name, None)
    ran = derive(NAME, "--evidence", *arguments.split())
    assert ran.exit_code == 2
    assert "pip install 'errata[" in ran.output


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_is_drawn(form, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    picture = tmp_path / f"entropy.{form}"
    assert derive(NAME, "--plot", str(picture)).exit_code == 0
    assert picture.stat().st_size > 5000
    if form == "svg":
        assert "monte" in picture.read_text("utf-8") or "<use" in picture.read_text("utf-8")


x = sp.Symbol("x", real=True)
WANTED = average("cluster", x**2, {x: Normal(0, 1)})


def test_a_cluster_gives_the_same_bits_and_survives_a_killed_worker(tmp_path):
    pytest.importorskip("distributed", reason="Dask is not installed")
    alone = summed(WANTED, 12 * LEAF)
    flag = tmp_path / "flag"
    flag.touch()
    with executor(2, "local") as cluster:
        assert summed(WANTED, 12 * LEAF, cluster, chunk=4 * LEAF) == alone
        killed = cluster.submit(fatal.end_once, str(flag))
        with ThreadPoolExecutor(1) as beside:
            found = beside.submit(summed, WANTED, 12 * LEAF, cluster, LEAF).result(timeout=120)
        killed.result(timeout=120)
    assert not flag.exists()
    assert found == alone


def test_a_claim_in_which_nothing_is_random_keeps_its_routes_and_says_so():
    claim = derivation("affine_normal_eq").claim
    found = side_by_side(claim, Sampling(samples=5000))
    assert [r.route for r in found.routes] == ["as written", "reference"]
    assert found.sampling == "nothing is random in this claim"
    assert as_text(found).splitlines()[-1].split() == ["monte-carlo", *found.sampling.split()]
    strange = Claim("a stranger", Expectation(x, x, Normal(0, 1)), sp.Integer(0), (Variable("m", Real()),))
    assert [r.route for r in side_by_side(strange, Sampling(samples=5000)).routes] == []


def test_totals_count_the_routes_and_the_claims_that_are_sampled():
    ran = derive(NAME, "affine_normal_eq", "complete_square_eq", "--evidence")
    assert ran.exit_code == 0
    said = ran.output.splitlines()[-1]
    assert said.startswith("3 derivations, 8 routes: 8 agree, 0 refute, 0 can't tell")
    assert "1 sampled" in said
    assert "2 nothing is random in this claim" in said
    wrong = {"routes": [{"route": "a", "verdict": "refutes", "values": []}], "sampling": "sampled"}
    assert "1 refute, 0 can't tell" in totals([wrong])
