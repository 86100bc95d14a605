"""Figures show the numbers, say what they show, and can be read without being seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from psasim.month.ledger import LINES
from psasim.report.figures import (
    charts,
    forest,
    forest_chart,
    heat_map,
    ledger_bars,
    ledger_chart,
    outcome_path,
    outcomes_chart,
    plan_and_target,
    trajectories_chart,
    write_figures,
)
from psasim.report.style import LINE_COLOURS, Chart
from psasim.results.results import Results
from psasim.results.simulate import compare, simulate

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
    real = contrasts[contrasts["measure"] == "attainment"]
    line, _, (bars,) = axes.containers[0]
    assert line.get_xdata() == pytest.approx(100 * real["mean"])
    ends = np.array([segment[:, 0] for segment in bars.get_segments()])
    assert ends == pytest.approx(100 * real[["lo95", "hi95"]].to_numpy())
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert labels == ["new_psa", ADDED]


def test_forest_orders_by_the_headline_and_its_message_follows(
    results: Results, plant: Callable[..., Results]
) -> None:
    up = forest_chart(plant(results, new_psa=0.2, **{ADDED: 0.1}))
    down = forest_chart(plant(results, new_psa=0.1, **{ADDED: 0.2}))
    highest = "is highest in attainment (of target): +20.0 points (95% interval +19"
    assert up.title.startswith(f"new_psa {highest}")
    assert down.title.startswith(f"{ADDED} {highest}")
    assert list(dict.fromkeys(down.data["package"])) == [ADDED, "new_psa"]
    none = forest_chart(plant(results, new_psa=-0.1, **{ADDED: -0.2}))
    assert none.title.startswith("No package is shown to do better than departmental")


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
        assert axes.lines[-1].get_ydata() == pytest.approx(100 * one["mean"], nan_ok=True)
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
    assert shown["mean"] == pytest.approx(last["mean"].mean())


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


def test_the_title_and_the_mark_tell_the_closing_figure() -> None:
    """The last published figure lags; the closing one is what targets are judged by."""
    many = compare({"new_psa": "new_psa"}, scenario="csr2007", worlds=2, months=18)
    chart = trajectories_chart(many)
    ends = chart.data[chart.data["month"] == many.months].set_index(["package", "quantity"])["mean"]
    gap = many.levels()["reporting_gap"]
    for package in many.packages:
        assert ends[package, "closing"] - ends[package, "real"] == pytest.approx(gap[package])
    assert (
        f"ends at {ends['new_psa', 'real']:.0%} of target (last published: "
        f"{ends['new_psa', 'reported']:.0%}, closing figure: {ends['new_psa', 'closing']:.0%})"
    ) in chart.title
    axes = chart.figure.axes[0]
    labels = axes.get_legend_handles_labels()[1]
    assert labels[:3] == ["real: mean, 5-95%", "last published: mean, 5-95%", "closing figure"]
    mark = axes.lines[labels.index("closing figure")]
    assert mark.get_ydata() == pytest.approx([100 * ends["departmental", "closing"]])


def test_the_mean_stands_above_the_few(results: Results) -> None:
    chart = trajectories_chart(results)
    rows = list(dict.fromkeys(chart.data["outcome"]))
    assert rows == ["mean over outcomes", *(o.key for o in results.scenario.outcomes)]
    alone = trajectories_chart(simulate("child_obesity", worlds=2))
    assert len(alone.figure.axes) == 1


def test_the_caption_counts_the_worlds_of_the_bands(
    results: Results,
) -> None:
    assert "both over 8 worlds" in trajectories_chart(results).figure._supxlabel.get_text()
    paths = {
        name: replace(part, paths={q: path[..., :5] for q, path in part.paths.items()})
        for name, part in results.parts.items()
    }
    fewer = replace(results, parts=paths)
    chart = trajectories_chart(fewer)
    assert "both over the first 5 of 8 worlds" in chart.figure._supxlabel.get_text().replace(
        "\n", " ")
    gap = results.parts["new_psa"].measures["reporting_gap"][:5].mean()
    of = chart.data[(chart.data["package"] == "new_psa") & (chart.data["month"] == fewer.months)]
    ends = of[of["outcome"] == "mean over outcomes"].set_index("quantity")["mean"]
    assert ends["closing"] - ends["real"] == pytest.approx(gap)


def test_only_presets_are_bold(results: Results) -> None:
    designed = replace(
        results, packages={**results.packages, "lead=1 sanctions=0": results.packages["new_psa"]},
        parts={**results.parts, "lead=1 sanctions=0": results.parts["new_psa"]},
    )
    for chart in (forest_chart(designed), ledger_chart(designed)):
        bold = {tick.get_text(): tick.get_fontweight() for tick in
                chart.figure.axes[0].get_yticklabels()}
        assert bold["new_psa"] == "bold"
        assert bold[ADDED] == bold["lead=1 sanctions=0"] == "normal"


def test_the_legend_of_the_forest_is_clear_of_its_figures(results: Results) -> None:
    chart = forest_chart(results)
    axes = chart.figure.axes[0]
    head = next(t for t in axes.texts if t.get_text() == "Attainment (95% interval)")
    assert not axes.get_legend().get_window_extent().overlaps(head.get_window_extent())


def test_alt_text_is_short_and_names_the_numbers(many: Results) -> None:
    for chart in charts(many, many.trajectories()):
        assert chart.alt.endswith(f"Every number is in {chart.name}.csv.")
        assert chart.title in chart.alt
        assert len(chart.alt) - len(chart.title) < 130


def test_the_message_of_the_forest_counts_what_has_no_result(
    results: Results, plant: Callable[..., Results], fail: Callable[..., Results]
) -> None:
    broken = plant(results, **{ADDED: 0.1})
    for world in range(results.worlds):
        broken = fail(broken, "new_psa", world)
    assert "0 cannot be told from it and 1 has no result" in forest_chart(broken).title


def test_the_ledgers_title_tells_where_capacity_moves(results: Results) -> None:
    part = results.parts["departmental"]
    ledger = {**part.ledger, "own": 0 * part.ledger["own"],
              "slack": part.ledger["slack"] + part.ledger["own"]}
    moved = replace(results, parts={**results.parts, ADDED: replace(part, ledger=ledger)})
    assert f"under {ADDED} own agenda falls from" in ledger_chart(moved).title
    assert "to 0.0% and slack rises from" in ledger_chart(moved).title


def test_figures_that_are_not_out_have_no_value(results: Results) -> None:
    """Before its indicators' lag and turn are over an outcome has no figure; it is not 0."""
    data = trajectories_chart(results).data
    layout, run = results.layout, results.parts["new_psa"]
    for row, outcome in enumerate(results.scenario.outcomes):
        of = data[(data["outcome"] == outcome.key) & (data["package"] == "new_psa")]
        drawn = of[of["quantity"] == "reported"].set_index("month")["mean"]
        lags = layout.lag[layout.indicator_outcome == row][:, 0]
        first = int(drawn.first_valid_index())
        assert first > lags.max()
        assert first <= lags.max() + 1 + 6  # published every six months
        assert drawn.loc[first:].notna().all()
        assert drawn.loc[first:].to_numpy() == pytest.approx(
            run.paths["reported"][first - 1:, row].mean(axis=-1))
    mean = data[(data["outcome"] == "mean over outcomes") & (data["quantity"] == "reported")]
    assert mean[mean["package"] == "new_psa"].set_index("month")["mean"].first_valid_index() == 12


def test_a_run_too_short_for_figures_shows_the_closing_ones_only() -> None:
    chart = trajectories_chart(simulate(governance="departmental", scenario="child_obesity",
                                        worlds=2, months=12))
    labels = chart.figure.axes[0].get_legend_handles_labels()[1]
    assert labels == ["real: mean, 5-95%", "closing figure", "target", "plan"]
    assert "last published" not in chart.title


def test_packages_that_are_not_shown_are_said(results: Results) -> None:
    """Five are shown: the baseline and the best that are not it with a lever."""
    part, package = results.parts["new_psa"], results.packages["new_psa"]
    more = [f"package {letter}" for letter in "abcdef"]
    wide = replace(
        results, packages={**results.packages, **dict.fromkeys(more, package)},
        parts={**results.parts, **dict.fromkeys(more, part)},
    )
    chart = trajectories_chart(wide)
    foot = chart.figure._supxlabel.get_text().replace("\n", " ")
    shown = set(chart.data["package"])
    assert len(shown) == 5
    for name in more:
        assert (name in shown) != (name in foot)
    assert "1 package of departmental with one lever" in foot
    assert "trajectories.parquet has all" in foot
    assert "Not shown" not in trajectories_chart(
        replace(results, packages={n: results.packages[n] for n in ("departmental", "new_psa")},
                parts={n: results.parts[n] for n in ("departmental", "new_psa")})
    ).figure._supxlabel.get_text()


def test_levers_are_shown_where_there_is_nothing_else(results: Results) -> None:
    only = {name: results.parts[name] for name in ("departmental", ADDED)}
    alone = replace(results, packages={n: results.packages[n] for n in only}, parts=only)
    assert list(dict.fromkeys(trajectories_chart(alone).data["package"])) == list(only)


def test_captions_speak_of_what_is_there(results: Results) -> None:
    names = {"departmental": "base", "new_psa": "mine"}
    own = replace(
        results, baseline="base",
        packages={new: results.packages[old] for old, new in names.items()},
        parts={new: results.parts[old] for old, new in names.items()},
    )
    for make in (forest_chart, ledger_chart):
        foot = _foot(make(results))
        assert "Bold: presets; departmental+lever is departmental with that lever" in foot
        assert "Bold" not in _foot(make(own))
        assert "+lever is" not in _foot(make(own))


def _foot(chart: Chart) -> str:
    return chart.figure._supxlabel.get_text().replace("\n", " ")


def test_intervals_are_drawn_as_they_are(results: Results) -> None:
    """One-sided and beyond what a share can be: as the contrasts have them."""
    contrasts = results.contrasts()
    rows = contrasts["measure"] == "attainment"
    contrasts.loc[rows, ["mean", "lo95", "hi95"]] = [0.9, 0.2, 1.3]
    axes = forest(contrasts, Figure().subplots())
    ends = [segment[:, 0] for segment in axes.containers[0][2][0].get_segments()]
    assert np.array(ends) == pytest.approx(np.array([[20.0, 130.0]] * len(ends)))
    assert axes.get_xlim()[1] > 130.0


def test_many_outcomes_show_what_packages_add(many: Results) -> None:
    chart = outcomes_chart(many)
    paths = many.trajectories()
    last = paths[(paths["month"] == many.months) & (paths["quantity"] == "real")]
    ends = last.set_index(["package", "outcome"])["mean"]
    keys = [outcome.key for outcome in many.scenario.outcomes]
    added = 100 * (ends["new_psa"] - ends["departmental"])[keys].to_numpy()
    axes = chart.figure.axes[0]
    cells = [t for t in axes.texts if t.get_transform() == axes.transData]
    assert [cell.get_text() for cell in cells] == [f"{value:+z.0f}" for value in added]
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    assert len(names) == len(keys)
    assert all(name.startswith(key) for name, key in zip(names, keys, strict=True))
    met = int((ends["new_psa"] >= 1.0).sum())
    assert f"Of {len(keys)} outcomes {met} under new_psa" in chart.title


def test_a_heat_map_writes_every_cell_and_colours_the_good_side_blue() -> None:
    values = pd.DataFrame({"a": [1.0, -2.0], "b": [np.nan, 0.0]}, index=["x", "y"])
    for good in (1, -1):
        axes = Figure().subplots()
        assert heat_map(values, axes, good=good) is axes
        assert [t.get_text() for t in axes.texts] == ["+1.0", "-", "-2.0", "+0.0"]
        axes.figure.draw_without_rendering()
        red, _, blue = axes.collections[0].get_facecolors()[2][:3]
        assert (blue > red) == (good < 0)
