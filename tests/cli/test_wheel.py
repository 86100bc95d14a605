"""The wheel holds everything: it runs in an empty folder, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
CONF = "from psasim.declared.conf import conf; print(conf())"


@pytest.mark.slow
def test_wheel_runs_in_an_empty_folder(tmp_path: Path) -> None:
    built, installed, empty = (tmp_path / name for name in ("built", "installed", "empty"))
    empty.mkdir()

    def call(*command: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=empty, env=os.environ | environment,
            capture_output=True, text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    pip = ("-m", "pip", "--quiet")
    call(*pip, "wheel", str(CHECKOUT), "--no-deps", "--wheel-dir", str(built))
    (wheel,) = built.glob("psasim-*.whl")
    call(*pip, "install", str(wheel), "--no-deps", "--target", str(installed))

    here = {"PYTHONPATH": str(installed)}
    place = call("-c", "import psasim; print(psasim.__file__)", **here)
    assert Path(place.strip()).is_relative_to(installed)
    assert "csr2007" in call("-m", "psasim", "show", "scenarios", **here)
    call("-m", "psasim", "classroom", "export", "page.html", "scenario=teaching", **here)
    assert (empty / "page.html").stat().st_size > 100_000
    said = call("-m", "psasim", "run", "scenario=teaching", "worlds=3", "months=6", **here)
    folder = empty / said.splitlines()[-1].removeprefix("results: ")
    assert (folder / "record.json").is_file()
    call("-m", "psasim", "report", str(folder), **here)
    assert (folder / "report" / "report.html").is_file()
    assert (installed / "hydra_plugins" / "psasim_sweep.py").is_file()
    said = call("-m", "psasim", "run", "-m", "scenario=teaching", "worlds=2", "months=3",
                "governance=new_psa,existing_psa", **here)
    swept = empty / said.splitlines()[-1].removeprefix("results: ")
    assert (swept / "1" / ".hydra" / "config.yaml").is_file()
    assert Path(call("-c", CONF, **here).strip()) == installed / "psasim" / "conf"


@pytest.mark.slow
def test_an_editable_install_reads_the_checkouts_conf(tmp_path: Path) -> None:
    """What the wheel carries is copied beside an editable install too, and must not be read."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    scripts = tmp_path / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--python", str(python), "install",
                    "--no-deps", "--editable", str(CHECKOUT)], check=True)
    libraries = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
    done = subprocess.run([str(python), "-c", CONF], cwd=tmp_path, text=True, check=True,
                          capture_output=True, env=os.environ | {"PYTHONPATH": libraries})
    assert Path(done.stdout.strip()) == CHECKOUT / "conf"


def test_a_checkout_needs_no_link() -> None:
    """Windows makes links only for those who may."""
    said = subprocess.run(["git", "-C", str(CHECKOUT), "ls-files", "--stage"], text=True,
                          capture_output=True)
    assert not [line for line in said.stdout.splitlines() if line.startswith("120000")]
