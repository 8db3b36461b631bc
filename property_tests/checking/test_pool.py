"""What a bad formula costs: itself, and nothing around it, whatever it does to its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import types
from multiprocessing import connection
from pathlib import Path

import pytest

from claims.records import replace
from claims.verdict import Undecided
from errata.checking.judgement import Examined, Unreadable
from errata.checking.options import Options
from errata.checking.pool import Begun, Event, File, Judge, Opened, Source, WorkerFailed, crew, examined
from property_tests.checking.fake_examiners import BAD_TAIL, CATCHING, JUDGE, document

QUICK = Options(budget_s=0.3, memory_mb=256)


def results(*sources: Source, jobs: int = 1, judge: Judge = JUDGE) -> list[Examined | Unreadable]:
    """In input order."""
    return [result for _, result in sorted(examined(sources, QUICK, jobs, judge), key=lambda pair: pair[0])]


def reasons(result: Examined | Unreadable) -> list[str]:
    """Why each formula is undecided."""
    assert isinstance(result, Examined)
    verdicts = [judged.verdict for judged in result.judged]
    return [v.why for v in verdicts if isinstance(v, Undecided)]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("hang", "took longer than 0.3 s"),
        ("sleep", "took longer than 0.3 s"),
        ("hog", "ran out of memory"),
        ("exit", "the worker died (exit status 7)"),
        ("kill", "the worker died (signal 9)"),
        ("nest", "is nested too deeply"),
    ],
)
def test_a_bad_formula_costs_itself(what: str, why: str) -> None:
    [result] = results(document("a.md", "x", what, "y"))
    assert reasons(result) == ["fine", why, "fine"]
    assert isinstance(result, Examined) and result.faults == ()


def test_what_earlier_documents_keep_costs_a_later_one_nothing() -> None:
    documents = [document(f"{n}.md", "x", "keep", "y") for n in range(5)]
    assert [reasons(result) for result in results(*documents)] == [["fine"] * 3] * 5
    [alone] = results(document("a.md", *["keep"] * 5))
    assert "ran out of memory" in reasons(alone)


def test_the_alarm_rings_in_the_worker_which_can_go_on() -> None:
    [result] = results(document("a.md", "hang", "x", "hang"), judge=CATCHING)
    first, fine, last = reasons(result)
    assert first == last and first.startswith("stopped in process") and fine == "fine"


def test_an_exception_is_our_fault_and_is_kept() -> None:
    [result] = results(document("a.md", "x", "raise", "y"))
    assert isinstance(result, Examined)
    [fault] = result.faults
    assert fault.formula == 1 and "planted" in fault.trace
    assert fault.what.startswith("ValueError at checking/fake_examiners.py:")
    assert reasons(result) == ["fine", f"errata itself failed here ({fault.what})", "fine"]


def test_several_bad_formulas_in_one_document() -> None:
    [result] = results(document("a.md", "exit", "x", "raise", "hang", "exit"))
    assert isinstance(result, Examined)
    assert [why[:10] for why in reasons(result)] == ["the worker", "fine", "errata its", "took longe", "the worker"]
    assert [fault.formula for fault in result.faults] == [2]


def test_too_many_bad_formulas_end_the_document_soon() -> None:
    [result] = results(document("a.md", *["raise"] * 120))
    said = reasons(result)
    assert len(said) == 120
    assert sum("errata itself" in why for why in said) == 50
    assert set(said[50:]) == {"50 formulas before it had to be stopped"}


def test_results_do_not_depend_on_jobs(tmp_path: Path) -> None:
    sources: list[Source] = [document(f"{n}.md", "x", what, "y") for n, what in enumerate(["z", "exit", "hang", "hog"])]
    file = tmp_path / "file.md"
    file.write_text("x\nraise\ny")
    sources += [File(str(file)), File(str(tmp_path / "unreadable.md")), File(str(tmp_path / "missing.md"))]
    one, three = results(*sources, jobs=1), results(*sources, jobs=3)
    assert repr(one).encode() == repr(three).encode()
    assert len(one) == len(sources)
    assert repr(one) != repr(list(reversed(three)))


def test_what_cannot_be_read_is_said_and_the_rest_is_examined() -> None:
    bad, ours, good = results(File("unreadable.md"), File("raise.md"), document("a.md", "x"))
    assert bad == Unreadable("unreadable.md", "it is not text", "convert it")
    assert isinstance(ours, Unreadable) and ours.fault is not None and "while reading" in ours.fault.trace
    assert reasons(good) == ["fine"]


def test_a_failure_that_no_formula_explains_ends() -> None:
    [result] = results(document("a.md", "x", "y"), judge=BAD_TAIL)
    assert isinstance(result, Unreadable)
    assert "errata itself failed" in result.why


def test_the_watcher_hears_every_formula() -> None:
    heard: list[tuple[int, Event]] = []
    sources = [document("a.md", "x", "y"), document("b.md")]
    list(examined(sources, QUICK, 1, JUDGE, lambda i, event: heard.append((i, event))))
    assert heard == [(0, Opened(2)), (0, Begun(0)), (0, Begun(1)), (1, Opened(0))]


def test_a_worker_that_cannot_start_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    here_only = types.ModuleType("here_only")
    monkeypatch.setitem(sys.modules, "here_only", here_only)
    monkeypatch.setattr(here_only, "examine", lambda *args: None, raising=False)
    here_only.examine.__module__, here_only.examine.__qualname__ = "here_only", "examine"
    with pytest.raises(WorkerFailed, match="exit status 1"):
        results(document("a.md", "x"), judge=replace(JUDGE, examine=here_only.examine))


@pytest.mark.parametrize("held_s", [0, 1000])
def test_a_machine_that_is_held_meanwhile_costs_no_worker(monkeypatch: pytest.MonkeyPatch, held_s: float) -> None:
    """The clock goes on while the machine sleeps, and the workers don't."""
    waits = 0

    def wait(links: list[object], timeout: float) -> list[object]:
        nonlocal waits
        waits += 1
        return [] if waits % 2 and waits < 12 else connection.wait(links, timeout)

    clock = types.SimpleNamespace(monotonic=lambda: time.monotonic() + held_s * waits)
    monkeypatch.setattr(crew, "time", clock)
    monkeypatch.setattr(crew, "connection", types.SimpleNamespace(wait=wait))
    [result] = results(document("a.md", "x", "sleep", "y"))
    assert reasons(result) == ["fine", "took longer than 0.3 s", "fine"]
    assert waits > 6


def test_closing_the_generator_leaves_no_process() -> None:
    going = examined([document("a.md", "x"), document("b.md", "sleep")], Options(budget_s=60), 2, JUDGE)
    next(going)
    before = time.monotonic()
    going.close()
    assert time.monotonic() - before < 2
    assert _children(os.getpid()) == []


_COPIES = """
import multiprocessing, threading
import property_tests.checking.fake_examiners as fake
from errata.checking.options import Options
from errata.checking.pool import Crew
from errata.checking.pool.start import start

options = Options(budget_s=0.3, memory_mb=512)
print(start(True, options.memory_mb).get_start_method(), start(False, options.memory_mb).get_start_method())
with Crew(options, fake.JUDGE, copies=True) as crew:
    sources = [fake.document(f"{n}.md", "x", *bad) for n, bad in enumerate([("exit",), ("kill", "hog"), ("hang",)])]
    for index, result in sorted(crew.examined(sources, 2, lambda i, event: None), key=lambda pair: pair[0]):
        print(index, *(judged.verdict.why for judged in result.judged), sep="; ")
print(multiprocessing.active_children())
wait = threading.Event()
threading.Thread(target=wait.wait, daemon=True).start()
print(start(True, options.memory_mb).get_start_method())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems start new interpreters")
def test_workers_that_are_copies_of_this_process_are_lost_one_at_a_time_too() -> None:
    ran = subprocess.run([sys.executable, "-c", _COPIES], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.splitlines() == [
        "fork spawn",
        "0; fine; the worker died (exit status 7)",
        "1; fine; the worker died (signal 9); ran out of memory",
        "2; fine; took longer than 0.3 s",
        "[]",
        "spawn",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("copies", [False, True])
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_parent_leaves_no_orphan(signum: signal.Signals, copies: bool) -> None:
    script = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs behind it without one\n"
        "import property_tests.checking.fake_examiners as f\n"
        "from errata.checking.options import Options\n"
        "from errata.checking.pool import Crew\n"
        "watch = lambda i, event: print(event, flush=True)\n"
        f"with Crew(Options(budget_s=60), f.JUDGE, copies={copies}) as crew:\n"
        "    list(crew.examined([f.document('a.md', 'sleep')], 1, watch))\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().startswith(b"Opened") and parent.stdout.readline().startswith(b"Begun")
        workers = _children(parent.pid)
        assert workers
        os.killpg(parent.pid, signum) if signum is signal.SIGINT else parent.send_signal(signum)
        parent.wait(timeout=5)
    assert _gone(workers, within=5)


def _children(pid: int) -> list[int]:
    """Living child processes, but for the resource tracker of multiprocessing, which leaves by itself."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()]


def _gone(pids: list[int], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False
