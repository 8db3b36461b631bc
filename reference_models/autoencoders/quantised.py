"""VQ-VAE: nearest codes, straight-through copy, losses. Standalone: imports math, torch; nothing of ours.

Source   van den Oord, Vinyals and Kavukcuoglu 2017, section 3.
Shapes   z is (*batch, d), the codebook (K, d), code indices (*batch,); losses (*batch,). float64, nats.
Here     β weighs the commitment loss alone; losses are sums over coordinates. Ties go to the lowest index.
"""

import math

from torch import Tensor


def nearest(z: Tensor, codebook: Tensor) -> Tensor:
    """k* = argmin_k |z − e_k|: (*batch, d) -> (*batch,)."""
    return ((z[..., None, :] - codebook) ** 2).sum(-1).argmin(-1)


def quantised(z: Tensor, codebook: Tensor) -> Tensor:
    """e_{k*}: (*batch, d)."""
    return codebook[nearest(z, codebook)]


def straight_through(z: Tensor, codebook: Tensor) -> Tensor:
    """e_{k*} in value, with the gradient of z: z + sg(e − z)."""
    return z + (quantised(z, codebook) - z).detach()


def codebook_loss(z: Tensor, codebook: Tensor) -> Tensor:
    """|sg(z) − e|², which moves codes only."""
    return ((z.detach() - quantised(z, codebook)) ** 2).sum(-1)


def commitment_loss(z: Tensor, codebook: Tensor) -> Tensor:
    """|z − sg(e)|², which moves the encoder only."""
    return ((z - quantised(z, codebook).detach()) ** 2).sum(-1)


def loss(x: Tensor, reconstruction: Tensor, z: Tensor, codebook: Tensor, beta: float) -> Tensor:
    """|x − x̂|² + |sg(z) − e|² + β |z − sg(e)|²."""
    return ((x - reconstruction) ** 2).sum(-1) + codebook_loss(z, codebook) + beta * commitment_loss(z, codebook)


def kl(codes: int) -> float:
    """KL(one code for sure ‖ uniform) = log K."""
    return math.log(codes)
