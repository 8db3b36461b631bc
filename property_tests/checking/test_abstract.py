"""Relations about abstract laws: true ones are supported, with their premise; wrong ones never, clear ones refuted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.records import replace
from claims.sentences import Density, Divergence, Expectation, Number, Part, Product, Sentence, Sum, with_parts
from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.abstract import judge_abstract, signature_of
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.checking.page_laws import page_laws
from errata.checking.refutable import Around
from errata.checking.refuted_laws import refuted_reads
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sentences.readings import readings
from errata.reading.sources import read_document
from numerics.interpretations.agreement import tallies

EMPTY = page_laws("", ())

TRUE = [
    r"p(x | y) = \frac{p(y | x) p(x)}{p(y)}",
    r"p(x) = \int p(x | z) p(z) \, dz",
    r"\mathrm{Var}(X) = \mathrm{E}(X^2) - \mathrm{E}(X)^2",
    r"\mathrm{Var}[X] = \mathbb{E}_Z[\mathrm{Var}[X | Z]] + \mathrm{Var}_Z[\mathbb{E}[X | Z]]",
    r"\mathrm{E}(X) = \mathrm{E}(\mathrm{E}(X | Y))",
    r"\mathrm{Cov}(X, Y) = \mathrm{E}(X Y) - \mathrm{E}(X) \mathrm{E}(Y)",
    r"\mathrm{H}(X | Y) = \mathrm{H}(X, Y) - \mathrm{H}(Y)",
    r"\mathrm{I}(X; Y) = \mathrm{h}(X) - \mathrm{h}(X | Y)",
    r"\mathrm{I}(X; Y | Z) = \mathrm{H}(X | Z) - \mathrm{H}(X | Y, Z)",
    r"\mathrm{H}(p, q) = \mathrm{H}(p) + \mathrm{KL}(p \| q)",
    r"\mathrm{KL}(p \| q) = \mathbb{E}_{x \sim p}\left[\log \frac{p(x)}{q(x)}\right]",
    r"\log p(x) = \mathbb{E}_{q(z|x)}\left[\log \frac{p(x, z)}{q(z|x)}\right] + \mathrm{KL}(q(z|x) \| p(z|x))",
    r"p(x_1, \dots, x_n) = p(x_1) \prod_{i=2}^n p(x_i | x_1, \dots, x_{i-1})",
    r"P(A \cup B) = P(A) + P(B) - P(A \cap B)",
    r"P(A^c) = 1 - P(A)",
    r"P(\bigcup_{i=1}^{n+1} A_i) \leq P(\bigcup_{i=1}^n A_i) + P(A_{n+1})",
    r"p(m_i | y) = \frac{p(y | m_i) p(m_i)}{\sum_{j=1}^M p(y | m_j) p(m_j)}",
    r"\mathrm{KL}(p \| q) \geq 0",
    r"\arg\max_\theta p(\theta | x) = \arg\max_\theta [\log p(x | \theta) + \log p(\theta)]",
    r"\arg\min_\theta \mathrm{KL}(q \| p_\theta) = \arg\max_\theta \mathbb{E}_{x \sim q}[\log p_\theta(x)]",
    r"\mathrm{I}(X; Y) \geq 0",
    r"P(X | Y) = \frac{P(Y | X) P(X)}{\sum_x P(Y | X) P(X)}",
    r"-\sum_{i=1}^n p(x_i) \log q(x_i) = H(p) + \sum_{i=1}^n p(x_i) \log \frac{p(x_i)}{q(x_i)}",
    r"\mathrm{H}(p) + \sum_{i=1}^n p(x_i) \log \frac{p(x_i)}{q(x_i)} = \mathrm{H}(p) + \mathrm{KL}(p \| q)",
    r"\mathrm{JS}(p \| q) = \frac{1}{2} \mathrm{KL}(p \| \frac{1}{2} p + \frac{1}{2} q) + "
    r"\frac{1}{2} \mathrm{KL}(q \| \frac{1}{2} p + \frac{1}{2} q)",
]
WRONG = [
    r"p(x | y) = \frac{p(y | x) p(y)}{p(x)}",
    r"p(x) = \int p(x | z) p(x) \, dz",
    r"\mathrm{Var}(X) = \mathrm{E}(X^2) + \mathrm{E}(X)^2",
    r"\mathrm{Var}[X] = \mathbb{E}_Z[\mathrm{Var}[X | Z]] - \mathrm{Var}_Z[\mathbb{E}[X | Z]]",
    r"\mathrm{Cov}(X, Y) = \mathrm{E}(X Y) + \mathrm{E}(X) \mathrm{E}(Y)",
    r"\mathrm{H}(X | Y) = \mathrm{H}(X, Y) - \mathrm{H}(X)",
    r"\mathrm{I}(X; Y) = \mathrm{h}(Y) - \mathrm{h}(X | Y)",
    r"\mathrm{H}(p, q) = \mathrm{H}(q) + \mathrm{KL}(p \| q)",
    r"\mathrm{KL}(p \| q) = \mathbb{E}_{x \sim p}\left[\log \frac{q(x)}{p(x)}\right]",
    r"\log p(x) = \mathbb{E}_{q(z|x)}\left[\log \frac{p(x, z)}{q(z|x)}\right] - \mathrm{KL}(q(z|x) \| p(z|x))",
    r"P(A \cup B) = P(A) + P(B)",
    r"P(A^c) = 1 + P(A)",
    r"P(\bigcup_{i=1}^{n+1} A_i) \leq P(\bigcup_{i=1}^n A_i) + P(A_n)",
    r"\mathrm{h}(X) \geq 0",
    r"\arg\max_\theta p(\theta | x) = \arg\max_\theta \log p(x | \theta)",
    r"\arg\min_\theta \mathrm{KL}(q \| p_\theta) = \arg\min_\theta \mathrm{KL}(p_\theta \| q)",
    r"\arg\max_w \sum_{j=1}^n \log p(u_j \mid w) = \arg\min_w \sum_{j=1}^n (-\log p(u_j \mid w))^2",
    r"\mathrm{KL}(p \| q) \leq 0",
    r"\mathrm{I}(X; Y | Z) \leq \mathrm{I}(X; Y)",
]


def judged(latex: str, text: str = ""):
    [pair] = stated(parse(latex, {}))[0].pairs()
    return judge_abstract(pair, page_laws(text, ()), 0)


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_statement_is_supported(latex):
    found = judged(latex)
    if isinstance(found.verdict, Proved):  # a combination of informations, or of none
        assert all(e.route == "shannon" and e.steps for e in found.verdict.by)
        return
    assert isinstance(found.verdict, Supported)
    assert found.verdict.holds_if is None
    assert sum(e.points for e in found.verdict.by) >= 8


@pytest.mark.parametrize("latex", WRONG)
def test_a_wrong_statement_is_never_supported(latex):
    found = judged(latex)
    assert isinstance(found.verdict, Undecided)


@pytest.mark.parametrize("letter", list("ACKMNSTUWZ"))
def test_logarithms_of_values_are_tried_where_they_are_positive(letter):
    right = rf"\mathbb{{E}}[\log B - \log {letter}] = \mathbb{{E}}[\log B] - \mathbb{{E}}[\log {letter}]"
    assert isinstance(judged(right).verdict, Supported | Proved)
    for wrong in (right.replace("] - ", "] + "), right.replace("= ", "= 2 ")):
        assert not isinstance(judged(wrong).verdict, Supported | Proved)


CONDITIONED = [
    (r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)", "$X$ and $Y$ are independent.", "independent"),
    (r"p(x, y | z) = p(x | z) p(y | z)", "They are independent given $z$.", "independent given z"),
    (r"p(x) \leq 1", "Let X be discrete.", "discrete"),
    (r"\mathrm{Pr}(X \geq a) \leq \frac{\mathrm{E}(X)}{a}", "Let X be non-negative and a positive.", "positive"),
    (r"\mathrm{KL}(a p + (1 - a) q \| q) \leq a \mathrm{KL}(p \| q)", "where $0 < a < 1$", "0 and 1"),
    (r"p(z | x) = \int p(z | y) p(y | x) dy", "It is a Markov chain.", "factorise"),
    (r"\mathrm{E}(g(X)) \geq g(\mathrm{E}(X))", "For any convex function $g$ we have", "g is convex"),
    (r"\mathrm{E}[u(X)] \leq u(\mathrm{E}[X])", "where $u$ is *concave*.", "u is concave"),
]


@pytest.mark.parametrize(("latex", "text", "condition"), CONDITIONED)
def test_what_holds_under_a_premise_needs_a_text_that_speaks_of_it(latex, text, condition):
    found = judged(latex, text)
    assert isinstance(found.verdict, Supported)
    assert condition in found.verdict.holds_if
    assert isinstance(judged(latex).verdict, Undecided)


IDLE = [
    (r"p(x, y, z) = p(x) p(y | x) p(z | y)", "It is a Markov chain."),
    (r"p(x, y, z) = p(x) p(y | x) p(z | x)", "It is a Markov chain."),
    (r"p(x, y, z) = p(x) p(y | x) p(z | x)", "They are independent."),
    (
        r"\frac{p(w | x, y)}{\sum_w p(w | x, y)} = \frac{p(y | x, w) p(w)}{\sum_w p(y | x, w) p(w)}",
        "They are independent.",
    ),
]


@pytest.mark.parametrize(("latex", "text"), IDLE)
def test_a_premise_that_says_the_relation_again_lends_it_no_support(latex, text):
    assert isinstance(judged(latex, text).verdict, Undecided)


def test_that_a_condition_is_dropped_is_what_independence_says():
    assert isinstance(judged(r"p(y | x) = p(y)", "They are independent.").verdict, Supported)


BENT = [
    (r"\mathrm{E}(g(X)) \leq g(\mathrm{E}(X))", "For any convex function $g$ we have"),
    (r"\mathrm{E}(g(X)) \geq g(\mathrm{E}(X))", "For any concave function $g$ we have"),
    (r"\mathrm{E}(g(X)) = g(\mathrm{E}(X))", "For any convex function $g$ we have"),
    (r"\mathrm{E}(g(X)) \geq g(\mathrm{E}(X))", "Here $g$ is convex, and later $g$ is concave."),
    (r"\mathrm{E}(g(X)) \geq g(\mathrm{E}(X))", "For any convex function $h$ we have"),
    (r"\mathrm{E}(g(X)) \geq g(\mathrm{E}(X^2))", "For any convex function $g$ we have"),
    (r"\mathrm{E}(g(X)) \geq 2 g(\mathrm{E}(X))", "For any convex function $g$ we have"),
]


@pytest.mark.parametrize(("latex", "text"), BENT)
def test_what_a_bent_function_does_not_give_is_not_supported(latex, text):
    assert isinstance(judged(latex, text).verdict, Undecided)


def test_that_something_is_not_independent_is_no_premise():
    text = "$X$ and $Y$ are not independent."
    assert isinstance(judged(r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)", text).verdict, Undecided)


@pytest.mark.parametrize("latex", [r"p(x) = P(x)", r"\mathrm{KL}(p \| p) = 0", r"0 \cdot \mathrm{E}[X] = 0"])
def test_what_could_not_have_failed_is_no_support(latex):
    assert isinstance(judged(latex).verdict, Undecided)


BAYES = r"P(Y|X) = \frac{P(Y;\theta) P(X|Y;\phi)}{\sum_y P(Y=y;\theta) P(X|Y=y;\phi)}"


def test_a_law_with_other_parameters_is_another_law_also_where_its_variable_has_a_value():
    assert isinstance(judged(BAYES).verdict, Supported)
    for place in (r"P(X|Y=y;\phi)", r"P(Y=y;\theta)", r"P(X|Y;\phi)"):
        swapped = place.replace("phi", "theta") if "phi" in place else place.replace("theta", "phi")
        found = judged(BAYES.replace(place, swapped))
        assert found is None or not isinstance(found.verdict, Supported)


@pytest.mark.parametrize(
    "latex",
    [
        r"\int p(y|f, d=d_0, m) p(f|d=d_0, m) df = p(y | d = m, m)",
        r"p(y|m) = p(y | d_0 = d_0, m)",
        r"P(X, Z) = P(Z; \theta) P(X | Z; Z)",
    ],
)
def test_a_name_in_two_places_of_a_law_says_nothing(latex):
    found = judged(latex)
    assert found is None or not isinstance(found.verdict, Supported)


@pytest.mark.parametrize("right", [r"\int p(x'|\theta) p(\theta|x') d\theta", r"p(x')"])
def test_a_law_named_p_is_not_that_of_everything_given_something(right):
    notes = rf"Let $P(x_i | z_i = k) = \mathcal{{N}}(x_i; \mu_k, \sigma_k^2)$. Then $p(x'|\mathcal{{D}}) = {right}$."
    assert not isinstance(examined(notes)[-1].verdict, Supported)


def examined(notes: str):
    return examine(read_document("notes.md", notes), Options()).judged


def test_definitions_of_the_page_are_put_in():
    notes = r"Let $\mathrm{LME}(m) = \log \int p(y, \theta | m) \, d\theta$. Then $\exp[\mathrm{LME}(m)] = p(y | m)$."
    found = examined(notes)[-1]
    assert isinstance(found.verdict, Supported)
    assert "definitions" in found.verdict.holds_if


def test_an_assumption_of_the_page_is_a_premise_of_the_next_line():
    notes = r"Let $p(y | m, f) = p(y | m)$. Then $p(y | f) = \sum_m p(y | m) p(m | f)$."
    _, second = examined(notes)
    assert isinstance(second.verdict, Supported)
    assert "y independent of f given m" in second.verdict.holds_if


REFUTED = [
    r"The evidence is $p(y) = \int p(y | \theta) p(y) \, d\theta$.",
    r"The rule of Bayes is $p(A | B) = \frac{p(B | A) p(B)}{p(A)}$.",
    r"So $\mathrm{H}(X | Y) = \mathrm{H}(X, Y) - \mathrm{H}(X)$.",
    r"So $\mathrm{KL}(p \| q) \leq 0$.",
    r"So $\arg\max_\theta \prod_{i=1}^n p(x_i | \theta) = \arg\max_\theta \sum_{i=1}^n p(x_i | \theta)$.",
    r"So $\mathrm{KL}(p \| q) = \mathrm{H}(p, q) - \mathrm{H}(p) = \mathrm{H}(p, q) + \mathrm{H}(p)$.",
    r"So $x = \mathrm{E}[\log S - \log W] = \mathrm{E}[\log W] - \mathrm{E}[\log S]$.",
]
SAVED = [
    r"Let $p(x, y) = p(x) p(y)$.",
    r"Assume that $p(A | B) = \frac{p(B | A) p(B)}{p(A)}$.",
    r"Then $p(x | z) = p(x)$.",
    r"With $q(z | x) = p(z | x)$ the bound is tight: $\mathrm{KL}(q(z|x) \| p(z|x)) = \log p(x) - \log p(x)$.",
    r"A special case is $p(A | B) = p(B | A)$.",
    r"$\mathrm{E}(X Y) = \mathrm{E}(X) \mathrm{E}(Y)$",
    r"$\mathrm{E}(X) = \mathrm{E}(Y)$",
    r"$p(x) + q(x) = p(x) q(x)$",
    r"$\mathrm{H}(p) = 1.75$",
    r"$\mathrm{E}[\varphi(X)] \leq \varphi(\mathrm{E}[X])$",
    r"The chain is $p(x, y, z) = p(x) p(y | x) p(z | y)$.",
    r"Solve $p(x | z) = p(z | x)$.",
    r"$p(x) q(y | x) = p(y) q(x | y)$",
    r"$\mathrm{E}(X + Y) = \mathrm{E}(X)$",
    r"$Y = X$ gives $\mathrm{H}(X | Y) = \mathrm{H}(X, Y) - 2 \mathrm{H}(Y)$.",
]


@pytest.mark.parametrize("notes", REFUTED)
def test_a_mistake_that_nothing_can_save_is_refuted_with_a_small_witness(notes):
    found = examined(notes)[-1]
    assert isinstance(found.verdict, Refuted)
    assert found.rule == "E313"
    assert any(name == "p" and "over (" in table for name, table in found.verdict.by.witness)
    assert found.verdict.by.confirmed


@pytest.mark.parametrize("notes", SAVED)
def test_what_may_be_an_assumption_or_lean_on_the_text_is_not_refuted(notes):
    assert [j.left for j in examined(notes) if isinstance(j.verdict, Refuted)] == []


def slips(part: Part, laws: list[str]) -> list[Part]:
    """A sentence with one slip in it: another law, a lost condition, a lost term, a sign, swapped arguments."""
    out: list[Part] = []
    match part:
        case Density(law=law, given=given):
            out += [replace(part, law=other) for other in laws if other != law]
            out += [replace(part, given=())] if given else []
        case Expectation(law=law):
            out += [replace(part, law=other) for other in laws if other != law]
        case Sum(terms=terms):
            out += [Sum(terms[1:]), Sum((Product((Number(-1), terms[0])), *terms[1:]))]
        case Divergence(p=p, q=q):
            out += [replace(part, p=q, q=p)]
    for inner in (p for p in [part] for p in _inside(part)):
        out += [with_parts(part, lambda p, i=inner, n=new: n if p is i else p) for new in slips(inner, laws)]
    return out


def _inside(part: Part) -> list[Part]:
    found: list[Part] = []
    with_parts(part, lambda p: found.append(p) or p)
    return found


@settings(max_examples=30)
@given(st.sampled_from([t for t in TRUE if "=" in t]), st.integers(0, 50))
def test_a_slip_that_changes_a_value_is_never_supported(latex, which):
    [pair] = stated(parse(latex, {}))[0].pairs()
    read = readings(pair.left, pair.right)[0]
    found = slips(read.right, sorted(read.laws))
    if not found:
        return
    slipped: Sentence = found[which % len(found)]
    mutant = replace(read, right=slipped)
    changed = any(t.differ for t in tallies(read.right, "=", slipped, signature_of(mutant), 1))
    from errata.checking.abstract import _under

    verdict = _under(mutant, "=", EMPTY, 0)
    assert not changed or verdict is None or isinstance(verdict.verdict, Undecided)


def test_a_step_with_a_slip_is_refuted():
    [pair] = stated(parse(r"\mathrm{H}(X) + \mathrm{H}(Y | X) = \mathrm{H}(X) - \mathrm{H}(Y | X)", {}))[0].pairs()
    near = Around("", range(0))
    assert refuted_reads(readings(pair.left, pair.right), "=", EMPTY, near, True, 0) is not None


def test_a_name_beside_one_that_is_given_is_random() -> None:
    """Were both known, the event would be certain or impossible, and its probability its own square."""

    def last(text: str):
        return examine(read_document("notes.md", text), Options()).judged[-1]

    assert isinstance(last("We have $p(a < b | b) = p(b > a | b)$.").verdict, Supported)
    assert isinstance(last("We have $p(a < b | b) = p(b > a | b)^2$.").verdict, Refuted)
    assert not isinstance(last("We have $p(b < b | b) = p(b > b | b)^2$.").verdict, Proved | Supported)
    assert not isinstance(last("We have $p(a < b | a, b) = p(b > a | a, b)^2$.").verdict, Proved | Supported)


@pytest.mark.parametrize(
    ("bottom", "holds"),
    [
        (r"\int_z P(Z = z) P(X | Z = z) dz", True),
        (r"\int P(Z = z) P(X | z) dz", True),
        (r"\int_z P(X | Z = z) dz", False),
    ],
)
def test_what_is_integrated_over_may_be_written_as_an_event(bottom: str, holds: bool) -> None:
    page = rf"$$P(Z|X) = \frac{{P(Z) P(X|Z)}}{{{bottom}}}$$"
    found = examine(read_document("page.md", page.encode()), Options()).judged[-1].verdict
    assert isinstance(found, Supported) is holds


@pytest.mark.parametrize(("sign", "holds"), [("-", True), ("", False)])
def test_the_information_of_an_outcome_is_put_in(sign: str, holds: bool) -> None:
    page = r"$$I(u) = -\log p(u)$$ Its mean is $$h = \mathbb{E}_{U \sim p}[I(U)] = %s\mathbb{E}_{U \sim p}[\log p(U)]$$"
    found = examine(read_document("page.md", (page % sign).encode()), Options()).judged[-1].verdict
    assert isinstance(found, Supported) is holds


@pytest.mark.parametrize(
    ("relation", "condition"),
    [
        (r"P(X > a) = 1 - P(X \le a)", None),
        (r"P(X > a) = 1 - P(X < a)", "P(X = a) = 0"),
        (r"P(X \le a) = P(X < a)", "P(X = a) = 0"),
        (r"P(X \le a) \ge P(X < a)", None),
        (r"P(X > 0) = P(X \ge 0)", "P(X = 0) = 0"),
        (r"P(X > 1) = 1 - P(X < 1)", "P(X = 1) = 0"),
        (r"P(X > 1) = 1 - P(X \le 1)", None),
    ],
)
def test_a_number_may_have_a_probability_of_its_own(relation: str, condition: str | None) -> None:
    found = examine(read_document("page.md", f"We have $${relation}$$"), Options()).judged[-1].verdict
    assert isinstance(found, Supported) and found.holds_if == condition


@pytest.mark.parametrize(
    ("said", "relation", "held"),
    [
        ("$x \\sim q$", r"E[\log q(x)] - E[\log p(x)] \ge 0", True),
        ("$x \\sim q$", r"E[\log p(x)] - E[\log q(x)] \ge 0", False),
        ("$x \\sim p$", r"E[\log p(x)] - E[\log q(x)] \ge 0", True),
        ("$x \\sim q(x)$", r"\frac{E[p(x) f(x) / q(x)]}{2} = \frac{1}{2} \sum_x p(x) f(x)", True),
        ("$x \\sim q(x)$", r"\frac{E[p(x) f(x) / q(x)]}{2} = \frac{1}{2} \sum_x q(x) f(x)", False),
        ("$x \\sim q$ or $x \\sim r$", r"E[\log p(x)] - E[\log q(x)] \ge 0", False),
    ],
)
def test_a_mean_without_a_law_is_under_the_one_that_the_page_draws_from(said: str, relation: str, held: bool) -> None:
    page = f"Let {said}, where $p$, $q$ and $r$ are laws. Then\n\n$$\n{relation}\n$$"
    found = examine(read_document("page.md", page), Options()).judged[-1].verdict
    assert isinstance(found, Supported | Proved) == held
