"""Sweeps and stores for the tests of experiments."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.experiment import sweep as module


@pytest.fixture(scope="session")
def sweep() -> ModuleType:
    """The module of the sweep, `sweep.py`."""
    return module


@pytest.fixture(scope="session")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files of a sweep that nothing disturbed."""
    folder = tmp_path_factory.mktemp("unbroken") / "store"
    module.run(folder)
    files = module.content(folder)
    assert sum(name.startswith("runs.parquet") for name in files) == 6
    return files
