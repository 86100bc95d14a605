// Settings that a step needs, run one after another, and what its claims are made of.

import { asLink, usual } from "../setting.js";

// A setting of the lesson: a scenario under some levers, everything else as usual.
//
// levers: strengths by lever, or its fields.
export function runOf(scenario, levers = {}) {
  const governance = Object.fromEntries(Object.entries(levers).map(([name, value]) =>
    [name, typeof value === "number" ? { strength: value } : value]));
  return { ...usual(scenario), governance };
}

// What was found of each wanted setting by its name; null once something else was asked for.
export async function askAll(page, wanted, going) {
  const found = {};
  for (const [name, setting] of Object.entries(wanted)) {
    found[name] = await new Promise((resolve) => {
      page.ask(setting, (snapshot) => { if (snapshot.whole) resolve(snapshot); });
    });
    if (!going()) return null;
  }
  return found;
}

// The sandbox with a setting in it.
export function inSandbox(setting) {
  return `#sandbox&${asLink(setting)}`;
}

export function meanOf(values) {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

// Mean difference of two arrays over the same worlds, and half of its 95 % interval.
export function paired(after, before) {
  const differences = after.map((value, world) => value - before[world]);
  const middle = meanOf(differences);
  const squares = meanOf(differences.map((value) => (value - middle) * (value - middle)));
  return { value: middle, half: 1.96 * Math.sqrt(squares / (differences.length - 1)) };
}

export function middleOf(values) {
  const sorted = values.slice().sort();
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const GIVEN_LINES = ["distortion", "chain", "practice", "mix", "realised"];

// Effort given to contributions, department-months, mean over worlds; rows: which ones.
export function givenEffort(told, rows) {
  return GIVEN_LINES.reduce((total, line) =>
    total + rows.reduce((sum, row) => sum + told.rows[line][row], 0), 0);
}

// Share of the effort sent down the chain that is not lost in it.
export function arriving(told) {
  const of = (line) => told.rows[line].reduce((a, b) => a + b, 0);
  const sent = of("chain") + of("practice") + of("mix") + of("realised");
  return 1 - of("chain") / sent;
}
