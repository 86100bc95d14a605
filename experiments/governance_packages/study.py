"""Makes everything in this folder that has a number in it, from the model as it is.

    python -m experiments.governance_packages.study

Runs experiment.yaml in every setting, keeps what the finding rests on (contrasts.csv,
ledger.csv), and from those two files alone draws the figures and writes the finding into
README.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

from experiments.governance_packages.figures import draw
from experiments.governance_packages.finding import (
    PARTS,
    PRESETS,
    SETTINGS,
    finding,
    paragraph,
    part_left_out,
)
from psasim.fingerprint import model_digest
from psasim.results.basis import grain
from psasim.results.measures import MEASURES as DECLARED
from psasim.results.paired import paired_interval
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout

HERE = Path(__file__).parent
MEASURES = ("targets_met_real", "targets_met_reported", "attainment", "burden", "cost")
BEGIN, END = "<!-- {name}: written by study.py -->\n", "<!-- end of {name} -->\n"


def main() -> None:
    """Run every setting, keep the extracts, and write."""
    with tempfile.TemporaryDirectory() as folder:
        runs = {name: run(name, Path(folder) / name) for name in SETTINGS}
        contrasts = pd.concat(extract(name, at) for name, at in runs.items())
        ledger = pd.concat(shares(name, at) for name, at in runs.items())
    contrasts.to_csv(HERE / "contrasts.csv", index=False, float_format="%.6f")
    ledger.to_csv(HERE / "ledger.csv", index=False, float_format="%.6f")
    stamp = json.dumps({"model": model_digest()}) + "\n"
    (HERE / "made_with.json").write_text(stamp, encoding="utf-8", newline="\n")
    write()


def write() -> None:
    """Draw the figures and write the finding, from the extracts."""
    contrasts, ledger = kept()
    draw(contrasts, ledger, HERE)
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(filled(text, contrasts, ledger), encoding="utf-8", newline="\n")


def filled(text: str, contrasts: pd.DataFrame, ledger: pd.DataFrame) -> str:
    """The README with what the extracts say."""
    told = {"paragraph": f"\n{paragraph(contrasts)}\n\n", "finding": finding(contrasts, ledger)}
    for name, says in told.items():
        begin, end = BEGIN.format(name=name), END.format(name=name)
        before, rest = text.split(begin)
        text = before + begin + says + end + rest.split(end)[1]
    return text


def run(setting: str, folder: Path) -> Path:
    """Run the experiment in one setting, as one would type it; the folder of results."""
    command = [
        sys.executable, "-m", "psasim", "run", f"experiment={HERE / 'experiment.yaml'}",
        f"scenario={setting}", f"hydra.run.dir={folder}",
    ]
    code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    if code:  # what is wrong was just printed by the command itself
        sys.exit(code)
    return folder


def extract(setting: str, folder: Path) -> pd.DataFrame:
    """What the finding needs of one run: differences, and the level of the baseline.

    A package less a part is held against the whole package, in the same worlds.
    """
    runs = pd.read_parquet(folder / "runs.parquet")
    worlds = {name: rows.set_index("world") for name, rows in runs.groupby("package")}
    layout = build_layout(load_scenario(setting))
    rows = []
    for measure in MEASURES:
        level = worlds["departmental"][measure]
        rows.append(("departmental", "", measure, level.mean(), None, None, level.size))
        for package in worlds:
            if package == "departmental":
                continue
            against = PARTS if part_left_out(package) else "departmental"
            pair = (worlds[name][measure].to_numpy() for name in (package, against))
            size = grain(measure, layout) if DECLARED[measure].counts else None
            rows.append((package, against, measure, *paired_interval(*pair, size)))
    columns = ["package", "baseline", "measure", "mean", "lo95", "hi95", "worlds"]
    frame = pd.DataFrame(rows, columns=columns)
    frame.insert(0, "scenario", setting)
    return frame


def shares(setting: str, folder: Path) -> pd.DataFrame:
    """Where capacity went under the presets."""
    ledger = pd.read_csv(folder / "ledger.csv", keep_default_na=False)
    ledger.insert(0, "scenario", setting)
    return ledger[ledger["package"].isin(PRESETS)]


def kept() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The committed extracts: contrasts, ledger."""
    contrasts = pd.read_csv(HERE / "contrasts.csv", keep_default_na=False, na_values={
        "lo95": [""], "hi95": [""],
    })
    return contrasts, pd.read_csv(HERE / "ledger.csv", keep_default_na=False)


if __name__ == "__main__":
    main()
