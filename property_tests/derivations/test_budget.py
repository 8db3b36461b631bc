"""A limit counts the processor's time, rings until it is heard, leaves no module half imported, and no timer behind."""

from __future__ import annotations

import gc
import importlib
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from derivations.budget import OutOfTime, is_not_to_be_cut, within


def busy(seconds: float) -> float:
    """Computes for so many seconds of the processor's time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return seconds


def test_what_computes_too_long_is_stopped_and_what_waits_is_not():
    started = time.thread_time()
    with pytest.raises(OutOfTime, match=r"no answer within 0\.05 s"):
        within(0.05, lambda: busy(20))
    assert time.thread_time() - started < 2
    assert within(0.05, lambda: time.sleep(0.2) or 42) == 42
    assert within(10, lambda: busy(0.05)) == 0.05


def test_no_timer_and_no_handler_is_left_behind():
    before = signal.getsignal(signal.SIGVTALRM)
    within(1, lambda: 42)
    with pytest.raises(OutOfTime):
        within(0.02, lambda: busy(20))
    with pytest.raises(ZeroDivisionError):
        within(1, lambda: 1 / 0)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert busy(0.3) == 0.3


def test_the_limit_of_a_formula_around_it_is_not_touched():
    heard = []
    before = signal.signal(signal.SIGPROF, lambda number, frame: heard.append(number))
    try:
        signal.setitimer(signal.ITIMER_PROF, 0.1)
        with pytest.raises(OutOfTime):
            within(0.3, lambda: busy(20))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert heard == [signal.SIGPROF]


def test_an_alarm_that_is_lost_rings_again():
    """What is raised in a callback of the collector is printed and dropped; so is what a bare except swallows."""
    calls = []

    def watching(phase: str, info: object) -> None:
        if not calls:
            calls.append(phase)
            busy(0.2)

    def collecting() -> float:
        gc.collect()
        return busy(20)

    def swallowing() -> float:
        try:
            busy(20)
        except BaseException:
            calls.append("swallowed")
        return busy(20)

    gc.callbacks.append(watching)
    hook, sys.unraisablehook = sys.unraisablehook, lambda _: calls.append("dropped")
    try:
        for computing in (collecting, swallowing):
            with pytest.raises(OutOfTime):
                within(0.05, computing)
    finally:
        gc.callbacks.remove(watching)
        sys.unraisablehook = hook
    assert calls[:2] == ["start", "dropped"] and calls[-1] == "swallowed"


@pytest.mark.parametrize(("module", "is_whole"), [("traceback", True), ("somewhere_else", False)])
def test_what_tells_of_a_lost_alarm_is_not_cut_off(
    module: str, is_whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    watched, told = [], []

    def watching(phase: str, info: object) -> None:
        if phase == "start" and not watched:
            watched.append(phase)
            busy(0.2)

    def telling(lost: object) -> None:
        slow.slowly(busy, 0.3 if is_whole else 20)
        told.append("whole")

    path = tmp_path / "slow.py"
    path.write_text("def slowly(compute, seconds):\n    return compute(seconds)\n")
    monkeypatch.syspath_prepend(tmp_path)
    slow = importlib.import_module("slow")
    slow.__name__ = module
    monkeypatch.setattr(sys, "unraisablehook", telling)
    gc.callbacks.append(watching)
    try:
        with pytest.raises(OutOfTime):
            within(0.05, lambda: (gc.collect(), busy(20)))
    finally:
        gc.callbacks.remove(watching)
        del sys.modules["slow"]
    assert bool(told) is is_whole


def test_an_import_is_finished_before_the_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "long_to_import.py").write_text(
        "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\nwhole = True\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    def importing() -> float:
        importlib.import_module("long_to_import")
        return busy(20)

    with pytest.raises(OutOfTime):
        within(0.05, importing)
    assert sys.modules.pop("long_to_import").whole
    assert not is_not_to_be_cut(sys._getframe())


@pytest.mark.parametrize(("inner", "outer"), [(0.05, 20), (20, 0.1), (0.3, 0.1)])
def test_of_two_limits_each_holds(inner, outer):
    def both() -> str:
        try:
            within(inner, lambda: busy(0.5))
            return "the inner one was in time"
        except OutOfTime:
            return "the inner one was late" if busy(0.2) else ""

    if outer == 20:
        assert within(outer, both) == "the inner one was late"
    else:
        with pytest.raises(OutOfTime):
            within(outer, both)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_outside_the_main_thread_a_late_answer_is_refused():
    caught = []

    def late() -> None:
        try:
            within(0.01, lambda: busy(0.05))
        except OutOfTime as late:
            caught.append(str(late))
        caught.append(within(0.05, lambda: time.sleep(0.2) or "in time"))

    thread = threading.Thread(target=late)
    thread.start()
    thread.join()
    assert caught == ["no answer within 0.01 s", "in time"]
