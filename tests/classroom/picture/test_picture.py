"""The picture in a browser: by name and keyboard, with the model's numbers, for everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from psasim.classroom.export import page
from psasim.coefficients import build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.month.ledger import LINES
from psasim.results.simulate import simulate
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout
from tests.classroom.playing import opened, settled

pytestmark = pytest.mark.browser
SHOWN = ("teaching", "child_obesity", "csr2007")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with the scenarios that are looked at."""
    path = tmp_path_factory.mktemp("picture") / "page.html"
    path.write_text(page({name: load_scenario(name) for name in SHOWN}), encoding="utf-8",
                    newline="\n")
    return path


def slider(tab: Any) -> Any:
    """The slider of months; levers have a field of that name too."""
    return tab.locator("#picture").get_by_label("Month", exact=True)


def month(tab: Any) -> int:
    return int(slider(tab).input_value())


def played(tab: Any, past: int) -> None:
    """Waits until it has played from the first month past a month."""
    for _ in range(200):
        if past < month(tab) < 36:
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"month {month(tab)}")


def marks(tab: Any) -> list[str]:
    """Where ribbons are and how far what moves along them has moved."""
    return tab.eval_on_selector_all(
        ".network path.marks", "all => all.map(p => p.getAttribute('d') + p.outerHTML)")


def test_it_stands_still_until_it_is_asked_to_play_and_pauses(file: Path) -> None:
    with opened(file, "sandbox&teaching&new_psa") as tab:
        before = marks(tab)
        tab.wait_for_timeout(400)
        assert month(tab) == 36 and marks(tab) == before
        tab.get_by_role("button", name="Play", exact=True).click()
        played(tab, 2)
        tab.get_by_role("button", name="Pause", exact=True).click()
        stopped, still = month(tab), marks(tab)
        assert 2 < stopped < 36 and still != before
        tab.wait_for_timeout(700)
        assert month(tab) == stopped and marks(tab) == still


def test_months_are_stepped_and_scrubbed_by_keyboard(file: Path) -> None:
    with opened(file, "sandbox&teaching&new_psa") as tab:
        slider(tab).focus()
        tab.keyboard.press("Home")
        assert month(tab) == 1 and slider(tab).get_attribute("aria-valuetext") == "1 of 36"
        tab.keyboard.press("ArrowRight")
        assert month(tab) == 2
        told = tab.locator(".picture [aria-live]")
        assert told.text_content().startswith("Month 2, mean of 200 worlds: of 3.00 ")
        tab.get_by_role("button", name="Month on").focus()
        tab.keyboard.press("Enter")
        assert month(tab) == 3
        tab.get_by_role("button", name="Month back").focus()
        tab.keyboard.press(" ")
        assert month(tab) == 2 and told.text_content().startswith("Month 2,")
        tab.get_by_role("button", name="Play", exact=True).focus()
        tab.keyboard.press("Enter")
        played(tab, 3)
        tab.keyboard.press("Enter")
        stopped = month(tab)
        tab.wait_for_timeout(600)
        assert month(tab) == stopped


def test_less_motion_means_steps_only(file: Path) -> None:
    with opened(file, "sandbox&teaching&departmental", reduced_motion="reduce") as tab:
        assert not tab.get_by_role("button", name="Play", exact=True).is_visible()
        assert tab.get_by_text("step from month to month").is_visible()
        tab.get_by_label("Package").select_option("new_psa")
        settled(tab)
        tab.get_by_role("button", name="Replay the last change").click()
        tab.wait_for_timeout(500)
        assert month(tab) == 1 and tab.locator(".picture figure").count() == 2
        tab.get_by_role("button", name="Month on").click()
        assert month(tab) == 2


def test_the_last_change_is_played_again_beside_what_was_before(file: Path) -> None:
    with opened(file, "sandbox&teaching&departmental") as tab:
        replay = tab.get_by_role("button", name="Replay the last change")
        assert replay.is_disabled()
        was = tab.locator(".inwords").text_content()
        tab.get_by_label("Package").select_option("new_psa")
        settled(tab)
        now = tab.locator(".inwords").text_content()
        replay.click()
        played(tab, 1)
        tab.get_by_role("button", name="Pause", exact=True).click()
        slider(tab).press("End")
        assert tab.locator(".picture figcaption").all_text_contents() == [
            "Before the last change", "Now"]
        assert tab.locator(".inwords").all_text_contents() == [was, now] and was != now
        tab.get_by_label("Beside it").select_option("nothing")
        assert tab.locator(".picture figure").count() == 1


@pytest.mark.parametrize("name, package", [
    ("teaching", "departmental"), ("child_obesity", "new_psa"), ("csr2007", "existing_psa")])
def test_its_numbers_are_the_model_s(file: Path, name: str, package: str) -> None:
    scenario = load_scenario(name)
    results = simulate(scenario, package, worlds=200)
    shares = results.ledger_shares().set_index("line")["share"]
    frame = results.trajectories()
    with opened(file, f"sandbox&{name}&{package}") as tab:
        tab.get_by_text("Show this month as a table").click()
        told = tab.locator(".ledger-legend b").all_text_contents()
        assert told == [f"{np.floor(100 * shares[line] + 0.5):.0f} %" for line in LINES]
        ledger = _table(tab, "Department-months from")
        total = 36 * sum(department.capacity for department in scenario.departments)
        assert [float(cell) for cell in ledger[0][1:]] == pytest.approx(
            [shares[line] * total for line in LINES], abs=0.00501)
        for at, line in enumerate(LINES, start=1):
            whole, *each = [float(row[at]) for row in ledger]
            assert sum(each) == pytest.approx(whole, abs=0.006 * len(each)), line
        stand = {row[0]: row[1:] for row in _table(tab, "Outcomes at the end")}
        last = frame[frame.month == 36].set_index(["outcome", "quantity"])["p50"]
        for outcome in scenario.outcomes:
            real, _, reported, _ = stand[outcome.name]
            assert _read(real) == pytest.approx(last[outcome.key, "real"], abs=0.00501)
            published = last.get((outcome.key, "reported"), np.nan)
            assert (reported == "") == np.isnan(published)
            if reported:
                assert _read(reported) == pytest.approx(published, abs=0.00501)


def _table(tab: Any, caption: str) -> list[list[str]]:
    """Cells of a body, of the table whose caption begins so."""
    return tab.evaluate("""(caption) => {
      const found = [...document.querySelectorAll(".picture table")]
        .find((one) => one.caption.textContent.startsWith(caption));
      return [...found.tBodies[0].rows].map((row) => [...row.cells].map((c) => c.textContent));
    }""", caption)


def _read(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-"))


def test_what_is_not_published_is_blank(file: Path) -> None:
    with opened(file, "sandbox&teaching&departmental") as tab:
        tab.get_by_text("Show this month as a table").click()
        slider(tab).press("Home")
        assert [row[3] for row in _table(tab, "Outcomes at the end")] == ["", ""]
        assert tab.locator(".network").get_by_text("nothing published").count() == 2
        assert [path for path in tab.eval_on_selector_all(
            ".network .told", "all => all.map(p => p.getAttribute('d'))") if path] == []


def test_a_gate_shows_in_how_many_worlds_an_outcome_waits(file: Path) -> None:
    with opened(file, "sandbox&teaching&departmental&joint_targets.strength%3D1") as tab:
        slider(tab).press("Home")
        tab.get_by_text("Show this month as a table").click()
        tab.locator("#picture table").first.wait_for()
        convened = [float(row[4]) for row in _table(tab, "Outcomes at the end")]
        told = [text for text in tab.locator(".network text").all_text_contents()
                if text.startswith("waiting")]
        heights = tab.eval_on_selector_all(
            ".network .gate", "all => all.map(gate => Number(gate.getAttribute('height')))")
        assert len(told) == 2 and 0 < min(convened) < 1
        for part, text, height in zip(convened, told, heights, strict=True):
            assert abs(float(text.split()[1]) / 100 - (1 - part)) < 0.011
            assert height / 112 == pytest.approx(1 - part, abs=0.0051)
        slider(tab).press("End")
        assert sum(text.startswith("waiting") for text in
                   tab.locator(".network text").all_text_contents()) < 2


def test_real_values_are_hidden_where_the_caller_says_so(file: Path) -> None:
    with opened(file, "sandbox&teaching&new_psa") as tab:
        tab.evaluate("""async () => {
          const { teaching } = Object.fromEntries(JSON.parse(
            document.getElementById("scenarios").textContent).map((one) => [one.name, one]));
          const setting = { seed: 2007, months: 36, worlds: 25, parameters: {}, governance: {} };
          const root = document.createElement("div");
          root.id = "mine";
          document.querySelector("main").append(root);
          await new psasim.Bench(teaching).compare(setting, (now) => {
            if (now.whole) psasim.picture(root).show({ scenario: teaching, now, real: false });
          }, async () => false);
        }""")
        mine = tab.locator("#mine")
        assert mine.get_by_text("real is hidden").count() == 2
        assert tab.eval_on_selector_all(
            "#mine .network .share, #mine .network .band",
            "all => all.map(part => part.getAttribute('height'))") == ["0"] * 4
        mine.get_by_text("Show this month as a table").click()
        mine.locator("table").first.wait_for()
        last = mine.locator("table", has_text="Outcomes at the end").locator("tbody tr")
        assert [row.locator("td").all_text_contents()[:2] for row in last.all()] == [
            ["real is hidden", "real is hidden"]] * 2


def test_why_names_the_lever_the_coefficients_and_the_mechanism(file: Path) -> None:
    before, after = (simulate("teaching", package, worlds=200).ledger_shares()
                     .set_index("line")["share"] for package in ({}, {"data_sharing": 1}))
    most = (after - before).abs().idxmax()
    with opened(file, "sandbox&teaching&departmental") as tab:
        tab.locator("#lever-data_sharing").press("End")
        settled(tab)
        tab.get_by_text("Why? What was changed").click()
        tab.get_by_text("Through which mechanisms").wait_for()
        told = " ".join(tab.locator(".picture details").first.inner_text().split())
        words = tab.evaluate("name => psasim.SEEN.lines[name]", most)
        label = tab.evaluate(
            "psasim.ALL_LEVERS.find((one) => one.name === 'data_sharing').label")
    assert f"“{words}”: {100 * before[most]:.0f} % of all capacity, now {100 * after[most]:.0f} %" \
        in told
    assert f"{label} (strength 0 → 1)" in told
    assert f"sight {sight(0):.2f} → {sight(1):.2f}" in told
    assert "moral hazard in teams (Holmstrom 1982)" in told
    assert "docs/model.md" in told and "phase 2 Perceive, 3 Weigh" in told


def sight(strength: float) -> float:
    """How far owners in `teaching` see each other's figures under so much data sharing."""
    layout = build_layout(load_scenario("teaching"))
    package = Governance(data_sharing=strength)
    return float(build_coefficients(layout, [Parameters()], [package]).sight.max())


STATES: dict[str, Callable[[Any], object]] = {
    "opened": lambda tab: None,
    "first month": lambda tab: slider(tab).press("Home"),
    "table and why": lambda tab: [
        tab.get_by_text(words).click()
        for words in ("Show this month as a table", "Why? What was changed")],
    "side by side": lambda tab: tab.get_by_label("Beside it").select_option("without"),
}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(file: Path, name: str, state: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    link = f"sandbox&{name}&new_psa"
    with opened(file, link, bypass_csp=True) as tab:
        STATES[state](tab)
        for width in (1920, 1280, 390, 320):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.wait_for_timeout(100)
            found = Axe().run(tab, context="#picture").response
            assert found["passes"]
            assert [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]] == []
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            small = tab.eval_on_selector_all(
                ".picture button, .picture input, .picture select, .picture summary",
                "all => all.filter(e => e.checkVisibility() && (e.offsetHeight < 24 || "
                "e.offsetWidth < 24)).map(e => e.outerHTML)")
            assert small == []


def test_one_outcome_of_many_is_chosen(file: Path) -> None:
    scenario = load_scenario("csr2007")
    with opened(file, "sandbox&csr2007&new_psa", 1920, 1080) as tab:
        assert "19 departments" in tab.locator(".network .name").all_text_contents()
        for row in (0, 29):
            tab.get_by_label("Show", exact=True).select_option(str(row))
            owners = {c.department for c in scenario.contributions
                      if c.outcome == scenario.outcomes[row].key}
            bars = tab.locator(".network rect.bar-of").count()
            assert bars == len(owners)
            assert scenario.outcomes[row].name in tab.locator(".inwords").text_content()


def test_forced_colours_leave_nothing_out(file: Path) -> None:
    with opened(file, "sandbox&teaching&new_psa", forced_colors="active") as tab:
        strokes = set(tab.eval_on_selector_all(
            ".network .ribbon", "all => all.map(p => getComputedStyle(p).stroke)"))
        assert len(strokes) == 1  # CanvasText: pattern and place tell departments apart
        dashes = tab.eval_on_selector_all(
            ".network .marks", "all => all.map(p => p.getAttribute('stroke-dasharray'))")
        assert len(set(dashes)) == 3
