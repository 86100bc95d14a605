"""A figure for a pattern: what every plausible set answers to each claim."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.report.lettering import across, head
from psasim.report.style import INK, MUTED, REAL, REPORTED, Chart, finish, styled
from psasim.validation.verdict import Answer, Finding

BAND = "#e3efe6"
"""Where a claim holds."""


def claim_strip(item: Answer, axes: Axes) -> Axes:
    """Draw a claim: a dot a parameter set, the interval of the mean, the band where it holds."""
    inside = np.array([item.claim.holds(value) for value in item.means])
    bounds = [bound for bound in (item.claim.low, item.claim.high) if np.isfinite(bound)]
    shown = [*item.means, item.low, item.high, *bounds, 0.0]
    margin = 0.06 * np.ptp(shown)
    left, right = min(shown) - margin, max(shown) + margin
    axes.axvspan(max(item.claim.low, left), min(item.claim.high, right), color=BAND, zorder=0)
    axes.axvline(0.0, color=MUTED, linewidth=0.8, zorder=1)
    order = np.argsort(np.argsort(item.means))
    height = 0.25 + 0.7 * order / max(item.means.size - 1, 1)
    for chosen, colour in ((inside, REAL), (~inside, REPORTED)):
        axes.scatter(item.means[chosen], height[chosen], s=9, color=colour, linewidths=0, zorder=2)
    axes.errorbar(item.mean, 0.1, xerr=[[item.mean - item.low], [item.high - item.mean]],
                  fmt="D", color=INK, markersize=4.5, elinewidth=1.6, zorder=3)
    axes.set_xlim(left, right)
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    head(axes, f"{item.claim.says}: {item.share:.0%} of sets", room=60, lines=3)
    across(axes, item.claim.unit)
    return axes


@styled()
def pattern_chart(finding: Finding) -> Chart:
    """The figure of a pattern; not of one the model is silent on."""
    count = len(finding.answers)
    columns = 1 if count == 1 else 2
    rows = -(-count // columns)
    figure = Figure(figsize=(4.9 * columns + 1.0, 1.3 + 1.75 * rows), layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False).ravel()
    for item, axes in zip(finding.answers, panels, strict=False):
        claim_strip(item, axes)
    for axes in panels[count:]:
        axes.set_axis_off()
    pattern = finding.pattern
    title = f"{pattern.title}: {finding.verdict}"
    before = finding.formerly
    foot = (
        "A dot is a parameter set, its mean over worlds; blue agrees with what was seen (the green "
        "band), orange does not. Diamond: mean over sets and worlds with its 95% interval."
        + (f" As asked before: {before.verdict}, {before.share:.0%} of sets." if before else "")
    )
    finish(figure, title, foot)
    said = "; ".join(
        f"{item.claim.says}: {item.mean:.3g} ({item.low:.3g} to {item.high:.3g}) "
        f"{item.claim.unit}, {item.share:.0%} of sets" for item in finding.answers
    )
    return Chart(pattern.id, title, foot, f"{title}. {said}.", _data(finding), figure)


def _data(finding: Finding) -> pd.DataFrame:
    return pd.DataFrame({
        f"{item.claim.says} ({item.claim.unit})": item.means for item in finding.answers
    })
