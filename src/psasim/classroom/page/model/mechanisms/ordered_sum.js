// Sums across entities in the order of their rows, the same for one run and for many.
//
// values: (rows, runs) as one array, runs innermost; out: (groups, runs).

export const TINY = 1e-300; // keeps a quotient whose numerator is 0 too from being 0/0

// Sum of rows by group; empty groups give 0.
export function orderedSum(values, groups, runs, out) {
  const { count, start, rows } = groups;
  for (let g = 0; g < count; g++) {
    const to = g * runs;
    if (start[g] === start[g + 1]) {
      for (let r = 0; r < runs; r++) out[to + r] = 0;
      continue;
    }
    const first = rows[start[g]] * runs;
    for (let r = 0; r < runs; r++) out[to + r] = values[first + r];
    for (let at = start[g] + 1; at < start[g + 1]; at++) {
      const from = rows[at] * runs;
      for (let r = 0; r < runs; r++) out[to + r] += values[from + r];
    }
  }
  return out;
}

// Sum of a column by group.
export function columnSum(values, groups) {
  return orderedSum(values, groups, 1, new Float64Array(groups.count));
}

// Product of rows by group; empty groups give 1.
export function orderedProduct(values, groups, runs, out) {
  const { count, start, rows } = groups;
  for (let g = 0; g < count; g++) {
    const to = g * runs;
    for (let r = 0; r < runs; r++) out[to + r] = 1;
    for (let at = start[g]; at < start[g + 1]; at++) {
      const from = rows[at] * runs;
      for (let r = 0; r < runs; r++) out[to + r] *= values[from + r];
    }
  }
  return out;
}

// Largest row by group; empty groups give -Infinity.
export function orderedMax(values, groups, runs, out) {
  const { count, start, rows } = groups;
  for (let g = 0; g < count; g++) {
    const to = g * runs;
    for (let r = 0; r < runs; r++) out[to + r] = -Infinity;
    for (let at = start[g]; at < start[g + 1]; at++) {
      const from = rows[at] * runs;
      for (let r = 0; r < runs; r++) {
        const value = values[from + r];
        if (value > out[to + r]) out[to + r] = value;
      }
    }
  }
  return out;
}

// Smallest row by group; empty groups give Infinity.
export function orderedMin(values, groups, runs, out) {
  const { count, start, rows } = groups;
  for (let g = 0; g < count; g++) {
    const to = g * runs;
    for (let r = 0; r < runs; r++) out[to + r] = Infinity;
    for (let at = start[g]; at < start[g + 1]; at++) {
      const from = rows[at] * runs;
      for (let r = 0; r < runs; r++) {
        const value = values[from + r];
        if (value < out[to + r]) out[to + r] = value;
      }
    }
  }
  return out;
}

// yes where choice is 1, no where it is 0.
export function either(choice, yes, no) {
  return choice * yes + (1 - choice) * no;
}

// Smaller and larger of two numbers; Math.min and Math.max are slower.
export function least(a, b) {
  return a < b ? a : b;
}

export function most(a, b) {
  return a > b ? a : b;
}

// A value cut to [0, 1].
export function unit(value) {
  return least(most(value, 0), 1);
}
