"""A whole game of six from the exported file, by accessible names and the keyboard alone."""

from __future__ import annotations

import json
import math
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from psasim.classroom.export import page as exported
from psasim.scenario import load_scenario
from tests.classroom.game.core import play

pytestmark = pytest.mark.browser
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = (1920, 390)
SEATS = [f"Department for {name}" for name in
         ("Journeys", "Learning", "Livelihoods", "Places", "Safety", "Wellbeing")]
QUESTIONS = 8


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; fails, never skips, where it is missing."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    assert path is not None, "chromium is needed for the tests of pages (-m browser)"
    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    name = tmp_path_factory.mktemp("game") / "page.html"
    name.write_text(exported({"teaching": load_scenario("teaching")}), encoding="utf-8")
    return name


class Hands:
    """Somebody who plays by the keyboard and knows controls by their names."""

    def __init__(self, shown: Any, file: Path) -> None:
        self.page = shown
        self.said: list[str] = []
        shown.on("console", lambda message: self.said.append(message.text))
        shown.on("pageerror", lambda error: self.said.append(str(error)))
        shown.goto(f"{file.as_uri()}#game")

    def reach(self, role: str, name: str) -> Any:
        control = self.page.get_by_role(role, name=name, exact=True)
        for _ in range(150):
            if control.evaluate("one => one === document.activeElement"):
                return control
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {name}")

    def press(self, name: str) -> None:
        self.reach("button", name)
        self.page.keyboard.press("Enter")

    def write(self, name: str, value: int) -> None:
        self.reach("spinbutton", name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(str(value))

    def heading(self) -> str:
        return str(self.page.locator("#game h2").inner_text())

    def told(self) -> str:
        return str(self.page.get_by_role("status").inner_text())

    def begin(self, turns: str) -> None:
        control = self.reach("combobox", "A choice is held for")
        while not control.evaluate("one => one.selectedOptions[0].text").startswith(turns):
            self.page.keyboard.press("ArrowDown")
        self.press("Begin")

    def turn(self, number: int) -> None:
        """All six choose; every second puts people on its outcomes."""
        self.press(f"Pass on to: {SEATS[0]}")
        for n, seat in enumerate(SEATS):
            assert self.heading() == f"Only {seat} looks now"
            self.press(f"We are {seat}: show our sheet")
            assert self.heading() == seat
            if n % 2 == 0:
                for name in self.posts():
                    self.write(name, 10 + number)
            self.press("Commit")
        self.press("Close the turn")
        assert self.told().startswith(f"Turn {number} is closed")

    def posts(self) -> list[str]:
        return [name for name in self.page.locator(".post label").all_inner_texts() if name]


def test_a_game_of_six_with_a_reload_in_the_middle(
    browser: Any, file: Path, tmp_path: Path
) -> None:
    with browser.new_context(offline=True, accept_downloads=True) as context:
        hands = Hands(context.new_page(), file)
        hands.begin("a year")
        for number in (1, 2, 3):
            if number == 2:
                assert hands.heading() == "Play 2 of 3: one change"
                hands.press("Open play 2")  # nobody has raised a hand
                assert "Hands are tied" in " ".join(
                    hands.page.get_by_role("alert").all_inner_texts())
                hands.write("All owners answer together (joint targets)", 4)
            hands.press(f"Open play {number}")
            for turn in (1, 2, 3):
                hands.turn(turn)
                if (number, turn) == (2, 1):
                    hands.page.reload()
                    assert hands.told() == "The game on this machine goes on where it stood."
                    assert hands.heading() == "Play 2 of 3, turn 2 of 3: months 13 to 24"
        assert hands.heading() == "The game is over"
        with hands.page.expect_download() as kept:
            hands.press("Save it to a file")
        saved = tmp_path / "game.json"
        kept.value.save_as(saved)
        assert_debrief(hands, json.loads(saved.read_text(encoding="utf-8"))["log"])
        assert_deleted_and_loaded(hands, saved)
        assert hands.said == []


def in_percent(value: float) -> str:
    """As the page writes it."""
    return f"{math.floor(100 * value + 0.5)} %".replace("-", "−")


def assert_debrief(hands: Hands, log: list[dict[str, Any]]) -> None:
    """Every question has its turn; what was real comes when asked; numbers are the core's."""
    told = play("output = CORE.debriefOf(CORE.replayGame(scenarios, input.log));", "island",
                log=log)
    assert [one["name"] for one in told["plays"]] == ["departmental", "joint_targets", "new_psa"]
    last = told["plays"][-1]["rooms"][0]
    hands.press("Debrief")
    for question in range(1, QUESTIONS + 1):
        assert hands.page.locator("#game h3").first.inner_text().startswith(f"{question} ")
        if question == 1:
            captions = " ".join(hands.page.locator("figcaption").all_inner_texts())
            assert all(f"published {in_percent(value)} of target" in captions
                       for value in last["reported"][-1])
            assert "real" not in captions
        if question == 5:
            assert hands.page.locator("figcaption").count() == 0
            hands.press("Show what was real")
            captions = " ".join(hands.page.locator("figcaption").all_inner_texts())
            assert all(f"real {in_percent(value)}" in captions for value in last["real"][-1])
        if question < QUESTIONS:
            hands.press("Next question")
    hands.press("Back to the game")


def assert_deleted_and_loaded(hands: Hands, saved: Path) -> None:
    hands.press("Delete it")
    hands.press("No, keep it")
    assert hands.heading() == "The game is over"
    hands.press("Delete it")
    hands.press("Yes, delete it")
    assert hands.heading() == "Play the departments"
    hands.page.reload()
    assert hands.heading() == "Play the departments"
    wrong = saved.with_name("wrong.json")
    wrong.write_text('{"game": "chess"}', encoding="utf-8")
    field = hands.page.get_by_label("A game's file")
    field.set_input_files(wrong)
    hands.page.get_by_text("wrong.json is no saved game: it is no record of a game.").wait_for()
    field.set_input_files(saved)
    hands.page.get_by_role("heading", name="The game is over").wait_for()


def test_a_play_ends_with_what_was_published_and_its_debrief_with_the_third_question(
    browser: Any, file: Path
) -> None:
    with browser.new_context(offline=True) as context:
        hands = Hands(context.new_page(), file)
        hands.begin("a year")
        hands.press("Open play 1")
        for turn in (1, 2, 3):
            hands.press(f"{SEATS[4]}: Choose")
            hands.press(f"We are {SEATS[4]}: show our sheet")
            assert_top(hands, turn)
            guesses = hands.page.locator(".guess input")
            guesses.first.fill(str(20 * turn))
            hands.press("Commit")
            hands.press("Back to the seats")
            hands.press("Close the turn; left to the model: 5")
            hands.press("Yes, close the turn")
            assert f"Turn {turn} is closed" in hands.told()
            assert re.search(r"Fewer days lost to floods −?\d+ % of target", hands.told())
        hands.press("Look back at the play first")
        steps = hands.page.get_by_role("group", name="Questions").get_by_role("button")
        assert steps.all_inner_texts() == ["1", "2", "3"]
        hands.press("Next question")
        assert_largest_first(hands)
        hands.press("Next question")
        seats = hands.page.locator(".debrief > ul > li").all_inner_texts()
        assert [seat.split(":")[0] for seat in seats] == SEATS
        assert "answered for Safer town centres in the evening. Paid for: own" in seats[4]
        assert "answered for nothing" in seats[1]
        assert hands.page.get_by_role("button", name="Next question").count() == 0
        hands.press("This was our last play")
        hands.press("No, stop here")
        assert steps.count() == 3
        hands.press("This was our last play")
        hands.press("Yes, ask the rest")
        assert steps.count() == QUESTIONS
        assert hands.page.locator("#game h3").first.inner_text().startswith("4 ")
        assert hands.said == []


def assert_top(hands: Hands, turn: int) -> None:
    """The job, what it pays and where it stands, in every turn; the rest is folded."""
    job, pays, stands = hands.page.locator(".top li").all_inner_texts()
    assert job.startswith("Your job: ") and f"until month {12 * turn}" in job
    assert "100 points if all your people do your own business" in pays
    assert "Safer town centres in the evening 8" in pays
    assert stands.count("nothing yet" if turn == 1 else "% of target") == 2
    assert ("Your points so far: " in stands) == (turn > 1)
    asked = hands.page.locator(".posts fieldset > p:first-of-type").all_inner_texts()
    assert [one.split(". ")[0] for one in asked] == [
        "Answers for it: Department for Journeys", "Answers for it: you"]
    assert not hands.page.get_by_text("Ministers give it").first.is_visible()
    hands.page.get_by_text("More", exact=True).click()
    assert hands.page.get_by_text("Ministers give it").first.is_visible()


def assert_largest_first(hands: Hands) -> None:
    rows = [row.locator("td").all_inner_texts()[2:] for row in
            hands.page.locator("#game tbody tr").all()]
    gaps = [int(given) - int(guess) for guess, given, _ in rows]
    assert len(gaps) == 3 and gaps == sorted(gaps, key=abs, reverse=True)
    assert [words for *_, words in rows] == [
        f"{abs(gap)} {'more' if gap > 0 else 'fewer'}" if gap else "none" for gap in gaps]
    marked = hands.page.locator("#game mark").count()
    assert marked == sum(2 * abs(gap) >= abs(gaps[0]) for gap in gaps) < 3


def test_a_seat_is_told_what_it_cannot_post_and_may_choose_again(browser: Any, file: Path) -> None:
    with browser.new_context(offline=True) as context:
        hands = Hands(context.new_page(), file)
        hands.begin("half a year")
        hands.press("Open play 1")
        hands.press(f"{SEATS[0]}: Choose")
        hands.press(f"We are {SEATS[0]}: show our sheet")
        first, second = hands.posts()
        hands.write(first, 80)
        hands.write(second, 80)
        hands.press("Commit")
        assert "more than you can post" in hands.page.get_by_role("alert").last.inner_text()
        hands.write(second, 0)
        hands.press("Commit")
        hands.press("Back to the seats")
        hands.press(f"{SEATS[0]}: Choose again")
        hands.press(f"We are {SEATS[0]}: show our sheet")
        assert hands.page.get_by_role("spinbutton", name=first).input_value() == "80"
        hands.press("Commit")
        hands.press("Back to the seats")
        hands.press(f"{SEATS[1]}: Leave it to the model")
        hands.press("Close the turn; left to the model: 4")
        hands.press("No, go on choosing")
        hands.press("Close the turn; left to the model: 4")
        hands.press("Yes, close the turn")
        assert hands.heading() == "Play 1 of 3, turn 2 of 6: months 7 to 12"
        assert hands.said == []


def test_where_nothing_is_kept_it_is_told(browser: Any, file: Path) -> None:
    with browser.new_context(offline=True) as context:
        context.add_init_script("Object.defineProperty(window, 'localStorage', "
                                "{ get() { throw new Error('not here'); } });")
        hands = Hands(context.new_page(), file)
        hands.begin("half a year")
        assert "Save the game to a file before you close" in hands.page.inner_text("#game")
        assert hands.said == []


def test_a_record_of_another_model_is_told_and_not_played(browser: Any, file: Path) -> None:
    with browser.new_context(offline=True) as context:
        hands = Hands(context.new_page(), file)
        hands.page.evaluate("""localStorage.setItem("psasim-game",
          JSON.stringify({ game: "psasim-game", model: "0", log: [] }))""")
        hands.page.reload()
        assert "was played on model 0" in hands.page.locator("#game [role=alert]").inner_text()
        assert hands.heading() == "Play the departments"


def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(browser: Any, file: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    def look(state: str) -> None:
        for width in WIDTHS:
            hands.page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(hands.page).response
            assert found["passes"]
            assert [(state, item["id"], item["nodes"][0]["html"])
                    for item in found["violations"]] == []
            assert hands.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
            assert hands.page.evaluate("""[...document.querySelectorAll(
              "#game input:not([type=radio], [type=checkbox]), #game select, #game button")]
              .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)
              .length""") == 0, state

    with browser.new_context(bypass_csp=True, offline=True) as context:
        hands = Hands(context.new_page(), file)
        look("a new game")
        hands.reach("combobox", "People")
        hands.page.keyboard.press("End")
        hands.begin("a year")
        for number in (1, 2, 3):
            look(f"play {number}")
            if number == 2:
                hands.write("Share live data", 3)
            hands.press(f"Open play {number}")
            if number == 3:
                for seat in (SEATS[0], "Town councils", "The centre"):
                    hands.press(f"{seat}: Choose")
                    look("cover")
                    hands.press(f"We are {seat}: show our sheet")
                    look(seat)
                    hands.press("Commit")
                    hands.press("Back to the seats")
            for _ in range(3):
                hands.page.get_by_role("button", name="Close the turn; left").click()
                look("asked first")
                hands.press("Yes, close the turn")
        look("over")
        hands.press("Debrief")
        for question in range(1, QUESTIONS + 1):
            if question == 5:
                hands.press("Show what was real")
            for details in hands.page.locator("#game details").all():
                details.evaluate("item => { item.open = true }")
            look(f"question {question}")
            if question < QUESTIONS:
                hands.press("Next question")
        assert hands.said == []
