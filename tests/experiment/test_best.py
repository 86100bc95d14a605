"""Worlds until the best package is known: what is decided, and what is said."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import pytest

from psasim.cli import main
from psasim.errors import InputError
from psasim.experiment import runner
from psasim.experiment.computing.backends import Backend
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import Store
from psasim.experiment.precision import Best, Precision, asked
from psasim.experiment.replicate import contenders, looks, to_precision


def _fill(store: Store):
    def compute(worlds: int, only: Collection[int] | None = None) -> None:
        runner.fill(store, range(worlds), backend=Backend("serial"), engine="ensemble", only=only)

    return compute


def test_worlds_are_added_until_one_is_left(sweep, tmp_path: Path) -> None:
    """And decided alike whatever the store held before."""
    worlds = []
    for before in (0, 500):
        folder = tmp_path / str(before)
        with Store(folder, sweep.design(5), seed=sweep.SEED, months=sweep.MONTHS) as store:
            if before:
                _fill(store)(before)
            easy = Precision(None, ("attainment",), 600, Best(0.95, 0.2))
            verdict = to_precision(store, easy, 64, _fill(store))
            first = next(looks(64, 600, store.manifest.shape.worlds))
        assert verdict.precise and not verdict.contending
        worlds.append(verdict.worlds)
    assert worlds[0] == worlds[1] == first
    assert contenders(open_results(tmp_path / "0"), Best(0.95, 0.2)) == []


def test_the_cap_is_met_and_who_contends_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "scenario=teaching", "months=3", f"hydra.run.dir={tmp_path / 'out'}",
                 "governance=new_psa", "precision.best=0.99", "precision.indifference=1e-9",
                 "precision.most=64", "headline=gaming_events"]
    assert main(arguments) == 0
    said = capsys.readouterr()
    results = open_results(tmp_path / "out")
    if contenders(results, Best(0.99, 1e-9, "gaming_events")):
        assert "still contend for the best" in " ".join(said.err.split())
        assert "still contend for the best in gaming events" in " ".join(said.out.split())
    else:
        assert "with probability 99%" in " ".join(said.out.split())
    config = json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))["config"]
    assert config["precision"]["best"] == {
        "probability": 0.99, "indifference": 1e-9, "headline": "gaming_events"}


@pytest.mark.parametrize("settings, what", [
    ({"indifference": 0.1}, "precision.indifference changes nothing without precision.best"),
    ({"most": 70}, "precision.most changes nothing"),
    ({"measures": ["cost"], "best": 0.95}, "precision.measures change nothing"),
    ({"best": 0.95, "by_row": True}, "experiment.points gives each row its own"),
])
def test_what_changes_nothing_is_refused(settings: dict, what: str) -> None:
    usual = {"width": None, "measures": None, "most": 100_000, "best": None, "indifference": 0.01,
             "headline": "attainment", "by_row": False}
    with pytest.raises(InputError, match=what):
        asked(**{**usual, **settings})


def test_a_probability_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    for value in ("0.3", "1", "95", "yes"):
        assert main(["run", f"precision.best={value}"]) == 2
        assert "precision.best" in capsys.readouterr().err
