"""What a run reports: each measure declared once, with its definition over a trajectory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from psasim.coefficients import Coefficients
from psasim.declared.declare import Heading
from psasim.declared.measure import Definition, Measure
from psasim.declared.registry import Declared
from psasim.engines.answers import in_a_line
from psasim.engines.trajectory import Trajectory
from psasim.errors import InputError
from psasim.mechanisms.ordered_sum import Floats, ordered_max, ordered_min, ordered_sum, unit
from psasim.mechanisms.rate import counted_share, csr07_band, fco_band
from psasim.month.commitment import mission_value
from psasim.structure.layout import Layout

MODELS = Heading.DELIVERY_MODELS
LEAD = Heading.LEADERSHIP
KNOW = Heading.KNOWLEDGE
TOGETHER = Heading.WORKING_TOGETHER
DATA = Heading.TOOLS_AND_DATA

SHARED_LINES = ("distortion", "chain", "practice", "mix", "realised")
"""Lines of the ledger that are effort on outcomes."""

def _sum(values: Floats) -> Floats:
    """Sum over rows in their order: (rows, runs) -> (runs,)."""
    return np.add.accumulate(values, axis=0)[-1] if len(values) else np.zeros(values.shape[1:])


def _mean(values: Floats, weight: Floats | None = None) -> Floats:
    """Mean over rows, weighted by `weight` (rows, 1); 0 where nothing has weight."""
    if weight is None:
        weight = np.ones((len(values), 1))
    total = float(weight.sum())
    return _sum(values * weight) / total if total > 0.0 else np.zeros(values.shape[1:])


def reported_at_close(t: Trajectory, layout: Layout) -> Floats:
    """Mean closing figure of each outcome, 0 where it has no indicator; (O, R)."""
    total = ordered_sum(t.closing, layout.indicators_by_outcome)
    return total / np.maximum(layout.indicator_count, 1.0)


def _met_reported(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    return _mean(np.where(reported_at_close(t, layout) >= 1.0, 1.0, 0.0), layout.measured)


def _met_on_paper(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    on_paper = (reported_at_close(t, layout) >= 1.0) & (t.final.real < 1.0)
    return _mean(np.where(on_paper, 1.0, 0.0), layout.measured)


def _met_fco(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    counts = t.closing >= 1.0 - k.rating_tolerance
    share = counted_share(counts, layout.indicators_by_outcome, layout.indicator_count)
    return _mean(np.where(fco_band(share) == 4.0, 1.0, 0.0), layout.measured)


def _met_csr07(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    counts = t.closing > k.start.take(layout.indicator_outcome, axis=0) + k.noise
    share = counted_share(counts, layout.indicators_by_outcome, layout.indicator_count)
    return _mean(np.where(csr07_band(share) == 2.0, 1.0, 0.0), layout.measured)


def _gap(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    return _mean(reported_at_close(t, layout) - t.final.real, layout.measured)


def _gaming_events(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    rows = np.arange(layout.indicators)
    at_close = np.where(t.closing != t.final.figures[0][rows], 1.0, 0.0)
    return _sum(t.sums["moved"]) + _sum(at_close)


def _disagreement(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    """Owners read their own figures, with their own offset, where measures are not common."""
    of = layout.outcome
    mean = reported_at_close(t, layout).take(of, axis=0)
    own = ordered_sum(t.closing, layout.indicators_by_contribution)
    own = np.where(
        layout.indicators_owned > 0.0, own / np.maximum(layout.indicators_owned, 1.0), mean
    )
    offset = k.reading_offset.take(layout.department, axis=0)
    reading = k.disagreement * own + (1.0 - k.disagreement) * mean + offset
    met = np.where(reading >= 1.0, 1.0, 0.0)
    split = ordered_max(met, layout.by_outcome) - ordered_min(met, layout.by_outcome)
    return _mean(split, layout.joint * layout.measured)


def _consensus(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    """Least over greatest own-mission value, as it stands in the last month (R46)."""
    mission = mission_value(k, t.months)
    least, most = (pick(mission, layout.by_outcome) for pick in (ordered_min, ordered_max))
    alike = np.where(most > 0.0, least / np.where(most > 0.0, most, 1.0), 1.0)
    return _mean(alike, layout.joint) + np.zeros(t.real.shape[-1])


def _waiting(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    answered = ordered_max(k.accountability, layout.by_outcome) > 0.0
    weight = layout.joint * answered
    number = _sum(weight)
    return _sum(t.waiting * weight) / np.where(number > 0.0, number, 1.0)


def _line(name: str) -> Definition:
    def share(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
        return _sum(t.sums[name]) / (t.months * _sum(k.capacity))

    return share


def _silo(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    own = _sum(t.sums["own"])
    shared = sum(_sum(t.sums[name]) for name in SHARED_LINES)
    worked = own + shared
    return own / np.where(worked > 0.0, worked, 1.0)


def _burden(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    capacity = t.months * _sum(k.capacity)
    standing = t.months * _sum(np.minimum(k.standing_overhead, k.capacity))
    return (_sum(t.sums["overhead"]) - standing) / capacity


def _per_outcome_year(name: str) -> Definition:
    def rate(t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
        return _mean(t.sums[name]) * (12.0 / t.months)

    return rate


_SHARE = "share of capacity"
_TABLE = (
    Measure("targets_met_real", "Targets met, real", "share of targets", 1, LEAD,
            "Outcomes whose real value is at the target or above at the end.",
            lambda t, layout, k: _mean(np.where(t.final.real >= 1.0, 1.0, 0.0))),
    Measure("targets_met_reported", "Targets met, reported", "share of assessed targets", 1, DATA,
            "Assessed outcomes whose mean closing figure is at the target or above.",
            _met_reported),
    Measure("met_on_paper", "Met on paper only", "share of assessed targets", -1, DATA,
            "Assessed outcomes whose mean closing figure is at the target or above while the "
            "real value is below it.", _met_on_paper),
    Measure("targets_met_fco", "Targets met, FCO rule", "share of assessed targets", 1, DATA,
            "Assessed outcomes in the top band of the FCO's 2004 rule: every indicator within "
            "the tolerance of target.", _met_fco),
    Measure("targets_met_csr07", "Targets met, CSR07 rule", "share of assessed targets", 1, DATA,
            "Assessed outcomes rated strong under CSR 2007: more than half of the indicators "
            "above their start by more than their noise.", _met_csr07),
    Measure("attainment", "Attainment", "of target", 1, LEAD,
            "Mean over outcomes of the real value at the end, cut to [0, 1].",
            lambda t, layout, k: _mean(unit(t.final.real))),
    Measure("attainment_uncut", "Attainment, uncut", "of target", 1, LEAD,
            "Mean over outcomes of the real value at the end, as it is: what is above the target "
            "or below 0 counts in full.", lambda t, layout, k: _mean(t.final.real), open=True),
    Measure("worst_outcome", "Worst outcome", "of target", 1, LEAD,
            "Lowest real value at the end, cut to [0, 1].",
            lambda t, layout, k: np.min(unit(t.final.real), axis=0)),
    Measure("overshoot", "Overshoot", "of target", 0, LEAD,
            "Mean over outcomes of what the real value at the end is above the target.",
            lambda t, layout, k: _mean(np.maximum(t.final.real - 1.0, 0.0)), open=True),
    Measure("time_to_mobilise", "Time to mobilise", "months", -1, LEAD,
            "Mean over joint outcomes that anybody answers for of the months before somebody "
            "convened them; all the months where nobody did.", _waiting),
    Measure("time_to_target", "Time to target", "months", -1, LEAD,
            "Mean over outcomes of the months before the target was first met; all the months "
            "where it never was.", lambda t, layout, k: _mean(t.short)),
    Measure("reporting_gap", "Reporting gap", "of target", 0, DATA,
            "Mean over assessed outcomes of the closing figure less the real value.", _gap,
            open=True),
    Measure("gaming_events", "Gaming events", "figures", -1, DATA,
            "Figures moved to a threshold when they were published, and closing figures moved to "
            "the target.", _gaming_events),
    Measure("disagreement", "Disagreement", "share of joint targets", -1, DATA,
            "Joint, assessed outcomes on which owners differ whether the target is met.",
            _disagreement),
    Measure("consensus", "Consensus", "fraction", 1, LEAD,
            "Mean over joint outcomes of the least over the greatest value that its owners put "
            "on it for their own missions, once Cabinet has agreed.", _consensus),
    Measure("overhead", "Overhead", _SHARE, -1, TOGETHER,
            "Capacity spent on coordination, reports and the levers.", _line("overhead")),
    Measure("slack", "Slack", _SHARE, 0, LEAD,
            "Capacity left unused: lack of will, not of capacity.", _line("slack")),
    Measure("own_agenda", "Own agenda", _SHARE, 0, LEAD,
            "Capacity spent on departments' own agendas.", _line("own")),
    Measure("gaming", "Gaming", _SHARE, -1, DATA,
            "Capacity spent on moving figures.", _line("gaming")),
    Measure("distortion", "Spent on figures", _SHARE, -1, DATA,
            "Effort that went to figures rather than the outcomes they stand for.",
            _line("distortion")),
    Measure("chain_loss", "Lost in the chain", _SHARE, -1, MODELS,
            "Effort stopped at bodies that had not agreed.", _line("chain")),
    Measure("practice_loss", "Lost to practice", _SHARE, -1, KNOW,
            "Delivered effort that did not work.", _line("practice")),
    Measure("mix_loss", "Lost to mix", _SHARE, -1, TOGETHER,
            "Effort beyond what partners matched.", _line("mix")),
    Measure("realised", "Realised", _SHARE, 1, LEAD,
            "Effort that moved an outcome.", _line("realised")),
    Measure("silo_index", "Silo index", "share of effort", -1, TOGETHER,
            "Effort on own agendas over all effort.", _silo),
    Measure("trust", "Trust", "fraction", 1, TOGETHER,
            "Mean trust of contributions to joint outcomes at the end.",
            lambda t, layout, k: _mean(t.final.trust, np.where(layout.owners > 1, 1.0, 0.0))),
    Measure("clarity", "Clarity", "fraction", 1, MODELS,
            "Mean clarity of direction of delivery bodies in the last month.",
            lambda t, layout, k: _mean(t.clarity)),
    Measure("knowledge", "Knowledge", "fraction", 1, KNOW,
            "Mean knowledge of what works at the end.",
            lambda t, layout, k: _mean(t.final.knowledge)),
    Measure("undetected_risk_time", "Undetected risk", "months a year", -1, DATA,
            "Months of a year in which an outcome carries a problem nobody has seen.",
            _per_outcome_year("undetected")),
    Measure("escalations", "Escalations", "per outcome and year", 0, LEAD,
            "Sum of the parts of outcomes that were escalated to where they must be attended to: "
            "the whole outcome at full strength of the lever and full priority.",
            _per_outcome_year("escalated")),
    Measure("burden", "Burden", _SHARE, -1, TOGETHER,
            "Overhead beyond what stands without any lever.", _burden, open=True),
    Measure("cost", "Cost", "index", -1, TOGETHER,
            "Money the levers cost, an index per outcome and year (1 is a delivery unit's "
            "cost per target).",
            lambda t, layout, k: k.money[0] + np.zeros(t.final.real.shape[1])),
)

MEASURES = Declared("measure", _TABLE)


def declare_measures(own: Iterable[Measure]) -> None:
    """Have tables know measures of one's own.  Raises `psasim.errors.InputError` where psasim
    has one of the name."""
    for item in own:
        MEASURES.add(item)


def recall_measures(told: Iterable[Measure]) -> None:
    """Have tables know measures that a record tells of; what the process has stays as it is."""
    for item in told:
        if item.name not in MEASURES.own:
            MEASURES.add(item)


def measure(
    t: Trajectory, layout: Layout, k: Coefficients, own: Sequence[Measure] = ()
) -> dict[str, Floats]:
    """Every shipped measure and those of one's own, one value a run."""
    values = {name: item.compute(t, layout, k) for name, item in MEASURES.shipped.items()}
    return values | {item.name: _of_own(item, t, layout, k) for item in own}


def _of_own(item: Measure, t: Trajectory, layout: Layout, k: Coefficients) -> Floats:
    """Raises `psasim.errors.InputError` from its exception, or where it gives no number a run."""
    runs = t.final.real.shape[-1]
    try:
        values = np.asarray(item.compute(t, layout, k), dtype=np.float64)
    except Exception as error:
        raise InputError(f"measure {item.name} failed: {in_a_line(error)}") from error
    if values.shape != (runs,):
        raise InputError(f"measure {item.name} gave an array of shape {values.shape}; it must give "
                         f"one number a run, ({runs},)")
    return values
