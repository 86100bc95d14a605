"""The exported file in a browser: an analyst's numbers, by keyboard alone, and nothing refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import psasim
from psasim.classroom.export import page
from psasim.scenario import load_scenario, scenario_names
from tests.classroom.chromium import visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with every shipped scenario."""
    path = tmp_path_factory.mktemp("page") / "a page.html"
    text = page({name: load_scenario(name) for name in scenario_names()})
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_a_link_opens_a_setting_with_the_analyst_s_digest(file: Path, tmp_path: Path) -> None:
    link = ("sandbox&child_obesity&new_psa&sanctions.strength%3D0.35&sanctions.size%3D0.5"
            "&lead.kind%3Dtwo")
    told = visit(file, """
    for (const id of ["digest", "command", "refused"]) output[id] = await text(id);
    await page.until("document.getElementById('headline').textContent.includes('%')");
    output.headline = await text("headline");
    """, tmp_path, link)
    package = psasim.preset("new_psa").plus(
        sanctions={"strength": 0.35, "size": 0.5}, lead={"kind": "two"})
    results = psasim.compare({"departmental": "departmental", "custom": package},
                             scenario="child_obesity", worlds=200)
    assert told["digest"] == results.digest
    assert told["command"] == (
        "psasim run scenario=child_obesity governance=new_psa governance.lead.kind=two "
        "governance.sanctions.strength=0.35 governance.sanctions.size=0.5 worlds=200")
    assert "targets are met with the package" in told["headline"]
    assert told["said"] == [] and told["refused"] == ""


def test_assumptions_are_set_apart_and_held_to_python_s_bound(file: Path, tmp_path: Path) -> None:
    link = "sandbox&teaching&existing_psa&parameters.trust_rate%3D0.1&parameters.drift%3D0"
    told = visit(file, """
    for (const id of ["digest", "command", "refused"]) output[id] = await text(id);
    await page.value(`(() => { const input = document.getElementById("parameter-inertia");
      input.value = "0.9"; input.dispatchEvent(new Event("input", { bubbles: true })); })()`);
    await settled();
    output.told = await text("refused");
    await page.value("document.getElementById('usual').click()");
    await settled();
    output.after = [await text("digest"), await text("refused")];
    """, tmp_path, link)
    parameters = {"trust_rate": 0.1, "drift": 0.0}
    results = psasim.compare(["existing_psa"], scenario="teaching", worlds=200,
                             parameters=parameters)
    assert (told["digest"], told["refused"]) == (results.digest, "")
    assert told["command"] == ("psasim run scenario=teaching governance=existing_psa "
                               "parameters.trust_rate=0.1 parameters.drift=0 worlds=200")
    with pytest.raises(psasim.InputError, match=r"inertia = 0.9 is above (0.\d+)") as refused:
        psasim.simulate("teaching", parameters={**parameters, "inertia": 0.9}, worlds=1)
    bound = str(refused.value).split(" is above ")[1].split()[0]
    assert told["told"].startswith(f"Inertia is above {bound}")
    usual = psasim.compare(["existing_psa"], scenario="teaching", worlds=200)
    assert told["after"] == [usual.digest, ""] and told["said"] == []


def test_a_lever_is_moved_by_keyboard_alone(file: Path, tmp_path: Path) -> None:
    told = visit(file, """
    output.before = await text("digest");
    output.alone = await text("command");
    const focused = () => page.value("document.activeElement.id");
    for (let n = 0; n < 60 && await focused() !== "lever-joint_targets"; n++) await page.key("Tab");
    output.focused = await focused();
    for (let n = 0; n < 10; n++) await page.key("ArrowRight");
    await page.until("document.getElementById('command').textContent.includes('strength=0.5')");
    await settled();
    output.digest = await text("digest");
    output.link = await page.value("location.hash");
    """, tmp_path, "sandbox")
    assert told["alone"] == 'psasim.simulate("teaching", "departmental", worlds=200).digest'
    assert told["focused"] == "lever-joint_targets"
    assert told["before"] == psasim.simulate("teaching", worlds=200).digest
    half = psasim.compare({"departmental": "departmental", "half": {"joint_targets": 0.5}},
                          scenario="teaching", worlds=200)
    assert told["digest"] == half.digest
    assert told["link"] == "#sandbox&teaching&departmental&joint_targets.strength%3D0.5"
    assert told["said"] == []


@pytest.mark.parametrize("link", [
    "sandbox&nowhere&new_psa", "sandbox&teaching&no_such",
    "sandbox&teaching&new_psa&lead.strength%3D7",
    "sandbox&teaching&new_psa&lead.strength%3D",
    "sandbox&teaching&new_psa&__proto__.x%3D1", "sandbox&%3Cscript%3E", "sandbox&%",
    "sandbox&teaching&new_psa&run.months%3D0",
])
def test_a_link_of_nonsense_is_told_and_the_page_stands(
    link: str, file: Path, tmp_path: Path
) -> None:
    told = visit(file, """
    output.refused = await text("refused");
    output.digest = await text("digest");
    """, tmp_path, link)
    assert told["refused"].startswith("The link's setting was not taken")
    assert len(told["digest"]) == 16 and told["said"] == []


def test_every_control_has_a_name_and_room_for_a_finger(file: Path, tmp_path: Path) -> None:
    told = visit(file, """
    await page.value("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    const { nodes } = await page.send("Accessibility.getFullAXTree");
    const kinds = ["slider", "combobox", "button", "spinbutton", "image", "table"];
    const found = nodes.filter((node) => kinds.includes(node.role?.value) && !node.ignored);
    output.kinds = [...new Set(found.map((node) => node.role.value))];
    output.nameless = found.filter((node) => !node.name?.value).map((node) => node.role.value);
    output.small = await page.value(`
      [...document.querySelectorAll("input, select, button, summary")]
        .filter((e) => e.getBoundingClientRect().height < 24)
        .map((e) => e.id || e.textContent)`);
    const wide = () => page.value(
      "document.documentElement.scrollWidth > document.documentElement.clientWidth");
    output.wide = [await wide()];
    for (const width of [390, 320]) { // a phone; a laptop at 400 %
      await page.send("Emulation.setDeviceMetricsOverride",
        { width, height: 640, deviceScaleFactor: 1, mobile: false });
      output.wide.push(await wide());
    }
    """, tmp_path, "sandbox")
    assert {"slider", "combobox", "button", "spinbutton", "image", "table"} <= set(told["kinds"])
    assert told["nameless"] == [] and told["small"] == [] and told["wide"] == [False] * 3


def test_a_newer_setting_ends_the_one_at_hand(file: Path, tmp_path: Path) -> None:
    """Thirty moves at once end in the last one's numbers."""
    told = visit(file, """
    await page.value(`(() => { const lever = document.getElementById("lever-lead");
      for (let n = 1; n <= 20; n++) { lever.value = n / 20;
        lever.dispatchEvent(new Event("input", { bubbles: true })); } })()`);
    await settled();
    output.digest = await text("digest");
    """, tmp_path, "sandbox&csr2007&departmental")
    lead = psasim.compare({"departmental": "departmental", "lead": {"lead": 1}},
                          scenario="csr2007", worlds=200)
    assert told["digest"] == lead.digest and told["said"] == []


@pytest.mark.parametrize("worker", [
    "class { constructor() { throw new Error('not here'); } }",
    "class { postMessage() { setTimeout(() => this.onerror(new Event('error'))); } }",
])
def test_where_no_worker_may_be_made_the_page_works_it_out_itself(
    worker: str, file: Path, tmp_path: Path
) -> None:
    told = visit(file, "output.digest = await text('digest');", tmp_path,
                 "sandbox&teaching&new_psa", before=f"window.Worker = {worker};")
    assert told["digest"] == psasim.compare(["new_psa"], scenario="teaching", worlds=200).digest
    assert told["said"] == []


def test_months_worlds_and_seed_are_set_and_in_the_link(file: Path, tmp_path: Path) -> None:
    link = "sandbox&teaching&new_psa&run.months%3D24&run.seed%3D5"
    told = visit(file, """
    await page.value(`(() => { const input = document.getElementById("run-worlds");
      input.value = "60"; input.dispatchEvent(new Event("input", { bubbles: true })); })()`);
    await settled();
    for (const id of ["digest", "command", "refused"]) output[id] = await text(id);
    output.link = await page.value("location.hash");
    """, tmp_path, link)
    results = psasim.compare(["new_psa"], scenario="teaching", worlds=60, months=24, seed=5)
    assert told["digest"] == results.digest and told["said"] == []
    assert told["command"] == ("psasim run scenario=teaching governance=new_psa worlds=60 "
                               "months=24 seed=5")
    assert told["link"].endswith("run.months%3D24&run.worlds%3D60&run.seed%3D5")
