// Where everything of the picture stands: fixed for a scenario, whatever the month or package.
//
// In units of which 16 make the height of a letter's line, so that it grows with the type.

import { Moment, amountsOf, range } from "./network.js";

export const EM = 16;
export const BAR = 14;
const TEXT_LINE = 19, BETWEEN = 26, OWN_SIDE = 13.5 * EM, END_SIDE = 15 * EM,
    LOWEST_PICTURE = 33 * EM, GAUGE = 7.5 * EM, ROOM = 12 * EM;
export const COLUMN = 8.5 * EM;
const SHARPEST = 60 * EM; // units to a department-month a month, at most

// Narrowest picture of a network in which letters have their size, and the widest that is of use.
export function widths({ columns }) {
  const least = OWN_SIDE + END_SIDE + (columns - 1) * COLUMN;
  return [least, least * 1.5];
}

// The plan of a network as wide as `width`: place of each node, and units to a department-month.
//
// runs: those between which the picture may move, for which the scale is to do.
export function planOf(network, layout, runs, width, named) {
  const months = range(runs[0].months);
  const most = new Map(network.nodes.map((node) => [node, network.one || node.kind !== "department"
    ? Math.max(...runs.flatMap((run) => months.map((m) =>
      givenOrCome(node, new Moment(layout, run, m + 1)))))
    : capacityOf(node, layout)]));
  const labels = new Map(network.nodes.map((node) => [node, labelOf(node, named)]));
  const above = (node) => labels.get(node).length * TEXT_LINE + 4;
  const below = (node) => (node.kind === "body" ? 2.2 * TEXT_LINE : 0);
  const columns = range(network.columns).map((n) =>
    network.nodes.filter((node) => node.column === n));
  const fixed = (nodes) => nodes.reduce((sum, node) => sum + above(node) + below(node) + BETWEEN,
      0);
  const tall = Math.max(LOWEST_PICTURE, fixed(columns[0]) + ROOM);
  const scale = Math.min(SHARPEST, ...columns.map((nodes) =>
    (tall - fixed(nodes)) / Math.max(nodes.reduce((sum, node) => sum + most.get(node), 0), 1e-9)));
  const size = (node) => Math.max(most.get(node) * scale, smallest(node, network));
  const heights = columns.map((nodes) => fixed(nodes) + nodes.reduce((sum, n) => sum + size(n), 0));
  const height = Math.max(...heights);
  const step = (width - OWN_SIDE - END_SIDE) / (network.columns - 1);
  const places = new Map();
  columns.forEach((nodes, n) => {
    const spare = (height - heights[n]) / nodes.length;
    let y = 0;
    for (const node of nodes) {
      y += spare / 2;
      places.set(node, { x: OWN_SIDE + n * step, y: y + above(node), tall: size(node), top: y,
        label: labels.get(node) });
      y += above(node) + size(node) + below(node) + BETWEEN + spare / 2;
    }
  });
  return { width, height: height - BETWEEN + 16, scale, places };
}

function smallest(node, network) {
  if (node.kind === "outcome") return GAUGE;
  return node.kind === "department" && network.one ? 2 * TEXT_LINE : 4;
}

function givenOrCome(node, moment) {
  const found = amountsOf(node, moment);
  return node.kind === "department" ? found.meant + found.distortion : found.come;
}

function capacityOf(node, layout) {
  return node.rows.reduce((sum, d) => sum + layout.facts.departments.capacity[d], 0);
}

function labelOf(node, named) {
  const letters = { department: 24, body: 16, outcome: 22 }[node.kind];
  return wrapped(named(node), letters, node.kind === "body" ? 2 : 3);
}

// Words on lines of so many letters; what does not fit ends in an ellipsis.
export function wrapped(words, letters, lines) {
  const found = [];
  for (const word of words.split(" ")) {
    const last = found.length - 1;
    if (last >= 0 && found[last].length + 1 + word.length <= letters) found[last] += ` ${word}`;
    else found.push(word);
  }
  if (found.length <= lines) return found;
  return [...found.slice(0, lines - 1), `${found[lines - 1].slice(0, letters - 1)}…`];
}
