"""Philox 4x32-10: random words as a function of a counter and a key, so that a draw depends on nothing but its index.

Source   Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (SC11); the
         known answers are those of the Random123 distribution.

Two implementations of the same words: ``words`` in 64-bit integers, quickest where torch runs one operation after the
other, and ``lanes`` in 32-bit integers whose sign is ignored, quickest where a compiler fuses them. Tensors carry the
device.
"""

from __future__ import annotations

from hashlib import blake2b

import torch
from torch import Tensor

ROUNDS = 10
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
"""What the two halves of the key grow by after each round."""
_LOW = 0xFFFFFFFF
_HALF = 0xFFFF

Block = tuple[Tensor, Tensor, Tensor, Tensor]
"""Four words of 32 bits; of a counter the least significant first."""
Key = tuple[int, int]


def key_of(seed: int, check: str) -> Key:
    """The key of one check: 64 bits of a hash of the seed and the name, the same on every machine."""
    digest = blake2b(f"{seed}/{check}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def words(counter: Block, key: Key) -> Block:
    """The block of a counter; all tensors int64 of one shape, values from 0 to 2³² − 1."""
    a, b, c, d = counter
    k, m = key
    for _ in range(ROUNDS):
        p, q = a * MULTIPLIERS[0], c * MULTIPLIERS[1]
        a, b, c, d = ((q >> 32) & _LOW) ^ b ^ k, q & _LOW, ((p >> 32) & _LOW) ^ d ^ m, p & _LOW
        k, m = (k + WEYL[0]) & _LOW, (m + WEYL[1]) & _LOW
    return a, b, c, d


def unit(high: Tensor, low: Tensor) -> Tensor:
    """Two words as a float64 in (0, 1): 52 bits and a half step, so never 0, never 1, and symmetric about 1/2."""
    return (((high << 20) | (low >> 12)).to(torch.float64) + 0.5) * 2.0**-52


def lanes(counter: Block, key: tuple[Tensor, Tensor]) -> Block:
    """The block of a counter; int32 tensors whose bits are the words. Key tensors are scalars."""
    a, b, c, d = counter
    k, m = key
    for _ in range(ROUNDS):
        p_high, p_low = _product(a, MULTIPLIERS[0])
        q_high, q_low = _product(c, MULTIPLIERS[1])
        a, b, c, d = q_high ^ (b ^ k), q_low, p_high ^ (d ^ m), p_low
        k, m = k + signed(WEYL[0]), m + signed(WEYL[1])
    return a, b, c, d


def unit_of_lanes(high: Tensor, low: Tensor) -> Tensor:
    """``unit`` of two int32 lanes: the same float64."""
    top = (high ^ signed(1 << 31)).to(torch.float64) * 2.0**20
    rest = ((low >> 12) & 0xFFFFF).to(torch.float64) + (2.0**51 + 0.5)
    return (top + rest) * 2.0**-52


def signed(word: int) -> int:
    """The 32-bit integer with sign that has the bits of ``word``."""
    word &= _LOW
    return word - (1 << 32) if word >> 31 else word


def _product(word: Tensor, factor: int) -> tuple[Tensor, Tensor]:
    """The upper and the lower 32 bits of a product.

    The factor, at least 2³¹, is written as 2³² + upper 2¹⁶ + lower with both in [−2¹⁵, 2¹⁵), so that no product of
    halves leaves the 32 bits with sign, and shifts with sign are right as they are. What wraps at the end is meant to.
    """
    lower = (factor + 2**15) % 2**16 - 2**15
    upper = (factor - 2**32 - lower) >> 16
    high, low = (word >> 16) & _HALF, word & _HALF
    middle = high * lower + ((low * lower) >> 16)
    other = low * upper + (middle & _HALF)
    return high * (upper + 2**16) + low + (middle >> 16) + (other >> 16), word * signed(factor)
