"""The exported file: small, whole, with a policy that lets it load nothing; and its command."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from psasim.classroom.arrays import scenario_arrays
from psasim.classroom.export import ENTRY, page
from psasim.classroom.given import compact, given
from psasim.classroom.script import script
from psasim.cli.dispatch import main
from psasim.results.simulate import compare
from psasim.scenario import load_scenario, scenario_names
from tests.classroom.node import differing, run


@pytest.fixture(scope="module")
def text() -> str:
    return page({name: load_scenario(name) for name in scenario_names()})


def test_it_is_below_500_kb_and_every_place_is_filled(text: str) -> None:
    assert len(text.encode()) < 500_000
    assert "{{" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)


def test_its_policy_allows_its_own_script_and_style_and_nothing_else(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    program = re.search(r'<script id="program">(.*?)</script>', text, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy and program and style
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules == {
        "default-src": "'none'", "worker-src": "blob:", "base-uri": "'none'",
        "form-action": "'none'", "script-src": _hash(program[1]), "style-src": _hash(style[1]),
    }
    assert not re.search(r"<[^>]+\s(style|on\w+|src|href)=", text.replace(program[0], ""))


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_the_command_writes_it_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "page.html"
    assert main(["classroom", "export", str(file), "scenario=teaching"]) == 0
    assert "kB); open it in a browser" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == page({"teaching": load_scenario("teaching")})
    assert main(["classroom", "export", str(file)]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err


@pytest.mark.parametrize("arguments, told", [
    (["send", "page.html"], "classroom send: not known"),
    (["export", "page.txt"], "name an .html file"),
    (["export", "page.html", "worlds=3"], "classroom worlds=3: not known"),
    (["export", "page.html", "scenario=teaching", "scenario=csr2007"], "put commas between"),
    (["export", "page.html", "scenario=teachin"], "did you mean 'teaching'?"),
])
def test_wrong_input_is_told(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["classroom", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.browser
def test_the_committed_copy_is_this_page(text: str) -> None:
    copy = Path(__file__).parents[2] / "docs" / "classroom.html"
    assert copy.read_text(encoding="utf-8") == text, "run python -m psasim.documents.again page"


@pytest.mark.browser
def test_bands_and_means_are_those_of_results() -> None:
    """What the page draws: quantiles in every bit, means and shares to twelve digits."""
    task = """
    output = undefined;
    const bench = new psasim.Bench(input.scenario), shown = [];
    const { governance } = input;
    const setting = { parameters: {}, governance, months: 36, seed: 7, worlds: 60 };
    bench.compare(setting, (found) => shown.push(found), async () => false).then(() => {
      const last = shown.at(-1), flat = (bands) => Float64Array.from(bands.flat(2));
      for (const who of ["chosen", "baseline"])
        for (const what of ["real", "reported"]) keep(`${who}.${what}`, flat(last[who][what]));
      fs.writeFileSync(folder + "/output.json", JSON.stringify({ digest: last.digest,
        worlds: shown.map((one) => one.worlds), measures: last.chosen.measures,
        lines: last.chosen.lines }));
    });
    """
    results = compare(["new_psa"], scenario="sr2004", seed=7, worlds=60)
    given_ = {"scenario": scenario_arrays(load_scenario("sr2004")),
              "governance": results.packages["new_psa"].settings()}
    told, kept = run(task, given_, source=script(ENTRY, compact(given())))
    frame = results.trajectories()
    outcomes = [o.key for o in results.scenario.outcomes]
    for who, package in (("chosen", "new_psa"), ("baseline", "departmental")):
        for what in ("real", "reported"):
            bands = kept[f"{who}.{what}"].reshape(len(outcomes), 36, 3)
            part = frame[(frame.package == package) & (frame.quantity == what)]
            for row, outcome in enumerate(outcomes):
                mine = part[part.outcome == outcome]
                if len(mine):
                    assert differing(bands[row], mine[["p05", "p50", "p95"]].to_numpy()) == 0
    assert told["worlds"] == [25, 60] and told["digest"] == results.digest
    levels = results.levels().loc["new_psa"]
    for name, value in told["measures"].items():
        assert value == pytest.approx(levels[name], rel=1e-12, abs=1e-15) or np.isnan(levels[name])
    shares = results.ledger_shares().set_index(["package", "line"])["share"]["new_psa"]
    assert told["lines"] == pytest.approx(shares.to_dict(), rel=1e-12)
