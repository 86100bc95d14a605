// Small tools for arrays of rows.

// A column of `count` numbers, by row.
export function column(count, value) {
  const out = new Float64Array(count);
  for (let row = 0; row < count; row++) out[row] = value(row);
  return out;
}
