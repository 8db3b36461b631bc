"""What the long trainings share: axes, sheets, the loop; and the figures that they are compared with."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from numerics.specifications.autoencoders import trainings as autoencoders
from numerics.specifications.autoregressive import trainings as autoregressive
from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.diffusion import trainings as diffusion
from numerics.specifications.draws import Draw
from numerics.specifications.training import learned, network, principal, sheet, through


def test_principal_axes_whiten_and_come_back():
    x = Draw(1).normal(300, 5) @ Draw(2).normal(5, 5)
    axes = principal(x, 5)
    codes = axes.codes(x)
    assert torch.allclose(torch.cov(codes.mT, correction=0), torch.eye(5, dtype=torch.float64))
    assert torch.allclose(axes.images(codes), x)
    first = principal(x, 1)
    assert torch.allclose(first.codes(x)[:, 0].abs(), codes[:, 0].abs()), "the axis of greatest variance comes first"


def test_a_sheet_puts_images_side_by_side():
    images = torch.arange(4.0)[:, None].expand(4, 9) / 4
    (rows,) = sheet("four", images, columns=2).series.values()
    assert [rows[0][0], rows[0][3], rows[3][0], rows[5][5]] == [0, 0.25, 0.5, 0.75]


def test_quarters_of_an_image_join_again():
    x = Draw(0).normal(3, 64)
    blocks = autoencoders._quadrants(x)
    assert torch.equal(autoencoders._joined(blocks), x)
    assert torch.equal(blocks[0, 1, :4], x[0, 4:8]), "the second quarter is the upper right one"


def test_the_loop_reaches_a_least_squares_optimum_and_tells_its_progress():
    draw, told = Draw(3), []
    x = draw.normal(50, 3)
    y = x @ draw.tensor([[1.0], [-2.0], [0.5]]) + 3
    at = network(draw, 3, 1)

    def loss():
        return ((through(x, at) - y) ** 2).mean()

    losses = learned(at, loss, 400, 0.1, told.append)
    assert losses[-1] < 1e-6 < losses[0] and told[-1] == 1.0 and len(told) == 400


@pytest.mark.parametrize("seed", [0, 1])
def test_the_loss_of_the_best_linear_prediction_is_that_of_a_simulation(seed):
    draw = Draw(seed)
    x = draw.normal(4000, 2) @ draw.normal(2, 2) + 1
    bars = draw.tensor([1.0, 0.9, 0.4])
    cov, found = torch.cov(x.mT, correction=0), []
    for bar in bars[1:]:
        noise = draw.normal(4000, 2)
        off = torch.sqrt(bar) * (x - x.mean(0)) + torch.sqrt(1 - bar) * noise
        best = torch.sqrt(1 - bar) * torch.linalg.solve(bar * cov + (1 - bar) * torch.eye(2).to(x), off.mT).mT
        found.append(((noise - best) ** 2).mean())
    assert diffusion._linear_loss(x, x, bars) == pytest.approx(float(sum(found)) / 2, rel=0.06)


def test_the_documentation_is_a_text_in_lower_case():
    text = autoregressive.documentation()
    assert len(text) > 20_000 and text == text.lower() and "  " not in text and len(set(text)) < 128


def test_the_page_lists_what_is_trained_and_on_what():
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    trained = page.partition("### What is trained")[2].partition("\n##")[0].splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in trained if line.startswith("| `")]
    tasks = {f"`{one.name}`": one.task for one in SPECIFICATIONS if one.task is not None and one.task.long is not None}
    assert [(name, data, longer) for name, data, _, _, longer in rows] == [
        (name, task.data, task.long_data) for name, task in tasks.items()
    ]


def test_the_page_lists_what_has_no_oracle():
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    listed = " ".join(page.partition("## What has no oracle")[2].split())
    without = [one.name for one in SPECIFICATIONS if not one.oracles]
    assert f"The other {len(without)} have none" in listed
    assert listed.endswith(", ".join(one.name for one in SPECIFICATIONS if not one.oracles and one.family == "graphs"))
    assert [name for name in without if f" {name}" not in listed] == []


def test_every_generative_training_that_is_promised_has_a_longer_version():
    promised = (
        "vae iwae hvae cvae vqvae contrastive_divergence nade gpt gan wgan realnvp maf neural_spline_flow cnf ddpm ddim"
        " score_samplers classifier_free_guidance latent_ddpm clip dpo graph_vae graph_diffusion em factor_analysis"
        " empirical_risk map_regression transfer_head pixelrnn token_rlhf digress gdss graphnvp unet_ddpm"
        " prior_and_decoder text_to_image vision_language_model"
    )
    longer = {one.name for one in SPECIFICATIONS if one.task is not None and one.task.long is not None}
    assert longer >= set(promised.split())
