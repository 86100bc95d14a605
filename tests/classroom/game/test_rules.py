"""What the points make sensible on the island, and what the core refuses."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.declared.presets import preset
from tests.classroom.game.core import play

pytestmark = pytest.mark.browser

GIVING = """
const { buildLayout, drawWorlds, wholeRoom, scoreOf, planned, seatOf } = psasim;
const layout = buildLayout(scenarios[0]), keys = layout.facts.departments.key;
const seats = keys.map((key) => seatOf(layout, key)), plan = planned(layout);
const worlds = Array.from({ length: input.worlds }, (_, w) => drawWorlds(layout, 2007, w, 1, 36));
// Mean points of each seat where only some give all that is planned.
const points = (gives) => {
  const choices = new Map(keys.map((key) => [`${key}/effort`,
    gives(key) ? plan.get(`${key}/effort`) : { effort: {} }]));
  const rooms = worlds.map((world) => wholeRoom(layout, input.governance, world, choices));
  return seats.map((seat) => rooms.reduce((sum, room) =>
    sum + scoreOf(room, seat).total, 0) / rooms.length);
};
const none = points(() => false);
output = {
  all: points(() => true).map((one, d) => one - none[d]),
  alone: keys.map((key, d) => points((one) => one === key)[d] - none[d]),
};
"""


@pytest.mark.parametrize("package", ["departmental", "new_psa"])
def test_giving_alone_costs_a_seat_and_all_giving_pays_each(package: str) -> None:
    """All but one even under the package; without one, every seat."""
    told = play(GIVING, "island", worlds=20, governance=preset(package).settings())
    assert min(told["all"]) > 0
    alone = np.array(told["alone"])
    assert (alone < 0).sum() >= (6 if package == "departmental" else 5)


REFUSALS = """
const seats = ["Safety", "Places/effort", "Places/figures", "Clinics", "centre"];
const game = CORE.startGame(scenarios, { scenario: "island", seats });
const told = [];
const facts = () => JSON.stringify([game.log, CORE.statusOf(game)]);
const refused = (task) => {
  const before = facts();
  try {
    task();
    told.push("taken");
  } catch (error) {
    told.push(error instanceof psasim.Refused && before === facts() ? "refused" : String(error));
  }
};
const choose = (seat, choice, more = {}) => refused(() => send(game,
  { kind: "choose", play: 1, turn: 1, room: 0, seat, choice, ...more }));
for (const settings of [null, {}, { scenario: "nowhere" }, { scenario: "island" },
  ...[[], ["Safety", "Safety"], ["Safety", "Safety/effort"], ["Nobody"], ["Safety/other"], [7],
    ["__proto__"]].map((seats) => ({ scenario: "island", seats })),
  { scenario: "island", seats, turn: 5 }, { scenario: "island", seats, world: -1 },
  { scenario: "island", seats, rooms: 5 }, { scenario: "island", seats, seed: 1e12 },
  { scenario: "island", seats, months: 1e9 }]) {
  refused(() => CORE.startGame(scenarios, settings));
}
for (const message of [null, {}, { kind: "constructor" }, { kind: "turn", play: 1, turn: 0 },
  { kind: "begin" }, { kind: "vote", play: 1, room: 0, seat: "Safety", choice: { lever: "x" } },
  { kind: "govern", play: 2, governance: {} }, { kind: "govern", play: 1, governance: null },
  { kind: "govern", play: 1, governance: { lead: { strength: 7 } } },
  { kind: "govern", play: 1, governance: { lead: { strength: 1, size: 1 } } },
  { kind: "govern", play: 1, governance: { __proto__x: {} } }]) {
  refused(() => send(game, message));
}
send(game, { kind: "govern", play: 1, name: "", governance: {} });
for (const effort of [{ FirstJobs: 0.1 }, { FloodReady: -1 }, { FloodReady: NaN }, [], "all",
  { FloodReady: "0.1" }, { FloodReady: 0.9, SafeEvenings: 0.9 }, { FloodReady: 1e300 }]) {
  choose("Safety", { effort });
}
choose("Safety", { figures: { streets_lit: 0.1 } });
choose("Safety", { figures: { plans_filed: 0.9 } });
choose("Safety", "nothing");
choose("Clinics", { order: { "Safety.FloodReady": "first" } });
choose("Clinics", { order: { "Wellbeing.SafeEvenings": "third" } });
choose("centre", { outcomes: ["FloodReady", "FirstJobs", "SafeEvenings"] });
choose("centre", { outcomes: ["Nothing"] });
choose("Nobody", {});
choose("Safety", {}, { room: 1 });
choose("Safety", {}, { turn: 2 });
choose("Safety", {}, { play: 2 });
const many = told.length;
choose("Places/effort", { effort: {}, figures: { streets_lit: 0.3 }, more: 1 });
output = { told, many, kept: game.log.at(-1).choice };
"""


def test_what_is_no_message_is_refused_and_moves_nothing() -> None:
    told = play(REFUSALS, "island")
    assert told["told"][:-1] == ["refused"] * told["many"] and told["many"] > 40
    assert told["told"][-1] == "taken" and told["kept"] == {"effort": {}, "guess": {}}


def test_points_grow_as_a_figure_is_stretched_until_checkers_come() -> None:
    told = play("""
const points = (lift, governance) => {
  const game = CORE.startGame(scenarios, { scenario: "island", turn: 12, seats: ["Safety"] });
  send(game, { kind: "govern", play: 1, name: "", governance });
  while (game.phase === "choose") {
    send(game, { kind: "choose", play: 1, turn: game.turn, room: 0, seat: "Safety",
      choice: { effort: { SafeEvenings: 0.2 }, figures: { safe_after_dark: lift } } });
    close(game);
  }
  return CORE.sheetOf(game, 0, "Safety").scores[0].total;
};
output = [{}, { external_challenge: { strength: 1 } }].map((governance) =>
  points(0.3, governance) - points(0, governance));
""", "island")
    alone, checked = told
    assert alone > 0 > checked
