"""Bad input ends with exit code 2 and a message that names what is wrong and the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

TEACHING = "scenario=teaching"

BAD = [
    # unknown keys
    (["inertia=.3"], "did you mean parameters.inertia=.3?"),
    (["inertai=.3"], "did you mean parameters.inertia=.3?"),
    (["sanctions=0.5"], "did you mean governance.sanctions.strength=0.5?"),
    (["wrlds=3"], "did you mean worlds=3?"),
    (["parameters.inertai=.3"], "parameters: unknown name 'inertai'; did you mean 'inertia'?"),
    (["governance.sanction.strength=1"], "unknown name 'sanction'; did you mean 'sanctions'?"),
    (["governance.sanctions.sise=1"], "unknown name 'sise'; did you mean 'size'?"),
    (["+foo=1"], "unknown name 'foo'"),
    # what Hydra's `++` lets through
    (["++foo=1"], "unknown name 'foo'"),
    (["++parameters.nonsense=1"], "parameters: unknown name 'nonsense'"),
    (["++parameters.inertia=9"], "parameters.inertia = 9 is above its upper bound 1"),
    (["++governance.sanctions={strenth:1}"], "did you mean 'strength'?"),
    (["++parameters={inertai:1}"], "did you mean 'inertia'?"),
    (["++experiment.presetz=[]"], "did you mean 'presets'?"),
    # unknown options
    (["governance=new_ps"], "did you mean 'new_psa'?"),
    (["scenario=teachin"], "did you mean 'teaching'?"),
    (["scenario=SR2004"], "did you mean 'sr2004'?"),
    (["experiment=packges"], "experiment: unknown name 'packges'; did you mean 'packages'?"),
    (["parameters=defualt"], "did you mean 'default'?"),
    (["engine=mesaa"], "engine = 'mesaa' is not one of ensemble, mesa"),
    (["trajectories=rows"], "trajectories = 'rows' is not one of bands, raw"),
    (["baseline=departmentl"], "baseline: unknown name 'departmentl'; did you mean"),
    (["baseline=x", "governance=new_psa"], "baseline: unknown name 'x'"),
    (["governance=departmental"], "departmental is the baseline itself"),
    (["experiment.presets=[newpsa]"], "did you mean 'new_psa'?"),
    # out of range
    (["governance.sanctions.strength=1.4"],
     "governance.sanctions.strength = 1.4 is above its upper bound 1 (fraction)"),
    (["worlds=0"], "worlds = 0 is below its lower bound 1 (worlds)"),
    (["months=-3"], "months = -3 is below its lower bound 1 (months)"),
    (["worlds=2000000"], "worlds = 2000000 is above its upper bound 1,000,000 (worlds)"),
    (["seed=-1"], "seed = -1 is below its lower bound 0 (seed)"),
    (["parameters.inertia=nan"], "parameters.inertia = nan is not finite"),
    # wrong type
    (["worlds=abc"], "worlds = 'abc' is not a whole number"),
    (["worlds=1.5"], "worlds = 1.5 is not a whole number"),
    (["worlds=null"], "worlds = None is not a whole number"),
    (["worlds=[1]"], "worlds = [1] is not a whole number"),
    (["seed=true"], "seed = True is not a whole number"),
    (["parameters.inertia=high"], "parameters.inertia = 'high' is not a number"),
    (["governance.lead.kind=three", "governance.lead.strength=1"],
     "is not one of none, single, two, all"),
    (["governance.sanctions=0.5"], "use governance.sanctions.strength=0.5"),
    (["++governance.sanctions=0.5"], "use governance.sanctions.strength=0.5"),
    (["experiment.presets=3"], "experiment.presets = 3"),
    (["experiment.presets=new_psa"], "write [new_psa]"),
    (["precision=0.1"], "use precision.width=0.1"),
    (["++experiment.packages={mine:1}"], "experiment.packages.mine = 1 is not a table"),
    # left out, or of no effect
    (["~worlds"], "worlds is missing"),
    (["worlds=???"], "worlds"),
    (["scenario=file"], "scenario.path = None does not go with scenario=file"),
    (["scenario.path=mine.yaml"], "use scenario=FILE.yaml"),
    (["++experiment.packages={new_psa:{lead:{strength:1}}}"], "choose another name"),
    (["governance.sanctions.size=1"],
     "changes nothing while governance.sanctions.strength is 0"),
    (["governance.lead.strength=1", "governance.sanctions={size:1}"],
     "governance.sanctions.size changes nothing while governance.sanctions.strength is 0"),
    (["governance={lead:{strength:1},sanctions:{size:1}}"],
     "governance.sanctions.size changes nothing while governance.sanctions.strength is 0"),
    (["governance.sanctions={}"], "governance.sanctions is empty"),
    (["precision.measures=[attainment]"], "change nothing without precision.width"),
    # not the grammar of overrides
    (["worlds"], "worlds"),
    (["worlds=1,2"], "`psasim run -m worlds=1,2` tries one after the other"),
    (["worlds==2"], "'worlds==2' cannot be read as key=value (extraneous input '=')"),
    (['baseline="a'], "quote what is special"),
    (["seed=${nowhere}"], "nowhere"),
    (["seed=" + "9" * 400], "is above its upper bound"),
    (["parameters.inertia=" + "9" * 5000], "cannot be read as key=value"),
    (["experiment.presets=" + "[" * 200 + "]" * 200], "brackets stand 200 deep, more than 20"),
    (["experiment.packages=" + "{a:" * 200 + "1" + "}" * 200], "brackets stand 200 deep"),
    (['experiment.name="a\x1b[31mb"'], "control character U+001B"),
    (['experiment.name="a\udcff"'], "U+DCFF"),
    (["scenario=\udcff.yaml"], "U+DCFF"),
    # of the wrong kind
    (["parameters=[1]"], "parameters: unknown name '[1]'; known: default, plausible"),
    (["parameters=null"], "parameters: unknown name 'None'"),
    (["experiment.packages={a:{base:{lead:1}}}"], "experiment.packages.a.base: unknown name"),
    (["experiment.packages={a:{lead:{strength:9}}}"],
     "experiment.packages.a.lead.strength = 9 is above"),
    (["experiment.levers={design:subsets,over:[lead],base:{lead:1}}"],
     "experiment.levers.base: unknown name \"{'lead': 1}\""),
    (["++precision=1"], "use precision.width=1"),
    (["backend.workers=" + "9" * 400], "backend.workers = "),
    (["precision.width=inf"], "precision.width = inf: input should be a finite number"),
    (["precision.width=0.1", "precision.most=" + "9" * 400], "precision.most = "),
    # empty
    (["baseline="], "baseline = '' is empty"),
    (["experiment.name="], "experiment.name = '' is empty"),
    # names that a spreadsheet would compute
    (["experiment.name='=x'"], "begins with ="),
    (["experiment.packages={'@x':{lead:{strength:1}}}"], "cannot be read"),
    (["++experiment.packages={@x:{lead:{strength:1}}}"], "begins with @"),
    # from elsewhere
    (["seed=${oc.env:NOPE}"], "is not read in settings; write the value"),
    (["experiment.name='${oc.env:HOME}'"], "is not read in settings"),
    (["experiment.name='${${experiment.name}:HOME}'"], "is not read in settings"),
    (["months=${worlds}", "worlds=${months}"], "Recursive interpolation detected"),
    (["hydra.run.dir=${oc.env:HOME}/x"], "is not read in settings"),
    (["hydra.run.dir=${now:}"], "is not read in settings"),
    (["hydra.run.dir=${nowhere}"], "'nowhere' not found"),
    # agents are named by their file
    (["agents=mine.py"], "agents of one's own are named by their file"),
    (["+agents.department=x"], "agents of one's own are named by their file"),
    # of Hydra's own only where results go
    (["--resolve"], "--resolve goes with --cfg job"),
    (["--package=x"], "--package goes with --cfg job"),
    (["--experimental-rerun=x.pickle"], "no flag of psasim run"),
    (["--experimental-re=x.pickle"], "no flag of psasim run"),
    (["--config-dir=."], "no flag of psasim run"),
    (["-sc=install=bash"], "no flag of psasim run"),
    (["hydra=1"], "sets what only Hydra knows"),
    (["~hydra"], "sets what only Hydra knows"),
    (["~hydra.run.dir"], "sets what only Hydra knows"),
    (["+hydra.callbacks.x._target_=os.getcwd"], "sets what only Hydra knows"),
    (["++hydra={callbacks:{x:{_target_:os.getcwd}}}"], "sets what only Hydra knows"),
    (["hydra/job_logging=default"], "sets what only Hydra knows"),
    (["hydra/launcher=joblib"], "hydra/launcher = 'joblib' is not one of psasim, basic"),
    (["hydra.verbose=true"], "sets what only Hydra knows"),
    (["experiment@hydra.job=packages"], "@ places settings elsewhere"),
    (["experiment@_global_=packages"], "@ places settings elsewhere"),
    # files
    (["scenario=rough"], "unknown name 'rough'; known: child_obesity, csr2007, "
                         "offences_to_justice, shared_outcomes, sr2004, teaching (no file or"),
    (["scenario='~nobody_here/x'"], "'~nobody_here/x' cannot be a path"),
    (["scenario=nowhere.yaml"], "scenario = nowhere.yaml: there is no such file"),
    (["scenario=a/b/nowhere.yml"], "there is no such file"),
    (["scenario="], "scenario: unknown name ''"),
    (["experiment="], "experiment: unknown name ''"),
    (["experiment=/"], "experiment = / is a folder; name a file in it"),
    (["hydra.run.dir="], "hydra.run.dir= names no folder"),
]


@pytest.mark.parametrize("arguments, words", BAD, ids=[ascii(" ".join(a))[:60] for a, _ in BAD])
def test_run_refuses(psasim, arguments: list[str], words: str) -> None:
    scenario = [] if arguments[0].startswith("scenario") else [TEACHING]
    said = psasim("run", *scenario, *arguments)
    assert said.code == 2
    assert words in said.err
    assert "Traceback" not in said.err
    assert "raised while resolving" not in said.err
    assert said.err.startswith("psasim: ")
    assert said.out == ""


def test_nothing_is_written_for_refused_settings(psasim, tmp_path: Path) -> None:
    psasim("run", TEACHING, "worlds=abc")
    assert list(tmp_path.iterdir()) == []


def test_experiment_file_that_is_no_table(psasim, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("experiment: 3\n", encoding="utf-8")
    said = psasim("run", TEACHING, "experiment=mine.yaml")
    assert said.code == 2
    assert "mine.yaml: experiment = 3 is not a table" in said.err


@pytest.mark.parametrize("text", ["departments: [", "42", "title: only a title\n"])
def test_malformed_scenario_file(psasim, tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    said = psasim("run", "scenario=mine.yaml")
    assert said.code == 2
    assert "mine.yaml" in said.err
    assert "Traceback" not in said.err


def test_unwritable_output_is_refused_before_computing(
    psasim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psasim.cli.experiment.compute", lambda *given: pytest.fail("computed"))
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    for folder in ("taken", "taken/below"):
        said = psasim("run", TEACHING, f"hydra.run.dir={folder}")
        assert said.code == 2
        assert "taken" in said.err
        assert "Traceback" not in said.err


@pytest.mark.parametrize("arguments, words", [
    (["rn"], "did you mean 'run'?"),
    (["show", "parametrs"], "did you mean 'parameters'?"),
    (["run", "--nonsense"], "'--nonsense' is no flag of psasim run"),
])
def test_unknown_command_or_table(psasim, arguments: list[str], words: str) -> None:
    said = psasim(*arguments)
    assert said.code == 2
    assert words in said.err
