"""The lesson given through from the exported file: by accessible names, by keyboard, with axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from psasim.classroom.export import page
from psasim.scenario import load_scenario
from tests.classroom.lesson_runs import JOINT, Lesson
from tests.classroom.playing import opened, settled

pytestmark = pytest.mark.browser

STEPS = range(1, 9)
HEADLINES = {
    1: "4 of 100 hours", 2: "98 of 100 worlds meet the target, with two 39, with six 2",
    3: "in 34 of 100 worlds, with two in 20", 4: "falls by 37 %", 5: "82 arrive past one tier",
    6: "By 3 points", 7: "Both: +25 points, where the target is 100. A lead alone: +17.",
    8: "Home by noon: +22 points",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page({"teaching": load_scenario("teaching")}), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def shown(file: Path) -> Iterator[Any]:
    with opened(file) as tab:
        yield tab


def go(tab: Any, name: object) -> None:
    tab.evaluate(f"location.hash = 'lesson={name}'")
    tab.locator(f"#lesson a[aria-current=step][href='#lesson={name}']").wait_for()
    settled(tab)


def predict(tab: Any) -> None:
    """Something for each question of the step that is shown, by its controls' names."""
    lesson = tab.locator("#lesson")
    for field in lesson.get_by_role("spinbutton").all():
        if field.is_enabled():
            field.fill("30")
    for group in lesson.get_by_role("group").all():
        if group.get_by_role("radio").count():
            group.get_by_role("radio").first.check()


def lock(tab: Any) -> str:
    tab.get_by_role("button", name="Lock the prediction").click()
    headline = tab.locator("#lesson .headline")
    headline.wait_for()
    return headline.inner_text()


def test_the_whole_lesson_is_given_and_says_the_model_s_numbers(shown: Any) -> None:
    for number in STEPS:
        go(shown, number)
        locked = shown.get_by_role("button", name="Lock the prediction")
        assert locked.is_disabled() and shown.locator("#lesson .headline").count() == 0
        predict(shown)
        assert HEADLINES[number] in lock(shown)
        assert shown.get_by_text("You said", exact=True).count() >= 1
        assert shown.evaluate("document.activeElement.className") == "headline"
    go(shown, 2)  # what was locked stays, with its prediction
    assert "30, 30, 30, 30, 30" in shown.locator("#lesson .beside").inner_text()
    shown.reload()
    settled(shown)
    assert HEADLINES[2] in shown.locator("#lesson .headline").inner_text()
    shown.get_by_role("button", name="Predict again").click()
    assert shown.locator("#lesson .headline").count() == 0


def test_waits_in_the_table_are_python_s(shown: Any) -> None:
    go(shown, 3)
    predict(shown)
    lock(shown)
    shown.get_by_text("Show as table").click()
    never = shown.get_by_role("row", name="Six owners").get_by_role("cell").last.inner_text()
    assert int(never) == 200 * Lesson()("ring_6", JOINT).never


def test_a_curve_is_drawn_by_pointer_or_by_numbers(shown: Any) -> None:
    go(shown, 5)
    box = shown.locator("#lesson .canvas").bounding_box()
    shown.mouse.move(box["x"] + box["width"] - 30, box["y"] + 0.5 * box["height"])
    shown.mouse.down()
    shown.mouse.move(box["x"] + 0.55 * box["width"], box["y"] + 0.4 * box["height"], steps=20)
    shown.mouse.up()
    assert 20 < int(shown.get_by_label("5 tiers").input_value()) < 80
    assert shown.get_by_label("1 tier").input_value() == ""
    for tier in (1, 2):
        shown.get_by_label(f"{tier} tier").fill("101")
    assert shown.get_by_role("button", name="Lock the prediction").is_disabled()


def test_a_step_is_done_by_keyboard_alone(shown: Any) -> None:
    go(shown, 4)
    shown.locator("#lesson h2").focus()
    shown.keyboard.press("Tab")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    shown.locator("#lesson .headline").wait_for()
    assert "neither up nor down" in shown.locator("#lesson .beside").inner_text()
    for _ in range(12):
        shown.keyboard.press("Tab")
        if shown.evaluate("document.activeElement.textContent").startswith("Next"):
            break
    shown.keyboard.press("Enter")
    shown.get_by_role("heading", name="5. The chain").wait_for()


def test_six_questions_are_answered_before_and_after(shown: Any) -> None:
    for when, answer in (("before", "Nobody leads"), ("after", "Each answers for something else")):
        go(shown, when)
        shown.get_by_role("radio", name=answer).check()
        shown.get_by_label("How sure are you?").first.select_option("4")
        told = shown.locator("#lesson [role=status]").first.inner_text()
        assert "1 of 6 answered" in told and "question 2, 3, 4, 5, 6." in told
    assert shown.get_by_role("button", name="Show before and after").is_disabled()
    for group in shown.locator("#lesson fieldset").all()[1:]:
        group.get_by_role("radio").first.check()
        group.get_by_label("How sure are you?").select_option("1")
    shown.get_by_role("button", name="Show before and after").click()
    assert "0 of 6 as in the model before, 2 after" in shown.locator("#lesson").inner_text()
    assert shown.get_by_role("cell", name="Nobody leads strongly enough (4)").count() == 1
    shown.get_by_role("button", name="Forget all answers").click()
    assert shown.evaluate("localStorage.getItem('psasim-lesson')") is None
    assert shown.get_by_role("radio", checked=True).count() == 0


def test_a_challenge_is_met_and_said_so_once_it_has_settled(shown: Any) -> None:
    go(shown, "challenge1")
    for label in ("A board of senior officials", "Priorities agreed in cabinet", "Name a lead",
                  "All owners answer together"):
        shown.get_by_label(label).select_option("in full")
        settled(shown)
    shown.get_by_text("1 of 4 do not hold yet").wait_for()
    shown.get_by_label("Independent audit").select_option("half")
    shown.get_by_text("Done. All four hold.").wait_for()
    shown.get_by_role("button", name="All off again").click()
    shown.get_by_text("Give up?").click()
    trap, way = shown.get_by_role("button", name="Set these levers").all()
    trap.click()
    shown.get_by_text("1 of 4 do not hold yet").wait_for()
    way.click()
    shown.get_by_text("Done. All four hold.").wait_for()
    pinned = shown.locator("#lesson .pinned").bounding_box()
    assert pinned["y"] > -1 and shown.evaluate("scrollY") > 0  # in sight at the foot of the page
    orders = shown.get_by_label("Name a lead").locator("option").all_inner_texts()
    assert orders == ["off", "half", "in full"]


def violations(tab: Any) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab).response
    assert found["passes"]
    return [(item["id"], item["nodes"][0]["html"][:200]) for item in found["violations"]]


@pytest.mark.parametrize("name", ["start", "before", 1, 2, 3, 4, 5, 6, 7, 8, "challenge1", "after"])
def test_axe_finds_nothing_and_nothing_is_cut_off_at_any_width(file: Path, name: object) -> None:
    with opened(file, f"lesson={name}", bypass_csp=True) as tab:
        states = [lambda: None]
        if isinstance(name, int):
            states.append(lambda: (predict(tab), lock(tab)))
        for enter in states:
            enter()
            for width in (1920, 1280, 390, 320):
                tab.set_viewport_size({"width": width, "height": 900})
                tab.wait_for_timeout(50)
                assert violations(tab) == [], width
                assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        small = tab.evaluate("""[...document.querySelectorAll(
            "#lesson button, #lesson input, #lesson select, #lesson summary, nav a")]
            .filter((e) => e.checkVisibility() && !e.disabled
              && (e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24))
            .map((e) => e.outerHTML.slice(0, 100))""")
        assert small == []


def test_forced_colours_and_projector_type_keep_everything_in_view(file: Path) -> None:
    with opened(file, "lesson=5", forced_colors="active", reduced_motion="reduce") as tab:
        tab.get_by_label("Type size").select_option("Projector")
        predict(tab)
        lock(tab)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        stroke = "getComputedStyle(document.querySelector('#lesson polyline.real')).stroke"
        assert tab.evaluate(stroke) == tab.evaluate("getComputedStyle(document.body).color")


def test_the_picture_stands_still_once_the_page_is_left(shown: Any) -> None:
    go(shown, 1)
    predict(shown)
    lock(shown)
    shown.get_by_text("Watch it month by month").click()
    shown.get_by_role("button", name="Play", exact=True).click()
    month = shown.locator("#lesson .months input[type=range]").element_handle()
    before = month.evaluate("e => e.value")
    shown.wait_for_function("([e, v]) => e.value !== v", arg=[month, before])
    go(shown, 2)
    shown.wait_for_timeout(100)
    left = month.evaluate("e => e.value")
    shown.wait_for_timeout(1200)
    assert month.evaluate("e => e.value") == left


@pytest.mark.parametrize("step", STEPS)
def test_question_and_answer_each_fit_one_projected_screen(file: Path, step: int) -> None:
    with opened(file, f"lesson={step}", width=1920, height=1080) as tab:
        tab.get_by_label("Type size").select_option("Projector")
        shown = [".predict >> nth=-1", ".lock"]
        for asked in (True, False):
            if not asked:
                predict(tab)
                lock(tab)
                shown = [".beside", ".headline", ".drawn svg >> nth=0", ".drawn svg >> nth=-1",
                         ".room"]
            tab.wait_for_timeout(100)
            for what in shown:
                box = tab.locator("#lesson").locator(what).first.bounding_box()
                assert box["y"] > -1 and box["y"] + box["height"] <= 1080, what
