"""The models that formulas state: what they give the law of, given what, and with which parameters."""

import pytest

from errata.reading.families.models import Model, asked, models_in
from errata.reading.parser import parse
from errata.reading.unparse import to_latex


def models(*formulas: str) -> tuple[Model, ...]:
    return models_in([(parse(latex, {}), 200 * n) for n, latex in enumerate(formulas)])


def shown(model: Model) -> tuple[str, list[str], str, list[str]]:
    return to_latex(model.point), [to_latex(g) for g in model.given], model.name, [to_latex(a) for a in model.arguments]


STATED = [
    (r"Y \mid x \sim \mathrm{Bern}(f(x))", ("Y", ["x"], "Bern", ["f(x)"])),
    (r"t_n | u_n \sim \mathcal{N}(w u_n, s^2)", ("t_n", ["u_n"], "N", ["w u_n", "s^2"])),
    (r"Y \sim p(\cdot | r) = \mathrm{Poisson}(r)", ("Y", [], "Poisson", ["r"])),
    (r"p(y | x, w) = \mathcal{N}(y; f_w(x), v)", ("y", ["x", "w"], "N", ["f_{w}(x)", "v"])),
    (r"p(x | z) = \mathcal{N}(x; \mu = g(z), \Sigma = C)", ("x", ["z"], "N", ["g(z)", "C"])),
    (r"y = a + b x + e, \quad e \sim \mathrm{Laplace}(0, c)", ("y", [], "Laplace", ["a + b x", "c"])),
    (r"y = m(x) + s(x) e, \quad e \sim \mathcal{N}(0, 1)", ("y", [], "N", ["m(x)", "(s(x))^2"])),
]


@pytest.mark.parametrize(("latex", "expected"), STATED)
def test_a_model_is_read(latex: str, expected: tuple[str, list[str], str, list[str]]) -> None:
    point, given, name, arguments = shown(models(latex)[0])
    strip = [a.replace("{", "").replace("}", "") for a in arguments]
    assert (point, given, name, strip) == (*expected[:3], [a.replace("{", "").replace("}", "") for a in expected[3]])


def test_the_law_of_a_noise_may_stand_in_another_formula_nearby() -> None:
    found = [m for m in models("y = g(x) + e", r"e \sim \mathcal{N}(0, v)") if m.noise]
    assert [shown(m) for m in found] == [("y", [], "N", ["g(x)", "v"])]


NO_MODELS = [
    r"y = g(x) + e",
    r"y = g(x) + e, \quad e \sim \mathcal{N}(1, v)",
    r"y = g(x) + e_1 + e_2, \quad e_1 \sim \mathcal{N}(0, v), \quad e_2 \sim \mathcal{N}(0, w)",
    r"y = y_0 + s e, \quad e \sim \mathcal{N}(0, v)",
    r"x = g(x) + e, \quad e \sim \mathcal{N}(0, v)",
    r"p(y | x) = \mathcal{N}(u; f(x), v)",
]


@pytest.mark.parametrize("latex", NO_MODELS)
def test_a_sum_whose_law_is_not_known_is_no_model(latex: str) -> None:
    assert [m for m in models(latex) if to_latex(m.point) in ("y", "x")] == []


def test_what_a_density_is_conditioned_on_is_read() -> None:
    found = asked(parse(r"p_\theta(y^{(i)} \mid x^{(i)}; \theta, \sigma^2)", {}).statements[0])
    assert found is not None
    assert [to_latex(g) for g in found.given] == ["x^{(i)}", r"\theta", r"\sigma^2"]


@pytest.mark.parametrize("latex", ["f(y)", r"p_{\mathrm{data}}(y)", "p(x, y)", "p(2 y | x)", "g(y | x)"])
def test_what_is_no_density_of_one_quantity_is_left_alone(latex: str) -> None:
    assert asked(parse(latex, {}).statements[0]) is None
