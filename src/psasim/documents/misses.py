"""`python -m psasim.documents.misses [CAUSE ...]`: why the model misses patterns, by experiment.

Asks all patterns of `psasim validate` again with one suspected cause switched off at a time, in
the same worlds and, where a cause is not the sets themselves, over the same sets, and writes the
table of docs/misses.md.  Causes that are named are only run, so that several can be run side by
side; without a name all are, and the table is written.  Runs are kept and found again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

from psasim.calibration import plausible
from psasim.calibration.bands import BANDS
from psasim.calibration.prior import prior_rows
from psasim.calibration.runs import run
from psasim.calibration.waves import implausibility, left_over, missed
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.documents.markdown import table
from psasim.engines.inputs import as_scenario
from psasim.experiment.computing.backends import Backend
from psasim.fingerprint import model_digest
from psasim.mechanisms.mobilise import volunteer_chance
from psasim.mechanisms.ordered_sum import Floats
from psasim.validation.carry_out import SEED, ask
from psasim.validation.pattern import Arm, Pattern
from psasim.validation.patterns import PATTERNS
from psasim.validation.verdict import NOT_REPRODUCED, REPRODUCED, Finding

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "misses.md"
BEGIN, END = "<!-- generated: misses -->", "<!-- end -->"
SETS, WORLDS = 100, 16
PRIOR_SETS = 2048
SERIAL = Backend("serial")

Sets = Callable[[Path], Sequence[Parameters]]


def shipped(folder: Path) -> Sequence[Parameters]:
    """The plausible sets."""
    return plausible()[:SETS]


def not_held_to(band: str, folder: Path) -> Sequence[Parameters]:
    """As many sets of the prior that calibration's first wave leaves without a band."""
    rows = prior_rows(PRIOR_SETS, SEED)
    mean, variance = run(rows, 1, SEED, folder / "wave-1", SERIAL, None)
    far = implausibility(mean, variance, [item.case.worlds for item in BANDS], BANDS)
    ignored = missed(far) | np.array([item.key == band for item in BANDS])
    left = rows[left_over(far, ignored)]
    chosen = left[np.linspace(0, len(left) - 1, SETS).astype(int)]
    return [Parameters(**dict(zip(PARAMETERS, row, strict=True))) for row in chosen.tolist()]


def with_floor(ratio: Floats, benefit: Floats, owners: Floats, drawers: Floats) -> Floats:
    """The volunteer's chance as in the first edition: cost at most .98 of benefit."""
    waits = np.minimum(1.0, owners - 1.0)
    cost = np.minimum(0.98, ratio * waits / benefit)
    usual = np.ones_like(benefit)
    return volunteer_chance(cost / np.where(waits > 0.0, waits, 1.0), usual, owners, drawers)


@dataclass(frozen=True)
class Cause:
    """A suspect, and what is done without it: sets: parameter sets; over: parameters set in each;
    stretch: times that of every outcome; floor: whether the volunteer's chance has one."""

    head: str
    sets: Sets = shipped
    over: Mapping[str, float] = field(default_factory=dict)
    stretch: float = 1.0
    floor: bool = False

    def changed(self, pattern: Pattern) -> Pattern:
        """The pattern, as it is asked now, in scenarios as hard as this cause has them."""
        arms = pattern.arms if self.stretch == 1.0 else tuple(map(self._harder, pattern.arms))
        return replace(pattern, arms=arms, formerly=None)

    def _harder(self, arm: Arm) -> Arm:
        scenario = as_scenario(arm.scenario)
        outcomes = tuple(replace(o, stretch=o.stretch * self.stretch) for o in scenario.outcomes)
        return replace(arm, scenario=replace(scenario, outcomes=outcomes))

    def model(self) -> AbstractContextManager[object]:
        """The model while this cause is asked."""
        place = "psasim.month.commitment.volunteer_chance"
        return patch(place, with_floor) if self.floor else nullcontext()


CAUSES = {
    "none": Cause("as asked"),
    "harder": Cause("targets half as hard again", stretch=1.5),
    "floor": Cause("convening with a floor", floor=True),
    "dear": Cause("convening at .8", over={"mobilising_ratio": 0.8}),
    "cheap": Cause("convening at .55", over={"mobilising_ratio": 0.55}),
    "harmless": Cause("problems harm nothing", over={"problem_harm": 0.0}),
    "at_once": Cause("arrangements at once", over={"embedding": 1.0}),
    "slow": Cause("effort let go as slowly as built up", over={"release": 0.0}),
    "unheld": Cause("sets not held to `offences_2005`",
                    sets=partial(not_held_to, "offences_2005")),
}


def found(cause: Cause, folder: Path) -> dict[str, Finding]:
    """What each pattern gives without a cause."""
    sets = [Parameters(**{**item, **cause.over}) for item in cause.sets(folder)]
    with cause.model():
        return {
            pattern.id: ask(cause.changed(pattern), sets, WORLDS, folder, backend=SERIAL)
            for pattern in PATTERNS.values()
        }


def written(findings: Mapping[str, Mapping[str, Finding]]) -> str:
    """The table: a row for each pattern that is missed with any cause, a column a cause."""
    rows = [
        (name, *(_cell(findings[cause][name]) for cause in CAUSES)) for name in PATTERNS
        if any(findings[cause][name].verdict == NOT_REPRODUCED for cause in CAUSES)
    ]
    made = [sum(f.verdict == REPRODUCED for f in findings[cause].values()) for cause in CAUSES]
    total = (f"reproduced of {len(PATTERNS)}", *map(str, made))
    return table(("", *(cause.head for cause in CAUSES.values())), [*rows, total])


def _cell(finding: Finding) -> str:
    """Share of the sets that agree, bold where the pattern is reproduced."""
    share = f"{finding.share:.0%}"
    return f"**{share}**" if finding.verdict == REPRODUCED else share


def main(names: Sequence[str]) -> None:
    """Run the causes named; all, and write the page, if none is."""
    kept = ROOT / "outputs" / f"misses-{model_digest()}"
    findings = {name: found(CAUSES[name], kept / name) for name in names or CAUSES}
    if names:
        return
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    block = (f"{BEGIN}\n\n{written(findings)}\n\nMade with model `{model_digest()}`, "
             f"{SETS} sets, {WORLDS} worlds, seed {SEED}.\n\n{END}")
    PAGE.write_text(f"{before}{block}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
