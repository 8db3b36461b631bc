"""Contents and codes: links, routes, planted slips, and Huffman's code between the bounds."""

from __future__ import annotations

import heapq
from math import log2

from hypothesis import given
from hypothesis import strategies as st

from derivations.information.coding import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 1 if derivation.claim.right != 0 else 0


def huffman(weights: list[int]) -> list[int]:
    """The lengths of Huffman's code."""
    heap = [(w, [k]) for k, w in enumerate(weights)]
    heapq.heapify(heap)
    lengths = [0] * len(weights)
    while len(heap) > 1:
        (a, first), (b, second) = heapq.heappop(heap), heapq.heappop(heap)
        for k in first + second:
            lengths[k] += 1
        heapq.heappush(heap, (a + b, first + second))
    return lengths


@given(st.lists(st.integers(1, 100), min_size=2, max_size=8))
def test_huffmans_code_lies_between_the_bounds(weights):
    total = sum(weights)
    entropy = -sum(w / total * log2(w / total) for w in weights)
    mean = sum(w * n for w, n in zip(weights, huffman(weights), strict=True)) / total
    assert entropy - 1e-12 <= mean < entropy + 1
    assert sum(2.0**-n for n in huffman(weights)) <= 1
