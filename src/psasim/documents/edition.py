"""An edition of the model as a commit has it: its experiments, run with its own sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

LEVELS = ("attainment", "targets_met_real", "targets_met_reported", "burden")
PRESETS = ("departmental", "existing_psa", "new_psa", "no_join_up")
SCENARIOS = ("csr2007", "sr2004", "child_obesity", "offences_to_justice", "teaching")
KEY = ["scenario", "package", "measure"]
ROOT = Path(__file__).parents[3]
EVERYTHING = "all_levers"
"""A package with every lever of the edition at full strength."""
ALONE = "departmental+"
"""What the name of a package with one lever begins with."""
WORLDS = 16
"""Worlds for each plausible set."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one edition gives.

    name: its commit; verdicts: by pattern, with title, statistic and share of sets; contrasts:
    differences from the baseline, by scenario, package and measure; levels: means of the presets;
    plausible: `LEVELS` by scenario, plausible set and package; study: the differences that each
    study has in its folder, by study, scenario, package and measure.
    """

    name: str
    verdicts: pd.DataFrame
    contrasts: pd.DataFrame
    levels: pd.DataFrame
    plausible: pd.DataFrame
    study: pd.DataFrame


def made(name: str, root: Path, kept: Path) -> Made:
    """Run an edition whose checkout is `root`; results go below `kept`, and are found again."""
    if not (kept / "validation" / "validation.json").is_file():
        _psasim(root, "validate", "--folder", kept / "validation", "--docs", kept / "none")
    told = json.loads((kept / "validation" / "validation.json").read_text(encoding="utf-8"))
    columns = ["id", "title", "basis", "verdict", "share_of_plausible", "statistic", "unit"]
    verdicts = pd.DataFrame(told["patterns"])[columns].set_index("id")
    differences, levels = [], []
    for scenario in SCENARIOS:
        folder = kept / scenario
        if not (folder / "contrasts.csv").is_file():
            _psasim(root, "run", f"scenario={scenario}", f"hydra.run.dir={folder}")
        differences.append(_table(folder / "contrasts.csv").assign(scenario=scenario))
        runs = pd.read_parquet(folder / "runs.parquet", columns=["package", *LEVELS])
        means = runs[runs["package"].isin(PRESETS)].groupby("package").mean()
        levels.append(means.reset_index().assign(scenario=scenario))
    contrasts = pd.concat(differences)[[*KEY, "mean", "lo95", "hi95"]].set_index(KEY)
    melted = pd.concat(levels).melt(["scenario", "package"], var_name="measure", value_name="mean")
    names = contrasts.index.unique("package")
    alone = [package.removeprefix(ALONE) for package in names if package.startswith(ALONE)]
    return Made(name, verdicts, contrasts, melted.set_index(KEY), _plausible(root, kept, alone),
                _studies(root))


def _plausible(root: Path, kept: Path, levers: Iterable[str]) -> pd.DataFrame:
    """Presets, and all levers at once, under every plausible set of the edition."""
    frames = []
    for scenario in SCENARIOS:
        folder = kept / f"plausible-{scenario}"
        if not (folder / "contrasts.csv").is_file():
            asked = kept / "plausible.yaml"
            package = {lever: {"strength": 1} for lever in levers}
            text = {"presets": list(PRESETS), "packages": {EVERYTHING: package}}
            asked.write_text(json.dumps(text), encoding="utf-8")  # JSON is YAML
            _psasim(root, "run", f"scenario={scenario}", f"experiment={asked}", f"worlds={WORLDS}",
                    "parameters=plausible", f"hydra.run.dir={folder}")
        runs = pd.read_parquet(folder / "runs.parquet", columns=["point", "package", *LEVELS])
        runs["set"] = runs["point"] // runs["package"].nunique()
        means = runs.groupby(["set", "package"], observed=True)[list(LEVELS)].mean()
        frames.append(means.reset_index().assign(scenario=scenario))
    return pd.concat(frames).set_index(["scenario", "set", "package"])


def _studies(root: Path) -> pd.DataFrame:
    """What studies found, as the edition has it in their folders."""
    files: Mapping[str, Path] = {
        path.parent.name: path for path in sorted(root.glob("experiments/*/contrasts.csv"))
    }
    frames = [_table(path).assign(study=study) for study, path in files.items()]
    return pd.concat(frames).fillna({"baseline": ""}).set_index(["study", *KEY])


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def _psasim(root: Path, *arguments: object) -> None:
    """The command of an edition, with its own sources."""
    place = {**os.environ, "PYTHONPATH": str(root / "src")}
    command = [sys.executable, "-c", "import sys; from psasim.cli import main; sys.exit(main())"]
    print("$ psasim", *arguments, f"(in {root.name})", flush=True)
    subprocess.run([*command, *map(str, arguments)], cwd=root, env=place, check=True,
                   stdout=subprocess.DEVNULL)


def laid_out(commit: str, folder: Path) -> Path:
    """The files of a commit, in a folder of their own."""
    archive = folder / "commit.tar"
    with archive.open("wb") as file:
        subprocess.run(["git", "-C", str(ROOT), "archive", commit], stdout=file, check=True)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="tar")
    archive.unlink()
    return folder
