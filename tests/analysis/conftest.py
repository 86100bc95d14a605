"""Small finished experiments to ask questions of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from psasim.cli import main
from psasim.report import files


def run(folder: Path, experiment: dict, *more: str, worlds: int = 3, months: int = 3) -> Path:
    """The results folder of an experiment on the teaching scenario."""
    content = {"scenario": {"name": "teaching"}, "worlds": worlds, "months": months,
               "experiment": experiment}
    file = folder / "mine.yaml"
    whole = json.loads(json.dumps(content))  # no table twice, which YAML would write as an alias
    file.write_text(yaml.safe_dump(whole, sort_keys=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_write_figures", lambda *_: [])  # nobody looks at them here
        assert main(["run", f"experiment={file}", "backend=serial",
                     f"hydra.run.dir={folder / 'out'}", *more]) == 0
    return folder / "out"


@pytest.fixture(scope="session")
def one_future(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three packages in 24 worlds, monthly outcomes kept."""
    presets = ["departmental", "new_psa", "no_join_up"]
    return run(tmp_path_factory.mktemp("one"), {"presets": presets}, "trajectories=raw", worlds=24)


@pytest.fixture(scope="session")
def futures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two packages in 8 futures."""
    return run(tmp_path_factory.mktemp("futures"), {
        "presets": ["departmental", "new_psa"],
        "uncertainties": {"design": "latin_hypercube", "points": 8, "over": ["urgency", "inertia"]},
    })
