"""How every test runs: one torch thread, and hypothesis without deadlines, repeatable in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No result of another session is taken for one of this."""
    patch = pytest.MonkeyPatch()
    patch.setenv("ERRATA_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def one_torch_thread() -> None:
    """Threads beyond the first slow small tensors down a hundredfold on a busy machine."""
    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page of the documentation comes after the tests of its derivations: their process knows what it prints."""
    last = {item.path: place for place, item in enumerate(items)}
    places = [last.get(file_of_tests(item), place) for place, item in enumerate(items)]
    items[:] = [items[place] for place in sorted(range(len(items)), key=lambda place: (places[place], place))]


def file_of_tests(item: pytest.Item) -> Path | None:
    """The file that tests the derivations of the page of ``docs/`` that an item executes; None for other items."""
    page = getattr(item, "callspec", None) and item.callspec.params.get("page")
    if not isinstance(page, Path):
        return None
    return item.path.parent / page.parent.name / f"test_{page.stem}.py"
