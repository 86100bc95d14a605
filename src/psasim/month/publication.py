"""What is published, and what of it was moved: phase 8, and the closing assessment."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from psasim.coefficients import Coefficients
from psasim.mechanisms import publish
from psasim.mechanisms.ordered_sum import (
    Floats,
    Groups,
    Ints,
    either,
    ordered_any,
    ordered_sum,
)
from psasim.mechanisms.rate import counted_share, fco_band
from psasim.month.decisions import Decisions, Returns
from psasim.month.state import Shocks, State
from psasim.structure.layout import Layout


class News(NamedTuple):
    """What is published; (I) but gap, fresh, reported, out (O), failing (C), moved, spend (D).

    reported: 0 where no figure is out; out: 1 where one is.
    """

    figures: tuple[Floats, ...]
    published: Floats
    standing: Floats
    gap: Floats
    fresh: Floats
    reported: Floats
    out: Floats
    failing: Floats
    moved: Floats
    gaming_spend: Floats


def _figures(
    state: State, layout: Layout, k: Coefficients, shocks: Shocks, real: Floats, counted: Floats
) -> tuple[Floats, ...]:
    """What the indicators show for this month, before the figures of earlier months."""
    now = publish.indicator(
        layout.validity,
        real.take(layout.indicator_outcome, axis=0),
        publish.shown_count(
            counted.take(layout.indicator_contribution, axis=0), layout.open_ended
        ),
        k.noise * shocks.noise,
    )
    return (now, *state.figures[:-1])


def due(month: int, layout: Layout, k: Coefficients) -> NDArray[np.bool_]:
    """Indicators with a figure in the month: it is their department's turn, and their lag is
    over; (I, R), one column where packages and runs do not differ."""
    turn = (month - k.phase) % k.publishing_interval == 0.0
    return turn.take(layout.indicator_department, axis=0) & (layout.lag < month)


def publish_figures(
    state: State,
    layout: Layout,
    k: Coefficients,
    shocks: Shocks,
    real: Floats,
    counted: Floats,
    decisions: Decisions,
) -> News:
    """8. Figures of departments whose turn it is, some of them moved to the threshold."""
    month = state.month + 1
    figures = _figures(state, layout, k, shocks, real, counted)
    turn = due(month, layout, k)
    rows = np.flatnonzero(turn.any(axis=1))
    mine = 1.0 * turn[rows]
    figure = _lagged(figures, layout, rows)
    returns = _returns(month, layout.lag[rows], layout, k, rows, figure)
    told, plan = decisions.game(returns), returns.plan
    published = _with_rows(state.published, rows, mine, told)
    standing = _with_rows(state.standing, rows, mine, plan)
    out, reported, gap = _told(published, standing, layout)
    cost = mine * publish.gaming_loss(figure, told, k.gaming_cost)
    failing = mine * (told < plan - k.rating_tolerance)
    by_department, by_contribution = (
        layout.indicators_by_department, layout.indicators_by_contribution,
    )
    return News(
        figures=figures,
        published=published,
        standing=standing,
        gap=gap,
        fresh=1.0 * ordered_any(turn, layout.indicators_by_outcome),
        reported=reported,
        out=out,
        failing=_total(failing, rows, by_contribution, layout)
        * (1.0 / np.maximum(layout.indicators_owned, 1.0)),
        moved=_total(mine * (told != figure), rows, by_department, layout),
        gaming_spend=k.gaming_effort * k.capacity * _total(cost, rows, by_department, layout),
    )


def _lagged(figures: tuple[Floats, ...], layout: Layout, rows: Ints) -> Floats:
    """What the indicators of `rows` showed their lag ago."""
    lagged = np.empty((rows.size, figures[0].shape[1]))
    for lag in layout.lags:
        of_lag = np.flatnonzero(layout.lag[rows] == lag)
        lagged[of_lag] = figures[lag][rows[of_lag]]
    return lagged


def _returns(
    month: int, lag: Floats, layout: Layout, k: Coefficients, rows: Ints, figure: Floats
) -> Returns:
    """What `rows` show for the month `lag` months ago, and what they are judged by."""
    of = layout.indicator_outcome[rows]
    when = np.minimum(month - lag, len(k.paths) - 1.0).astype(np.intp)[:, 0]
    plan = k.paths[when, of]
    threshold = plan + (1.0 - k.milestone) * (1.0 - plan)
    return Returns(month, rows, figure, plan, threshold, k.gaming_width.take(rows, axis=0))


def _told(published: Floats, standing: Floats, layout: Layout) -> tuple[Floats, Floats, Floats]:
    """Whether a figure of an outcome is out, the mean of those that are, and the gap to the
    plan for their months: exactly 0 where every figure stands on its plan; (O, R)."""
    groups = layout.indicators_by_outcome
    number = ordered_sum(1.0 * (standing > 0.0), groups)
    some = np.maximum(number, 1.0)
    return (
        np.minimum(number, 1.0),
        ordered_sum(published, groups) / some,
        ordered_sum(standing - published, groups) / some,
    )


def _with_rows(held: Floats, rows: Ints, mine: Floats, new: Floats) -> Floats:
    """`held` with `new` in those of `rows` that are due."""
    out = held.copy()
    out[rows] = either(mine, new, held[rows])
    return out


def _total(values: Floats, rows: Ints, groups: Groups, layout: Layout) -> Floats:
    """Sum by group of indicators of which only `rows` have a value."""
    full = np.zeros((layout.indicators, values.shape[1]))
    full[rows] = values
    return ordered_sum(full, groups)


def closing_figures(state: State, layout: Layout, k: Coefficients, decisions: Decisions) -> Floats:
    """Figures the closing assessment will publish *for* the last month, (I, R); it is of the
    target itself, milestones being over."""
    rows = np.arange(layout.indicators)
    returns = _returns(state.month, 0.0 * layout.lag, layout, k, rows, state.figures[0])
    return decisions.game(replace(returns, threshold=np.ones((rows.size, 1))))


def rated(layout: Layout, k: Coefficients, news: News) -> Floats:
    """FCO band of each outcome; a figure not yet out does not count."""
    counts = (news.published >= news.standing - k.rating_tolerance) & (news.standing > 0.0)
    return fco_band(counted_share(counts, layout.indicators_by_outcome, layout.indicator_count))
