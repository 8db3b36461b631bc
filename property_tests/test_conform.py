"""``errata conform``: right and wrong implementations, what dies, what is wrong usage."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest
from click.testing import CliRunner

from errata.cli import main

TORCH = dedent("""
    import torch

    def right(x, p):
        return torch.xlogy(x, p) + torch.special.xlog1py(1 - x, -p)

    def base_two(x, p):
        print("noise on standard output")
        return torch.log2(x * p + (1 - x) * (1 - p))

    def detached(x, p):
        return right(x, p).detach()
""")

PLAIN = dedent("""
    import os
    import numpy as np

    def right(x, p):
        with np.errstate(divide="ignore"):
            return np.log(x * p + (1 - x) * (1 - p))

    def of_failure(x, p):
        return right(x, 1 - p)

    def summed(x, p):
        return right(x, p).sum()

    def clamped(x, p):
        return right(x, p.clip(1e-6, 1 - 1e-6))

    def text(x, p):
        return "a"

    def raising(x, p):
        raise KeyError("theirs")

    def leaving(x, p):
        os._exit(3)

    def endless(x, p):
        while True:
            pass

    def greedy(x, p):
        return [0] * 10**11
""")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("conform")
    (made / "with_torch.py").write_text(TORCH, encoding="utf-8")
    (made / "plain.py").write_text(PLAIN, encoding="utf-8")
    return made


def conform(*arguments: object):
    return CliRunner().invoke(main, ["conform", *map(str, arguments)])


def found(folder, name: str, *more: str):
    file, _, callable_name = name.partition(":")
    ran = conform("bernoulli", f"{folder / file}.py:{callable_name}", "--format", "json", "--examples", "25", *more)
    return ran.exit_code, json.loads(ran.output)


def test_a_right_one_conforms_in_values_and_gradients(folder):
    status, tree = found(folder, "with_torch:right")
    assert (status, tree["conforms"], tree["gradients_compared"]) == (0, True, True)
    assert tree["tried"] >= 20 and tree["edges"] == 2


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("with_torch:base_two", "values", "the logarithm is to base 2, not natural"),
        ("plain:of_failure", "values", "p is taken for the probability of 0"),
        ("plain:summed", "shape", "summed to one number where one each is asked"),
    ],
)
def test_a_wrong_one_is_told_what_is_likely(folder, name, kind, said):
    status, tree = found(folder, name)
    assert status == 1
    assert tree["disagreement"]["kind"] == kind
    assert said in tree["likely"]
    assert len(tree["disagreement"]["inputs"]["x"]) == 1  # shrunk


@pytest.mark.parametrize(
    ("name", "kind", "detail"),
    [
        ("with_torch:detached", "gradients", "no gradient flows to p"),
        ("plain:text", "returns", "returns a str"),
        ("plain:raising", "raises", "KeyError: 'theirs', plain.py line 22"),
        ("plain:leaving", "raises", "its process ended with status 3"),
        ("plain:endless", "raises", "no answer within 0.2 s"),
        ("plain:greedy", "raises", "MemoryError"),
    ],
)
def test_what_is_no_value_is_reported_and_is_not_our_fault(folder, name, kind, detail):
    status, tree = found(folder, name, "--timeout", "0.2" if name == "plain:endless" else "10", "--memory", "8192")
    assert status == 1
    assert tree["disagreement"]["kind"] == kind
    assert detail in tree["disagreement"]["detail"]


def test_beyond_the_domain_that_is_said_a_difference_is_told_and_accuses_nobody(folder):
    status, tree = found(folder, "plain:clamped")
    assert status == 0 and tree["conforms"]
    assert tree["edge"]["inputs"]["p"] == [0.0, 1.0] and tree["edge"]["detail"].startswith("[0., 0.] expected")
    assert found(folder, "plain:right")[1]["edge"] is None
    text = conform("bernoulli", f"{folder / 'plain.py'}:clamped", "--examples", "8").output
    assert "! at the edge of the domains, beyond what is asked: [0., 0.] expected" in text


POISSON = """
import torch

def capped(k, rate):
    return k * rate.log() - rate.clamp(max=20) - torch.lgamma(k + 1)
"""


def test_the_table_of_a_course_says_so_and_passes(folder, tmp_path):
    (tmp_path / "ann.py").write_text(PLAIN, encoding="utf-8")
    ran = conform("bernoulli=clamped", tmp_path, "--format", "csv", "--examples", "8")
    assert ran.exit_code == 0 and 'ann,bernoulli.log_prob,edges,ann.py,"right, but beyond' in ran.output


IWAE = """
import torch

def naive(log_w):
    return torch.log(torch.exp(log_w).mean(-1))

def stable(log_w):
    return torch.logsumexp(log_w - torch.log(torch.tensor(float(log_w.shape[-1]))), -1)
"""


@pytest.mark.parametrize(("name", "overflows"), [("naive", True), ("stable", False)])
def test_a_bound_that_overflows_far_from_zero_is_told_and_is_right(tmp_path, name, overflows):
    (tmp_path / "b.py").write_text(IWAE, encoding="utf-8")
    ran = conform("iwae_bound", f"{tmp_path / 'b.py'}:{name}", "--format", "json", "--examples", "8")
    assert ran.exit_code == 0 and (json.loads(ran.output)["overflow"] is not None) == overflows


def test_at_an_edge_inside_of_the_domain_that_is_said_it_is_wrong(tmp_path):
    (tmp_path / "p.py").write_text(POISSON, encoding="utf-8")
    ran = conform("poisson", f"{tmp_path / 'p.py'}:capped", "--format", "json", "--examples", "25")
    tree = json.loads(ran.output)
    assert ran.exit_code == 1 and tree["disagreement"]["at_edge"] and tree["edge"] is None


def test_without_torch_it_gets_arrays_and_says_that_gradients_are_not_compared(tmp_path):
    path = tmp_path / "plain.py"
    path.write_text(
        "import numpy as np\ndef log_prob(x, p):\n    assert isinstance(x, np.ndarray)\n"
        "    with np.errstate(divide='ignore', invalid='ignore'):\n"
        "        return np.where(x == 1, np.log(p), np.log1p(-p))\n",
        encoding="utf-8",
    )
    ran = conform("bernoulli", path)
    assert ran.exit_code == 0, ran.output
    assert "gradients were not compared" in ran.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--list"),
        (("bernouli", "x.py"), "did you mean bernoulli"),
        (("kl", "x.py"), "did you mean forward_kl.kl or vae.kl"),
        (("bernoulli", "nowhere.py"), "can't read nowhere.py"),
    ],
)
def test_wrong_usage_has_a_way_out(arguments, said):
    ran = conform(*arguments)
    assert ran.exit_code == 2 and said in ran.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f(:\n", "bad.py:1:"),
        ("import nothing_of_that_name\n", "ModuleNotFoundError"),
        ("import sys\nsys.exit(1)\n", "SystemExit"),
        ("x = 1\ndef g():\n    return 1\n", "has no callable 'f'; it has: g"),
    ],
)
def test_a_file_that_cannot_be_loaded_says_where_and_why(tmp_path, text, said):
    path = tmp_path / "bad.py"
    path.write_text(text, encoding="utf-8")
    ran = conform("bernoulli", f"{path}:f")
    assert ran.exit_code == 2 and said in ran.output.replace("\n", " "), ran.output


def test_the_list_shows_signatures():
    assert "log_prob(x, p) -> (n,) nats" in conform("--list").output
    (entry,) = json.loads(conform("--list", "bernoulli", "--format", "json").output)
    assert [a["name"] for a in entry["arguments"]] == ["x", "p"]
