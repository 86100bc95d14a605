"""What the user has set of matplotlib neither stops figures nor changes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from psasim.report.figures import forest_chart, write_figures
from psasim.report.plotting import BACKEND, loading
from psasim.results.results import Results

FOREIGN = """\
text.usetex: True
font.family: fantasy
font.size: 30
axes.titlelocation: right
axes.prop_cycle: cycler('color', ['r'])
axes.formatter.use_locale: True
lines.linewidth: 9
hatch.linewidth: 8
path.simplify: False
path.sketch: 2, 100, 2
savefig.bbox: tight
savefig.dpi: 40
savefig.transparent: True
savefig.facecolor: red
svg.fonttype: none
svg.hashsalt: other
figure.autolayout: True
xtick.labelsize: 3
no.such.key: 1
axes.grid: perhaps
"""
COMMAND = [sys.executable, "-m", "psasim", "run", "scenario=teaching", "worlds=2"]


def figures(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "results" / "figures").iterdir()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place = tmp_path_factory.mktemp("usual")
    done = run(place, {})
    assert done.returncode == 0, done.stderr
    return figures(place)


def run(folder: Path, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, f"hydra.run.dir={folder / 'results'}"], env={**os.environ, **settings},
        cwd=folder, capture_output=True, text=True, encoding="utf-8",
    )


def test_foreign_settings_change_no_byte(usual: dict[str, bytes], tmp_path: Path) -> None:
    """A matplotlibrc beside the work, an unknown backend, a folder that cannot be written."""
    (tmp_path / "matplotlibrc").write_text(FOREIGN, encoding="utf-8")
    done = run(tmp_path, {BACKEND: "no_such_backend",
                          "MPLCONFIGDIR": str(tmp_path / "matplotlibrc" / "folder")})
    assert done.returncode == 0, done.stderr
    assert figures(tmp_path) == usual
    lines = done.stderr.splitlines()  # six months are short of the targets, which is said
    assert [line for line in lines if "fall due after the last month" not in line] == []


def test_a_matplotlib_that_cannot_be_loaded_costs_the_figures_only(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_bytes(b"font.family: \xff\xfe")
    done = run(tmp_path, {})
    assert done.returncode == 0, done.stderr
    assert "psasim: no figure was drawn, as matplotlib cannot be loaded: " in done.stderr
    assert (tmp_path / "results" / "record.json").is_file()
    assert (tmp_path / "results" / "contrasts.csv").is_file()


def test_a_chart_does_not_follow_settings_of_the_moment(results: Results, tmp_path: Path) -> None:
    write_figures(results, results.trajectories(), tmp_path / "one")
    with mpl.rc_context({"savefig.bbox": "tight", "font.size": 30, "lines.linewidth": 9,
                         "text.usetex": True, "figure.constrained_layout.use": True}):
        write_figures(results, results.trajectories(), tmp_path / "two")
        assert mpl.rcParams["font.size"] == 30
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_the_users_backend_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BACKEND, "no_such_backend")
    before = mpl.rcParams._get("backend")
    with loading():
        assert BACKEND not in os.environ
    assert os.environ[BACKEND] == "no_such_backend"
    assert mpl.rcParams._get("backend") == before


def test_no_figure_is_drawn_more_often_than_it_is_saved(
    results: Results, many: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Figure] = []
    draw = Figure.draw

    def counted(figure: Figure, renderer: object) -> None:
        drawn.append(figure)
        draw(figure, renderer)  # type: ignore[arg-type]

    monkeypatch.setattr(Figure, "draw", counted)
    for name, of in (("few", results), ("many", many)):
        drawn.clear()
        write_figures(of, of.trajectories(), tmp_path / name)
        saved = [p for p in (tmp_path / name).iterdir() if p.suffix in (".svg", ".png")]
        assert len(drawn) == len(saved)
    drawn.clear()
    forest_chart(results)
    assert drawn == []
