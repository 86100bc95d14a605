"""Five hundred mutated experiment files are taken, or refused by file or key."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from psasim.config import KEYS
from tests.fuzz.mutate import Texts, mutated
from tests.fuzz.support import Ended, composing, tiny, write

CASES, WHOLE = 480, 20
FOLDER = "case"
POINTS = b"""\
scenario,package,sanctions,parameters.inertia
teaching,new_psa,0,0.1
teaching,strict,1,0.1
"""
FUTURES = b"inertia,urgency\n0.1,1\n0.2,3\n"
FILES = {
    "presets": b"""\
name: mine
scenarios: [teaching]
presets: [departmental, new_psa]
each_lever_on: departmental
packages:
  strict: {sanctions: {strength: 1, size: 1}}
  no joint: {base: new_psa, joint_targets: {strength: 0}}
levers: {design: subsets, over: [lead, data_sharing], base: new_psa}
uncertainties: {design: latin_hypercube, points: 4, over: all}
""",
    "all at once": b"""\
worlds: 20
months: 12
parameters: {urgency: 1.5}
precision: {width: 0.1, most: 100}
backend: {name: serial}
experiment:
  presets: [departmental, new_psa]
  uncertainties: {design: saltelli, points: 4, over: [inertia, substitution]}
""",
    "levers": b"""\
levers:
  design: one_at_a_time
  base: new_psa
  over:
    lead: [0, 1]
    data_sharing: {low: 0, high: 0.5}
    lead.kind: [single, two]
uncertainties: {design: morris, trajectories: 3, seed: 1, over: {inertia: {low: 0.1, high: 0.2}}}
""",
    "fraction": b"""\
levers: {design: fractional_factorial, resolution: 4, over: [lead, sanctions, rewards, evaluation]}
uncertainties: {design: table, file: futures.csv}
""",
    "points": b"points: {design: table, file: points.csv, base: new_psa}\n",
    "sobol": b"points: {design: sobol, points: 8, over: [sanctions, data_sharing, inertia]}\n",
    "scenario": b"scenario: {name: teaching}\nexperiment: {name: mine, presets: [new_psa]}\n",
}


def sources() -> list[Texts]:
    tables = {"fraction": {"futures.csv": FUTURES}, "points": {"points.csv": POINTS}}
    return [{"mine.yaml": text, **tables.get(name, {})} for name, text in FILES.items()]


def written(random: Random, sources: list[Texts], folder: Path) -> tuple[list[str], str]:
    """Arguments for a mutated experiment in `folder`; what shows it again."""
    texts = mutated(random, random.choice(sources))
    folder.mkdir()
    write(folder, texts)
    return ["scenario=teaching", f"experiment={folder / 'mine.yaml'}"], str(folder)


def names(said: str) -> bool:
    return FOLDER in said or any(key in said for key in (*KEYS, *KEYS["experiment"]))


@pytest.mark.slow
def test_experiment_files_are_taken_or_refused_by_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, ended = Random(5), Ended(capsys)
    files = sources()
    with composing() as run:
        monkeypatch.setattr("psasim.cli.run.main", run)
        for number in range(CASES):
            arguments, place = written(random, files, tmp_path / f"{FOLDER}{number}")
            ended.run(arguments, names, place)
    ended.show()
    assert min(ended.codes.values()) > 50


@pytest.mark.slow
def test_the_same_through_all_of_hydra(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psasim.cli.run.carry_out", lambda config, *rest: tiny(config))
    monkeypatch.chdir(tmp_path)
    random, ended = Random(6), Ended(capsys)
    files = sources()
    for number in range(WHOLE):
        arguments, place = written(random, files, tmp_path / f"{FOLDER}{number}")
        ended.run(arguments, names, place)
    ended.show()
    assert min(ended.codes.values()) > 1
