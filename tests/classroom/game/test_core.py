"""The game's core: whoever does what the model does gets the model's run, to the bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from psasim.declared.presets import preset, preset_names
from psasim.results.simulate import simulate
from tests.classroom.game.core import play, scenario

pytestmark = pytest.mark.browser

NOBODY = """
const settings = { scenario: input.name, world: 7, turn: input.turn, seats: input.seats };
const game = CORE.startGame(scenarios, settings);
send(game, { kind: "govern", play: 1, name: "", governance: input.governance });
while (game.phase === "choose") close(game);
output = CORE.debriefOf(game).plays[0];
"""

AS_THE_MODEL = NOBODY + """
const model = output.model, { layout } = game;
const again = CORE.startGame(scenarios, settings), [seat] = input.seats;
send(again, { kind: "govern", play: 1, name: "", governance: input.governance });
for (const month of model.effort) {
  const sheet = CORE.sheetOf(again, 0, seat), { row } = sheet;
  const posted = Object.fromEntries(psasim.contributionsOf(layout, row).map((c, n) =>
    [sheet.outcomes[n].key, month[layout.task_of_contribution[c]]]));
  send(again, { kind: "choose", play: 1, turn: again.turn, room: 0, seat,
    choice: { effort: posted, own: month[layout.task_of_own[row]] } });
  close(again);
}
output = CORE.debriefOf(again).plays[0];
"""


def assert_same(told: dict[str, Any], name: str, package: str) -> None:
    results = simulate(scenario(name), package, worlds=8)
    paths = next(iter(results.parts.values())).paths
    for quantity in ("real", "reported"):
        found = np.array(told[quantity], dtype=float)  # None, not out, as NaN
        assert np.array_equal(found, np.asarray(paths[quantity])[..., 7], equal_nan=True)


@pytest.mark.parametrize("name, package, turn", [
    *(("island", package, 6) for package in preset_names()), ("child_obesity", "new_psa", 1),
])
def test_with_nobody_choosing_a_game_is_the_models_run(
    name: str, package: str, turn: int
) -> None:
    told = play(NOBODY, name, turn=turn, seats=["centre"], governance=preset(package).settings())
    assert_same(told["rooms"][0], name, package)
    assert told["rooms"][0]["real"] == told["model"]["real"]


@pytest.mark.parametrize("package", ["departmental", "new_psa"])
def test_a_seat_that_chooses_what_the_model_would_gets_the_models_run(package: str) -> None:
    told = play(AS_THE_MODEL, "island", turn=1, seats=["Safety/effort"],
                governance=preset(package).settings())
    assert_same(told["rooms"][0], "island", package)
    assert all(turn["choices"]["Safety/effort"] for turn in told["rooms"][0]["turns"])


def test_a_choice_acts_at_once_and_is_held_and_what_is_left_is_the_own_agendas() -> None:
    told = play("""
const seats = ["Safety", "Places"];
const game = CORE.startGame(scenarios, { scenario: "island", turn: 6, seats });
send(game, { kind: "govern", play: 1, name: "", governance: {} },
  { kind: "choose", play: 1, turn: 1, room: 0, seat: "Safety",
    choice: { effort: { SafeEvenings: 0.25, FloodReady: 0.1 } } });
const { usable } = CORE.sheetOf(game, 0, "Safety").view;
close(game);
const { layout, plays } = game, row = CORE.sheetOf(game, 0, "Safety").row;
const tasks = [...psasim.contributionsOf(layout, row).map((c) => layout.task_of_contribution[c]),
  layout.task_of_own[row]];
const { effort } = plays[0].rooms[0].run;
output = { usable, posted: effort.map((month) => tasks.map((task) => month[task])) };
""", "island")
    posted = np.array(told["posted"])  # FloodReady, SafeEvenings, own business
    assert posted.shape == (6, 3)
    assert (posted[:, :2] == [0.1, 0.25]).all()
    assert posted[0].sum() == pytest.approx(told["usable"], rel=1e-12)


def test_a_log_is_the_game() -> None:
    """A game again from its log, as JSON, after each kind of message."""
    told = play("""
const { seats } = CORE.seating(psasim.buildLayout(scenarios[0]), 12);
const game = CORE.startGame(scenarios, { scenario: "island", turn: 12, rooms: 2, seats });
const again = () => CORE.replayGame(scenarios, JSON.parse(JSON.stringify(game.log)));
const facts = (one) => JSON.stringify([CORE.statusOf(one), CORE.debriefOf(one),
  [0, 1].map((room) => seats.map((seat) => CORE.sheetOf(one, room, seat)))]);
output = [];
const say = (message) => { send(game, message); output.push(facts(game) === facts(again())); };
say({ kind: "govern", play: 1, name: "departmental", governance: {} });
say({ kind: "choose", play: 1, turn: 1, room: 1, seat: "Safety/effort",
  choice: { effort: { FloodReady: 0.3 }, guess: { FloodReady: 0.5 } } });
say({ kind: "choose", play: 1, turn: 1, room: 0, seat: "Places/figures",
  choice: { figures: { streets_lit: 0.2 } } });
for (let turn = 1; turn <= 3; turn++) say({ kind: "turn", play: 1, turn });
say({ kind: "vote", play: 2, room: 0, seat: "Safety/effort", choice: { lever: "lead" } });
say({ kind: "govern", play: 2, name: "lead", governance: { lead: { strength: 1 } } });
""", "island")
    assert told == [True] * 8


def test_rooms_play_the_same_world_apart() -> None:
    told = play("""
const settings = { scenario: "island", turn: 12, rooms: 2, seats: ["Safety"] };
const game = CORE.startGame(scenarios, settings);
send(game, { kind: "govern", play: 1, name: "", governance: {} },
  { kind: "choose", play: 1, turn: 1, room: 1, seat: "Safety", choice: { effort: {} } });
while (game.phase === "choose") close(game);
const [one] = CORE.debriefOf(game).plays;
output = [one.model.real, ...one.rooms.map(({ real }) => real)].map((real) => real.at(-1));
""", "island")
    model, first, second = told
    assert first == model and second != model


@pytest.mark.parametrize("governance, answering", [
    ({}, ["Department for Safety"]),
    ({"joint_targets": {"strength": 1.0}}, [f"Department for {name}" for name in
                                            ("Places", "Safety", "Wellbeing")]),
])
def test_a_sheet_says_who_answers_for_an_outcome(
    governance: dict[str, Any], answering: list[str]
) -> None:
    told = play("""
const game = CORE.startGame(scenarios, { scenario: "island", turn: 12, seats: ["Places"] });
send(game, { kind: "govern", play: 1, name: "", governance: input.governance });
output = CORE.sheetOf(game, 0, "Places").outcomes.find(({ key }) => key === "SafeEvenings");
""", "island", governance=governance)
    assert sorted(told["answers"]) == answering


@pytest.mark.parametrize("people, rooms, seats", [(6, 1, 6), (12, 1, 12), (20, 2, 10)])
def test_seats_for_so_many_people(people: int, rooms: int, seats: int) -> None:
    told = play("""
const layout = psasim.buildLayout(scenarios[0]);
output = CORE.seating(layout, input.people);
CORE.startGame(scenarios, { scenario: "island", ...output });
""", "island", people=people)
    assert (told["rooms"], len(told["seats"])) == (rooms, seats)
