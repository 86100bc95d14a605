"""Packages that are out of the contest for the best meet no more worlds: what is computed, what
stays the same however it is stopped, and how often the rule is right."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest

import psasim
from psasim.cli import main
from psasim.experiment import runner
from psasim.experiment.computing.backends import Backend
from psasim.experiment.folder import store as folder_store
from psasim.experiment.folder.part import named_parts
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import DETAILS, Store
from psasim.experiment.folder.verify import verify
from psasim.experiment.precision import Best, Precision
from psasim.experiment.replicate import Verdict, looks, to_precision
from psasim.experiment.selection import select
from tests.analysis.coverage import held, least

HARD = Precision(None, ("attainment",), 700, Best(0.95, 1e-5))
MINE = 0.05


def _contest(sweep, folder: Path, rows: Collection[str] = (), upto: int = 0) -> Verdict:
    """A sweep of twenty points in blocks of eight points and 256 worlds, to 700 worlds at most."""
    with Store(folder, sweep.design(), seed=sweep.SEED, months=sweep.MONTHS) as store:

        def compute(worlds: int, only: Collection[int] | None) -> None:
            runner.fill(store, range(worlds), backend=Backend("serial"), engine="ensemble",
                        only=only, rows=rows)

        if upto:
            compute(upto, None)
        return to_precision(store, HARD, 64, compute)


@pytest.fixture(scope="module")
def whole(sweep, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Verdict]:
    folder = tmp_path_factory.mktemp("contest") / "store"
    return folder, _contest(sweep, folder, [DETAILS])


def test_worlds_go_to_those_that_contend(whole) -> None:
    folder, verdict = whole
    assert (verdict.shared, verdict.worlds) == (256, 700)
    later = [part for part in named_parts(folder / "runs.parquet") if part.block.worlds.start]
    assert later and all(len(part.block.points) == 1 for part in later)
    results = open_results(folder)
    assert results.worlds == 256  # what all share
    first = {results.points[part.block.points[0]].package for part in later}
    assert 1 < len(first) < len(results.packages) and set(verdict.contending) <= first
    assert verify(folder).unsound == {}


def test_same_bytes_stopped_before_any_file(
    sweep, whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, write = sweep.content(whole[0]), folder_store.write_whole
    for stop in range(0, 24, 3):
        folder = tmp_path / str(stop)
        left = iter(range(stop))

        def stopping(path: Path, content: bytes, left=left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            write(path, content)

        monkeypatch.setattr(folder_store, "write_whole", stopping)
        with pytest.raises(KeyboardInterrupt):
            _contest(sweep, folder, [DETAILS])
        monkeypatch.setattr(folder_store, "write_whole", write)
        assert _contest(sweep, folder, [DETAILS]) == whole[1]
        assert sweep.content(folder) == expected, stop


def test_more_worlds_of_all_give_the_bytes_they_would_have_had(
    sweep, whole, tmp_path: Path
) -> None:
    """And what was there before decides nothing."""
    folder = tmp_path / "s"
    assert _contest(sweep, folder) == whole[1]
    sweep.run(folder, 600)  # less than those that contend have met
    assert len(open_results(folder).to_frame()) == 20 * open_results(folder).worlds
    sweep.run(folder, 700)
    sweep.run(tmp_path / "once", 700)
    assert sweep.content(folder) == sweep.content(tmp_path / "once")
    assert _contest(sweep, tmp_path / "once") == whole[1]
    assert _contest(sweep, tmp_path / "before", upto=300) == whole[1]


def test_a_larger_part_beside_those_in_it_is_read_once(
    sweep, whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a crash between writing the one and taking away the others."""
    folder = tmp_path / "s"
    _contest(sweep, folder)
    monkeypatch.setattr(folder_store, "remove", lambda path: None)
    sweep.run(folder, 700)
    monkeypatch.undo()
    frame = open_results(folder).to_frame()
    assert not frame.duplicated(["point", "world"]).any() and len(frame) == 20 * 700
    sweep.run(folder, 700)
    sweep.run(tmp_path / "once", 700)
    assert sweep.content(folder) == sweep.content(tmp_path / "once")


def test_the_answer_shows_each_packages_own_worlds(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    folder = tmp_path / "out"
    assert main(["run", "scenario=teaching", "months=4", f"hydra.run.dir={folder}",
                 "precision.best=0.95", "precision.indifference=1e-5", "precision.most=700"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    results = psasim.open_results(folder)
    assert (results.worlds, results.longest) == (256, 700)
    found = results.best(indifference=1e-5).set_index("package")
    assert {256, 700} <= set(found["worlds"]) <= {256, 512, 700}
    assert (found.loc[found["contends"], "worlds"] == 700).all()
    assert any("all met 256" in note for note in found.attrs["notes"])
    assert results.ranking()["number"].eq(256).all() and results.contrasts()["worlds"].eq(256).all()
    assert found.attrs["sentence"] in said
    assert verify(folder).unsound == {}
    longest = max(named_parts(folder / "runs.parquet"), key=lambda part: part.block.worlds.stop)
    for part in named_parts(folder / "runs.parquet"):
        if part.block.worlds.stop == longest.block.worlds.stop:
            part.path.unlink()
    assert "lacks runs" in verify(folder).unsound["runs.parquet"]


def _races(rng: np.random.Generator, wrong: bool) -> bool:
    """Twenty packages, number 7 just ahead; those that are out have no more numbers.  wrong: a
    rule that drops whoever is behind the first at a look, whatever luck could do."""
    values = rng.normal(0, 0.3, 450) + rng.normal(0, 0.06, (20, 450))
    values[7] += MINE
    shown = np.full_like(values, np.nan)
    left = np.ones(20, dtype=bool)
    for number in looks(1, 450, 5):
        shown[left, :number] = values[left, :number]
        if wrong:
            means = shown[left, :5].mean(axis=1)
            return bool(np.flatnonzero(left)[means.argmax()] == 7)
        found = select(shown, MINE)
        left = found.left
        if found.decided:
            return bool(left[7])
    return False


@pytest.mark.parametrize("wrong", [False, True])
def test_with_worlds_for_contenders_alone_it_is_right_as_often_as_it_says(wrong: bool) -> None:
    """Over 200 repeats; a confidence made wrong on purpose is seen to fail."""
    assert (held(lambda rng: _races(rng, wrong)) >= least(0.95)) is not wrong


def test_what_is_out_need_not_go_on() -> None:
    """The same choice with their later numbers, without them, and with worlds that lack some."""
    rng = np.random.default_rng(5)
    values = rng.normal(0, 0.3, 400) + rng.normal(0, 0.06, (20, 400))
    values[7] += MINE
    full = select(values, MINE)
    cut = values.copy()
    for place, out in enumerate(full.out_at):
        if out:
            cut[place, out:] = np.nan
    again = select(cut, MINE)
    assert (again.left == full.left).all() and (again.out_at == full.out_at).all()
    holed = np.insert(values, [3, 60], np.nan, axis=1)
    skipped = select(holed, MINE)
    assert (skipped.out_at == full.out_at).all() and skipped.worlds == full.worlds
