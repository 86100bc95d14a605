// Everything of a game, for the debrief: who did what, what each could see, where effort went, the
// same worlds played by the model's departments, and what was real beside what was published.

import { closeOf, wholeRoom } from "./room.js";
import { scoreOf } from "./scores.js";
import { contributionsOf } from "./views.js";

// { scenario, settings, plays: [{ name, governance, rooms: [record of a room] }], others: [...] }
//
// A room's record: turns as game.js keeps them, real and reported (months, outcomes), close by
// indicator, ledger by line and row, scores by seat.  others: the same world without the room:
// { name, real, reported, close } under "departmental", the best preset, and all giving.
export function debriefOf(game) {
  const played = game.plays.filter(({ rooms }) => rooms?.some(({ turns }) => turns.length > 0));
  return {
    scenario: game.settings.scenario, settings: game.settings,
    plays: played.map((play) => ({
      name: play.name, governance: play.governance,
      rooms: play.rooms.map((room) => recordOf(game, room)),
      model: keptOf(wholeRoom(game.layout, play.governance, game.worlds)),
    })),
    others: others(game),
  };
}

function recordOf(game, { run, turns }) {
  return {
    ...keptOf(run), turns,
    scores: Object.fromEntries(game.seats.map((seat) => [seat.seat, scoreOf(run, seat)])),
  };
}

function keptOf(run) {
  const { real, reported, effort, figures, month } = run;
  return {
    month, real, reported, effort, figures, close: closeOf(run),
    ledger: Object.fromEntries(Object.entries(run.sums).map(([name, sum]) => [name, [...sum]])),
  };
}

// The same world: silos, the preset that gets outcomes furthest in it, all giving what is planned.
function others({ layout, worlds }) {
  const found = GIVEN.declarations.presets.map(({ name, governance }) =>
    ({ name, ...keptOf(wholeRoom(layout, governance, worlds)) }));
  const reached = ({ real }) => real.at(-1).reduce((sum, one) => sum + one, 0);
  const best = found.reduce((a, b) => (reached(b) > reached(a) ? b : a));
  const silos = found.find(({ name }) => name === "departmental");
  return { silos, best, giving: { name: "giving", ...keptOf(allGiving(layout, {}, worlds)) } };
}

// A world in which every department posts what is planned, and its own agenda has what is left.
export function allGiving(layout, governance, worlds) {
  return wholeRoom(layout, governance, worlds, planned(layout));
}

export function planned(layout) {
  const { departments, outcomes, contributions } = layout.facts;
  return new Map(departments.key.map((key, d) => [`${key}/effort`, {
    effort: Object.fromEntries(contributionsOf(layout, d).map((c) => {
      const o = layout.outcome[c];
      return [outcomes.key[o], contributions.share[c] * outcomes.planned_effort[o]];
    })),
  }]));
}
