// Worlds: every shock of a replicate, drawn beforehand and shared by every package.

import { draw } from "./draws.js";

// Worlds `first` to `first + count - 1`: shocks by month, (rows, runs) each.
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
  const shocks = Array.from({ length: months }, (_, month) =>
    shocksOf({ ...kinds, body }, month, count));
  return { count, first, months, shocks };
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

// Shocks after `month` months.
function shocksOf(kinds, month, count) {
  return Object.fromEntries(Object.entries(kinds).map(([name, { rows, values }]) => {
    const size = rows * count;
    return [name, values.subarray(month * size, (month + 1) * size)];
  }));
}
