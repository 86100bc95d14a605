// Everything of a game, for the debrief: who did what, what each could see, where effort went, the
// same worlds played by the model's departments, and what was real beside what was published.

import { byMonth } from "../../../model/coefficients/coefficients.js";
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
      model: keptOf(wholeRoom(game.layout, play.byMonths, game.worlds)),
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

// The same world: silos, the preset that gets outcomes furthest in it, and all giving what is planned.
function others({ layout, settings, worlds }) {
  const under = (governance) => byMonth(layout, {}, governance, settings.months);
  const presets = GIVEN.declarations.presets.map(({ name, governance }) =>
    ({ name, ...keptOf(wholeRoom(layout, under(governance), worlds)) }));
  const reached = ({ real }) => real.at(-1).reduce((sum, one) => sum + one, 0);
  const best = presets.reduce((a, b) => (reached(b) > reached(a) ? b : a));
  const silos = presets.find(({ name }) => name === "departmental");
  const giving = wholeRoom(layout, under({}), worlds, planned(layout, under({})[0]));
  return { silos, best, giving: { name: "giving", ...keptOf(giving) } };
}

// Every department posting what is planned, and its own agenda what is left.
export function planned(layout, k) {
  const { departments, outcomes } = layout.facts;
  return new Map(departments.key.map((key, d) => [`${key}/effort`, {
    effort: Object.fromEntries(contributionsOf(layout, d).map((c) =>
      [outcomes.key[layout.outcome[c]], k.planned[c]])),
  }]));
}
