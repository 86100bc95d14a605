"""Answers by outcome, department and deck heading, under several futures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import psasim
from psasim.cli import main
from psasim.errors import Unanswerable
from psasim.month.ledger import LINES
from tests.analysis.conftest import run

PRESETS = ["departmental", "new_psa", "no_join_up"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three packages in 3 futures and 4 worlds of two scenarios, one of the futures refused."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "futures.csv").write_text(
        "parameters.inertia\n0.05\n0.9\n0.15\n", encoding="utf-8")
    return run(folder, {
        "presets": PRESETS, "scenarios": ["teaching", "child_obesity"],
        "uncertainties": {"design": "table", "file": "futures.csv"},
    }, "keep=details", worlds=4, months=6)


def _by_hand(results: psasim.FinishedResults, of: str, package: str, column: str) -> pd.DataFrame:
    """Means over futures of differences from the baseline, a row a name, a column a world."""
    found = results.details().query("of == @of").merge(results.factors(), on="point")
    wide = found.pivot(index=["name", "world", "future"], columns="package", values=column)
    difference = wide[package] - wide["departmental"]
    return difference.groupby(["name", "world"]).mean().unstack("world")


def test_outcomes_are_told_under_many_futures(kept: Path) -> None:
    for part in psasim.open_results(kept).by_scenario():
        table = part.outcomes().set_index(["package", "outcome"])
        assert len(table) == 2 * len(part.scenario.outcomes)
        for name in PRESETS[1:]:
            differences = _by_hand(part, "outcome", name, "real")
            for outcome, values in differences.iterrows():
                row = table.loc[(name, outcome)]
                assert row["mean"] == pytest.approx(values.mean(), abs=1e-12)
                reach = 3.182446 * values.std() / 2.0  # Student's t of 3 degrees of freedom
                assert row["hi95"] - row["mean"] == pytest.approx(reach, rel=1e-5, abs=1e-12)
                assert row["worlds"] == 4
        verdicts = part.join()
        assert {item.key for item in part.scenario.outcomes} <= set(verdicts["outcome"])


def test_effort_by_department_and_outcome(kept: Path) -> None:
    for part in psasim.open_results(kept).by_scenario():
        for of in ("department", "outcome"):
            table = part.effort(by=of).set_index(["package", of, "line"])
            for line in ("realised", "practice"):
                differences = _by_hand(part, of, "new_psa", line)
                for name, values in differences.iterrows():
                    row = table.loc[("new_psa", name, line)]
                    assert row["change"] == pytest.approx(values.mean(), abs=1e-6)
        shares = part.effort(by="department").groupby(["package", "department"])["share"].sum()
        assert np.allclose(shares, 1.0)


def test_headings_add_up_to_capacity_and_need_nothing_kept(futures: Path, kept: Path) -> None:
    for folder in (futures, kept):
        for part in psasim.open_results(folder).by_scenario():
            table = part.effort(by="heading")
            assert np.allclose(table.groupby("package")["share"].sum(), 1.0)
            lines = part.effort().assign(heading=lambda f: f["heading"].replace(
                "", "moved an outcome"))
            summed = lines.groupby(["package", "heading"])[["share", "change"]].sum()
            own = table.set_index(["package", "heading"])[["share", "change"]]
            pd.testing.assert_frame_equal(own.sort_index(), summed.sort_index(), rtol=1e-9)


def test_what_was_not_kept_is_said(futures: Path) -> None:
    results = psasim.open_results(futures)
    with pytest.raises(Unanswerable, match="keep=details"):
        results.effort(by="outcome")
    assert "keep=details" in results.changes().attrs["notes"][0]


def test_the_terminal_has_them(kept: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["analyse", str(kept), "effort"]) == 0
    text = capsys.readouterr().out
    for head in ("By deck heading", "By department, what", "By outcome, what"):
        assert text.count(head) == 2  # a scenario each
    assert LINES["realised"].label in text and max(map(len, text.splitlines())) <= 80


def test_a_design_says_what_they_take(capsys: pytest.CaptureFixture) -> None:
    asked = ["scenario=teaching", "governance=new_psa", "worlds=4", "months=3"]
    assert main(["design", *asked, "keep=details", "trajectories=raw"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "of monthly outcomes" in text and "of outcomes and departments" in text
    assert main(["design", *asked]) == 0
    assert "departments" not in capsys.readouterr().out
    assert main(["design", *asked, "keep=detail"]) == 2
    assert "keep = 'detail' is not one of measures, details" in capsys.readouterr().err


def test_the_terminal_tells_where_the_spread_comes_from(
    kept: Path, capsys: pytest.CaptureFixture
) -> None:
    """Over several scenarios, futures and worlds."""
    assert main(["analyse", str(kept), "ranking"]) == 0
    text = capsys.readouterr().out
    between = text.partition("Where does the spread come from?")[2]
    table = psasim.open_results(kept).sources().set_index("package")
    for name in PRESETS[1:]:
        row = next(line for line in between.splitlines() if line.startswith(f"{name} "))
        told = [float(cell) for cell in row.split()[1:]]
        own = table.loc[name, ["sd_scenarios", "sd_futures", "sd_worlds"]].astype(float)
        assert np.allclose(told, own, atol=6e-4)
    assert f"for {(table['sd_scenarios'] > table['sd_futures']).sum()} of 2 packages" in " ".join(
        between.split())
    assert text.count("Where the spread of what each adds comes from") == 2
