"""Who answers for a joint outcome, and how many are left to wait for one another."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats


def accountability_shares(
    joint: Floats, lead: Floats, marker: Floats, owners: Floats, concentration: Floats
) -> Floats:
    """Share of an outcome's accountability each owner carries; sums to 1 over an outcome.

    joint, lead: strengths J and L in [0, 1]; marker: 1/(number of leads) for leads,
    else 0; owners: owners of the outcome; concentration: chi < 1.  All broadcast to
    (contributions, runs).

    s = (1-J) l + J [(1 - chi L)/n + chi L l].  With equal shares (L = 0, J = 1) each
    carries 1/n (Holmstrom 1982); with chi L -> 1 the lead carries all.
    """
    held = concentration * lead
    return (1.0 - joint) * marker + joint * ((1.0 - held) / owners + held * marker)


def pushed(
    share: Floats, leads: Floats, influence: Floats, held: Floats, number: Floats, owners: Floats
) -> Floats:
    """Shares once leads have made their partners answer too; their sum stays.

    leads: 1 for leads; influence: part of what it holds that a lead passes on; held: the
    leads' shares together; number: of leads.  Each partner gets an equal part; where all
    lead there is nobody to push.
    """
    partners = owners - number
    passed = influence * (partners > 0.0)
    got = passed * held / np.maximum(partners, 1.0)
    return share * (1.0 - passed * leads) + got * (1.0 - leads)


def kept_or_given(share: Floats, given: Floats, priority: Floats) -> Floats:
    """Shares of a goal that is kept (priority 1), or left to the department it is given to (0)."""
    return priority * share + (1.0 - priority) * given


def answer_in_full(share: Floats, strength: Floats) -> Floats:
    """Shares when every owner answers in full: s + L (1 - s).

    Breaks the budget balance on purpose (Holmstrom 1982): at L = 1 each carries 1,
    which restores first-best effort at n times the accountability.
    """
    return share + strength * (1.0 - share)


def effective_owners(joint: Floats, lead: Floats, owners: Floats, leads: Floats) -> Floats:
    """Number of owners who wait for one another to convene: max(1, (1-L)(1+(n-1)J) + L n_lead)."""
    return np.maximum(1.0, (1.0 - lead) * (1.0 + (owners - 1.0) * joint) + lead * leads)
