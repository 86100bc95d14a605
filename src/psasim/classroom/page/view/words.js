// Numbers in words, and texts with what belongs in their braces.

// A text with values put in for {names}.
export function said(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!(name in values)) throw new Error(`nothing for ${whole} in: ${text}`);
    return values[name];
  });
}

// A number to two digits, with a true minus, and none before 0; a dash where there is none.
export function two(value) {
  if (value !== value) return "–";
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text.replace("-", "−");
}

// A share in whole percent, as a number.
export function wholePercent(value) {
  return Math.round(100 * value) + 0;
}

export function percent(value) {
  return `${wholePercent(value)} %`.replace("-", "−");
}

// A whole number of points, with its sign.
export function points(value) {
  const whole = Math.round(value);
  return whole > 0 ? `+${whole}` : whole < 0 ? `−${-whole}` : "0";
}
