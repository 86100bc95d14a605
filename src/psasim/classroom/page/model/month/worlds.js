// Worlds: every shock of a replicate, drawn beforehand and shared by every package.

import { draw } from "./draws.js";

// Shocks by month of worlds `first` to `first + count - 1`, (rows, runs) each.
export function drawWorlds(layout, seed, first, count, months) {
  const who = layout.identity, many = [...layout.chain.count].map((number) => number !== 1);
  const drawn = (hashes, normal) => ({
    rows: hashes.length, values: draw(seed, hashes, normal, first, count, months),
  });
  const kinds = {
    outcome: drawn(who.outcome, true),
    problem: drawn(who.problem, false),
    detection: drawn(who.detection, false),
    noise: drawn(who.noise, true),
    volunteer: drawn(who.volunteer, false),
  };
  const of = (normal) => drawn(who.body.filter((_, l) => many[l] === normal), normal);
  const body = merged(many, of(true), of(false), count, months);
  return { count, first, months, kinds: { ...kinds, body } };
}

// Links that stand for many and single ones, in the order of links.
function merged(many, kinds, singles, count, months) {
  const values = new Float64Array(months * many.length * count);
  for (let m = 0; m < months; m++) {
    let kind = 0, single = 0;
    many.forEach((isMany, l) => {
      const from = isMany ? kinds : singles, row = isMany ? kind++ : single++;
      const start = (m * from.rows + row) * count;
      values.set(from.values.subarray(start, start + count), (m * many.length + l) * count);
    });
  }
  return { rows: many.length, values };
}

// Shocks of a month, from 1.
export function shocksOf(worlds, month) {
  return Object.fromEntries(Object.entries(worlds.kinds).map(([name, { rows, values }]) => {
    const size = rows * worlds.count;
    return [name, values.subarray((month - 1) * size, month * size)];
  }));
}
