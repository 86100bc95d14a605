// The picture: departments, bodies and outcomes as a network in which effort is seen to flow, to
// stand still and to leak, month by month.
//
//   const shown = picture(root);           fills `root`, an element of the caller's
//   shown.show({ scenario, now, before, real, outcome });
//   shown.leave();                         when it goes out of sight: nothing moves then
//
// scenario: one of `page.scenarios`; now: what `page.ask` found, whole (`found.whole`);
// before: what it had found before the last change, or null; real: whether real values may be
// seen (true); outcome: the row of one outcome to show, or "all" (what is chosen stays if left
// out).  `shown.month` is the month shown, `shown.go(month)` goes to another.  Flows are means
// over worlds.

import { html, options } from "../elements.js";
import { said } from "../words.js";
import { buildLayout } from "../../model/structure/layout.js";
import { Drawing, SEEN } from "./drawing.js";
import { pictureFrame } from "./frame.js";
import { ledgerShown, runTables } from "./below.js";
import { drawnWhole, networkOf } from "./network.js";
import { EM, planOf, widths } from "./plan.js";
import { monthInWords } from "./telling.js";
import { reasons } from "./why.js";

const A_MONTH = 450; // milliseconds a month takes
const MARKS_SPEED = 45; // units a second that marks move
const LETTERS = 0.68; // of their size letters may be where there is little room
let pictures = 0;

export function picture(root) {
  return new Picture(root);
}

class Picture {
  constructor(root) {
    this.prefix = `picture${++pictures}`;
    this.root = root;
    this.month = 0;
    this.shown = "all";
    this.beside = "nothing";
    this.playing = false;
    this.moved = 0;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.#build();
    this.still.addEventListener("change", () => this.#pause());
    new ResizeObserver(() => this.#fit()).observe(this.panels);
  }

  show({ scenario, now, before = null, real = true, outcome = this.shown }) {
    if (this.scenario !== scenario) {
      this.scenario = scenario;
      this.layout = buildLayout(scenario);
      this.month = 0;
      outcome = arguments[0].outcome ?? "all";
    }
    Object.assign(this, { now, before, real, shown: outcome });
    const { months } = now.chosen;
    this.slider.max = months;
    this.month = Math.min(this.month || months, months);
    this.#choices();
    this.#draw();
  }

  go(month) {
    this.month = Math.min(Math.max(1, month), this.now.chosen.months);
    this.#move();
  }

  leave() {
    this.#pause();
  }

  #build() {
    Object.assign(this, pictureFrame(this.root, this.prefix, {
      play: () => (this.playing ? this.#pause() : this.#start()),
      replay: () => this.#replay(),
      month: (value) => this.#step(value),
      by: (months) => this.#step(Math.round(this.month) + months),
      which: (value) => {
        this.shown = value === "all" ? value : Number(value);
        this.#draw();
      },
      beside: (value) => {
        this.compared = value;
        this.#draw();
      },
      tabulate: () => this.#tabulate(),
      explain: () => this.#explain(),
    }));
  }

  // What may be chosen, now that this is what there is to show.
  #choices() {
    const { name } = this.layout.facts.outcomes;
    const all = drawnWhole(this.layout) ? SEEN.all : SEEN.together;
    options(this.which, [["all", all], ...(name.length > 1 ? name.map((one, o) =>
      [String(o), one]) : [])], String(this.shown));
    const runs = Object.keys(this.#others());
    if (!runs.includes(this.compared)) this.compared = "nothing";
    options(this.beside, runs.map((one) => [one, SEEN.others[one]]), this.compared);
    this.replay.disabled = !this.before;
    this.play.hidden = this.still.matches;
    this.reduced.hidden = !this.still.matches;
  }

  // Runs that may be shown beside the one at hand, by name.
  #others() {
    return { nothing: null, ...(this.before ? { before: this.before.chosen } : {}),
      ...(this.now.same ? {} : { without: this.now.baseline }) };
  }

  #draw() {
    const { layout } = this, other = this.#others()[this.compared];
    this.network = networkOf(layout, this.shown);
    const [least] = widths(this.network);
    this.panels.style.setProperty("--least", `${LETTERS * least / EM}em`);
    this.runs = [...(other ? [[SEEN.others[this.compared], other]] : []),
      [SEEN.now, this.now.chosen]];
    this.figures = this.runs.map(([title]) => {
      const canvas = html("div", { class: "drawn", tabindex: 0, role: "region",
        "aria-label": title });
      const words = html("p", { class: "inwords" }), ledger = html("div", {});
      return { canvas, words, ledger,
        root: html("figure", {}, html("figcaption", {}, title), canvas, words, ledger) };
    });
    this.panels.replaceChildren(...this.figures.map((figure) => figure.root));
    this.width = 0;
    this.#fit();
    this.#explain();
  }

  // Why what is now differs: from what is beside it, or from before the last change, or from
  // nothing.
  #explain() {
    if (!this.why.open) return;
    const others = Object.keys(this.#others());
    const name = this.compared !== "nothing" ? this.compared : others.at(1) ?? "without";
    const { setting, chosen } = this.now;
    const then = name === "before" ? { setting: this.before.setting, run: this.before.chosen }
      : { setting: { ...setting, governance: {} }, run: this.now.baseline };
    this.because.replaceChildren(
      html("p", { class: "caption" }, said(SEEN.why.against,
        { now: SEEN.now, then: SEEN.others[name].toLowerCase() })),
      ...reasons(this.layout, then, { setting, run: chosen }));
  }

  // Draws anew for the width there is.
  #fit() {
    if (!this.figures) return;
    const { canvas } = this.figures[0], [least, most] = widths(this.network);
    const ems = canvas.clientWidth / parseFloat(getComputedStyle(canvas).fontSize);
    const width = Math.min(Math.max(Math.floor(ems * EM), least), most);
    if (!canvas.clientWidth || width === this.width) return;
    this.width = width;
    const { departments, bodies, outcomes } = this.layout.facts;
    const named = (node) => this.#named(node, { department: departments, body: bodies,
      outcome: outcomes });
    const scaled = [...Object.values(this.#others()).filter(Boolean), this.now.chosen];
    const plan = planOf(this.network, this.layout, scaled, width, named);
    this.figures.forEach((figure, n) => {
      figure.drawing = new Drawing(this.layout, this.network, plan, `${this.prefix}-${n}`);
      figure.drawing.root.style.minWidth = `${LETTERS * least / EM}em`;
      figure.canvas.replaceChildren(figure.drawing.root);
    });
    this.#move();
  }

  #named(node, facts) {
    const { name } = facts[node.kind];
    if (!this.network.merged || node.rows.length === 1) return name[node.rows[0]];
    return said(SEEN.many[node.kind], { count: node.rows.length, tier: node.column });
  }

  // Shows the month at hand.
  #move() {
    const month = Math.round(this.month), { months } = this.now.chosen;
    this.runs.forEach(([, run], n) => {
      const { drawing, words, ledger } = this.figures[n];
      const label = monthInWords(this.layout, this.network, run, month);
      drawing?.show(run, this.month, { real: this.real, moved: this.moved, label });
      if (words.dataset.month !== String(month)) {
        words.dataset.month = month;
        words.textContent = label;
        ledger.replaceChildren(...ledgerShown(this.layout, this.network, run, month,
          `${this.prefix}-${n}`));
      }
    });
    this.slider.value = month;
    this.output.value = said(SEEN.monthOf, { month, months });
    this.slider.setAttribute("aria-valuetext", this.output.value);
    if (!this.playing) this.#tabulate();
  }

  #tabulate() {
    if (!this.asTable.open) return;
    const month = Math.round(this.month);
    this.tables.replaceChildren(...this.runs.map(([title, run]) =>
      runTables(this.layout, this.network, title, run, month, this.real)));
  }

  #step(month) {
    this.#pause();
    this.go(month);
    this.#tell();
  }

  #start() {
    if (this.still.matches) return;
    if (this.month >= this.now.chosen.months) this.month = 1;
    this.playing = true;
    this.play.textContent = SEEN.pause;
    let last = null;
    const frame = (time) => {
      if (!this.playing) return;
      const passed = last === null ? 0 : Math.min(time - last, 200);
      last = time;
      this.moved += MARKS_SPEED * passed / 1000;
      this.month = Math.min(this.month + passed / A_MONTH, this.now.chosen.months);
      if (this.month >= this.now.chosen.months) return this.#pause();
      this.#move();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  // Tells a screen reader where a step has led.
  #tell() { this.told.textContent = this.figures.at(-1).words.textContent; }

  #pause() {
    const was = this.playing;
    this.playing = false;
    this.play.textContent = SEEN.play;
    if (!this.now) return;
    this.#choices();
    this.go(Math.round(this.month));
    if (was) this.#tell();
  }

  // The last change again from the first month, what was before beside what is now.
  #replay() {
    this.compared = "before";
    this.month = 1;
    this.#choices();
    this.#draw();
    this.#start();
  }
}
