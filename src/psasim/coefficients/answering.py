"""Who answers for each outcome, who pushes whom, and what coordination takes."""

from __future__ import annotations

import numpy as np

from psasim.coefficients.settings import Settings
from psasim.declared.levers import LEVERS
from psasim.mechanisms.accountability import (
    accountability_shares,
    answer_in_full,
    effective_owners,
    kept_or_given,
    pushed,
)
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.mechanisms.overhead import coordination_links
from psasim.mechanisms.review import combine
from psasim.structure.layout import Layout
from psasim.structure.rows import column

KINDS = LEVERS["lead"].options("kind")
ALL = KINDS.index("all")


def _leads(layout: Layout, kind: str) -> Floats:
    """1 for the contributions that lead under a kind of lead, else 0; (contributions, 1).

    `two` adds the partner with the largest share of need, the first by key among equals.
    """
    contributions = layout.scenario.contributions
    leads = np.array([c.lead or kind == "all" for c in contributions])
    if kind == "two":
        for o in range(layout.outcomes):
            rows = np.flatnonzero(layout.outcome == o)
            partners = [r for r in rows if not leads[r]]
            if partners and leads[rows].sum() < 2:
                leads[max(partners, key=lambda r: (contributions[r].share, -r))] = True
    return column(leads)


def _markers(leads: Floats, layout: Layout) -> Floats:
    """1/(number of leads) for leads, else 0."""
    return leads / ordered_sum(leads, layout.by_outcome)[layout.outcome]


def answering(layout: Layout, s: Settings, priority: Floats) -> dict[str, Floats]:
    """Shares, influence, links, and the volunteers who wait for one another."""
    kind = s.kind("lead", KINDS)
    joint = s.strength("joint_targets")
    lead = s.strength("lead") * (kind != KINDS.index("none"))
    full = lead * (kind == ALL)
    named = lead * (kind != ALL)
    leads = np.concatenate([_leads(layout, name) for name in KINDS], axis=1)[:, kind]
    given = _markers(_leads(layout, "single"), layout)
    marker = given + named * (_markers(leads, layout) - given)
    share = accountability_shares(joint, named, marker, layout.owners, s["lead_concentration"])
    held = ordered_sum(share * leads, layout.by_outcome)[layout.outcome]
    number = ordered_sum(leads, layout.by_outcome)
    share = pushed(
        share, leads, s["influence"] * named, held, number[layout.outcome], layout.owners
    )
    share = answer_in_full(share, full)
    others = layout.owners - 1.0
    links = coordination_links(joint, lead, leads, layout.owners)
    links = links * (1.0 - s.strength("process_alignment"))
    pushing = s["influence_cost"] * lead * leads * others
    answers = combine(given, joint, lead * leads)
    owners = ordered_sum(np.ones_like(layout.owners), layout.by_outcome)
    weight = priority[layout.outcome]
    share = kept_or_given(share, given, weight)
    answers = kept_or_given(answers, given, weight)
    return {
        "accountability": share,
        "convened_overhead": weight * (s["link_cost"] * links + pushing)
        + s["goal_cost"] * answers,
        "effective_owners": 1.0
        + priority * (effective_owners(joint, lead, owners, number) - 1.0),
        "drawers": ordered_sum(1.0 * (share > 0.0), layout.by_outcome),
        "mobilising_ratio": s["mobilising_ratio"]
        * (1.0 - s["role_gain"] * s.clause("roles"))
        * column([o.convening for o in layout.scenario.outcomes]),
    }
