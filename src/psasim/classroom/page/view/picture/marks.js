// Colour and pattern of departments, and the pattern of each line of the ledger.

import { svg } from "../elements.js";

const COLOURS = ["#6a1b9a", "#1f6b2c", "#b0135b", "#66600a", "#00696b", "#7a4430", "#2f4f9e",
  "#4a5560", "#845500", "#356f8f"];
const DASHES = ["0.1 9", "12 7", "22 6", "14 5 2 5"];
const NOBODY = "#4a5560";

// One colour for a department, constant; -1 is all together.
export function colourOf(department) {
  return department < 0 ? NOBODY : COLOURS[department % COLOURS.length];
}

// Dashes along a department's ribbons, so that no two departments have colour and dashes alike.
export function dashesOf(department) {
  const turn = Math.floor(department / COLOURS.length);
  return DASHES[department < 0 ? 1 : (department + turn) % DASHES.length];
}

// What the lines of the ledger are: effort that goes on its way, stands still, or is away.
const KINDS = {
  realised: ["M0 0", 0], mix: ["M-2 10 L10 -2 M4 16 L16 4", 3],
      slack: ["M-2 2 L10 14 M-2 -10 L14 6", 1.5],
  own: ["M0 3 H12 M0 9 H12", 1.5], overhead: ["M3 0 V12 M9 0 V12", 1.5],
  gaming: ["M0 6 H12 M6 0 V12", 1.5], distortion: ["M0 0 L12 12 M12 0 L0 12", 1.5],
  chain: ["M3 3 h.1 M9 9 h.1", 4], practice: ["M3 3 h.1 M9 3 h.1 M3 9 h.1 M9 9 h.1", 3],
};

// Definitions of the patterns under names that begin with `prefix`.
export function patternDefinitions(prefix) {
  return svg("defs", {}, ...Object.entries(KINDS).map(([line, [d, width]]) =>
    svg("pattern", { id: `${prefix}-${line}`, width: 12, height: 12,
      patternUnits: "userSpaceOnUse" },
    svg("path", { d, "stroke-width": width, class: "hatch" }))));
}

export function patternOf(prefix, line) {
  return `url(#${prefix}-${line})`;
}
