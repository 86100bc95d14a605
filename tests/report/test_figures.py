"""Figures show the numbers, say what they show, and can be read without being seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from psasim.ledger import LINES
from psasim.report.figures import (
    charts,
    forest,
    forest_chart,
    ledger_bars,
    ledger_chart,
    outcome_path,
    plan_and_target,
    trajectories_chart,
    write_figures,
)
from psasim.report.style import LINE_COLOURS
from psasim.results import Results
from psasim.simulation import compare

ADDED = "departmental+lead"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def folder(many: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("run") / "figures"
    write_figures(many, many.trajectories(), place)
    return place


def test_every_chart_has_picture_data_and_words(folder: Path) -> None:
    names = {"forest", "ledger", "trajectories", "outcomes"}
    assert {path.stem for path in folder.glob("*.svg")} == names
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for name in names:
        root = ElementTree.parse(folder / f"{name}.svg").getroot()
        assert root.get("role") == "img"
        labels = {child.get("id"): child.text for child in root if child.tag in
                  (f"{SVG}title", f"{SVG}desc")}
        assert root.get("aria-labelledby", "").split() == ["title", "desc"]
        assert labels["title"] in labels["desc"]
        assert labels["title"] in readme
        assert labels["desc"] in readme
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert len(pd.read_csv(folder / f"{name}.csv")) > 0


def test_no_text_is_cut_off_or_laid_over_another(many: Results) -> None:
    for chart in charts(many, many.trajectories()):
        width, height = chart.figure.bbox.size
        boxes = [
            text.get_window_extent() for text in
            (chart.figure._suptitle, chart.figure._supxlabel)
        ]
        boxes += [legend.get_window_extent() for legend in chart.figure.legends]
        for box in boxes:
            assert box.x0 >= 0
            assert box.y0 >= 0
            assert box.x1 <= width
            assert box.y1 <= height
        for i, one in enumerate(boxes):
            assert not any(one.overlaps(other) for other in boxes[i + 1:]), chart.name


def test_forest_draws_the_contrasts(results: Results, plant: Callable[..., Results]) -> None:
    contrasts = plant(results, new_psa=0.2, **{ADDED: -0.1}).contrasts()
    axes = Figure().subplots()
    assert forest(contrasts, axes) is axes
    assert "percentage points" in axes.get_xlabel()
    real = contrasts[contrasts["measure"] == "targets_met_real"]
    line, _, (bars,) = axes.containers[0]
    assert line.get_xdata() == pytest.approx(100 * real["mean"])
    ends = np.array([segment[:, 0] for segment in bars.get_segments()])
    assert ends == pytest.approx(100 * real[["lo95", "hi95"]].to_numpy())
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert labels == ["new PSA", "+lead"]


def test_forest_orders_by_targets_met_and_its_message_follows(
    results: Results, plant: Callable[..., Results]
) -> None:
    up = forest_chart(plant(results, new_psa=0.2, **{ADDED: 0.1}))
    down = forest_chart(plant(results, new_psa=0.1, **{ADDED: 0.2}))
    assert up.title.startswith("New PSA gains most in truth: +20.0 points")
    assert down.title.startswith("+lead gains most in truth: +20.0 points")
    assert list(dict.fromkeys(down.data["package"])) == [ADDED, "new_psa"]
    none = forest_chart(plant(results, new_psa=-0.1, **{ADDED: -0.2}))
    assert none.title.startswith("No package is shown to beat departmental")


def test_ledger_bars_show_every_line_and_sum_to_capacity(results: Results) -> None:
    assert set(LINE_COLOURS) == set(LINES)
    axes = Figure().subplots()
    assert ledger_bars(results.ledger_shares(), axes) is axes
    assert "(%)" in axes.get_xlabel()
    assert len(axes.containers) == len(LINES)
    widths = np.array([[bar.get_width() for bar in bars] for bars in axes.containers])
    assert widths.sum(axis=0) == pytest.approx(100.0)
    starts = np.array([[bar.get_x() for bar in bars] for bars in axes.containers])
    assert starts == pytest.approx(np.cumsum(widths, axis=0) - widths)
    assert axes.containers[0].get_label().startswith("Realised")


def test_paths_and_plan_are_drawn_in_percent_of_target(results: Results) -> None:
    data = trajectories_chart(results).data
    axes = Figure().subplots()
    for quantity, style in (("real", "-"), ("reported", "--")):
        one = data[(data["package"] == "new_psa") & (data["quantity"] == quantity)]
        one = one[one["outcome"] == one["outcome"].iloc[0]]
        assert outcome_path(one, axes, "k") is axes
        assert axes.lines[-1].get_linestyle() == style
        assert axes.lines[-1].get_ydata() == pytest.approx(100 * one["p50"])
        bottom, top = axes.collections[-1].get_datalim(axes.transData).intervaly
        assert bottom == pytest.approx(100 * one["p05"].min())
        assert top == pytest.approx(100 * one["p95"].max())
    assert plan_and_target(one, axes) is axes


def test_the_plan_reaches_the_target_in_its_month(many: Results) -> None:
    longer = compare({"new_psa": "new_psa"}, scenario="teaching", worlds=2, months=40)
    plan = trajectories_chart(longer).data.set_index(["outcome", "month"])["plan"]
    for outcome in longer.scenario.outcomes:
        assert plan[outcome.key, outcome.target_month].iloc[0] == pytest.approx(1.0)
        assert plan[outcome.key, outcome.target_month - 1].iloc[0] < 1.0


def test_many_outcomes_are_averaged_over_the_assessed(many: Results) -> None:
    data = trajectories_chart(many).data
    paths = many.trajectories()
    assessed = paths.loc[paths["quantity"] == "reported", "outcome"].unique()
    assert 0 < len(assessed) < len(many.scenario.outcomes)
    kept = paths[paths["outcome"].isin(assessed) & (paths["package"] == "new_psa")]
    last = kept[(kept["month"] == many.months) & (kept["quantity"] == "real")]
    shown = data[(data["package"] == "new_psa") & (data["quantity"] == "real")].iloc[-1]
    assert shown["p50"] == pytest.approx(last["p50"].mean())


@pytest.mark.parametrize("whole", [False, True])
def test_failed_runs_do_not_stop_a_figure(
    results: Results, whole: bool, fail: Callable[..., Results]
) -> None:
    broken = results
    for world in range(results.worlds if whole else 1):
        broken = fail(broken, "new_psa", world)
    for chart in charts(broken, broken.trajectories()):
        assert "nan%" not in chart.title + chart.alt


def test_one_world_is_no_basis(many: Results) -> None:
    one = compare({"new_psa": "new_psa"}, scenario="teaching", worlds=1, months=6)
    assert "no basis for a conclusion" in forest_chart(one).title
    assert ledger_chart(one).data["share"].notna().all()
    assert [chart.name for chart in charts(one, one.trajectories())] == [
        "forest", "ledger", "trajectories",
    ]
