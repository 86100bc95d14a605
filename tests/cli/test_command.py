"""The command that is kept in the record, pasted into a shell, finds its own folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from psasim.cli import command
from psasim.cli.file_options import quoted
from psasim.cli.overrides import prepare

SMALL = ("worlds=1", "months=1")
FUTURES = "experiment.uncertainties={design: grid, over: {inertia: [0.1, 0.2]}}"
ODD = "it's $HOME \"a\" `b` & c"


def _pasted(line: str, folder: Path) -> str:
    """What a shell says to the line, where `psasim` is this one."""
    path = folder / "bin"
    path.mkdir(exist_ok=True)
    (path / "psasim").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m psasim "$@"\n')
    (path / "psasim").chmod(0o755)
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True,
                          env=os.environ | {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"})
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("arguments", [
    ("scenario=teaching", FUTURES, f"experiment.name='{ODD}'".replace("it's", "it\\'s")),
    ("scenario=teaching", "governance=new_psa", "experiment.name=${scenario.name}", FUTURES),
    ("-m", "scenario=teaching", "governance=new_psa", "parameters.inertia=range(0.1,0.2,0.05)"),
    *(pytest.param(given, marks=pytest.mark.slow) for given in (
        ("scenario=teaching", "governance=new_psa", FUTURES, "hydra.run.dir='my results, $x'"),
        (f"experiment='{ODD}.yaml'".replace("it's", "it\\'s"), FUTURES),
        ("-m", f"experiment=\"{ODD}.yaml\",b.yaml".replace('"a"', '\\"a\\"'), FUTURES),
        ("-m", "scenario=teaching", FUTURES, "governance=new_psa,existing_psa",
         "hydra.sweep.dir=a b", "hydra.sweep.subdir=job${hydra.job.num}"),
    )),
], ids=range(7))
@pytest.mark.skipif(sys.platform == "win32", reason="quotes as a POSIX shell does")
def test_the_stored_command_finds_its_folder(psasim, tmp_path: Path, arguments) -> None:
    for name in (f"{ODD}.yaml", "b.yaml"):
        (tmp_path / name).write_text(
            f"experiment: {{presets: [new_psa]}}\nscenario: teaching\nseed: {len(name)}\n",
            encoding="utf-8")
    said = psasim("run", *arguments, *SMALL)
    assert said.code == 0, said.err
    line = said.out.splitlines()[-1]
    record = Path(line.removeprefix("results: ")) / "record.json"
    before = json.loads(record.read_text(encoding="utf-8"))
    record.unlink()
    assert _pasted(before["command"], tmp_path) == line
    after = json.loads(record.read_text(encoding="utf-8"))
    assert after | {"created": ""} == before | {"created": ""}


@pytest.mark.parametrize("argument, line", [
    ("scenario=teaching", "scenario=teaching"),
    ("scenario='a b.yaml'", "\"scenario='a b.yaml'\""),
    ("hydra.run.dir=C:\\runs\\", "hydra.run.dir=C:\\runs\\"),
    ("seed=range(1,3)", '"seed=range(1,3)"'),
    ('name="d"', '"name=\\"d\\""'),
    ("x=(\\", '"x=(\\\\"'),
])
def test_as_the_shell_of_windows_takes_it(
    monkeypatch: pytest.MonkeyPatch, argument: str, line: str
) -> None:
    monkeypatch.setattr(command.sys, "platform", "win32")
    assert command.joined(["psasim", argument]) == f"psasim {line}"


@pytest.mark.parametrize("name", [
    "plain.yaml", "a b.yaml", "it's.yaml", "a\\b.yaml", "a\\", "\\'", "a,b=c.yaml", "${x}.yaml",
    "é.yaml", "[a]{b}(c).yaml",
])
def test_a_path_survives_hydras_grammar(name: str) -> None:
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from omegaconf import OmegaConf

    value = OverridesParser.create().parse_override(f"key={quoted(name)}").value()
    assert OmegaConf.to_container(OmegaConf.create({"key": value}), resolve=True) == {"key": name}


def test_quoted_names_in_lists(psasim, tmp_path: Path) -> None:
    text = "presets: [new_psa]\n"
    for name in ("a b.yaml", "c,d.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (override, flag) = prepare(["-m", "experiment='a b.yaml',\"c,d.yaml\""])
    assert flag == "-m"
    assert override.count("file_") == 2
