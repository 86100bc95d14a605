"""The public names, frozen: taking one away or adding one is a decision."""

from __future__ import annotations

import subprocess
import sys

import pytest

import psasim

NAMES = {
    "Agents",
    "Centre",
    "DeliveryBody",
    "DeliveryModel",
    "Department",
    "Governance",
    "InputError",
    "Parameters",
    "Results",
    "open_results",
    "__version__",
    "compare",
    "figures",
    "load_scenario",
    "preset",
    "preset_names",
    "scenario_names",
    "simulate",
}


def test_names_are_frozen() -> None:
    assert set(psasim.__all__) == NAMES
    assert set(dir(psasim)) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_name_is_there(name: str) -> None:
    assert getattr(psasim, name) is not None


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        _ = psasim.simulat


def test_import_loads_no_library() -> None:
    code = (
        "import sys, psasim; "
        "sys.exit(' '.join({'numpy', 'pandas', 'pydantic', 'mesa'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
