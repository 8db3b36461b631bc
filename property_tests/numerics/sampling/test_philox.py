"""Random words by counter: known answers, both implementations, and nothing that depends on how much is asked for."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from numerics.sampling import philox
from numerics.sampling.philox import key_of, unit, words, words_in_place
from numerics.sampling.streams import Stream

KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
"""The rows ``philox4x32 10`` of ``kat_vectors`` in the Random123 distribution."""
ends = st.sampled_from([0, 1, 2**31 - 1, 2**31, 2**32 - 1])
word = ends | st.integers(0, 2**32 - 1)


def by_words(counter, key):
    return tuple(int(w) for w in words(tuple(torch.tensor(x) for x in counter), key))


def in_place(counter, key):
    return tuple(int(w) for w in words_in_place(tuple(torch.tensor([x]) for x in counter), key))


@pytest.mark.parametrize("block", [by_words, in_place])
@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_known_answers(block, counter, key, answer):
    assert block(counter, key) == answer


@pytest.mark.parametrize(("name", "slip"), [("ROUNDS", 9), ("MULTIPLIERS", (0xCD9E8D57, 0xD2511F53))])
def test_a_slip_in_the_cipher_misses_a_known_answer(monkeypatch, name, slip):
    monkeypatch.setattr(philox, name, slip)
    assert any(by_words(counter, key) != answer for counter, key, answer in KNOWN)


@given(st.tuples(word, word, word, word), st.tuples(word, word))
def test_both_ways_give_the_same_words(counter, key):
    assert by_words(counter, key) == in_place(counter, key)


@given(word, word)
def test_units_lie_strictly_inside_and_are_symmetric_about_one_half(high, low):
    (u,) = unit(torch.tensor([high]), torch.tensor([low]))
    (v,) = unit(torch.tensor([high ^ 0xFFFFFFFF]), torch.tensor([low ^ 0xFFFFFFFF]))
    assert 0 < u < 1
    assert u == 1 - v


def test_streams_are_told_apart_by_all_64_bits_of_the_seed():
    keys = {key_of(seed, check) for seed in (5, 5 + 2**32) for check in ("a", "b")}
    assert len(keys) == 4


@given(st.integers(0, 2**33), st.integers(1, 40), st.integers(0, 30), st.integers(1, 3))
def test_a_sample_is_the_same_whatever_else_is_asked_for(start, count, skip, dims):
    stream = Stream("a check")
    normals, uniforms = stream.normals(start, skip + count), stream.uniforms(start, skip + count, dims)
    assert torch.allclose(normals[skip:], stream.normals(start + skip, count), rtol=1e-14, atol=0)
    assert torch.equal(uniforms[skip:], stream.uniforms(start + skip, count, dims))
    assert torch.equal(uniforms[:, :1], stream.uniforms(start, skip + count))


def test_attempts_and_dimensions_are_other_numbers():
    stream = Stream("a check")
    seen = torch.cat([stream.uniforms(0, 64, 4, attempt).flatten() for attempt in range(3)])
    assert len(seen.unique()) == len(seen)
