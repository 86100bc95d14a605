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


def beside(folder: Path, uncertainties: str) -> list[str]:
    """The command with facts varied beside the sets."""
    file = folder / "mine.yaml"
    file.write_text(f"presets: [departmental, new_psa]\nuncertainties: {uncertainties}\n",
                    encoding="utf-8")
    asked = [item for item in RUN if not item.startswith("governance")]
    return [*asked, f"experiment={file}", f"hydra.run.dir={folder / 'out'}"]


FACT = "outcomes.*.technology"


@pytest.mark.parametrize("design, futures", [
    ("{design: latin_hypercube, points: 120, ", 120), ("{design: grid, levels: 3, ", 100)])
def test_facts_are_varied_beside_the_sets(tmp_path: Path, design: str, futures: int) -> None:
    """Each row of facts meets a set; the shorter of the two begins again."""
    over = f"over: {{'{FACT}': {{low: -3, high: 1, together: true}}}}}}"
    assert main([*beside(tmp_path, design + over), "months=2"]) == 0
    results = reader.open_results(tmp_path / "out")
    sets, points = plausible(), [p for p in results.points if p.package == "new_psa"]
    given = [sets.index(p.parameters) for p in points]
    assert sorted(given[:100]) == list(range(100)) != given[:100]
    assert len(set(given[100:])) == futures - 100
    drawn = [p.factors[FACT] for p in points]
    assert results.futures == futures and results.problem()["names"][-1] == FACT
    if futures == 100:
        assert drawn == [(-3.0, -1.0, 1.0)[row % 3] for row in range(100)]
    else:
        assert len(set(drawn)) == 120 and -3.0 < min(drawn) < -2.9 and 0.9 < max(drawn) < 1.0
    assert all(p.facts["outcomes.FirstJobs.technology"] == value
               for p, value in zip(points, drawn, strict=True))


@pytest.mark.parametrize("uncertainties, told", [
    ("{design: sobol, points: 4, over: [inertia]}", "varies parameters.inertia itself"),
    ("{design: morris, trajectories: 4, over: {departments.*.capacity.times: "
     "{low: 0.8, high: 1.2, together: true}}}", "morris rows tell indices only where"),
])
def test_beside_the_sets_facts_alone_are_varied(
    tmp_path: Path, uncertainties: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(beside(tmp_path, uncertainties)) == 2
    assert told in capsys.readouterr().err


def test_what_does_not_go_together_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for extra, told in (("parameters.inertia=0.1", "leave out one"),
                        ("experiment=uncertain_futures", "itself; vary facts")):
        asked = [item for item in RUN if not item.startswith("governance")]
        assert main([*asked, extra]) == 2
        assert told in capsys.readouterr().err
