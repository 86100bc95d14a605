"""What agents decide in a month, and the default: everyone at once, by the mechanisms.

The schedule asks four questions.  An answer covers all who are asked; the Mesa agents
answer for themselves, one by one, through the same mechanisms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from psasim.mechanisms.allocate import adjust, allocate
from psasim.mechanisms.clear import agreed_share
from psasim.mechanisms.ordered_sum import Floats, Ints
from psasim.mechanisms.publish import game
from psasim.mechanisms.review import behind_together, largest
from psasim.structure.layout import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What departments allocate from.

    stake, size, effort (last month's), (T); capacity, usable, taken (by overhead and
    gaming) (D); substitution, inertia (1);
    release (T), inertia where effort falls;
    plan, seen, need, product, responsibility, mission,
    distorted (part of effort that goes to figures), trust, sight (C); attention,
    mobilised (O).  Of what is published, this month's not yet: reported, mean figure of an
    outcome, and out, 0 before its first (O); published, figure of an indicator (I).
    """

    month: int
    stake: Floats
    size: Floats
    effort: Floats
    capacity: Floats
    usable: Floats
    taken: Floats
    substitution: Floats
    inertia: Floats
    release: Floats
    plan: Floats
    seen: Floats
    need: Floats
    product: Floats
    responsibility: Floats
    mission: Floats
    distorted: Floats
    trust: Floats
    sight: Floats
    attention: Floats
    mobilised: Floats
    reported: Floats
    out: Floats
    published: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Requests:
    """What delivery bodies are asked to agree to.

    chance, buy_in, draw (L): probability, fraction, shock; count (L): bodies a link
    stands for; clarity (B): of direction.
    """

    month: int
    chance: Floats
    buy_in: Floats
    count: Floats
    draw: Floats
    clarity: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Returns:
    """Figures due for publication.

    rows: indicators due; figure, plan, threshold, width (rows, R): what they show, where
    the plan is, what they are judged by, and how far below that moving them pays.
    """

    month: int
    rows: Ints
    figure: Floats
    plan: Floats
    threshold: Floats
    width: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What the centre reviews from: published figures only.

    gap (O): reported behind plan; fresh (O): 1 where a figure came out this month;
    priority (O); period, trigger, targets, tolerance (1).
    """

    month: int
    gap: Floats
    fresh: Floats
    priority: Floats
    period: Floats
    trigger: Floats
    targets: Floats
    tolerance: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """What the centre does for each outcome (O), from 0, nothing, to 1, in full: take stock
    of it, review it with its cluster, escalate it, have the delivery unit support it."""

    stocktake: Floats
    cluster: Floats
    escalate: Floats
    support: Floats


class Decisions(Protocol):
    """The four decisions of a month."""

    def allocate(self, outlook: Outlook) -> Floats:
        """Effort every department puts on every task, (T, R): it acts at once."""

    def agree(self, requests: Requests) -> Floats:
        """Part of the uncleared bodies of every link that agrees, (L, R)."""

    def game(self, returns: Returns) -> Floats:
        """Figures published for the rows due, (rows, R)."""

    def review(self, desk: Desk) -> Review:
        """What the centre attends to."""


class Everyone:
    """All departments, bodies and the centre at once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def allocate(self, outlook: Outlook) -> Floats:
        groups, department = self._layout.by_department, self._layout.task_department
        best = allocate(
            outlook.stake, outlook.size, outlook.capacity, outlook.usable, outlook.substitution,
            groups, department, outlook.taken,
        )
        return adjust(
            outlook.effort, best, outlook.inertia, outlook.usable, groups, department,
            outlook.release,
        )

    def agree(self, requests: Requests) -> Floats:
        return agreed_share(requests.chance, requests.count, requests.draw)

    def game(self, returns: Returns) -> Floats:
        return game(returns.figure, returns.threshold, returns.width)

    def review(self, desk: Desk) -> Review:
        return default_review(desk, self._layout)


def without_a_past(
    layout: Layout, stake: Floats, size: Floats, capacity: Floats, usable: Floats,
    substitution: Floats, taken: Floats,
) -> Floats:
    """Effort by the default choice where no earlier effort holds it back, (T, R)."""
    return allocate(
        stake, size, capacity, usable, substitution, layout.by_department,
        layout.task_department, taken,
    )


def default_review(desk: Desk, layout: Layout) -> Review:
    """Stocktakes by the calendar, clusters behind together, what is newly behind, worst gaps;
    each as far as an outcome is a priority."""
    behind = 1.0 * (desk.gap > desk.tolerance)
    together = behind_together(behind, desk.trigger, layout.by_cluster, layout.cluster)
    return Review(
        stocktake=desk.priority * (desk.month % desk.period == 0.0),
        cluster=desk.priority * together,
        escalate=desk.priority * (desk.fresh * behind),
        support=desk.priority * largest(desk.gap * desk.priority, desk.targets),
    )
