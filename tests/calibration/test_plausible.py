"""`parameters=plausible`: every package under every set, and the two spreads told apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from psasim.calibration import plausible
from psasim.cli import main
from psasim.experiment.folder import reader
from psasim.experiment.folder.spread import components, spread
from psasim.report import spread_table, survival_table
from psasim.results.measures import MEASURES

RUN = ["run", "scenario=teaching", "governance=new_psa", "parameters=plausible", "worlds=3",
       "months=18", "backend=serial"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plausible")
    assert main([*RUN, f"hydra.run.dir={folder}"]) == 0
    return folder


def test_every_package_meets_every_set(folder: Path) -> None:
    results = reader.open_results(folder)
    sets = plausible()
    for name in ("departmental", "new_psa"):
        assert [p.parameters for p in results.points if p.package == name] == sets
    assert len(results.to_frame(["status"])) == 2 * 3 * len(sets)


def test_differences_are_taken_within_one_set(folder: Path) -> None:
    results = reader.open_results(folder)
    runs = results.to_frame()
    wide = runs.assign(set=runs["point"] // 2).pivot(
        index=["set", "world"], columns="package", values="attainment")
    by_hand = (wide["new_psa"] - wide["departmental"]).unstack("world").to_numpy()
    row = spread(results, ("attainment",)).iloc[0]
    assert row["package"] == "new_psa" and row["sets"] == len(plausible()) and row["worlds"] == 3
    assert row["mean"] == pytest.approx(by_hand.mean())
    assert row["better"] == pytest.approx((by_hand.mean(axis=1) > 0).mean())
    assert (row["sd_sets"], row["sd_worlds"]) == pytest.approx(components(by_hand))


def test_file_and_table_say_both(folder: Path) -> None:
    stored = pd.read_csv(folder / "spread.csv")
    assert set(stored["measure"]) <= set(MEASURES) and (stored["scenario"] == "teaching").all()
    again = spread(reader.open_results(folder))
    assert stored["sd_sets"].to_numpy() == pytest.approx(again["sd_sets"].to_numpy())
    results = reader.open_results(folder)
    row = again.set_index("measure").loc["attainment"]
    (line,) = [x for x in spread_table(results).splitlines() if x.startswith("new_psa")]
    assert line.split()[-2:] == [f"{row['sd_sets']:.3f}", f"{row['sd_worlds']:.3f}"]
    assert "in how many of 100 futures" in " ".join(survival_table(results).split())


@pytest.mark.parametrize("sets, worlds", [(0.3, 0.1), (0.0, 0.4), (0.2, 0.2)])
def test_components_are_those_put_in(sets: float, worlds: float) -> None:
    """Also where worlds, the same for all sets, are half of what varies."""
    rng = np.random.default_rng(1)
    shape = 4000, 40
    shared = rng.normal(0.0, 0.5, (1, shape[1]))
    values = rng.normal(0.0, sets, (shape[0], 1)) + rng.normal(0.0, worlds, shape) + shared
    between, within = components(values)
    assert between == pytest.approx(sets, abs=0.02)
    assert within == pytest.approx(np.hypot(worlds, shared.std(ddof=1)), rel=0.02)


def test_what_does_not_go_together_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for extra, told in (("parameters.inertia=0.1", "leave out one"),
                        ("experiment=uncertain_futures", "varies parameters itself")):
        asked = [item for item in RUN if not item.startswith("governance")]
        assert main([*asked, extra]) == 2
        assert told in capsys.readouterr().err
