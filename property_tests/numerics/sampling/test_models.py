"""Every reference model behind the engine: what its specification states holds, its planted mistake is rejected."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from claims.records import replace
from numerics.sampling.engine import computed, summed
from numerics.sampling.models import BLOCK, PLAN, Fed, ModelAverage, Noise, held_statements
from numerics.sampling.registry import SAMPLERS, model_of, sampler_of
from numerics.sampling.sequences import TOTAL_ALPHA
from numerics.sampling.streams import Stream
from numerics.sampling.workers import Processes
from numerics.specifications.catalogue import SPECIFICATIONS

each = pytest.mark.parametrize("name", [one.name for one in SAMPLERS])


@each
def test_what_a_specification_states_of_its_draws_holds_and_its_mistake_does_not(name):
    right = held_statements(name)
    assert right
    assert all(one.holds for one in right), right
    assert all(0 < one.radius < 0.1 * (1 + abs(one.stated)) for one in right), right
    wrong = held_statements(name, mutated=True)
    assert not all(one.holds for one in wrong), wrong


def test_models_are_registered_once_under_the_names_of_their_specifications():
    names = [one.name for one in SAMPLERS]
    assert len(set(names)) == len(names) > 50
    assert set(names) <= {one.name for one in SPECIFICATIONS}
    for one in SAMPLERS:
        assert set(one.mutant.functions) <= set(model_of(one.name).functions)
    with pytest.raises(KeyError):
        sampler_of("no such model")


def test_the_checks_of_all_models_keep_the_budget_of_a_run():
    assert sum(len(one.states) for one in SAMPLERS) * PLAN.alpha <= TOTAL_ALPHA


@pytest.mark.parametrize(
    "name", ["normal", "poisson", "language_model", "barabasi_albert", "maf", "hamiltonian_monte_carlo"]
)
def test_a_draw_does_not_depend_on_how_work_is_cut(name):
    wanted = ModelAverage(name, 0, "cut")
    whole = wanted.values(0, 3 * BLOCK)
    assert torch.equal(wanted.values(BLOCK + 5, 100), whole[BLOCK + 5 : BLOCK + 105])
    alone = summed(wanted, 3 * BLOCK)
    assert summed(wanted, 3 * BLOCK, chunk=1) == alone
    assert computed(wanted, [(BLOCK, BLOCK)])[0].mean == pytest.approx(
        float(whole[BLOCK : 2 * BLOCK].mean()), rel=1e-13
    )
    with ThreadPoolExecutor(2) as pool:
        assert summed(wanted, 3 * BLOCK, pool, chunk=BLOCK) == alone
    assert summed(replace(wanted, seed=1), 3 * BLOCK) != alone


def test_two_processes_give_the_same_bits():
    wanted = ModelAverage("gmm", 1, "processes")
    alone = summed(wanted, 2 * BLOCK)
    workers = Processes(2)
    try:
        assert summed(wanted, 2 * BLOCK, workers, chunk=BLOCK) == alone
    finally:
        workers.shutdown()


def noise(count: int = BLOCK) -> Noise:
    return Noise(Stream("fed"), torch.arange(count))


def test_a_generator_is_fed_from_the_streams_by_sample():
    with Fed(noise()) as fed:
        first = torch.rand((BLOCK, 2), generator=fed.generator, dtype=torch.float64)
        second = torch.randn(3, BLOCK, generator=fed.generator, dtype=torch.float64)
    kept = noise()
    assert torch.equal(first, kept.uniforms(2))
    assert torch.equal(second, kept.normals(3).T)
    law = torch.tensor([[0.1, 0.6, 0.3]], dtype=torch.float64).expand(BLOCK, 3)
    with Fed(noise()) as fed:
        places = torch.multinomial(law, 2, generator=fed.generator)
    assert bool((places[:, 0] != places[:, 1]).all())
    assert abs(float((places[:, 0] == 1).double().mean()) - 0.6) < 0.035  # 6.5 deviations
    other = torch.Generator().manual_seed(1)
    with Fed(noise()):
        assert torch.equal(torch.rand(4, generator=other), torch.rand(4, generator=torch.Generator().manual_seed(1)))


def test_draws_that_are_not_fed_are_refused():
    with Fed(noise()) as fed:
        with pytest.raises(TypeError, match="isn't fed"):
            torch.randperm(5, generator=fed.generator)
        with pytest.raises(TypeError, match="which side"):
            torch.rand(3, generator=fed.generator)
        with pytest.raises(TypeError, match="isn't fed"):
            torch.multinomial(torch.ones(3), 2, generator=fed.generator)
