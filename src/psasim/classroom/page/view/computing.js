// A package and its baseline in the same worlds, block by block, as far as they have come.

import { byMonth } from "../model/coefficients/coefficients.js";
import { run } from "../model/engines/ensemble.js";
import { simulate } from "../model/model.js";
import { workspace } from "../model/month/state.js";
import { drawWorlds } from "../model/month/worlds.js";
import { quantiles } from "../model/results/bands.js";
import { Digest } from "../model/results/digest.js";
import { measure } from "../model/results/measures.js";
import { buildLayout } from "../model/structure/layout.js";
import { MonthlyFlows } from "./picture/flows.js";

const BLOCK = 25;
const QUANTILES = [0.05, 0.5, 0.95];
const PATHS = ["real", "reported"];
const LINES = GIVEN.declarations.lines;

// A scenario with its worlds, which stay as long as seed, months and their number do.
export class Bench {
  constructor(scenario) {
    this.layout = buildLayout(scenario);
    this.space = workspace(this.layout, BLOCK);
    this.drawnFor = "";
    this.baselineFor = "";
  }

  // Snapshots of a comparison with nothing (`departmental`), after the first block and at the end.
  //
  // pause: awaited between blocks; what it returns true for is given up.
  async compare(setting, show, pause) {
    const { seed, months, worlds } = setting;
    if (this.drawnFor !== `${seed} ${months}`) this.drawn = [];
    this.drawnFor = `${seed} ${months}`;
    const baseline = JSON.stringify([seed, months, worlds, setting.parameters]);
    if (this.baselineFor !== baseline) this.baseline = this.#runsOf(setting, {});
    this.baselineFor = baseline;
    const same = Object.keys(setting.governance).length === 0;
    const chosen = same ? this.baseline : this.#runsOf(setting, setting.governance);
    for (let first = 0; first < worlds; first += BLOCK) {
      for (const runs of same ? [chosen] : [this.baseline, chosen]) this.#block(runs, first);
      if (await pause()) return;
      if (first === 0 || first + BLOCK >= worlds) show(this.#snapshot(setting, chosen, same));
    }
  }

  // Runs of one package, none yet.
  #runsOf({ parameters, months, worlds, seed }, governance) {
    const { outcomes } = this.layout;
    return {
      seed, months, worlds, done: 0,
      coefficients: byMonth(this.layout, parameters, governance, months),
      paths: PATHS.map(() => new Float64Array(months * outcomes * worlds)),
      measures: {},
      lines: Object.fromEntries(LINES.map((line) => [line.name, new Float64Array(worlds)])),
      rows: Object.fromEntries(LINES.map((line) => [line.name, new Float64Array(
        line.by_contribution ? this.layout.contributions : this.layout.departments)])),
      flows: new MonthlyFlows(this.layout, months),
    };
  }

  // Runs the worlds from `first` on, unless they are done.
  #block(runs, first) {
    if (runs.done > first) return;
    const count = Math.min(BLOCK, runs.worlds - first), { layout } = this;
    const block = first / BLOCK;
    const drawn = this.drawn[block]?.count === count ? this.drawn[block]
      : (this.drawn[block] = drawWorlds(layout, runs.seed, first, count, runs.months));
    const space = count === BLOCK ? this.space : workspace(layout, count);
    const t = run(layout, runs.coefficients, drawn, space, runs.flows.watcher(count));
    PATHS.forEach((name, n) => {
      for (let row = 0; row < runs.months * layout.outcomes; row++) {
        runs.paths[n].set(t[name].subarray(row * count, (row + 1) * count),
          row * runs.worlds + first);
      }
    });
    for (const [name, values] of Object.entries(measure(t, layout, runs.coefficients[0]))) {
      (runs.measures[name] ??= new Float64Array(runs.worlds)).set(values, first);
    }
    for (const [name, sums] of Object.entries(runs.lines)) {
      t.sums[name].forEach((value, i) => {
        sums[first + (i % count)] += value;
        runs.rows[name][Math.floor(i / count)] += value;
      });
    }
    runs.done = first + count;
  }

  // What is shown of both as far as they have come.
  #snapshot(setting, chosen, same) {
    const whole = chosen.done === chosen.worlds && this.baseline.done === chosen.worlds;
    const [told, baseline] = [chosen, same ? chosen : this.baseline].map((runs) =>
      ({ ...this.#told(runs), ...(whole ? {} : { flows: null }) })); // the first picture is quick
    return {
      setting, whole, same, worlds: chosen.done, chosen: told, baseline,
      digest: whole ? this.#digest(same ? [chosen] : [this.baseline, chosen]) : "",
    };
  }

  // Bands by outcome and month; measures' means, and each world's (`worlds`); outcomes as they end
  // in each (`ends`); the ledger's shares of capacity, its department-months by row (`rows`) and,
  // once all worlds have run, of each month (`flows`).
  #told(runs) {
    const { layout } = this, { done, months, worlds } = runs;
    if (runs.told?.done === done) return runs.told;
    const capacity = layout.facts.departments.capacity.reduce((a, b) => a + b, 0) * months;
    const bands = runs.paths.map((path) => Array.from({ length: layout.outcomes }, (_, o) =>
      Array.from({ length: months }, (_, month) => {
        const at = (month * layout.outcomes + o) * worlds;
        return quantiles(path.slice(at, at + done), QUANTILES);
      })));
    const means = (table) => Object.fromEntries(Object.entries(table).map(([name, values]) =>
      [name, values.subarray(0, done).reduce((a, b) => a + b, 0) / done]));
    const lines = means(runs.lines);
    for (const name of Object.keys(lines)) lines[name] /= capacity;
    runs.told = {
      done, months, real: bands[0], reported: bands[1], measures: means(runs.measures), lines,
      worlds: Object.fromEntries(Object.entries(runs.measures).map(([name, values]) =>
        [name, values.slice(0, done)])),
      ends: this.#ends(runs),
      rows: Object.fromEntries(Object.entries(runs.rows).map(([name, sums]) =>
        [name, sums.map((sum) => sum / done)])),
      flows: done === worlds ? runs.flows.means(done) : null,
    };
    return runs.told;
  }

  // Real value of each outcome in each world at the end.
  #ends({ paths, months, worlds, done }) {
    return Array.from({ length: this.layout.outcomes }, (_, o) => {
      const at = ((months - 1) * this.layout.outcomes + o) * worlds;
      return paths[0].slice(at, at + done);
    });
  }

  #digest(points) {
    const digest = new Digest();
    points.forEach((runs, point) => digest.add(point, 0, Object.values(runs.measures)));
    return String(digest);
  }
}

// Answers requests one at a time; a newer one ends the one at hand.
export class Desk {
  constructor(scenarios, show) {
    this.scenarios = scenarios;
    this.show = show;
    this.latest = 0;
    this.name = "";
  }

  // Digest of a few worlds of one setting, at once.
  digestOf(setting) {
    const layout = buildLayout(this.scenarios.find((one) => one.name === setting.scenario));
    const digest = new Digest();
    digest.add(0, 0, Object.values(simulate(layout, setting, 0, setting.worlds).measures));
    return String(digest);
  }

  async ask(number, setting) {
    this.latest = number;
    await breath();
    if (this.latest !== number) return;
    if (this.name !== setting.scenario) {
      this.bench = new Bench(this.scenarios.find((one) => one.name === setting.scenario));
      this.name = setting.scenario;
    }
    await this.bench.compare(setting, (found) => this.show(number, found), async () => {
      await breath();
      return this.latest !== number;
    });
  }
}

// Lets messages and clicks in.
function breath() {
  return new Promise((resolve) => { setTimeout(resolve); });
}
