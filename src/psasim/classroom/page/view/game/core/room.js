// A room in a play: one world, month after month, decided by those who sit in it.

import { byMonth } from "../../../model/coefficients/coefficients.js";
import { EVERYONE } from "../../../model/month/decisions.js";
import { closingFigures } from "../../../model/month/publication.js";
import { start, step } from "../../../model/month/schedule.js";
import { emptySums, workspace } from "../../../model/month/state.js";
import { deciding } from "./deciding.js";
import { auditOf } from "./scores.js";
import { bodyView, centreView, departmentView } from "./views.js";

// A room before its first month, under levers, in a world (`worlds` of one run).
export function openRoom(layout, governance, worlds) {
  const byMonths = byMonth(layout, {}, governance, worlds.months), k = byMonths[0];
  return {
    layout, byMonths, worlds, month: 0, state: start(layout, k, 1), sums: emptySums(layout, 1),
    w: workspace(layout, 1), audit: auditOf(governance),
    real: [], reported: [], effort: [], figures: [],
    seen: null, // what bodies and centre saw in the last month
  };
}

// Plays months up to `last` as `choices` say.
export function playMonths(room, last, choices) {
  const { layout, state, w, sums } = room;
  const decisions = deciding(layout, choices, (figure) => room.figures.push(figure));
  while (room.month < last) {
    const month = ++room.month, k = room.byMonths[month];
    step(state, layout, k, room.worlds.shocks[month - 1], month, 1, w, sums, decisions);
    room.real.push([...state.real]);
    room.reported.push([...state.reported].map((told, o) => (state.out[o] ? told : null)));
    room.effort.push([...state.effort]);
    room.seen = {
      bodies: (layout.facts.bodies.key ?? []).map((_, b) => bodyView(layout, b, state, w, month)),
      centre: centreView(layout, k, state, month),
    };
  }
}

// What every department would see in the next month; nothing is moved on.
export function outlooks(room) {
  const { layout } = room, month = room.month + 1, k = room.byMonths[month];
  const [state, w, sums] = structuredClone([room.state, room.w, room.sums]);
  const found = [];
  step(state, layout, k, room.worlds.shocks[month - 1], month, 1, w, sums, {
    ...EVERYONE,
    allocate(...given) {
      layout.facts.departments.key.forEach((_, d) =>
        found.push(departmentView(layout, d, state, k, month, w)));
      EVERYONE.allocate(...given);
    },
  });
  return found;
}

// The whole world decided by the same choices throughout; by the model alone where there are none.
export function wholeRoom(layout, governance, worlds, choices = new Map()) {
  const room = openRoom(layout, governance, worlds);
  playMonths(room, worlds.months, choices);
  return room;
}

// Figures the closing assessment has, by indicator: shown, and told by the model's own rule.
export function closeOf({ layout, state, byMonths }) {
  const told = closingFigures(state, layout, byMonths[0], 1);
  return layout.facts.indicators.key.map((indicator, n) =>
    ({ indicator, shown: state.figures[0][n], told: told[n] }));
}
