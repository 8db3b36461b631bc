"""What is said of an implementation that returns something else than numbers, or that can't be relied on."""

from __future__ import annotations

from textwrap import dedent

import pytest

from errata.reporting.conformance import as_text
from numerics.conformance.catalogue import EXERCISES
from numerics.conformance.holding import conformance
from numerics.conformance.process import CantRun, Limits, Theirs

GAIN = next(exercise for exercise in EXERCISES if exercise.name == "kalman_filter.gain")

PLAIN = dedent("""
    import os
    import sys
    import numpy as np

    def right(cov, h, r):
        return cov @ h.T @ np.linalg.inv(h @ cov @ h.T + r)

    def listed(cov, h, r):
        return right(cov, h, r).tolist()

    def printed(cov, h, r):
        print("K =", right(cov, h, r))

    def chatty(cov, h, r):
        os.write(1, b"noise on standard output")
        return right(cov, h, r)

    def cut_off(cov, h, r):
        return right(cov, h, r).astype(int)

    def imaginary(cov, h, r):
        return right(cov, h, r) + 0j

    def flattened(cov, h, r):
        return right(cov, h, r).ravel()

    def deeper(cov, h, r):
        return right(cov, h, r)[..., None]

    def single(cov, h, r):
        return right(cov, h, r).astype(np.float32)

    def random(cov, h, r):
        return right(cov, h, r) + np.random.randn() / 100

    def asking(cov, h, r):
        return float(input("K? "))

    def killed(cov, h, r):
        os.kill(os.getpid(), 11)

    def lacking(cov, h):
        return cov
""")

TORCH = dedent("""
    import torch

    def gain(cov, h, r):
        return cov @ h.T @ torch.linalg.inv(h @ cov @ h.T + r + 0 * torch.eye(len(r))) @ torch.ones(1, 1)
""")


def said(tmp_path, name: str, source: str = PLAIN) -> str:
    path = tmp_path / "mine.py"
    path.write_text(source, encoding="utf-8")
    with Theirs(path, name, Limits(seconds=5)) as implementation:
        return as_text(conformance(GAIN, implementation, examples=8), name, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("listed", "a list of 2, where one tensor, array or number is asked (torch.stack or numpy.asarray"),
        ("printed", "returns nothing (None): is a return missing?"),
        ("cut_off", "returned as whole numbers"),
        ("imaginary", "complex numbers, where real ones are asked"),
        ("flattened", "the numbers are right, but flattened"),
        ("deeper", "an axis of length 1 too many"),
        ("random", "the same inputs give another value each time"),
        ("asking", "it asks for input"),
        ("killed", "killed by SIGSEGV"),
        ("lacking", "takes 2 positional arguments but 3 were given"),
    ],
)
def test_what_is_wrong_beside_the_numbers_is_said_with_a_way_out(tmp_path, name, expected):
    assert expected in said(tmp_path, name)


@pytest.mark.parametrize("name", ["right", "chatty", "single"])
def test_what_is_printed_and_single_precision_do_no_harm(tmp_path, name):
    assert "✓ shapes and values agree" in said(tmp_path, name)


def test_another_precision_inside_is_told_from_the_exception(tmp_path):
    assert "inputs are float64; torch.eye" in said(tmp_path, "gain", TORCH)


def test_the_disagreement_is_shown_on_the_shortest_axes(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("import numpy as np\ndef f(mu, log_var, eps):\n    return mu + np.exp(log_var) * eps\n")
    exercise = next(e for e in EXERCISES if e.name == "vae.reparameterised")
    with Theirs(path, "f") as implementation:
        found = conformance(exercise, implementation, examples=25).disagreement
    assert found is not None and [len(found.inputs[a]) for a in ("mu", "log_var", "eps")] == [1, 1, 1]
    assert [len(found.inputs[a][0]) for a in ("mu", "log_var", "eps")] == [1, 1, 1]


def test_a_file_that_does_not_end_loading_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("numerics.conformance.process.STARTING_S", 0.5)
    path = tmp_path / "mine.py"
    path.write_text("while True:\n    pass\n", encoding="utf-8")
    with pytest.raises(CantRun, match="does it run something when imported"), Theirs(path, "gain"):
        pass


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("0.5 * (mu**2 + np.exp(log_var) - 1 + log_var).sum(-1)", "exchanged in every difference"),
        ("0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(-1)", None),
    ],
)
def test_an_operation_is_called_what_readers_call_it(tmp_path, body, said):
    (tmp_path / "a.py").write_text(f"import numpy as np\ndef kl(mu, log_var):\n    return {body}\n")
    exercise = next(exercise for exercise in EXERCISES if exercise.name == "vae.kl")
    with Theirs(tmp_path / "a.py", "kl", Limits()) as implementation:
        likely = conformance(exercise, implementation, 0, 30).likely
    assert any(said in one for one in likely) if said else likely == ()
    assert not any(one.endswith("in every sub") for one in likely)
