// Quantiles over worlds, as NumPy interpolates them.

// Quantiles of some numbers, which are sorted in place; NaN where any is not a number.
export function quantiles(values, wanted) {
  if (values.some((value) => value !== value)) return wanted.map(() => NaN);
  values.sort();
  return wanted.map((q) => {
    const place = q * (values.length - 1), low = Math.floor(place);
    const from = values[low], to = values[Math.min(low + 1, values.length - 1)];
    const part = place - low, step = to - from;
    return part >= 0.5 ? to - step * (1 - part) : from + step * part;
  });
}
