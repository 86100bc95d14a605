"""The ledger as stacked bars: where each package's capacity went."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.month.ledger import LINES
from psasim.report.lettering import across, head, key, ticks
from psasim.report.names import by_headline, count, is_preset, marks
from psasim.report.style import INK, LINE_COLOURS, Chart, chart, styled
from psasim.results.effort import base_sentence, by_line, most_moved, moves
from psasim.results.results import Comparison
from psasim.results.verdict import named

SHARED = ("realised", "mix", "practice", "chain", "distortion", "gaming")
"""Lines the second panel enlarges: what was worked on shared outcomes, and on figures."""


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
    ticks(axes.yaxis, range(len(packages)), packages)
    axes.set_ylim(len(packages) - 0.5, -0.5)
    axes.set_xlim(0.0, float(np.nanmax(start, initial=0.0)) or 1.0)
    across(axes, "Share of capacity (%)")
    axes.tick_params(axis="y", length=0)
    return axes


def _label(line: str, shares: pd.Series) -> str:
    """Name of a line, and its range over the packages: thin ones can be read there."""
    low, high = f"{shares.min():.1f}", f"{shares.max():.1f}"
    spread = low if low == high else f"{low} to {high}"
    return f"{LINES[line].label} ({spread} %)"


@styled()
def ledger_chart(results: Comparison) -> Chart:
    """All capacity, and enlarged beside it what was worked on shared outcomes."""
    order, baseline = by_headline(results), results.baseline
    shares = results.ledger_shares()
    data = shares.sort_values(
        "package", key=lambda column: column.map(order.index), kind="stable", ignore_index=True
    )
    figure = Figure(figsize=(12.5, 2.9 + 0.25 * len(order)), layout="constrained")
    whole, part = figure.subplots(1, 2, sharey=True)
    head(ledger_bars(data, whole), "All capacity")
    head(ledger_bars(data, part, SHARED), "Enlarged: shared outcomes, and gaming")
    ticks(whole.yaxis, range(len(order)), order,
          bold=[is_preset(name) for name in order])
    part.tick_params(axis="y", labelleft=False)
    key(figure, whole.get_legend_handles_labels(), loc="outside right center",
        title="Line (range over packages)", alignment="left")
    title = _message(data, baseline, order)
    foot = (
        f"{results.scenario.title}. Mean over {count(results.worlds, 'world')} and "
        f"{count(results.months, 'month')}. On top: the best in "
        f"{named(results.headline)}. {marks(order, baseline)}"
        "Shares follow from assumed parameters: compare packages, not levels."
    )
    kind = "Stacked bars of the share of capacity on each line, by package"
    return chart("ledger", kind, title, foot, data, figure)


def _message(data: pd.DataFrame, baseline: str, order: list[str]) -> str:
    """Under the baseline, under the package on top, and where most capacity moves."""
    wide = by_line(data)
    if baseline not in wide.index:
        return f"Where capacity went; {baseline} has no ledger, as its runs failed"
    said = base_sentence(wide, baseline, baseline)
    top = order[0]
    if top != baseline:
        said += (f"; under {top} {wide.loc[top, 'realised']:.1%} does: "
                 f"{moves(wide, baseline, top)}")
    other = most_moved(wide, baseline, but=top)
    if other is None:
        return said
    return f"{said}; under {other} {moves(wide, baseline, other)}"
