"""Philox 4x32-10: random words as a function of a counter and a key, so that a draw depends on nothing but its index.

Source   Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (SC11); the
         known answers are those of the Random123 distribution.

The same words in two ways: ``words`` as they are written, which a compiler fuses, and ``words_in_place``, which takes
no new memory on the way and is quicker where torch runs one operation after the other. Tensors carry the device.
``loop.c`` has them once more, in C.
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

Block = tuple[Tensor, Tensor, Tensor, Tensor]
"""Four words of 32 bits; of a counter the least significant first."""
Key = tuple[int, int]


def key_of(seed: int, check: str) -> Key:
    """The key of one check: 64 bits of a hash of the seed and the name, the same on every machine."""
    digest = blake2b(f"{seed}/{check}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def words(counter: Block, key: Key | tuple[Tensor, Tensor]) -> Block:
    """The block of a counter; all tensors int64 of one shape, values from 0 to 2³² − 1; the key may be scalars."""
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


def words_in_place(counter: Block, key: Key) -> Block:
    """``words``; the tensors of the counter are written over, so no two of them may share memory."""
    a, b, c, d = counter
    k, m = key
    p, q = torch.empty_like(a), torch.empty_like(c)
    for _ in range(ROUNDS):
        torch.mul(a, MULTIPLIERS[0], out=p)
        torch.mul(c, MULTIPLIERS[1], out=q)
        torch.bitwise_right_shift(q, 32, out=a)
        torch.bitwise_right_shift(p, 32, out=c)
        a.bitwise_and_(_LOW).bitwise_xor_(b).bitwise_xor_(k)
        c.bitwise_and_(_LOW).bitwise_xor_(d).bitwise_xor_(m)
        torch.bitwise_and(q, _LOW, out=b)
        torch.bitwise_and(p, _LOW, out=d)
        k, m = (k + WEYL[0]) & _LOW, (m + WEYL[1]) & _LOW
    return a, b, c, d
