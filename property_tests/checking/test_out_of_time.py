"""The alarm may ring while compiled code calls back: the formula is then out of time, and nothing is our fault."""

from __future__ import annotations

import importlib
import signal
import sys
import time
from pathlib import Path

import pytest
from flint import acb
from sympy.core.facts import InconsistentAssumptions

from claims.verdict import Proved, Refuted, Undecided
from errata.checking import examine as walk
from errata.checking import steps
from errata.checking.options import Options
from errata.checking.pool import Begun, Opened, worker
from errata.checking.pool.limits import OutOfTime, install_alarm, ran_out_of_time, set_alarm
from errata.checking.pool.messages import Message, Ready, Stopped, Work
from errata.reading.sources import read_document
from property_tests.checking.fake_examiners import JUDGE, document

QUICK = Options(budget_s=0.3)


def _ring_in_an_integral() -> None:
    """Raises what compiled code makes of an alarm in its callback."""

    def ringing(t: acb, analytic: bool) -> acb:
        raise OutOfTime

    acb.integral(ringing, acb(0), acb(1))


def test_an_alarm_in_compiled_code_is_an_alarm() -> None:
    with pytest.raises((OutOfTime, SystemError)) as caught:
        _ring_in_an_integral()
    assert ran_out_of_time(caught.value)
    assert not ran_out_of_time(SystemError("another")) and not ran_out_of_time(None)


def test_a_formula_whose_alarm_rings_in_compiled_code_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    real = walk.judge_in_turn

    def ringing(state: object, index: int, root: object) -> object:
        if index == 0:
            _ring_in_an_integral()
        return real(state, index, root)  # type: ignore[arg-type]

    monkeypatch.setattr(walk, "judge_in_turn", ringing)
    first, second = walk.examine(read_document("a.md", "$1 + 1 = 2$ and $1 + 2 = 3$"), Options()).judged
    assert first.verdict == Undecided((), "took longer than 2 s") and not isinstance(second.verdict, Undecided)


def test_another_failure_of_compiled_code_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(state: object, index: int, root: object) -> object:
        raise SystemError("another")

    monkeypatch.setattr(walk, "judge_in_turn", failing)
    with pytest.raises(SystemError, match="another"):
        walk.examine(read_document("a.md", "$1 + 1 = 2$"), Options())
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_what_was_found_before_the_time_was_up_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    real = walk.judge_pair

    def ringing(state: object, at: object, pair: object, kind: object) -> object:
        if getattr(pair, "position", 0) == 2:
            raise OutOfTime
        return real(state, at, pair, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(walk, "judge_pair", ringing)
    right, wrong, late, after = walk.examine(
        read_document("a.md", "$1 + 1 = 2 = 3 = 4$ and $1 + 2 = 3$"), Options()
    ).judged
    assert isinstance(right.verdict, Proved) and isinstance(wrong.verdict, Refuted) and wrong.rule == "E301"
    assert late.verdict == Undecided((), "took longer than 2 s") and isinstance(after.verdict, Proved)


def test_a_refutation_outlives_the_search_for_its_repair(monkeypatch: pytest.MonkeyPatch) -> None:
    def ringing(pair: object, seed: int) -> object:
        raise OutOfTime

    monkeypatch.setattr(steps, "repaired", ringing)
    _, wrong, late = walk.examine(read_document("a.md", "$f = (x - a)^2 = x^2 - a x + a^2 = b$"), Options()).judged
    assert isinstance(wrong.verdict, Refuted) and wrong.rule == "E311" and wrong.verdict.repair is None
    assert late.verdict == Undecided((), "took longer than 2 s")


def test_what_an_alarm_left_half_done_is_judged_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = walk.judge_in_turn, [InconsistentAssumptions(None, None, None)]

    def confused(state: object, index: int, root: object) -> object:
        if failures:
            raise failures.pop()
        return real(state, index, root)  # type: ignore[arg-type]

    monkeypatch.setattr(walk, "judge_in_turn", confused)
    found = walk.examine(read_document("a.md", "$2 + 2 = 5$"), Options())
    assert [type(j.verdict) for j in found.judged] == [Refuted] and not found.faults
    failures[:] = [InconsistentAssumptions(None, None, None)] * 2
    with pytest.raises(InconsistentAssumptions):
        walk.examine(read_document("a.md", "$2 + 2 = 5$"), Options())


class _Link:
    """The worker's end of a link over which one document comes."""

    def __init__(self, work: Work) -> None:
        self.coming: list[Work] = [work]
        self.sent: list[Message] = []

    def recv(self) -> Work:
        if not self.coming:
            raise EOFError
        return self.coming.pop()

    def send(self, message: Message) -> None:
        self.sent.append(message)


def test_an_alarm_that_rings_while_the_worker_turns_it_off_costs_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def ringing_at_the_end(seconds: float) -> None:
        asked.append(seconds)
        if asked == [0, QUICK.budget_s, 0]:
            raise OutOfTime

    monkeypatch.setattr(worker, "set_alarm", ringing_at_the_end)
    monkeypatch.setattr(worker, "_settle", lambda options: None)
    monkeypatch.setattr(worker, "prepare", lambda judge: None)
    link = _Link(Work(0, document("a.md", "x")))
    worker.serve(link, JUDGE, QUICK)  # type: ignore[arg-type]
    assert link.sent == [Ready(), Opened(1), Begun(0), Stopped("took longer than 0.3 s")]


def test_an_import_is_finished_before_the_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is cut off half way would fail for every formula after this one."""
    slow = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\nwhole = True\n"
    (tmp_path / "slow_to_import.py").write_text(slow)
    monkeypatch.syspath_prepend(tmp_path)
    before = signal.getsignal(signal.SIGPROF)
    install_alarm()
    try:
        with pytest.raises(OutOfTime):
            set_alarm(0.05)
            importlib.import_module("slow_to_import")
            end = time.process_time() + 2
            while time.process_time() < end:
                pass
    finally:
        set_alarm(0)
        signal.signal(signal.SIGPROF, before)
    assert getattr(sys.modules.pop("slow_to_import", None), "whole", False)
