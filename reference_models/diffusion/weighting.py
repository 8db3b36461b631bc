"""The step back of a diffusion by precisions, and preconditioned denoisers. Standalone: imports torch; nothing of ours.

Source   Kingma et al. 2021, section 4; Karras et al. 2022; Song et al. 2023.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     z_s = α_s x + σ_s ε, then z_t = k z_s + noise of VARIANCE w. σ_s and noise levels are STANDARD DEVIATIONS.
"""

import torch
from torch import Tensor


def step_back(z: Tensor, x: Tensor, alpha: Tensor, k: Tensor, sigma: Tensor, w: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and STANDARD DEVIATION of z_s given z_t and x, by Bayes' rule: precisions add."""
    precision = 1 / sigma**2 + k**2 / w
    mean = (alpha * x / sigma**2 + k * z / w) / precision
    return mean, 1 / torch.sqrt(precision)


def consistency(y: Tensor, said: Tensor, t: Tensor, least: Tensor, data: Tensor) -> Tensor:
    """c_skip(t) y + c_out(t) F, F being what the network said; ``data`` is the STANDARD DEVIATION of the data."""
    skip = data**2 / ((t - least) ** 2 + data**2)
    out = data * (t - least) / torch.sqrt(data**2 + t**2)
    return skip * y + out * said
