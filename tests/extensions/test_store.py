"""Extensions in sweeps: from a file on the command line, in parallel, recorded, replayed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import psasim as ps
from psasim.cli import main
from psasim.errors import InputError
from psasim.experiment.folder.part import named_parts
from psasim.extensions import Origin, check_same

RULES = Path(__file__).parent / "rules.py"
SETTINGS = ["scenario=teaching", "governance.shared_office.strength=1", "worlds=8", "months=12"]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copy(RULES, tmp_path / "rules.py"))


def _run(folder: Path, rules: Path, *more: str) -> int:
    return main(["run", *SETTINGS, f"extensions={rules}", f"hydra.run.dir={folder}", *more])


def _fresh(*arguments: str) -> subprocess.CompletedProcess:
    """psasim in a process that has loaded nothing."""
    return subprocess.run([sys.executable, "-m", "psasim", *arguments], capture_output=True,
                          text=True)


def _bytes(folder: Path) -> list[bytes]:
    return [part.path.read_bytes() for part in named_parts(folder / "runs.parquet")]


def test_a_file_on_the_command_line(tmp_path: Path, rules: Path, capsys) -> None:
    assert _run(tmp_path / "out", rules, "headline=poorest", "backend=serial") == 0
    said = capsys.readouterr().out
    assert "Poorest" in said
    assert "departmental+shared_office" in said
    record = json.loads((tmp_path / "out" / "record.json").read_text())
    origins = record["config"]["extensions"]["origins"]
    assert [o["kind"] for o in origins] == ["rule", "measure", "lever", "hook", "mechanism"]
    assert all(len(origin["source"]) == 16 and origin["module"] == "rules.py"
               for origin in origins)
    assert f"extensions={rules}" in record["command"]


def test_it_is_what_python_gives(tmp_path: Path, rules: Path) -> None:
    assert _run(tmp_path / "out", rules, "backend=serial") == 0
    stored = ps.open_results(tmp_path / "out")
    from tests.extensions.rules import EXTENSIONS

    same = ps.compare({"departmental+shared_office": {"shared_office": 1}}, scenario="teaching",
                      worlds=8, months=12, extensions=EXTENSIONS)
    assert stored.digest == same.digest
    frame = stored.contrasts().set_index("measure")
    assert frame.loc["poorest", "mean"] == pytest.approx(
        same.contrasts().set_index("measure").loc["poorest", "mean"])


def test_the_same_bytes_from_several_processes(tmp_path: Path, rules: Path) -> None:
    more = ("worlds=700", "months=6")
    assert _run(tmp_path / "one", rules, "backend=serial", *more) == 0
    assert _run(tmp_path / "two", rules, "backend=processes", "backend.workers=2",
                "backend.chunk=37", *more) == 0
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, rules: Path) -> None:
    assert _run(tmp_path / "out", rules, "backend=serial", "worlds=600", "months=3") == 0
    whole = _bytes(tmp_path / "out")
    named_parts(tmp_path / "out" / "runs.parquet")[-1].path.unlink()
    assert _run(tmp_path / "out", rules, "backend=serial", "worlds=600", "months=3") == 0
    assert _bytes(tmp_path / "out") == whole


def test_another_source_is_another_folder(tmp_path: Path, rules: Path, capsys) -> None:
    assert _run(tmp_path / "out", rules, "backend=serial") == 0
    rules.write_text(rules.read_text().replace("== 6", "== 7"))
    assert _run(tmp_path / "out", rules, "backend=serial") == 3
    assert "extensions" in capsys.readouterr().err
    assert main(["run", *SETTINGS[:1], "governance=new_psa", *SETTINGS[2:], "backend=serial",
                 f"hydra.run.dir={tmp_path / 'out'}"]) == 3


def test_reading_runs_nobodys_code(tmp_path: Path, rules: Path) -> None:
    assert _run(tmp_path / "out", rules, "backend=serial") == 0
    rules.write_text("raise SystemExit('it ran')")
    out = str(tmp_path / "out")
    for command in (["results", out], ["report", out], ["verify", out],
                    ["analyse", out, "changes"],
                    ["results", out, "--sql", "select avg(poorest) from runs"]):
        done = _fresh(*command)
        assert done.returncode == 0, done.stderr
        assert "it ran" not in done.stdout + done.stderr
    page = (tmp_path / "out" / "report" / "report.html").read_text(encoding="utf-8")
    assert "shared_office" in page


def test_extensions_that_gave_the_numbers_are_all_there_and_no_more() -> None:
    one = Origin("rule", "Even", "rules", "Even", "0" * 16)
    other = Origin("hook", "shaken", "rules", "shaken", "0" * 16)
    check_same([one, other], [other, one], "out")
    with pytest.raises(InputError, match="was made without hook shaken; leave it out"):
        check_same([one], [one, other], "out")
    with pytest.raises(InputError, match="was made with hook shaken"):
        check_same([one, other], [one], "out")
    with pytest.raises(InputError, match="another source"):
        check_same([one], [replace(one, source="1" * 16)], "out")


def test_a_replay_asks_for_the_file_and_checks_it(tmp_path: Path, rules: Path) -> None:
    assert _run(tmp_path / "out", rules, "backend=serial") == 0
    run = ["replay", str(tmp_path / "out"), "departmental+shared_office/1/3"]
    without = _fresh(*run)
    assert without.returncode == 2
    assert "was made with extensions" in without.stderr
    with_it = _fresh(*run, "--extensions", str(rules))
    assert with_it.returncode == 0, with_it.stderr
    assert "every measure equals the stored one, to the bit" in with_it.stdout
    rules.write_text(rules.read_text().replace("0.8", "0.7"))
    changed = _fresh(*run, "--extensions", str(rules))
    assert changed.returncode == 2
    assert "another source" in changed.stderr


def test_no_file_that_is_sent_names_code(tmp_path: Path, rules: Path, capsys) -> None:
    for text in (f"extensions: {rules}\npresets: [new_psa]\n",
                 f"experiment: {{presets: [new_psa]}}\nextensions: {rules}\n"):
        file = tmp_path / "sent.yaml"
        file.write_text(text)
        assert main(["run", f"experiment={file}", "scenario=teaching", "worlds=2"]) == 2
        assert "unknown name 'extensions'" in capsys.readouterr().err


@pytest.mark.parametrize("text, told", [
    ("nothing.py", "there is no such file"),
    ("{rules}:Moodey", "did you mean 'Moody'"),
    ("no_such_package", "name a file, extensions=rules.py"),
    ("", "names nothing"),
    ("{broken}", "could not be run: ZeroDivisionError"),
    ("{empty}", "defines no extension"),
])
def test_slips(tmp_path: Path, rules: Path, capsys, text: str, told: str) -> None:
    broken, empty = tmp_path / "broken.py", tmp_path / "empty.py"
    broken.write_text("1 / 0")
    empty.write_text("x = 1")
    given = text.format(rules=rules, broken=broken, empty=empty)
    assert main(["run", "scenario=teaching", "worlds=2", f"extensions={given}"]) == 2
    assert told in capsys.readouterr().err


def test_what_a_notebook_defines_is_computed_in_its_process(tmp_path: Path) -> None:
    class Here(ps.Rule):
        pass

    with pytest.warns(UserWarning, match="in this process alone"):
        results = ps.run_experiment(
            {"name": "here", "presets": ["new_psa"]}, tmp_path / "out", extensions=[Here],
            scenario="teaching", worlds=4, months=6)
    assert [origin.kind for origin in results.extensions] == ["rule"]


def test_what_a_prompt_defines_is_told_apart_by_its_code() -> None:
    """`__main__` without a file, as in a notebook."""
    rule = ("class Own({kind}):\n    def allocate(self, seen):\n"
            "        return {part} * super().allocate(seen)\n")
    run = "print(ps.simulate('teaching', worlds=1, months=2, {given}).extensions[0].source)\n"
    asked = [("ps.Rule", 0.5, "extensions=[Own]"), ("ps.Rule", 0.6, "extensions=[Own]"),
             ("ps.Department", 0.6, "agents=Own")]
    program = "import psasim as ps\n" + "".join(
        rule.format(kind=kind, part=part) + run.format(given=given) for kind, part, given in asked)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    one, other, agents = done.stdout.split()
    assert one != other == agents


def test_an_agent_of_ones_own_in_a_sweep(tmp_path: Path) -> None:
    file = tmp_path / "agents.py"
    file.write_text("import psasim as ps\n\nclass Idle(ps.Department):\n"
                    "    def allocate(self, view):\n        return 0.0 * view.size\n")
    assert main(["run", "scenario=teaching", "governance=new_psa", "worlds=3", "months=4",
                 f"extensions={file}:Idle", f"hydra.run.dir={tmp_path / 'out'}"]) == 0
    levels = ps.open_results(tmp_path / "out").levels()
    assert (levels["own_agenda"] == 0.0).all()


def test_a_failing_rule_is_a_record_of_its_runs(tmp_path: Path) -> None:
    file = tmp_path / "failing.py"
    file.write_text(
        "import psasim as ps\n\nclass Tired(ps.Rule):\n"
        "    def allocate(self, outlook):\n"
        "        effort = super().allocate(outlook).copy()\n"
        "        if outlook.month == 3:\n"
        "            effort[0] = (self.chance('x', 1) > 0.5) * 1e9\n"
        "        return effort\n")
    assert main(["run", "scenario=teaching", "governance=new_psa", "worlds=12", "months=4",
                 f"extensions={file}", f"hydra.run.dir={tmp_path / 'out'}"]) == 0
    results = ps.open_results(tmp_path / "out")
    failed = results.failed()["new_psa"]
    assert 0 < failed < 12
    for record in results.failures():
        assert record["origin"].startswith("month 3")
        assert f"in month 3 of world {record['world']}" in record["error"]
    assert np.isfinite(results.levels().loc["new_psa", "attainment"])


def test_evaluate_takes_them_to_other_processes() -> None:
    from tests.extensions.rules import EXTENSIONS

    sets = np.linspace(0.1, 0.9, 40)[:, None]
    given = {"names": ["trust_start"], "worlds": 40, "months": 6,
             "measures": ["attainment", "poorest"], "extensions": EXTENSIONS}
    one, two = (ps.evaluate("teaching", {"office": {"shared_office": 1}}, sets, processes=n,
                            **given) for n in (1, 2))
    assert np.array_equal(one.by_world, two.by_world)


def test_a_rule_that_always_fails_is_told_with_its_reason(tmp_path: Path, capsys) -> None:
    file = tmp_path / "bad.py"
    file.write_text("import psasim as ps\n\nclass Bad(ps.Rule):\n"
                    "    def allocate(self, outlook):\n        return outlook.stake[:1]\n")
    assert main(["run", "scenario=teaching", "governance=new_psa", "worlds=3", "months=4",
                 f"extensions={file}", f"hydra.run.dir={tmp_path / 'out'}"]) == 2
    said = capsys.readouterr()
    assert "every run failed" in said.err
    assert "it must give numbers of shape" in said.err
    assert "not of the model as it is, but with rule Bad (bad.py)" in " ".join(said.out.split())


def test_the_source_of_an_own_lever_is_cited_from_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "own.py"
    file.write_text("import psasim as ps\n\n@ps.lever(source=ps.Source('doe20', 'Doe (2020).'))\n"
                    "def own_office(k, strength, layout):\n"
                    "    return {'trust_start': 0.5 * k['trust_start']}\n")
    assert main(["run", "scenario=teaching", "governance.own_office.strength=1", "worlds=2",
                 "months=4", f"extensions={file}", f"hydra.run.dir={tmp_path / 'out'}"]) == 0
    done = _fresh("cite", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "@misc{doe20," in done.stdout
