// What each month did, as means over the worlds run: where every department-month went, what
// came to each link of the chain and got past it, and in how many worlds outcomes are convened.

const FLOW_LINES = GIVEN.declarations.lines;

// Flows of the runs of one package, block after block.
export class MonthlyFlows {
  constructor(layout, months) {
    const rows = {
      ...Object.fromEntries(FLOW_LINES.map((line) =>
        [line.name, line.by_contribution ? layout.contributions : layout.departments])),
      arriving: layout.links, passing: layout.links, convened: layout.outcomes,
    };
    this.layout = layout;
    this.months = months;
    this.sums = Object.fromEntries(Object.entries(rows).map(([name, count]) =>
      [name, new Float64Array(months * count)]));
  }

  // What `run` is to call after each month of a block of `runs` worlds.
  watcher(runs) {
    const past = Object.fromEntries(FLOW_LINES.map(({ name }) =>
      [name, new Float64Array(this.sums[name].length / this.months)]));
    return (month, state, w, sums) => {
      for (const { name } of FLOW_LINES) {
        const at = (month - 1) * past[name].length;
        for (let row = 0; row < past[name].length; row++) {
          const now = overRuns(sums[name], row, runs);
          this.sums[name][at + row] += now - past[name][row];
          past[name][row] = now;
        }
      }
      const { convened } = this.sums, count = this.layout.outcomes;
      for (let o = 0; o < count; o++) {
        convened[(month - 1) * count + o] += overRuns(state.mobilised, o, runs);
      }
      this.#downTheChain(month, w, runs);
    };
  }

  // The chain clears contributions tier by tier, from the top: each tier takes its part of what
  // the one above it let pass, and every body of a tier its weight of that.
  #downTheChain(month, w, runs) {
    const { chain, links, contributions } = this.layout, { start, rows } = chain.by_slot;
    const { arriving, passing } = this.sums, slots = chain.slots_by_contribution;
    const left = new Float64Array(runs);
    for (let c = 0; c < contributions; c++) {
      for (let r = 0, i = c * runs; r < runs; r++, i++) {
        left[r] = w.given[i] - w.given[i] * w.distorted[i];
      }
      for (let s = slots.start[c]; s < slots.start[c + 1]; s++) {
        const slot = slots.rows[s] * runs;
        for (let at = start[slots.rows[s]]; at < start[slots.rows[s] + 1]; at++) {
          const l = rows[at], from = l * runs, to = (month - 1) * links + l;
          let come = 0, gone = 0;
          for (let r = 0; r < runs; r++) {
            come += left[r];
            gone += left[r] * w.weighted[from + r];
          }
          arriving[to] += come * chain.weight[l];
          passing[to] += gone;
        }
        for (let r = 0; r < runs; r++) left[r] *= w.bySlot[slot + r];
      }
    }
  }

  // Means over the first `worlds` worlds, by name, (months, rows).
  means(worlds) {
    return Object.fromEntries(Object.entries(this.sums).map(([name, sums]) =>
      [name, sums.map((value) => value / worlds)]));
  }
}

function overRuns(values, row, runs) {
  let total = 0;
  for (let i = row * runs; i < (row + 1) * runs; i++) total += values[i];
  return total;
}
