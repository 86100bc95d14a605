// The model: what a test asks of it, and, through its imports, all of its parts.

import { byMonth } from "./coefficients/coefficients.js";
import { run } from "./engines/ensemble.js";
import { drawWorlds } from "./month/worlds.js";
import { Digest } from "./results/digest.js";
import { measure } from "./results/measures.js";
import { buildLayout } from "./structure/layout.js";

// Runs one package in `count` worlds from `first` on: trajectory and measures, which digests add.
export function simulate(layout, setting, first, count) {
  const { parameters, governance, months, seed } = setting;
  const coefficients = byMonth(layout, parameters, governance, months);
  const worlds = drawWorlds(layout, seed, first, count, months);
  const trajectory = run(layout, coefficients, worlds);
  return { trajectory, measures: measure(trajectory, layout, coefficients[0]) };
}
