"""The command line: what it accepts, what it prints where, and its exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.records import replace
from errata.checking.judgement import Examined, Fault, Unreadable
from errata.checking.pool import Event, File, Source
from errata.cli import main
from errata.commands.engine import Engine
from errata.commands.terminal import wants_colour
from errata.reading.document import Document, Macro
from property_tests.reporting import samples as s

HOUSE = Path(__file__).parents[1]
CLEAN = replace(s.EXAMINED, judged=(s.PROVED,), document=replace(s.DOCUMENT, damages=()))
WARNED = replace(s.EXAMINED, judged=(s.LOOSE,), document=replace(s.DOCUMENT, damages=()))
FAULTY = replace(CLEAN, faults=(Fault("ValueError at x.py:1", 0, "Traceback of it\n"),))


@dataclass(frozen=True)
class FakeReading:
    """The formula, and whatever else."""

    words: str
    tree: str = "Equation\n  1\n  2"
    sorts: tuple[tuple[str, str], ...] = (("x", "real"),)
    opaque: tuple[tuple[str, int, int], ...] = (("\\foo", 0, 4),)
    notes: tuple[str, ...] = ("two readings",)


def engine(*results: Examined | Unreadable) -> Engine:
    """One that has these results, the documents in reverse order of completion."""

    def sources(paths: Sequence[str]) -> Sequence[Source | Unreadable]:
        return [r if isinstance(r, Unreadable) else r.document for r in results]

    class FakeCrew:
        def examined(
            self, documents: Sequence[Source], jobs: int, watch: Callable[[int, Event], None]
        ) -> Iterator[tuple[int, Examined | Unreadable]]:
            done = [r for r in results if isinstance(r, Examined)]
            yield from reversed(list(enumerate(done)))

    def read_latex(text: str, macros: Mapping[str, Macro]) -> FakeReading:
        return FakeReading(f"words of {text}")

    return Engine(sources, lambda options: nullcontext(FakeCrew()), _document, read_latex)


def _document(file: File) -> Document | Unreadable:
    return replace(s.DOCUMENT, path=file.path) if Path(file.path).read_text() == s.TEXT else s.UNREADABLE


def run(*args: str, results: Sequence[Examined | Unreadable] = (s.EXAMINED,), given: Engine | None = None) -> Result:
    """The command line in this process."""
    return CliRunner().invoke(main, list(args), obj=given or engine(*results))


def shell(*args: str, **more: object) -> subprocess.CompletedProcess[str]:
    """The command line as its users run it."""
    command = [sys.executable, "-m", "errata", *args]
    return subprocess.run(command, check=False, cwd=HOUSE, capture_output=True, text=True, timeout=60, **more)  # type: ignore[call-overload, no-any-return]


def inside(*args: str, folder: Path = HOUSE) -> subprocess.CompletedProcess[str]:
    """The command line with its own rooms, in this process: what a shell says, without the start of another Python."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        ran = CliRunner().invoke(main, list(args))
    finally:
        os.chdir(before)
    return subprocess.CompletedProcess(args, ran.exit_code, ran.stdout, ran.stderr)


# exit status


@pytest.mark.parametrize(
    ("results", "args", "status"),
    [
        ([CLEAN], [], 0),
        ([WARNED], [], 0),
        ([s.EXAMINED], [], 1),
        ([CLEAN, s.EXAMINED], [], 1),
        ([WARNED], ["--fail-on", "warning"], 1),
        ([s.EXAMINED], ["--fail-on", "never"], 0),
        ([s.EXAMINED], ["--ignore", "E"], 0),
        ([s.EXAMINED], ["--select", "W306"], 0),
        ([s.EXAMINED], ["--select", "E304"], 1),
        ([CLEAN, s.UNREADABLE], [], 2),
        ([s.EXAMINED, s.UNREADABLE], [], 2),
        ([s.UNREADABLE], ["--fail-on", "never"], 2),
        ([FAULTY], [], 3),
        ([FAULTY, s.UNREADABLE, s.EXAMINED], [], 3),
    ],
)
@pytest.mark.parametrize("form", ["text", "concise", "json", "github", "sarif"])
def test_exit_status(results: Sequence[Examined | Unreadable], args: list[str], status: int, form: str) -> None:
    assert run("check", "x.md", "--format", form, *args, results=results).exit_code == status


def test_nothing_to_check_is_no_success() -> None:
    ran = run("check", "empty/", results=())
    assert ran.exit_code == 2
    assert "no notes found in 'empty/'" in ran.stderr and ".md" in ran.stderr


def test_what_is_unreadable_is_said_on_stderr_and_the_rest_is_checked() -> None:
    ran = run("check", "x", "--format", "json", results=[s.UNREADABLE, s.EXAMINED])
    assert ran.stderr == ("error: cannot read notes/scan.md: it is not UTF-8 at byte 3\nhelp: convert it with iconv\n")
    assert json.loads(ran.stdout)["summary"]["refuted"] == 1


def test_documents_are_reported_in_input_order() -> None:
    named = [replace(CLEAN, document=replace(CLEAN.document, path=f"{n}.md")) for n in range(4)]
    ran = run("check", ".", "--format", "json", results=[named[0], s.UNREADABLE, *named[1:]])
    assert [d["path"] for d in json.loads(ran.stdout)["documents"]] == ["0.md", "1.md", "2.md", "3.md"]


# usage


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "x", "--select", "E3O2"], "did you mean E302?"),
        (["check", "x", "--ignore", "E302,wrong-valu"], "did you mean wrong-value?"),
        (["check", "x", "--select", "Q9"], "`errata explain` lists all codes"),
        (["check", "x", "--jobs", "0"], "0 is not in the range"),
        (["check", "x", "--budget", "0"], "0.0 is not in the range"),
        (["check", "x", "--budget", "nan"], "nan is not a number of seconds"),
        (["check"], "Missing argument 'PATH...'"),
        (["chekc", "x"], "No such command 'chekc'"),
        (["check", "x", "--output", "no/such/folder/report"], "there is no directory 'no/such/folder'"),
        (["check", "x", "--output", "/"], "is a directory"),
        (["explain", "E3O2"], "did you mean E302?"),
        (["derive", "kl_norml_eq"], "did you mean kl_normal_eq"),
    ],
)
def test_wrong_usage_says_what_to_do(args: list[str], said: str) -> None:
    ran = run(*args)
    assert ran.exit_code == 2 and said in ran.stderr and ran.stdout == ""


def test_no_arguments_is_help() -> None:
    ran = run()
    assert ran.exit_code == 0 and "Examples:" in ran.output and "Exit status:" in ran.output
    assert ran.output == run("--help").output == run("-h").output


@pytest.mark.parametrize("command", ["check", "read", "explain", "derive"])
def test_help_of_each_command(command: str) -> None:
    assert run(command, "--help").exit_code == 0


def test_version() -> None:
    assert run("--version").output == "errata, version 0.1.0\n"


# output


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    assert run("check", "x", "--format", "json", "--output", str(target)).stdout == ""
    assert json.loads(target.read_text())["version"] == 1
    assert target.stat().st_mode & 0o777 == 0o640
    before = target.read_text()
    broken = replace(engine(), sources=lambda paths: 1 // 0)  # type: ignore[arg-type, return-value]
    assert run("check", "x", "--output", str(target), given=broken).exit_code == 3
    assert target.read_text() == before and [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_colour_is_asked_for() -> None:
    assert "\x1b[" not in run("check", "x").stdout
    assert "\x1b[1;31merror[E302" in run("check", "x", "--color", "always").stdout


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"FORCE_COLOR": "0"}, False),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_when_there_is_colour(choice: str, terminal: bool, environ: dict[str, str], wanted: bool) -> None:
    assert wants_colour(choice, terminal, environ) is wanted


# our own faults


def test_a_fault_is_an_apology_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ERRATA_DEBUG", raising=False)
    broken = replace(engine(), sources=lambda paths: 1 // 0)  # type: ignore[arg-type, return-value]
    ran = run("check", "x", given=broken)
    assert ran.exit_code == 3 and ran.stdout == ""
    assert ran.stderr.startswith("errata itself failed, sorry: ZeroDivisionError at property_tests/test_cli.py:")
    assert "please report it" in ran.stderr and "Traceback" not in ran.stderr
    for args in (["check", "x", "--traceback"], ["--traceback", "check", "x"]):
        assert "Traceback" in run(*args, given=broken).stderr
    monkeypatch.setenv("ERRATA_DEBUG", "1")
    assert "Traceback" in run("check", "x", given=broken).stderr


def test_a_fault_in_one_formula_is_told_beside_the_report() -> None:
    ran = run("check", "x", results=[FAULTY, FAULTY])
    assert "2 proved" in ran.stdout
    assert ran.stderr.startswith("errata itself failed, sorry: ValueError at x.py:1 (and 1 more)")
    assert "Traceback of it" in run("check", "x", "--traceback", results=[FAULTY]).stderr


def test_an_interrupt_is_130() -> None:
    def interrupted(paths: Sequence[str]) -> Sequence[Source]:
        raise KeyboardInterrupt

    ran = run("check", "x", given=replace(engine(), sources=interrupted))
    assert (ran.exit_code, ran.stderr) == (130, "interrupted\n")


# read, explain, derive


def test_read_latex() -> None:
    ran = run("read", "\\foo = 1")
    assert ran.output.splitlines() == [
        "formula  \\foo = 1",
        "read as  words of \\foo = 1",
        "tree     Equation",
        "           1",
        "           2",
        "sorts    x: real",
        "note     two readings",
        "not read 0–4: \\foo",
    ]


@pytest.mark.parametrize("latex", ["-\\log 0.5 = 0.693", "-h(x) = -1", "--1 = 1", "-v"])
def test_a_formula_may_begin_with_a_minus(latex: str) -> None:
    assert f"read as  words of {latex}\n" in run("read", latex).output


def test_read_json_keeps_the_contract() -> None:
    tree = json.loads(run("read", "x = 1", "--format", "json").output)
    assert set(tree) == {"words", "tree", "sorts", "opaque", "notes"}
    assert tree["opaque"] == [{"text": "\\foo", "start": 0, "end": 4}]


def test_read_a_place_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "coin.md"
    file.write_text(s.TEXT)
    found = json.loads(run("read", f"{file}:4", "--format", "json").output)
    assert [one["latex"] for one in found] == ["1 + 1 = 2", "\\sin^2 x + \\cos^2 x = 1", "e^8 = 2981"]
    assert "formula  e^8 = 2981\n" in run("read", f"{file}:4:52").output
    assert "begin{aligned}" in run("read", f"{file}:9").output
    nowhere = run("read", f"{file}:2")
    assert nowhere.exit_code == 2 and "the nearest begins on line 3" in nowhere.stderr
    file.write_text("else")
    assert run("read", f"{file}:2").exit_code == 2


def test_latex_that_looks_like_a_place_is_latex() -> None:
    assert "read as  words of f:1" in run("read", "f:1").output


def test_explain() -> None:
    assert run("explain").output.splitlines()[1].split()[:3] == ["E302", "error", "wrong-rounding"]
    page = run("explain", "e302").output
    assert page.startswith("## E302 wrong-rounding (error)\n") and "### Why it matters" in page
    assert run("explain", "wrong-rounding").output == page


def test_derive() -> None:
    from derivations.catalogue import derivations

    names = [d.claim.name for d in derivations()]
    listed = run("derive").output.splitlines()
    assert [line.split()[0] for line in listed if line.startswith("  ")] == names
    topics = [line for line in listed if line and not line.startswith("  ")]
    assert len(topics) == len(set(topics)) >= 2 and "gaussian" in topics
    ran = run("derive", names[0], "--format", "json")
    [tree] = json.loads(ran.output)
    assert ran.exit_code == 0
    assert set(tree) >= {"name", "topic", "statement", "verdict", "steps", "routes", "source", "seconds"}
    assert (tree["name"], tree["verdict"]) == (names[0], "proved")
    assert tree["steps"][0]["link"] is None and {step["link"] for step in tree["steps"][1:]} == {"proved"}
    assert "[proved]" in run("derive", names[0]).output


def test_a_derivation_shows_its_signs_and_conventions_and_matrices_take_one_line() -> None:
    lines = run("derive", "entropy_categorical_le").output.splitlines()
    signs = [line.split()[0] for line in lines if line.startswith("     ")]
    assert signs[1:] == ["≤", "="]
    assert any(line.startswith("  given   log is natural") for line in lines)
    [tree] = json.loads(run("derive", "entropy_categorical_le", "--format", "json").output)
    assert [step["relation"] for step in tree["steps"]] == [None, "≤", "="]
    shown = run("derive", "ppca_determinant_eq").output
    assert "[[s**2 + w_1**2, w_1*w_2], [w_1*w_2, s**2 + w_2**2]]" in shown


# the whole way, with the real rooms

NOTES = "A fair coin costs $-\\ln 0.5 = 0.694$ nats, and $1 + 1 = 2$.\n"


def test_check_standard_input() -> None:
    ran = shell("check", "-", input=NOTES)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("error[E302 wrong-rounding]") and " --> -:1:" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("2 formulas, 2 relations: 1 proved, 0 supported, 1 refuted")


def test_check_goes_on_after_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "coin.md").write_text(NOTES)
    (tmp_path / "bad.md").write_bytes(b"\x00\x01\x02" * 99)
    (tmp_path / "empty").mkdir()
    ran = shell("check", str(tmp_path / "missing.md"), str(tmp_path), str(tmp_path / "empty"), "--format", "json")
    tree = json.loads(ran.stdout)
    assert ran.returncode == 2 and tree["summary"]["refuted"] == 1
    assert {Path(u["path"]).name for u in tree["unreadable"]} == {"missing.md", "bad.md", "empty"}
    assert ran.stderr.count("error: cannot read") == ran.stderr.count("help: ") == 3


def test_read_for_real() -> None:
    tree = json.loads(shell("read", "-\\log 0.5 = \\setbox", "--format", "json").stdout)
    assert "log" in tree["words"] and tree["tree"] and [o["text"] for o in tree["opaque"]] == ["\\setbox"]


def test_hostile_formulas_cost_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("$9^{9^{9^{9}}} = 1$ and $1 + 1 = 2$ and $" + "{" * 5000 + "x = 1$\n")
    ran = shell("check", str(tmp_path / "a.md"), "--format", "json", "--budget", "1")
    tree = json.loads(ran.stdout)
    assert ran.returncode in (0, 1)
    assert "1 + 1" in [r["left"] for r in tree["documents"][0]["relations"] if r["verdict"] == "proved"]


# the process


def test_help_loads_nothing_but_click() -> None:
    script = (
        "import sys\nfrom errata.cli import main\n"
        "main(['check', '--help'], standalone_mode=False)\n"
        "heavy = {'sympy', 'numpy', 'scipy', 'rich', 'torch', 'flint', 'mpmath', 'multiprocessing'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_help_is_quick() -> None:
    seconds = []
    for _ in range(3):
        before = os.times()
        assert shell("--help").returncode == 0
        after = os.times()
        seconds.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(seconds) < 0.3  # of the processor: the clock on the wall says how busy the machine is


FAKE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs behind it without one
from errata.checking.pool import Crew, File
from errata.cli import main
from errata.commands.engine import Engine
import property_tests.checking.fake_examiners as fake

engine = Engine(lambda paths: [File(p) for p in paths], lambda options: Crew(options, fake.JUDGE), fake.read, None)
if __name__ == "__main__":
    main(sys.argv[1:], obj=engine, prog_name="errata")
"""


def test_one_job_and_three_report_the_same(tmp_path: Path) -> None:
    for name, formulas in (("a", "x\nexit\ny"), ("b", "hang"), ("c", "z")):
        (tmp_path / f"{name}.md").write_text(formulas)
    files = [str(tmp_path / f"{name}.md") for name in "abc"]
    reports = []
    for jobs in "13":
        command = [sys.executable, "-c", FAKE, "check", *files, "--format", "json", "--budget", "0.3", "-j", jobs]
        ran = subprocess.run(command, check=False, cwd=HOUSE, capture_output=True, text=True, timeout=60)
        assert (ran.returncode, ran.stderr) == (0, "")
        tree = json.loads(ran.stdout)
        reports.append({key: value for key, value in tree.items() if key != "elapsed_s"})
    assert reports[0] == reports[1]
    assert [r["why"] for r in reports[0]["documents"][1]["relations"]] == ["took longer than 0.3 s"]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
def test_progress_is_for_terminals(tmp_path: Path) -> None:
    import pty

    for name in "ab":
        (tmp_path / f"{name}.md").write_text("x")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", FAKE, "check", str(tmp_path / "a.md"), str(tmp_path / "b.md")]
    environ = {**os.environ, "TERM": "xterm"}
    subprocess.run(command, check=True, cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=theirs, env=environ, timeout=60)
    os.close(theirs)
    assert b"of 2 files" in os.read(ours, 100_000)
    os.close(ours)


def test_ctrl_c_ends_at_once_and_leaves_no_worker(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("sleep")
    command = [sys.executable, "-c", FAKE, "check", str(tmp_path / "a.md"), "--budget", "60"]
    with subprocess.Popen(command, cwd=HOUSE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        time.sleep(1.5)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=5) == 130
        assert process.stderr is not None and process.stderr.read() == "interrupted\n"
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.killpg(process.pid, 0)
            time.sleep(0.1)


IN_PROCESS = """
from errata.cli import main
from property_tests.test_cli import engine
from property_tests.reporting import samples as s
main(['check', 'x'], obj=engine(s.EXAMINED), prog_name='errata')
"""


def test_a_closed_pipe_is_no_story() -> None:
    nobody, pipe = os.pipe()
    os.close(nobody)
    command = [sys.executable, "-c", IN_PROCESS]
    ran = subprocess.run(command, check=False, cwd=HOUSE, stdout=pipe, stderr=subprocess.PIPE, timeout=20)
    os.close(pipe)
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_a_narrow_encoding_gets_a_report_all_the_same() -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-c", IN_PROCESS]
    ran = subprocess.run(
        command, check=False, cwd=HOUSE, capture_output=True, text=True, encoding="latin-1", env=environ
    )
    assert ran.returncode == 1 and "e^8 is 2980.95?" in ran.stdout and ran.stderr == ""
