"""Worlds to precision: when the rule stops, and how often its interval covers the truth."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest

from psasim.cli import main
from psasim.experiment import runner
from psasim.experiment.computing.backends import Backend
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import Store
from psasim.experiment.precision import Precision
from psasim.experiment.replicate import FEWEST, looks, to_precision, width


def test_looks_are_whole_blocks_and_end_at_the_cap() -> None:
    assert list(looks(1, 1000, 32)) == [64, 96, 160, 256, 384, 576, 864, 1000]
    assert list(looks(200, 128, 32)) == [128]
    for first, most, block in ((2, 10**6, 8), (500, 10**6, 512)):
        numbers = list(looks(first, most, block))
        assert numbers[0] >= FEWEST and numbers[-1] == most
        assert all(a < b for a, b in zip(numbers, numbers[1:], strict=False))


def _fill(store: Store):
    def compute(worlds: int, only: Collection[int] | None = None) -> None:
        runner.fill(store, range(worlds), backend=Backend("serial"), engine="ensemble", only=only)

    return compute


def test_stops_where_every_interval_is_narrow(sweep, tmp_path: Path) -> None:
    """And decides alike whatever the store held before."""
    precision = Precision(0.004, ("attainment", "overhead"), 2000)
    worlds = []
    for before in (0, 700):
        folder = tmp_path / str(before)
        with Store(folder, sweep.design(5), seed=sweep.SEED, months=sweep.MONTHS) as store:
            if before:
                _fill(store)(before)
            verdict = to_precision(store, precision, 64, _fill(store))
        assert verdict.precise
        worlds.append(verdict.worlds)
    assert worlds[0] == worlds[1] < 2000
    with Store(tmp_path / "0", sweep.design(5), seed=sweep.SEED, months=sweep.MONTHS) as store:
        contrasts = open_results(store.folder).contrasts().set_index("measure")
    widths = contrasts["hi95"] - contrasts["lo95"]
    assert widths[list(precision.measures)].max() <= precision.width


def test_the_cap_is_met_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = main(["run", "scenario=teaching", "months=24", "governance=new_psa", "worlds=10",
                 "precision.width=0.0001", "precision.most=70",
                 "precision.measures=[attainment]"])
    said = capsys.readouterr()
    assert code == 0
    assert "precision.most = 70 worlds were run, and the widest interval is" in said.err
    assert "same 70 worlds" in said.out


def test_no_spread_at_all_is_believed_late() -> None:
    assert width(0.0, 299) == np.inf
    assert width(0.0, 300) == 0.0


@pytest.mark.parametrize("setting, said", [
    ("precision.width=0", "precision.width = 0"),
    ("precision.width=.1 precision.measures=[attainmen]", "did you mean 'attainment'"),
    ("precision.width=.1 precision.measures=[]", "precision.measures is empty"),
    ("precision.most=1 precision.width=.1", "precision.most = 1"),
    ("backend=dsk", "did you mean 'dask'"),
    ("backend.workers=0", "backend.workers = 0"),
    ("backend=serial backend.address=x", "does not go with backend=serial"),
])
def test_settings_that_are_wrong(
    setting: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", "scenario=teaching", *setting.split()]) == 2
    assert said in capsys.readouterr().err


DRAWS = {
    "normal": lambda chance, n: chance.standard_normal(n),
    "skewed": lambda chance, n: chance.standard_exponential(n) - 1.0,
    "of three values": lambda chance, n: (
        chance.choice((-0.5, 0.0, 0.5), n, p=(0.1, 0.4, 0.5)) - 0.2
    ),
}


def stops(chance: np.random.Generator, draw, asked: float) -> tuple[float, float, int]:
    """Where the rule stops: error of the mean, half the interval it reports, number."""
    values = draw(chance, 20_000)
    for number in looks(FEWEST, 20_000, 32):
        seen = values[:number]
        wide = width(float(seen.std(ddof=1)), number)
        if wide <= asked:
            break
    return float(seen.mean()), wide / 2.0, number


@pytest.mark.slow
@pytest.mark.parametrize("kind", DRAWS)
def test_coverage(kind: str) -> None:
    """Over 2,000 repeats on a known answer the 95 % interval covers it in 93 % or more."""
    chance = np.random.default_rng(7)
    spread = float(DRAWS[kind](chance, 100_000).std())
    for worlds in (80, 300, 1000):
        asked = 2.0 * 1.96 * spread / np.sqrt(worlds)
        ended = [stops(chance, DRAWS[kind], asked) for _ in range(2000)]
        assert np.mean([abs(error) <= half for error, half, _ in ended]) >= 0.93
