"""A change of structure is a paired comparison: what is shared by name meets the same luck."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from psasim import InputError, compare_scenarios, simulate
from psasim.scenario import Outcome, checked, load_scenario
from psasim.scenario.schema import Contribution


def test_a_scenario_against_itself_differs_nowhere() -> None:
    same = compare_scenarios({"now": "teaching", "again": "teaching"}, "now", worlds=5, months=6)
    assert (same["scenario"] == "again").all() and (same["baseline"] == "now").all()
    assert (same["mean"] == 0.0).all() and (same["equal"] == 1.0).all()
    assert (same["lo95"] <= 0.0).all() and (same["hi95"] >= 0.0).all()


def test_pairing_takes_the_luck_away() -> None:
    """With an outcome more, differences spread far less than between other worlds."""
    now = load_scenario("teaching")
    department = now.departments[0].key
    more = checked(replace(
        now,
        outcomes=(*now.outcomes, Outcome("extra", "One more", 0.5, 0.05)),
        contributions=(*now.contributions, Contribution(department, "extra", 1.0, lead=True)),
    ))
    paired = compare_scenarios({"now": now, "more": more}, "now", worlds=60)
    row = paired.set_index("measure").loc["silo_index"]
    unpaired = [
        simulate(scenario, worlds=60, seed=seed).parts["departmental"].measures["silo_index"]
        for seed, scenario in enumerate((now, more))
    ]
    spread = np.sqrt(sum(values.var(ddof=1) for values in unpaired) / 60) * 4.0
    assert row["hi95"] - row["lo95"] < 0.1 * spread


@pytest.mark.parametrize("scenarios, baseline, told", [
    ({"now": "teaching"}, "now", "nothing to compare"),
    ({"now": "teaching", "then": "sr2004"}, "later", "holds no baseline 'later'"),
    (["teaching"], "teaching", "give each a name"),
])
def test_what_cannot_be_compared_is_told(scenarios, baseline: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        compare_scenarios(scenarios, baseline, worlds=1)
