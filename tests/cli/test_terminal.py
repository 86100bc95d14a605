"""Text reaches a terminal, a pipe or a file as far as it can, and never ends a command."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from psasim.cli.terminal import Steady, Terminal, plain

RUN = ("run", "scenario=mine.yaml", "governance=new_psa", "worlds=2", "months=36",
       "experiment.uncertainties={design:grid,over:{inertia:[0.1,0.2]}}",  # so draws no figures
       "hydra.run.dir=out")
SCENARIO = (
    'title: "Été 日本 \\u0627"\n'
    "departments: [{key: A, capacity: 1}, {key: B, capacity: 1}]\n"
    "outcomes: [{key: O, technology: 0, planned_effort: 1}]\n"
    "contributions:\n"
    "- {outcome: O, department: A, share: 0.6, lead: true}\n"
    "- {outcome: O, department: B, share: 0.4}\n"
)
LOCALES = (
    {"PYTHONIOENCODING": "ascii"},
    *(pytest.param(given, marks=pytest.mark.slow) for given in (
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "utf-16"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8"},
    )),
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def _call(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run([sys.executable, "-m", "psasim", *arguments], cwd=folder,
                          env=environment | more, capture_output=True)


def _shell(folder: Path, redirected: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = f'exec "$0" -m psasim "$@" {redirected}'
    return subprocess.run(["sh", "-c", command, sys.executable, *arguments], cwd=folder,
                          capture_output=True, text=True)


def _trouble(said: str) -> list[str]:
    """What a stream that is not there would have said; cautions are none."""
    return [line for line in said.splitlines() if not line.startswith("psasim: ")
            or "bug" in line or "output" in line]


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_what_cannot_be_encoded_is_replaced(folder: Path, locale: dict[str, str]) -> None:
    encoding = locale.get("PYTHONIOENCODING", "utf-8")
    done = _call(folder, *RUN, **locale)
    assert done.returncode == 0, done.stderr
    assert "results: out" in done.stdout.decode(encoding)
    again = _call(folder, "replay", "out", "new_psa/1/0", **locale)
    assert again.returncode == 0, again.stderr
    assert "??" in again.stdout.decode(encoding) or "日本" in again.stdout.decode(encoding)


@pytest.mark.parametrize("redirected", [
    "2>&-", ">&- 2>&-", *(pytest.param(given, marks=pytest.mark.slow)
                          for given in (">&-", "<&- >&- 2>&-"))])
def test_closed_streams(folder: Path, redirected: str) -> None:
    done = _shell(folder, redirected, *RUN)
    assert (done.returncode, _trouble(done.stderr)) == (0, [])
    assert (folder / "out" / "record.json").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_device(folder: Path) -> None:
    done = _shell(folder, ">/dev/full", *RUN)
    assert done.returncode == 0, "the files are there"
    assert "standard output: No space left on device" in done.stderr
    assert (folder / "out" / "record.json").is_file()
    assert _shell(folder, "2>/dev/full", *RUN).returncode == 0
    shown = _shell(folder, ">/dev/full", "show", "levers")
    assert (shown.returncode, shown.stderr) == (
        2, "psasim: standard output: No space left on device\n")


def test_a_reader_that_has_seen_enough(folder: Path) -> None:
    read, written = os.pipe()
    os.close(read)
    for arguments in (("show", "parameters"), RUN):
        done = subprocess.run([sys.executable, "-m", "psasim", *arguments], cwd=folder,
                              stdout=written, stderr=subprocess.PIPE)
        assert (done.returncode, _trouble(done.stderr.decode())) == (0, [])
    os.close(written)
    assert (folder / "out" / "record.json").is_file()


@pytest.mark.slow
def test_a_sweep_goes_on_without_its_reader(folder: Path) -> None:
    """The first of two experiments breaks the pipe; the second is computed all the same."""
    read, written = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "psasim", "run", "-m", "scenario=teaching", "governance=new_psa",
         "seed=1,2", "worlds=2", "hydra.sweep.dir=out"],
        cwd=folder, stdout=written, stderr=subprocess.PIPE)
    os.close(written)
    assert (done.returncode, _trouble(done.stderr.decode())) == (0, [])
    assert (folder / "out" / "seed=2" / "record.json").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_a_terminal_that_goes_away(folder: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "psasim", *RUN, "backend=serial"], cwd=folder,
                          stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        os.close(ours)
        assert process.stdout is not None
        assert b"results: out" in process.stdout.read()
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that is in use")
def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    command = f'mkdir gone && cd gone && rmdir ../gone && exec "{sys.executable}" -m psasim "$@"'
    done = subprocess.run(["sh", "-c", command, "sh", "run", "scenario=teaching", "worlds=2"],
                          cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "psasim: the working folder is gone; change to one that is there\n"


@pytest.mark.parametrize("text, left", [
    ("a\x1b[1;31mb\x1b[0m\n", "ab\n"),
    ("\x1b]0;title\x07x\x1b]8;;http://x\x1b\\y", "xy"),
    ("a\tb\r\x00\x7f\x9bc", "a\tbc"),
    ("\u202eabc\u2066", "abc"),
    ("\x1b[", "["),
    ("Ünï 日本 👩‍👩 $x$", "Ünï 日本 👩‍👩 $x$"),
])
def test_what_steers_a_terminal_is_left_out(text: str, left: str) -> None:
    assert plain(text) == left


def test_a_name_steers_no_terminal(psasim) -> None:
    said = psasim("results", "no\x1b[31mwhere\r")
    assert (said.code, said.err) == (
        3, "psasim: nowhere: there is no such folder; check the spelling of the path\n")


def test_a_stream_that_is_closed_meanwhile() -> None:
    stream = io.StringIO()
    terminal = Terminal(stream)
    assert terminal.write("one") == 3
    stream.close()
    assert terminal.write("two") == 3
    terminal.flush()
    assert terminal.failure is None


def test_a_bar_may_move_on_its_line() -> None:
    stream = io.StringIO()
    terminal = Terminal(stream)
    assert isinstance(terminal.steady, Steady)
    terminal.steady.write("\rruns")
    terminal.write("\rruns")
    assert stream.getvalue() == "\rrunsruns"
