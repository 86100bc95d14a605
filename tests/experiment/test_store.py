"""The store: what is there stays, is whole, and is of one study."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from psasim.errors import StoreError
from psasim.experiment import runner
from psasim.experiment.design.points import Design
from psasim.experiment.folder.manifest import shape_of
from psasim.experiment.folder.part import Block
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import Store


def _parts(folder: Path) -> list[Path]:
    return sorted((folder / "runs.parquet").iterdir())


def test_a_second_time_computes_nothing(
    sweep, unbroken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep.run(tmp_path)
    monkeypatch.setattr(runner, "compute", lambda task: pytest.fail("computed again"))
    sweep.run(tmp_path)
    assert sweep.content(tmp_path) == unbroken


@pytest.mark.parametrize("first", [{"worlds": 40}, {"worlds": 130}, {"points": 17},
                                   {"points": 18, "worlds": 200}])
def test_more_worlds_and_points_compute_what_is_missing(
    sweep, unbroken, tmp_path: Path, first: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep.run(tmp_path, **first)
    computed = []
    compute = runner.compute
    monkeypatch.setattr(runner, "compute",
                        lambda task, tick: (computed.append(task.runs), compute(task, tick))[1])
    sweep.run(tmp_path)
    assert sum(computed) == 20 * 300 - first.get("points", 20) * first.get("worlds", 300)
    assert sweep.content(tmp_path) == unbroken


@pytest.mark.parametrize("damage", [
    lambda content: content[: len(content) // 2],
    lambda content: b"",
    lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
    lambda content: content[:500] + bytes([content[500] ^ 64]) + content[501:],
], ids=["truncated", "empty", "bit in the footer", "bit in the data"])
def test_a_damaged_part_is_seen_and_computed_again(sweep, unbroken, tmp_path: Path, damage) -> None:
    sweep.run(tmp_path)
    part = _parts(tmp_path)[3]
    part.write_bytes(damage(part.read_bytes()))
    with pytest.raises(StoreError, match=f"{part.name} is damaged"):
        open_results(tmp_path)
    with Store(tmp_path, sweep.design(), seed=sweep.SEED, months=sweep.MONTHS) as store:
        assert list(store.mended) == [part.name]
    sweep.run(tmp_path)
    assert sweep.content(tmp_path) == unbroken


def test_what_a_killed_process_left_is_cleared(sweep, unbroken, tmp_path: Path) -> None:
    sweep.run(tmp_path, worlds=100)
    small = _parts(tmp_path)[0]
    kept = small.read_bytes()
    sweep.run(tmp_path)
    small.write_bytes(kept)  # killed between writing the larger part and removing this one
    (tmp_path / "runs.parquet" / ".part.parquet.1.tmp").write_bytes(b"half")
    (tmp_path / ".psasim-writing-x").mkdir()
    sweep.run(tmp_path)
    assert sweep.content(tmp_path) == unbroken


def test_other_settings_never_mix(sweep, unbroken, tmp_path: Path) -> None:
    sweep.run(tmp_path)
    design = sweep.design()
    changed = [
        (design, {"seed": 12}, "seed 11 there, 12 asked"),
        (design, {"months": 7}, "months 6 there, 7 asked"),
        (sweep.design(scenario="csr2007"), {}, "scenarios"),
        (Design("sweep", design.scenarios, design.points[::-1], "departmental"), {}, "point 0"),
        (sweep.design(points=19), {}, "point 19 is not asked for"),
    ]
    for other, settings, said in changed:
        with pytest.raises(StoreError, match=said):
            Store(tmp_path, other, **{"seed": sweep.SEED, "months": sweep.MONTHS, **settings})
    assert sweep.content(tmp_path) == unbroken


def test_another_model_is_another_study(
    sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep.run(tmp_path, worlds=2)
    monkeypatch.setattr("psasim.experiment.folder.manifest.model_digest", lambda: "another")
    with pytest.raises(StoreError, match="model"):
        sweep.run(tmp_path, worlds=2)


def test_another_bit_fingerprint_is_refused(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path, worlds=2)
    path = tmp_path / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["bit_fingerprint"] = "0" * 16
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StoreError, match="holds numbers of bit fingerprint 0000"):
        sweep.run(tmp_path, worlds=3)


def test_a_worker_of_another_fingerprint_is_refused(
    sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psasim.experiment.computing.compute.bit_fingerprint", lambda: "f" * 16)
    with pytest.raises(StoreError, match="a worker gives bit fingerprint ffff"):
        sweep.run(tmp_path)
    assert not _parts(tmp_path)


def test_the_second_of_two_is_told(sweep, tmp_path: Path) -> None:
    """And the lock dies with the process that holds it, however it dies."""
    hold = (
        "import sys, time; sys.path.insert(0, sys.argv[2]); import sweep\n"
        "from pathlib import Path\n"
        "from psasim.experiment.folder.store import Store\n"
        "store = Store(Path(sys.argv[1]), sweep.design(), seed=sweep.SEED, months=sweep.MONTHS)\n"
        "print('held', flush=True); time.sleep(600)\n"
    )
    program = [sys.executable, "-c", hold, str(tmp_path), str(Path(__file__).parent)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        try:
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(StoreError, match=rf"another psasim \(process {holder.pid}\)"):
                sweep.run(tmp_path, worlds=2)
        finally:
            os.kill(holder.pid, signal.SIGKILL)
    sweep.run(tmp_path, worlds=2)


def test_rows_are_those_of_the_design(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path, worlds=3)
    frame = pd.read_parquet(tmp_path / "runs.parquet")
    assert list(zip(frame["point"], frame["world"], strict=True)) == [
        (point, world) for point in range(20) for world in range(3)
    ]
    assert frame["run_id"].is_unique
    assert set(frame["status"]) == {"ok"}


@pytest.mark.parametrize("points", [1, 2, 3, 16, 17, 1000, 10**5, 10**6, 10**7])
def test_shapes_stay_within_bounds(points: int) -> None:
    shape = shape_of(points)
    assert shape.points <= 1024 and 8 <= shape.worlds <= 512
    assert shape.points * shape.worlds <= 8192


def test_blocks_cover_every_run_once(sweep, tmp_path: Path) -> None:
    with Store(tmp_path, sweep.design(), seed=1, months=6) as store:
        blocks = list(store.blocks(range(300)))
    runs = [(p, w) for block in blocks for p in block.points for w in block.worlds]
    assert sorted(runs) == [(p, w) for p in range(20) for w in range(300)]
    assert all(isinstance(block, Block) for block in blocks)
