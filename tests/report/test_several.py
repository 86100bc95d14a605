"""Figures of several futures and of several scenarios."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from psasim import figures
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder.reader import StoredResults, open_results
from psasim.experiment.folder.store import Store
from psasim.experiment.runner import fill
from psasim.report import write_stored
from psasim.report.figures.spans import by_future, table_of
from psasim.scenario import load_scenario

PACKAGES = ("departmental", "existing_psa", "new_psa", "departmental+lead")
FUTURES = tuple(Parameters(inertia=value) for value in (0.05, 0.1, 0.15))


def made(folder: Path, scenarios: tuple[str, ...], futures: tuple[Parameters, ...]) -> Path:
    """An experiment in few worlds, with its report."""
    loaded = {name: load_scenario(name) for name in scenarios}
    points = [(s, f, p) for s in loaded for f in range(len(futures)) for p in PACKAGES]
    design = Design("several", loaded, [
        Point(number, s, p, preset(p.replace("+lead", "")), futures[f], {}, f)
        for number, (s, f, p) in enumerate(points)
    ], "departmental")
    with Store(folder, design, seed=3, months=12) as store:
        fill(store, range(4), backend=Backend("serial"), engine="ensemble")
        results = open_results(folder)
        assert write_stored(store, results, settings={"headline": "attainment"}, command="") == []
    return folder


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> StoredResults:
    """Three futures of one scenario."""
    return open_results(made(tmp_path_factory.mktemp("one") / "out", ("teaching",), FUTURES))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> StoredResults:
    """One future of two scenarios."""
    folder = tmp_path_factory.mktemp("two") / "out"
    return open_results(made(folder, ("teaching", "child_obesity"), FUTURES[:1]))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> StoredResults:
    folder = tmp_path_factory.mktemp("both") / "out"
    return open_results(made(folder, ("teaching", "child_obesity"), FUTURES))


def test_what_is_written(one: StoredResults, two: StoredResults, both: StoredResults) -> None:
    for results, expected in (
        (one, {"ranges", "ledger"}), (two, {"ranges", "scenarios"}),
        (both, {"ranges", "scenarios"}),
    ):
        folder = results.folder / "figures"
        assert {path.stem for path in folder.glob("*.svg")} == expected
        assert {path.stem for path in folder.glob("*.png")} == expected


def test_differences_by_future_are_those_of_the_runs(both: StoredResults) -> None:
    runs = pd.read_parquet(both.folder / "runs.parquet")
    runs["future"] = runs["point"] // len(PACKAGES) % len(FUTURES)
    mean = runs.groupby(["scenario", "future", "package"])["attainment"].mean().unstack()
    found = by_future(both, "attainment").set_index(["scenario", "future", "package"])["difference"]
    assert len(found) == 2 * len(FUTURES) * (len(PACKAGES) - 1)
    for (scenario, future, package), value in found.items():
        row = mean.loc[scenario, future]
        assert value == pytest.approx(row[package] - row["departmental"], abs=1e-12)


def test_a_future_with_a_failed_run_is_left_out_of_its_package(
    one: StoredResults, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = one.to_frame(["point", "world", "attainment"])
    broken = (runs["point"] == PACKAGES.index("new_psa")) & (runs["world"] == 1)
    runs.loc[broken, "attainment"] = np.nan
    monkeypatch.setattr(StoredResults, "to_frame", lambda *_: runs)
    counts = table_of(one).set_index("package")["futures"]
    assert counts["new_psa"] == len(FUTURES) - 1
    assert counts["existing_psa"] == len(FUTURES)


def test_ranges_are_the_quantiles_over_futures(one: StoredResults) -> None:
    table, each = table_of(one), by_future(one, "attainment")
    axes = Figure().subplots()
    assert figures.ranges(table, axes, dots=each, factor=100.0) is axes
    lines = axes.collections[0].get_segments()
    for (_, row), line in zip(table.iterrows(), lines, strict=True):
        values = 100 * each.loc[each["package"] == row["package"], "difference"]
        low, high = np.quantile(values, [0.05, 0.95])
        assert line[:, 0] == pytest.approx([low, high])
        assert 100 * row["middle"] == pytest.approx(values.mean())
    dots = axes.lines[0]
    assert dots.get_xdata() == pytest.approx(100 * each["difference"])


def test_ranges_of_scenarios_are_the_intervals(two: StoredResults) -> None:
    table = table_of(two).set_index(["scenario", "package"])
    rows = two.contrasts().query("measure == 'attainment'").set_index(["scenario", "package"])
    for key, row in rows.iterrows():
        found = table.loc[key, ["middle", "low", "high"]]
        assert list(found) == list(row[["mean", "lo95", "hi95"]])
    heads = [axes.get_title(loc="left") for axes in figures.ranges_chart(two).figure.axes]
    assert heads == ["teaching", "child_obesity"]


def test_the_heat_map_is_the_table(two: StoredResults) -> None:
    chart = figures.scenarios_chart(two)
    axes = chart.figure.axes[0]
    table = table_of(two).set_index(["package", "scenario"])["middle"]
    shown = iter(axes.texts)
    order = list(dict.fromkeys(axes.get_yticklabels()))
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["teaching", "child_obesity"]
    for tick in order:
        for scenario in ("teaching", "child_obesity"):
            value = 100 * table[tick.get_text(), scenario]
            assert next(shown).get_text() == f"{value:+z.1f}"


def test_messages_count(one: StoredResults, two: StoredResults) -> None:
    each = by_future(one, "attainment")
    better = int((each[each["package"] == "new_psa"]["difference"] > 1e-12).sum())
    title = figures.ranges_chart(one).title
    assert title.startswith("new_psa is highest in attainment (of target): +")
    assert title.endswith(f"better than departmental in {better} of 3 futures")
    assert "of 2 scenarios" in figures.scenarios_chart(two).title


def test_drawn_without_a_warning_and_from_python(both: StoredResults) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [chart.name for chart in figures.charts(both)] == ["ranges", "scenarios"]
        part = both.by_scenario()[0]
        assert [chart.name for chart in figures.charts(part)] == ["ranges", "ledger"]


def test_another_headline_is_followed(both: StoredResults) -> None:
    results = open_results(both.folder, headline="time_to_mobilise")
    chart = figures.ranges_chart(results)
    assert "lowest in time to mobilise (months)" in chart.title
    assert chart.figure.axes[0].get_xlabel() == "Difference (months)"


def test_the_ledger_of_several_scenarios_is_told_apart(two: StoredResults) -> None:
    """Each by its own capacity: shares of a package sum to 1 in every scenario."""
    ledger = pd.read_csv(two.folder / "ledger.csv")
    assert list(ledger["scenario"].unique()) == ["teaching", "child_obesity"]
    sums = ledger.groupby(["scenario", "package"])["share"].sum()
    assert len(sums) == 2 * len(PACKAGES)
    assert sums.to_numpy() == pytest.approx(1.0)
    for part in two.by_scenario():
        own = ledger[ledger["scenario"] == part.scenario.name]
        expected = sum(d.capacity for d in part.scenario.departments) * part.months
        assert set(own["capacity_mean"]) == {expected}


def test_captions_mark_what_is_drawn(two: StoredResults, monkeypatch: pytest.MonkeyPatch) -> None:
    """The baseline is a preset, but stands in neither figure."""
    foot = figures.scenarios_chart(two).figure._supxlabel.get_text().replace("\n", " ")
    assert "Bold: presets; departmental+lever is departmental with that lever" in foot
    kept = {name: two.packages[name] for name in ("departmental", "departmental+lead")}
    monkeypatch.setattr(two, "packages", kept)
    foot = figures.scenarios_chart(two).figure._supxlabel.get_text().replace("\n", " ")
    assert "Bold" not in foot
    assert "epartmental+lever is departmental with that lever" in foot
