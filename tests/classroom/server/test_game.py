"""A game on a network in Chromium: six players, one drops out, the server is stopped between."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.classroom.playing import FLAGS
from tests.classroom.server.test_hosting import opened

pytestmark = pytest.mark.browser

PLAYERS = 6
PHONE, PROJECTOR = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}


class Browsers:
    """Chromium, every page of it another person's, and what the pages complained of."""

    def __init__(self, chromium: Any) -> None:
        self.chromium = chromium
        self.said: list[str] = []

    def person(self, size: dict[str, int]) -> Any:
        """A page in a browser of its own."""
        return self.page(self.chromium.new_context(viewport=size, bypass_csp=True))

    def page(self, context: Any) -> Any:
        page = context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.set_default_timeout(15_000)
        return page


@pytest.fixture
def browsers() -> Iterator[Browsers]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("PSASIM_CHROMIUM") or shutil.which("chromium")
    assert path is not None, "chromium is needed for the tests of pages (-m browser)"
    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=path, args=FLAGS)
        found = Browsers(chromium)
        yield found
        chromium.close()
    assert found.said == []


def clean(page: Any) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response
    assert found["passes"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name)


def heading(page: Any, name: str) -> None:
    """Waits for a heading, or the beginning of one."""
    page.get_by_role("heading", name=name).wait_for()


def joined(browsers: Browsers, address: str, code: str, number: int) -> Any:
    """A player who types the code and takes a seat of those that are free."""
    page = browsers.person(PHONE)
    page.goto(address)
    typed = f" {code[:3].lower()} {code[3:]}"
    page.get_by_label("The code on the facilitator's screen").fill(typed)
    button(page, "See the seats").click()
    heading(page, "Take a seat")
    if number == 0:
        clean(page)
    page.locator("li").get_by_role("button").nth(number).click()
    page.get_by_role("button", name="Leave this seat").wait_for()
    return page


def by_keyboard(page: Any, name: str) -> None:
    """Tabs to what has this name, and presses Enter."""
    focused = "document.activeElement.ariaLabel || document.activeElement.textContent"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(focused).startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no key comes to {name}")


def test_a_game_of_six_with_a_drop_out_and_a_restart(browsers: Browsers, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    folder = tmp_path / "room"
    with opened(folder, "--port", port) as (link, address, code, _):
        host = browsers.person(PROJECTOR)
        host.goto(link)
        assert host.evaluate("location.hash") == "", "the token is not left on the screen"
        host.get_by_label("A choice is held for").select_option("12")
        clean(host)
        button(host, "Begin").click()
        heading(host, "Play 1 of 3")
        players = [joined(browsers, address, code, number) for number in range(PLAYERS)]
        taken = host.get_by_role("button", name="Free Department")
        host.wait_for_function("document.querySelectorAll('.room-seats button').length === 6")
        assert taken.count() == PLAYERS
        button(host, "Open play 1").click()
        heading(host, "Play 1 of 3, turn 1")
        clean(host)

        for number, page in enumerate(players):
            button(page, "Commit").wait_for()
            if number < 2:
                clean(page)
            if page.get_by_role("spinbutton").count():
                page.get_by_role("spinbutton").first.fill("30")
            button(page, "Commit").click()
            page.get_by_role("status").filter(has_text="The room has your choice.").wait_for()
        button(host, "Close the turn").click()
        heading(host, "Play 1 of 3, turn 2")

        gone = players[2]  # closes the browser's window, and comes back to the seat
        seat = gone.get_by_role("heading", level=2).text_content()
        context = gone.context
        gone.close()
        host.get_by_role("row", name=seat).get_by_text("yes, but away").wait_for(timeout=20_000)
        back = browsers.page(context)
        back.goto(address)
        heading(back, seat)
        button(back, "Commit").click()
        back.get_by_role("status").filter(has_text="The room has your choice.").wait_for()
        players[2] = back

    host.get_by_role("status").filter(has_text="psasim does not answer").wait_for()
    clean(host)
    players[0].get_by_role("status").filter(has_text="does not answer").wait_for()
    with opened(folder, "--port", port) as (link, address, same, _):
        assert same == code
        host.get_by_role("status").filter(has_not_text="psasim").wait_for(state="attached")
        chosen = host.get_by_role("row", name=seat).get_by_text("yes", exact=True)
        chosen.first.wait_for()
        button(players[0], "Commit").click()
        players[0].get_by_role("status").filter(has_text="The room has your choice.").wait_for()

        button(host, "Free Department").nth(5).click()  # who went home
        players[5].get_by_role("alert").filter(has_text="no longer yours").wait_for()
        heading(players[5], "Take a seat")
        clean(players[5])
        for turn in (2, 3):
            heading(host, f"Play 1 of 3, turn {turn}")
            button(host, "Close the turn").click()
            button(host, "Yes, close the turn").click()

        heading(host, "Play 2 of 3")
        host.get_by_role("radio", name="One change").check()
        clean(host)
        for page in players[:3]:
            page.get_by_role("radio", name="Name a lead for a shared outcome", exact=True).check()
            button(page, "Vote").click()
            page.get_by_role("status").filter(has_text="The room has your choice.").wait_for()
        clean(players[0])
        host.wait_for_function("document.getElementById('game-hands-lead').value === '3'")
        button(host, "Look back at the play first").click()
        heading(host, "1 What happened?")
        clean(host)

        fresh = browsers.person(PROJECTOR)  # the facilitator's page on another screen
        fresh.goto(link)
        heading(fresh, "Play 2 of 3")
        with fresh.expect_download() as saved:
            button(fresh, "Save it to a file").click()
        record = tmp_path / "game.json"
        saved.value.save_as(record)
        button(fresh, "Delete it").click()
        button(fresh, "Yes, delete it").click()
        heading(fresh, "A new game")
        assert not (folder / "room.jsonl").exists()
        players[0].get_by_role("alert").filter(has_text="not the code of the room").wait_for()
        fresh.get_by_label("A game's file").set_input_files(record)
        heading(fresh, "Play 2 of 3")
        assert (folder / "room.jsonl").exists()


def test_a_player_and_the_facilitator_by_keyboard_alone(
    browsers: Browsers, tmp_path: Path
) -> None:
    with opened(tmp_path / "room") as (link, address, code, _):
        host, page = browsers.person(PROJECTOR), browsers.person(PHONE)
        host.goto(link)
        heading(host, "A new game")
        by_keyboard(host, "Begin")
        heading(host, "Play 1 of 3")
        page.goto(address)
        heading(page, "Join the room")
        page.keyboard.press("Tab")
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        heading(page, "Take a seat")
        by_keyboard(page, "Department for Learning")
        by_keyboard(host, "Open play 1")
        heading(host, "Play 1 of 3, turn 1")
        button(page, "Commit").wait_for()
        by_keyboard(page, "Commit")
        page.get_by_role("status").filter(has_text="The room has your choice.").wait_for()
        assert page.evaluate("document.activeElement.textContent") == "Commit"
        host.get_by_role("row", name="Learning").get_by_text("yes").first.wait_for()
        by_keyboard(host, "Free Department for Learning")
        page.get_by_role("alert").filter(has_text="no longer yours").wait_for()
        by_keyboard(host, "Close the turn")
        by_keyboard(host, "Yes, close the turn")
        heading(host, "Play 1 of 3, turn 2")


def test_what_the_game_does_not_take_is_told_to_the_seat_and_the_room_goes_on(
    browsers: Browsers, tmp_path: Path
) -> None:
    with opened(tmp_path / "room") as (link, address, code, _):
        host = browsers.person(PROJECTOR)
        host.goto(link)
        button(host, "Begin").click()
        heading(host, "Play 1 of 3")
        page = joined(browsers, address, code, 0)
        button(host, "Open play 1").click()
        button(page, "Commit").wait_for()
        token = page.evaluate("localStorage.getItem('psasim-seat')")
        for choice in ({"effort": {"__proto__": 1}}, {"effort": [[]]}, {"own": 1e299},
                       {"effort": {"toString": {}}}, {"figures": "x"}, {"effort": {"Nowhere": 1}}):
            said = httpx.post(f"{address}seat", headers={"Authorization": f"Bearer {token}"}, json={
                "kind": "choose", "play": 1, "turn": 1, "choice": choice})
            assert said.status_code == 200
        page.get_by_role("alert").filter(has_text="no effort for Nowhere").wait_for()
        clean(page)
        button(page, "Commit").click()
        page.get_by_role("status").filter(has_text="The room has your choice.").wait_for()
        host.reload()  # what was not taken is not taken again
        host.get_by_role("row", name="Department").get_by_text("yes").first.wait_for()
        button(host, "Close the turn").click()
        button(host, "Yes, close the turn").click()
        heading(host, "Play 1 of 3, turn 2")


def test_the_facilitator_s_page_without_its_token_says_so(
    browsers: Browsers, tmp_path: Path
) -> None:
    with opened(tmp_path / "room") as (_, address, *_):
        page = browsers.person(PROJECTOR)
        page.goto(f"{address}room")
        page.get_by_role("alert").filter(has_text="by the link that psasim printed").wait_for()
        clean(page)
        page.goto(f"{address}room#nonsense")
        page.reload()
        page.get_by_role("alert").filter(has_text="may no longer act").wait_for()
        clean(page)
        page = browsers.person(PHONE)
        page.goto(f"{address}#wrong")
        page.get_by_role("alert").filter(has_text="not the code of the room").wait_for()
        clean(page)
