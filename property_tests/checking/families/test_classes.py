"""Categorical models: the probability of a label, its one-hot form, cross-entropy, and slips planted in them."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

GIVEN = r"A classifier: $$ T \mid u \sim \mathrm{Categorical}(\hat{\rho}_w(u)) $$"
PLAIN = r"A die: $$ T \sim \mathrm{Cat}(\boldsymbol{\rho}) $$"


def judged(model: str, relation: str, between: str = "Then") -> list[Judged]:
    text = f"# Classes\n\n{model}\n\n{between}\n\n$$ {relation} $$\n"
    found = examine(read_document("notes.md", text), Options()).judged
    return [j for j in found if j.relation == "="]


RIGHT = [
    (GIVEN, r"p(t_i | u_i, w) = \hat{\rho}_{i, t_i}"),
    (GIVEN, r"p(t_i | u_i, w) = \prod_{k=1}^K \hat{\rho}_{i,k}^{t_{i,k}}"),
    (GIVEN, r"\log p(t_i | u_i, w) = \sum_{k=1}^K t_{i,k} \log \hat{\rho}_{i,k}"),
    (GIVEN, r"\sum_{k=1}^K t_{i,k} \log \hat{\rho}_{i,k} = \log \hat{\rho}_{i, t_i}"),
    (GIVEN, r"L_{\text{NLL}}(w) = -\sum_{i=1}^N \sum_{k=1}^K t_{i,k} \log \hat{\rho}_{i,k}"),
    (GIVEN, r"L_{\text{NLL}}(w) = -\frac{1}{N} \sum_{i=1}^N \log \hat{\rho}_{i, t_i}"),
    (GIVEN, r"L_{\text{NLL}}(w) = -\sum_{i=0}^{N-1} \log \hat{\rho}_{i, t_i}"),
    (GIVEN, r"L_{\text{NLL}}(w) = -\frac{1}{N} \sum_{i=0}^{N-1} \log \hat{\rho}_{i, t_i}"),
    (PLAIN, r"P(T = k | \boldsymbol{\rho}) = \rho_k"),
    (PLAIN, r"P(T | \boldsymbol{\rho}) = \prod_{k=1}^C \rho_k^{t_k}"),
]
WRONG = [
    (GIVEN, r"p(t_i | u_i, w) = 1 - \hat{\rho}_{i, t_i}"),
    (GIVEN, r"p(t_i | u_i, w) = \sum_{k=1}^K \hat{\rho}_{i,k}^{t_{i,k}}"),
    (GIVEN, r"p(t_i | u_i, w) = \prod_{k=1}^K \hat{\rho}_{i,k}^{1 - t_{i,k}}"),
    (GIVEN, r"\log p(t_i | u_i, w) = -\sum_{k=1}^K t_{i,k} \log \hat{\rho}_{i,k}"),
    (GIVEN, r"L_{\text{NLL}}(w) = \sum_{i=1}^N \sum_{k=1}^K t_{i,k} \log \hat{\rho}_{i,k}"),
    (GIVEN, r"L_{\text{NLL}}(w) = -2 \sum_{i=1}^N \log \hat{\rho}_{i, t_i}"),
    (GIVEN, r"L_{\text{NLL}}(w) = -\sum_{i=1}^{N-1} \log \hat{\rho}_{i, t_i}"),
    (PLAIN, r"P(T = k | \boldsymbol{\rho}) = 1 - \rho_k"),
    (PLAIN, r"P(T | \boldsymbol{\rho}) = \prod_{k=1}^C t_k^{\rho_k}"),
]


@pytest.mark.parametrize(("model", "relation"), RIGHT)
def test_what_follows_from_a_categorical_model_is_supported(model: str, relation: str) -> None:
    (found,) = judged(model, relation)
    assert isinstance(found.verdict, Supported) and any("(line" in said for said in found.where)


@pytest.mark.parametrize(("model", "relation"), WRONG)
def test_a_planted_slip_is_refuted_with_a_witness(model: str, relation: str) -> None:
    (found,) = judged(model, relation)
    assert isinstance(found.verdict, Refuted) and found.rule == "E315" and found.verdict.by.witness


def test_the_repair_undoes_the_slip() -> None:
    (found,) = judged(GIVEN, r"\log p(t_i | u_i, w) = -\sum_{k=1}^K t_{i,k} \log \hat{\rho}_{i,k}")
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
    assert found.verdict.repair.slip == "sign"


def test_a_wrong_member_of_a_chain_is_one_finding() -> None:
    right = r"-\sum_{i=1}^N \sum_{k=1}^K t_{i,k} \log \hat{\rho}_{i,k}"
    chain = rf"L_{{\text{{NLL}}}}(w) = \sum_{{i=1}}^N \log \hat{{\rho}}_{{i, t_i}} = {right}"
    assert [type(j.verdict) for j in judged(GIVEN, chain)].count(Refuted) == 1


OPEN = [
    (GIVEN, r"p(t_i | u_i, w) = 1 - \hat{\rho}_{i, t_i}", "Suppose that"),
    (GIVEN, r"p(t_i | u_i, w) = \hat{\rho}_{i, t_i} / c", "Then"),
    (GIVEN, r"p(t_i | u_i, v) = 1 - \hat{\rho}_{i, t_i}", "\n# Another model\n\nNow"),
    (GIVEN, r"q(t_i | u_i, w) = 1 - \hat{\rho}_{i, t_i}", "Then"),
    (PLAIN, r"P(S = k) = 1 - \rho_k", "Then"),
    (GIVEN, r"p(t_i | u_i, w) = p(t_i | u_i)", "Then"),
]


@pytest.mark.parametrize(("model", "relation", "between"), OPEN)
def test_what_may_be_meant_otherwise_is_left_alone(model: str, relation: str, between: str) -> None:
    assert not any(isinstance(j.verdict, Refuted | Supported) for j in judged(model, relation, between))
