// A seat's sheet: what it may see now, as JSON, for a screen or for the network.
//
// sheetOf(game, room, seat) gives
//   { scenario, title, room, rooms, seat, kind, of, name,
//     phase: "govern" | "choose" | "over", play, plays, turn, turns, first, last (its months),
//     package: null or { name, levers: [names that are on] }, talk: whether all may talk,
//     sent: whether the seat has chosen in this turn, choice: what (null: left to the model),
//     scores: [{ play, name, total, ... parts }] of the seat, play by play, this one's so far,
//     vote: null, or { offered: [lever names], lever: the one it voted for or null } while the play
//     waits for what the room votes,
//     view, ... by kind }
// and, while a turn is open, by kind of seat
//   department, effort, figures:
//     view: attributes of the Mesa `DepartmentView` for the turn's first month (views.js)
//     outcomes: [{ key, name, target_month, partners: [names],
//       answers: [names of who answers for it], figure: published or null }]
//   department, figures:
//     figures: [{ key, outcome, of: month, shown, told, mark }], the last that came out; null where
//     none has: { key, outcome, of: null }; found: chance that a stretched one is found
//   body:   view: `BodyView` of the month before, or null; asks: [{ key, department, outcome }]
//   centre: view: the desk of the month before, or null; outcomes: [{ key, name }]
// Effort is in department-months a month: 0.25 is 25 people.  Choices: game.js.

import { playOf } from "./game.js";
import { OFFERED, PLAYS } from "./rules.js";
import { scoreOf } from "./scores.js";
import { nameOf } from "./seats.js";
import { askOf, centreLimit, contributionsOf, linksOf } from "./views.js";

// The sheet of a seat in a room.
export function sheetOf(game, room, seat) {
  const who = game.seats.find((one) => one.seat === seat);
  const { settings, phase, play, turn, turns } = game, now = playOf(game);
  const here = now.rooms?.[room], open = phase === "choose" && here;
  return {
    scenario: settings.scenario, title: game.title, room, rooms: settings.rooms, ...who,
    name: nameOf(game.layout, who),
    phase, play, plays: PLAYS.length, turn, turns,
    first: turn > 0 ? (turn - 1) * settings.turn + 1 : 0, last: turn * settings.turn,
    package: here ? { name: now.name, levers: Object.keys(now.governance) } : null,
    talk: PLAYS[play - 1].talk,
    sent: Boolean(open && seat in here.pending),
    choice: open ? here.pending[seat] ?? null : null,
    scores: game.plays.flatMap(({ name, rooms }, n) =>
      (rooms ? [{ play: n + 1, name, ...scoreOf(rooms[room].run, who) }] : [])),
    vote: voteOf(game, room, seat),
    ...(open ? shownTo(game.layout, who, here) : { view: null }),
  };
}

function voteOf({ phase, play, plays }, room, seat) {
  if (phase !== "govern" || PLAYS[play - 1].governance !== "vote") return null;
  const mine = plays[play - 1].votes.find((one) => one.room === room && one.seat === seat);
  return { offered: OFFERED, lever: mine?.lever ?? null };
}

function shownTo(layout, who, room) {
  if (who.kind === "body") return bodySheet(layout, who.row, room.run);
  if (who.kind === "centre") return centreSheet(layout, room.run);
  return {
    ...departmentSheet(layout, who.row, room),
    ...(who.kind !== "effort" && { figures: figuresOf(layout, who.row, room.run),
      found: room.run.audit.found }),
  };
}

function departmentSheet(layout, d, { run, views }) {
  const { outcomes, departments } = layout.facts, { state } = run;
  const { accountability } = run.byMonths[run.month + 1];
  const names = (all) => all.map((one) => titled(departments, layout.department[one]));
  return {
    view: views[d],
    outcomes: contributionsOf(layout, d).map((c) => {
      const o = layout.outcome[c];
      const all = [...layout.outcome.keys()]
        .filter((one) => layout.outcome[one] === o);
      return {
        key: outcomes.key[o], name: titled(outcomes, o), target_month: outcomes.target_month[o],
        partners: names(all.filter((one) => one !== c)),
        answers: names(all.filter((one) => accountability[one] > 0)),
        figure: state.out[o] ? state.reported[o] : null,
      };
    }),
  };
}

// The last of each own figure that came out.
function figuresOf(layout, d, { figures }) {
  const { indicators } = layout.facts, found = [];
  (indicators.key ?? []).forEach((key, n) => {
    if (layout.indicator_department[n] !== d) return;
    const last = figures.findLast((one) => one.indicator === key);
    const outcome = layout.facts.outcomes.key[layout.indicator_outcome[n]];
    found.push(last ? { key, outcome, of: last.of, shown: last.shown, told: last.told,
      mark: last.threshold } : { key, outcome, of: null });
  });
  return found;
}

function bodySheet(layout, b, { seen }) {
  const { departments, outcomes } = layout.facts;
  return {
    view: seen?.bodies[b] ?? null,
    asks: linksOf(layout, b).map((l) => {
      const c = layout.chain.contribution[l];
      return { key: askOf(layout, l), department: titled(departments, layout.department[c]),
        outcome: titled(outcomes, layout.outcome[c]) };
    }),
  };
}

function centreSheet(layout, { seen, byMonths, month }) {
  const { outcomes } = layout.facts;
  return {
    view: seen?.centre ?? null,
    limit: centreLimit(layout, byMonths[month + 1]),
    outcomes: outcomes.key.map((key, o) => ({ key, name: titled(outcomes, o) })),
  };
}

function titled({ name, key }, row) {
  return name?.[row] || key[row];
}
