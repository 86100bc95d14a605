"""The page on connectors does what it says."""

from __future__ import annotations

import pytest

from tests.docs.pages import run_page


def test_its_code_runs() -> None:
    pytest.importorskip("ema_workbench")
    pytest.importorskip("xarray")
    space = run_page("connectors.md")
    assert list(space["indices"][0].index) == ["trust_start", "inertia", "sight_base"]
    assert len(space["experiments"]) == 200 and space["outcomes"]["cost"].shape == (200,)
    assert space["paths"].sizes["month"] == 36
    assert space["more_trust"].dims == ("month", "contribution")
    assert space["busiest"][0] == "department" and space["tiers"] >= 2
