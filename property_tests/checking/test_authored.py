"""What an author's comments change in the judging, how far they reach, and what is said of vain ones."""

from __future__ import annotations

from claims.verdict import Proved, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Examined
from errata.checking.options import Options
from errata.reading.sources import read_document
from errata.reporting.report import Report, tally

SQUARE = r"$f = \sqrt{\sigma^2} + 1 = \sigma + 1$"
"""True where σ > 0."""
SHIFTED = r"$f = \sqrt{\sigma^2} + 1 = 1 - \sigma$"
"""True where σ < 0."""
WRONG = r"$f = x^2 - 2ax + b = (x - a)^2 + b + a^2$"


def examined(notes: str, path: str = "notes.md") -> Examined:
    return examine(read_document(path, notes), Options())


def verdicts(notes: str) -> list[str]:
    """The verdict on the last relation of each formula, with its condition or its reason."""
    found = examined(notes)
    last = {j.formula: j for j in found.judged}
    return [_verdict(last[n]) for n in sorted(last)]


def _verdict(judged: object) -> str:
    verdict = judged.verdict  # type: ignore[attr-defined]
    more = getattr(verdict, "holds_if", None) or getattr(verdict, "why", None)
    name = "Holds" if isinstance(verdict, Proved | Supported) else type(verdict).__name__
    return name + (f": {more}" if more else "")


def remarks(notes: str) -> list[str]:
    return [f"{r.rule} {r.message}" for r in examined(notes).remarks]


def test_a_domain_decides_what_holds_only_there() -> None:
    assert verdicts(SQUARE) == ["Holds: for positive values"]
    assert verdicts(f"<!-- errata: let sigma > 0 -->\n\n{SQUARE}") == ["Holds"]
    assert verdicts(f"<!-- errata: let sigma > 0 -->\n\n{SHIFTED}") == ["Refuted"]
    assert verdicts(f"<!-- errata: let sigma < 0 -->\n\n{SHIFTED}") == ["Holds"]


def test_a_domain_reaches_to_the_end_of_its_section_and_through_its_subsections() -> None:
    told = f"# One\n\n<!-- errata: let sigma > 0 -->\n\n## Sub\n\n{SQUARE}\n\n# Two\n\n{SQUARE}\n"
    assert verdicts(told) == ["Holds", "Holds: for positive values"]
    before = f"{SQUARE}\n\n<!-- errata: let sigma > 0 -->\n\n{SQUARE}\n"
    assert verdicts(before) == ["Holds: for positive values", "Holds"]
    whole = f"<!-- errata: let sigma > 0 -->\n\n# One\n\n{SQUARE}\n\n# Two\n\n{SQUARE}\n"
    assert verdicts(whole) == ["Holds", "Holds"]


def test_a_later_domain_replaces_an_earlier_one() -> None:
    assert verdicts(f"<!-- errata: let sigma > 0; let sigma < 0 -->\n\n{SHIFTED}") == ["Holds"]


def test_a_value_is_bound_to_the_end_of_its_section() -> None:
    notes = "# One\n\n<!-- errata: let mu = 1, tau = 2 -->\n\n$\\mu + \\tau = {}$\n\n# Two\n\n$\\mu + \\tau = 4$\n"
    assert verdicts(notes.format(3))[0] == "Holds"
    first, second = verdicts(notes.format(4))
    assert first == "Refuted" and second.startswith("Undecided")


def test_a_base_is_that_of_every_bare_logarithm_and_a_unit_beside_it_wins() -> None:
    assert verdicts("<!-- errata: log is base 2 -->\n\n$\\log 8 = 3$") == ["Holds"]
    assert verdicts("<!-- errata: log is base 10 -->\n\n$\\log 8 = 3$ bits") == ["Holds"]
    assert verdicts("<!-- errata: log is base 2 -->\n\n$\\log 8 = 4$") == ["Refuted"]


MEAN = r"$\mathrm{{E}}(X) = \frac{{a}}{{{}}}$"


def test_a_law_that_the_author_names_decides_its_moments() -> None:
    right, wrong = MEAN.format("b"), MEAN.format("b^2")
    assert [v.split(":")[0] for v in verdicts(f"{right} {wrong}")] == ["Undecided", "Undecided"]
    said = "<!-- errata: X ~ Gamma(a, b) -->"
    assert [v.split(":")[0] for v in verdicts(f"{said}\n\n{right} {wrong}")] == ["Holds", "Refuted"]
    assert [v.split(":")[0] for v in verdicts(f"# One\n\n{said}\n\n# Two\n\n{wrong}")] == ["Undecided"]


def test_a_law_may_have_a_name_of_its_own() -> None:
    said = "<!-- errata: p = Normal(m, s^2); q = Normal(0, 1) -->"
    claim = r"$\mathrm{{KL}}(p \| q) = \frac{{m^2 + s^2 - 1}}{{2}} {} \ln s$"
    found = verdicts(f"{said}\n\n{claim.format('-')} {claim.format('+')}")
    assert [v.split(":")[0] for v in found] == ["Holds", "Refuted"]


def test_a_whole_number_is_not_refuted_by_a_fraction() -> None:
    of_whole = r"$f = (k - a)^2 = k^2 - 2 a k + a^2 \cos(2 \pi k)$"
    (found,) = verdicts(f"<!-- errata: let k in R -->\n\n{of_whole}")
    assert found.startswith("Refuted")
    (found,) = verdicts(f"<!-- errata: let k in Z -->\n\n{of_whole}")
    assert found == "Undecided: k is whole, and fractions were tried"


def test_what_fails_at_whole_numbers_is_refuted_by_these() -> None:
    for domain in ("R", "Z"):
        notes = f"<!-- errata: let k in {domain} -->\n\n{WRONG.replace('x', 'k')}"
        assert verdicts(notes) == ["Refuted: a = 0"]
        assert "/" not in dict(examined(notes).judged[-1].verdict.by.witness)["k"]  # type: ignore[union-attr]


def test_a_waiver_is_for_the_next_formula_and_keeps_the_evidence() -> None:
    notes = f"<!-- errata: skip because it is an exercise -->\n\n{WRONG}\n\n{WRONG}\n"
    first, second = verdicts(notes)
    assert first == "Undecided: skipped by the author: it is an exercise" and second == "Refuted: a = 0"
    waived = [j for j in examined(notes).judged if j.waived]
    assert waived[-1].verdict.tried and waived[-1].rule is None  # type: ignore[union-attr]
    assert remarks(notes) == []


def test_waived_relations_are_counted() -> None:
    counts = tally(Report((examined(f"<!-- errata: skip because of that -->\n\n{WRONG}"),)))
    assert (counts.waived, counts.refuted, counts.undecided) == (1, 0, 1)


def test_a_section_is_waived_to_its_end() -> None:
    notes = (
        f"# One\n\n<!-- errata: skip section because of that -->\n\n{WRONG}\n\n## Sub\n\n{WRONG}\n\n# Two\n\n{WRONG}"
    )
    assert [v.split(":")[0] for v in verdicts(notes)] == ["Undecided", "Undecided", "Refuted"]


def test_a_waiver_inside_of_a_display_is_for_that_display() -> None:
    notes = "Here\n\\begin{align}\n2 \\cdot 3 &= 5\n% errata: skip because of that\n\\end{align}\n"
    (only,) = examined(notes, "a.tex").judged
    assert only.waived


def test_a_waiver_that_waives_nothing_is_noted() -> None:
    said = "N501 it waives nothing: no error and no warning was found in the next formula"
    assert remarks("<!-- errata: skip because of that -->\n\n$1 + 1 = 2$") == [said]
    nothing = "N501 it waives nothing: there is no relation in the next formula"
    assert remarks("<!-- errata: skip because of that -->\n\n$x$") == [nothing]
    assert remarks("$1 + 1 = 2$\n\n<!-- errata: skip because of that -->") == [nothing]
    section = "N501 it waives nothing: no error and no warning was found in this section"
    assert remarks("<!-- errata: skip section because of that -->\n\n$1 + 1 = 2$") == [section]


def test_two_waivers_of_one_finding_both_meet_it() -> None:
    assert remarks(f"<!-- errata: skip section because of a; skip because of b -->\n\n{WRONG}") == []


def test_an_expected_finding_is_no_error() -> None:
    notes = f"<!-- errata: expect E311 -->\n\n{WRONG}"
    assert verdicts(notes) == ["Undecided: expected by the author: E311"] and remarks(notes) == []


def test_an_expected_finding_that_is_not_there_warns_and_another_finding_stays() -> None:
    notes = "<!-- errata: expect E311 -->\n\n$2 \\cdot 3 = {}$"
    said = "W502 E311 was expected in the next formula and is not reported there"
    assert remarks(notes.format(6)) == [said]
    assert remarks(notes.format(5)) == [said] and verdicts(notes.format(5)) == ["Refuted"]


def test_what_is_misunderstood_or_not_used_has_its_place() -> None:
    notes = "<!-- errata: let sgima > 0; let x_i > 0; p = Zeta(0, 1); let 2 < x < 1; let y > a; let z = q -->\n"
    found = examined(notes).remarks
    assert [r.rule for r in found] == ["W501", "N502", "N502", "W501", "W501", "W501"]
    assert notes[found[3].span.start : found[3].span.end] == "let 2 < x < 1"
    assert all(r.help and "skip because" in r.help for r in found if r.rule == "W501")
