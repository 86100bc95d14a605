"""The ledger as stacked bars: where each package's capacity went."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.ledger import LINES
from psasim.report.names import by_targets_met, count, is_addition, short, words
from psasim.report.style import INK, LINE_COLOURS, Chart, finish
from psasim.results import Comparison

SHARED = ("realised", "mix", "practice", "chain", "gaming")
"""Lines the second panel enlarges: what was worked on shared outcomes, and gaming."""


def ledger_bars(
    shares: pd.DataFrame, axes: Axes, lines: Sequence[str] = tuple(LINE_COLOURS)
) -> Axes:
    """Stack lines of the ledger, in % of capacity, one bar a package.

    shares: as of `Results.ledger_shares`, packages from the top in the order they come;
    lines: from the axis outwards.
    """
    packages = list(dict.fromkeys(shares["package"]))
    wide = 100.0 * shares.pivot(index="package", columns="line", values="share").loc[packages]
    start = np.zeros(len(packages))
    for line in lines:
        axes.barh(
            range(len(packages)), wide[line], left=start, height=0.78, color=LINE_COLOURS[line],
            edgecolor=INK, linewidth=0.35, hatch="////" if line == "slack" else None,
            label=_label(line, wide[line]),
        )
        start += wide[line].to_numpy()
    axes.set_yticks(range(len(packages)), packages)
    axes.set_ylim(len(packages) - 0.5, -0.5)
    axes.set_xlim(0.0, float(np.nanmax(start, initial=0.0)) or 1.0)
    axes.set_xlabel("Share of capacity (%)")
    axes.tick_params(axis="y", length=0)
    return axes


def _label(line: str, shares: pd.Series) -> str:
    """Name of a line, and its range over the packages: thin ones can be read there."""
    low, high = f"{shares.min():.1f}", f"{shares.max():.1f}"
    spread = low if low == high else f"{low} to {high}"
    return f"{LINES[line].label} ({spread} %)"


def ledger_chart(results: Comparison) -> Chart:
    """All capacity, and enlarged beside it what was worked on shared outcomes."""
    order, baseline = by_targets_met(results), results.baseline
    shares = results.ledger_shares()
    data = shares.sort_values(
        "package", key=lambda column: column.map(order.index), kind="stable", ignore_index=True
    )
    figure = Figure(figsize=(12.5, 2.9 + 0.25 * len(order)), layout="constrained")
    whole, part = figure.subplots(1, 2, sharey=True)
    ledger_bars(data, whole).set_title("All capacity")
    ledger_bars(data, part, SHARED).set_title("Enlarged: shared outcomes, and gaming")
    whole.set_yticks(range(len(order)), [words(short(name, baseline)) for name in order])
    for tick, name in zip(whole.get_yticklabels(), order, strict=True):
        tick.set_fontweight("normal" if is_addition(name, baseline) else "bold")
    part.tick_params(axis="y", labelleft=False)
    figure.legend(
        *whole.get_legend_handles_labels(), loc="outside right center", frameon=False,
        title="Line (range over packages)", alignment="left",
    )
    title = _message(data, baseline, order)
    finish(figure, title, (
        f"{results.scenario.title}. Mean over {count(results.worlds, 'world')} and "
        f"{count(results.months, 'month')}. Packages with most targets met in truth on top; "
        f"bold: presets; + is {words(baseline)} with one lever added. Shares follow from assumed "
        "parameters: compare packages, not levels."
    ))
    return Chart("ledger", title, _alt(data, title), data, figure)


def _message(data: pd.DataFrame, baseline: str, order: list[str]) -> str:
    wide = data.pivot(index="package", columns="line", values="share")
    if wide.isna().any(axis=None):
        return "Where capacity went; packages with failed runs have no ledger"
    base = wide.loc[baseline]
    largest = str(base.drop("realised").idxmax())
    said = (f"Under {words(baseline)} {base['realised']:.1%} of capacity moves an outcome and "
            f"{base[largest]:.0%} goes to {LINES[largest].label.lower()}")
    top = order[0]
    if top == baseline:
        return said
    changed = str((wide.loc[top] - base).drop("realised").abs().idxmax())
    return (f"{said}; under {words(short(top, baseline))} {wide.loc[top, 'realised']:.1%} does, "
            f"and the line '{LINES[changed].label.lower()}' goes from {base[changed]:.0%} to "
            f"{wide.loc[top, changed]:.0%}")


def _alt(data: pd.DataFrame, title: str) -> str:
    wide = data.pivot(index="package", columns="line", values="share").dropna()
    said = "; ".join(
        f"{words(name)}: " + ", ".join(
            f"{LINES[line].label.lower()} {wide.loc[name, line]:.1%}" for line in LINE_COLOURS
        )
        for name in dict.fromkeys(data["package"]) if name in wide.index
    )
    return f"Stacked bars of the share of capacity on each line, by package. {title}. {said}."
