"""What may be held: functions, methods, modules, cells of a notebook, numpy beside torch; and a whole course."""

from __future__ import annotations

import csv
import io
import json
from textwrap import dedent

import pytest
from click.testing import CliRunner

from errata.cli import main

SOURCE = dedent("""
    import numpy as np
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    def by_numpy(mu, log_var):
        assert isinstance(mu, np.ndarray)
        return 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=-1)

    def half(x):
        return np.multiply(0.5, x)

    def through_helper(mu, log_var):
        assert isinstance(mu, np.ndarray)
        return half((mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=-1))

    class Losses:
        @staticmethod
        def kl(mu, log_var):
            return 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(-1)

        def wrong(self, mu, log_var):
            return 0.5 * (mu**2 + log_var.exp() - 1 + log_var).sum(-1)

    class InfoNCE(nn.Module):
        def __init__(self, tau=0.07):
            super().__init__()
            self.tau = tau

        def forward(self, a, b):
            s = F.normalize(a, dim=1) @ F.normalize(b, dim=1).T / self.tau
            return F.cross_entropy(s, torch.arange(len(a)))

    class Attention(nn.Module):
        def __init__(self, d_model):
            super().__init__()

        def forward(self, q, k, v):
            return F.scaled_dot_product_attention(q[None], k[None], v[None], is_causal=True)[0]

    class Causal(nn.Module):
        def forward(self, q, k, v):
            return F.scaled_dot_product_attention(q[None], k[None], v[None], is_causal=True)[0]

    class Loss(nn.Module):
        def forward(self, logits, y):
            p = torch.exp(logits) / torch.exp(logits).sum(1, keepdim=True)
            return -torch.log(p[torch.arange(len(y)), y]).mean()
""")


def notebook(*cells: str) -> str:
    made = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": dedent(c).splitlines(True)} for c in cells]
    made.insert(0, {"cell_type": "markdown", "metadata": {}, "source": ["# Homework 3"]})
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


NOTEBOOK = notebook(
    "%matplotlib inline\n!pip install nothing\nimport torch\nfrom math import pi\n",
    "HALF = 0.5\n",
    """
    def kl(mu, log_var):
        return HALF * (mu**2 + log_var.exp() - 1 - log_var).sum(-1)

    def jump(x0, bar, noise):
        raise ValueError("not done yet")
    """,
    "raise SystemExit('training starts here')\n",
    "data = open('/nowhere/at/all').read(",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("targets")
    (made / "hw.py").write_text(SOURCE, encoding="utf-8")
    (made / "hw.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    return made


def conform(*arguments: object):
    return CliRunner().invoke(main, ["conform", *map(str, arguments)])


def found(exercise: str, target: object):
    ran = conform(exercise, target, "--format", "json", "--examples", "10")
    assert ran.exit_code in (0, 1), ran.output
    return json.loads(ran.output)


@pytest.mark.parametrize("name", ["by_numpy", "through_helper"])
def test_a_numpy_function_in_a_file_that_imports_torch_gets_arrays(folder, name):
    tree = found("vae.kl", f"{folder}/hw.py:{name}")
    assert tree["conforms"] and not tree["gradients_compared"]


@pytest.mark.parametrize(
    ("exercise", "name"),
    [
        ("vae.kl", "Losses.kl"),
        ("clip.infonce", "InfoNCE"),
        ("attention.causal", "Causal"),
        ("attention.causal", "Causal.forward"),
    ],
)
def test_methods_and_modules_are_made_and_called(folder, exercise, name):
    tree = found(exercise, f"{folder}/hw.py:{name}")
    assert tree["conforms"] and tree["gradients_compared"], tree


def test_a_wrong_method_is_refuted_with_a_diagnosis(folder):
    tree = found("vae.kl", f"{folder}/hw.py:Losses.wrong")
    assert not tree["conforms"] and "plus for the minus" in tree["likely"][0] + tree["likely"][-1]


def test_a_constructor_that_asks_for_something_else_says_what(folder):
    tree = found("attention.causal", f"{folder}/hw.py:Attention")
    assert "Attention is made of d_model, which is none of the arguments: q, k, v" in tree["disagreement"]["detail"]


def test_of_a_notebook_only_what_the_callable_needs_is_run(folder):
    tree = found("vae.kl", f"{folder}/hw.ipynb:kl")
    assert tree["conforms"] and tree["gradients_compared"]


def test_what_a_notebook_raises_is_told_by_cell(folder):
    tree = found("ddpm.jump", f"{folder}/hw.ipynb:jump")
    assert "ValueError: not done yet, hw.ipynb cell 4 line 6" in tree["disagreement"]["detail"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not a notebook"),
        (notebook("def kl(mu:\n    pass\n"), "cell 2 line 1"),
        (notebook("x = 1\n"), "no callable"),
    ],
)
def test_a_notebook_that_cannot_be_used_says_why(tmp_path, text, said):
    path = tmp_path / "hw.ipynb"
    path.write_text(text, encoding="utf-8")
    ran = conform("vae.kl", f"{path}:kl")
    assert ran.exit_code == 2 and said in " ".join(ran.output.split()), ran.output


def test_an_overflow_far_from_zero_is_told_and_is_no_disagreement(folder):
    ran = conform("classifier_cross_entropy", f"{folder}/hw.py:Loss")
    assert ran.exit_code == 0 and "! overflows far from 0" in ran.output and "logsumexp" in ran.output
    tree = found("classifier_cross_entropy", f"{folder}/hw.py:Loss")
    assert tree["conforms"] and "nan returned" in tree["overflow"]["detail"]
    stable = folder / "stable.py"
    stable.write_text("import torch.nn.functional as F\ncross_entropy = F.cross_entropy\n", encoding="utf-8")
    assert found("classifier_cross_entropy", stable)["overflow"] is None


def test_the_list_says_what_each_argument_is():
    said = conform("--list", "attention.masked").output
    assert "mask  (t, s): 1 where row i may look at key j" in said and "whole, 0 to 1, as int64" in said
    assert "overflow is looked for at |q| up to 2000" in said


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = tmp_path_factory.mktemp("course")
    right = "def kl(mu, log_var):\n    return 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(-1)\n"
    (made / "ada").mkdir()
    (made / "ada" / "hw.py").write_text(f"import numpy as np\n{right}", encoding="utf-8")
    (made / "=bob.py").write_text(f"import numpy as np\n{right.replace('0.5 * ', '')}", encoding="utf-8")
    (made / "cleo.py").write_text("def other():\n    return 1\n", encoding="utf-8")
    (made / "dan").mkdir()
    for name in ("a.py", "b.py"):
        (made / "dan" / name).write_text(right, encoding="utf-8")
    (made / "eve.py").write_text(f"import no_such_package\n{right}", encoding="utf-8")
    (made / "fay.py").write_text(right.replace("log_var):", "log_var:"), encoding="utf-8")
    (made / "__pycache__").mkdir()
    return made


def test_a_folder_of_submissions_is_one_table(course):
    ran = conform("vae.kl", course, "--format", "csv", "--examples", "10")
    assert ran.exit_code == 1
    rows = {row["submission"]: row for row in csv.DictReader(io.StringIO(ran.output))}
    assert {who: row["outcome"] for who, row in rows.items()} == {
        "ada": "conforms",
        "'=bob": "values",
        "cleo": "missing",
        "dan": "several",
        "eve": "can't be loaded",
        "fay": "can't be loaded",
    }
    assert rows["'=bob"]["likely"].startswith("the ½ is missing")
    assert rows["cleo"]["detail"] == "nothing defines kl"  # the file was read: it says something else
    assert rows["fay"]["detail"] == "nothing defines kl; fay.py line 1: '(' was never closed"
    assert "no_such_package" in rows["eve"]["detail"]
    assert rows["dan"]["detail"] == "kl is defined in dan/a.py, dan/b.py: which one counts?"


def test_the_table_as_a_page_escapes_what_submissions_say(course, tmp_path):
    (tmp_path / "<b>mallory.py").write_text("def f(mu, log_var):\n    raise ValueError('<script>')\n", encoding="utf-8")
    ran = conform("vae.kl=f", tmp_path, "--format", "html", "--examples", "5")
    assert "<script>" not in ran.output and "&lt;script&gt;" in ran.output
    assert "&lt;b&gt;mallory" in ran.output and "http" not in ran.output


def test_two_exercises_are_two_columns(course):
    ran = conform("vae.kl,ddpm.jump=kl", course, "--format", "json", "--examples", "5")
    tree = json.loads(ran.output)
    assert [(one["submission"], one["exercise"]) for one in tree][:2] == [("=bob", "vae.kl"), ("=bob", "ddpm.jump")]
    assert len(tree) == 12


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("vae.kl", "."), "there are no submissions"), (("vae.kl", "x.py", "--format", "csv"), "FOLDER")],
)
def test_wrong_usage_of_a_folder_has_a_way_out(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    ran = conform(*arguments)
    assert ran.exit_code == 2 and said in " ".join(ran.output.split())
