"""Whether torch can work on a device as the reference models need it."""

from __future__ import annotations


def why_unusable(device: str) -> str:
    """Why a torch device can't be used here, in a line; empty where it can. Everything is summed in float64."""
    import torch

    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as absent:
        return f"torch has no such device here ({_first_line(absent)})"
    try:
        torch.zeros(1, dtype=torch.float64, device=device)
    except (RuntimeError, TypeError) as single:
        return f"it has no float64, in which densities and sums are taken: use cpu or cuda ({_first_line(single)})"
    return ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
