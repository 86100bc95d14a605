// The network as it is in a month: effort that flows, stands still and leaks.
//
// Drawn once; `show` moves it to another month or another run.

import { svg } from "../elements.js";
import { percent, said, two } from "../words.js";
import { colourOf, dashesOf, patternDefinitions, patternOf } from "./marks.js";
import { Moment, amountsOf } from "./network.js";
import { BAR, EM } from "./plan.js";
import { gauge, strip } from "./gauge.js";

export const SEEN = GIVEN.texts.picture;
const LEAVING = ["distortion", "own", "overhead", "gaming", "slack"]; // left of a department
const ARRIVING_ENDS = ["realised", "mix", "practice"]; // right of an outcome
const GATE = 7 * EM; // height where all worlds wait
const STUB = 2.4 * EM, TEXT_ROW = 18;

export class Drawing {
  // prefix: begins the ids of its patterns; plan: as `planOf` makes it.
  constructor(layout, network, plan, prefix) {
    Object.assign(this, { layout, network, plan, prefix });
    this.ribbons = network.edges.map((edge) => this.#ribbon(edge));
    this.nodes = network.nodes.map((node) => this.#node(node));
    this.root = svg("svg", {
      viewBox: `0 0 ${plan.width.toFixed(0)} ${plan.height.toFixed(0)}`, role: "img",
      class: "network",
    }, patternDefinitions(prefix), ...this.ribbons.flatMap(({ path, marks }) => [path, marks]),
    ...this.nodes.map(({ group }) => group));
  }

  // Moves to a moment of a run; texts are those of the whole month that it is nearest to.
  //
  // real: whether real values may be seen; moved: how far the marks have moved.
  show(run, month, { real, moved, label }) {
    const moment = new Moment(this.layout, run, month);
    const told = new Moment(this.layout, run, Math.round(month));
    const amounts = new Map(this.network.nodes.map((node) => [node, amountsOf(node, moment)]));
    const whole = new Map(this.network.nodes.map((node) => [node, amountsOf(node, told)]));
    this.#bend(moment, amounts, moved);
    for (const { node, show } of this.nodes) {
      show(amounts.get(node), whole.get(node), { run, month: Math.round(month), real, told });
    }
    this.root.setAttribute("aria-label", label);
  }

  #ribbon(edge) {
    return {
      edge,
      path: svg("path", { class: "ribbon", stroke: colourOf(edge.department) }),
      marks: svg("path", { class: "marks", "stroke-dasharray": dashesOf(edge.department) }),
    };
  }

  // Ribbons side by side where they leave and where they come, in the order of their other ends.
  #bend(moment, amounts, moved) {
    const { places, scale } = this.plan;
    const flows = this.ribbons.map((ribbon) => ({ ...ribbon, ...ribbon.edge,
      wide: scale * moment.parts(ribbon.edge.parts) }));
    const y = (node) => places.get(node).y;
    const stack = (side, other) => {
      const sorted = [...flows].sort((a, b) => y(a[other]) - y(b[other])
        || a.department - b.department);
      const used = new Map();
      for (const flow of sorted) {
        const node = flow[side], top = used.get(node) ?? y(node);
        flow[`${side}Y`] = top + flow.wide / 2;
        used.set(node, top + flow.wide);
      }
    };
    stack("from", "to");
    stack("to", "from");
    for (const flow of flows) {
      const x0 = places.get(flow.from).x + BAR, x1 = places.get(flow.to).x;
      const bend = 0.45 * (x1 - x0), [y0, y1] = [flow.fromY, flow.toY].map((v) => v.toFixed(1));
      const d = `M${x0} ${y0} C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
      flow.path.setAttribute("d", d);
      flow.path.setAttribute("stroke-width", flow.wide.toFixed(2));
      flow.marks.setAttribute("d", d);
      flow.marks.setAttribute("stroke-width", Math.min(4, 0.45 * flow.wide).toFixed(2));
      flow.marks.setAttribute("stroke-dashoffset", (-moved).toFixed(1));
    }
  }

  #node(node) {
    const drawn = { department: departmentNode, body: bodyNode, outcome: outcomeNode }[node.kind];
    const { x, y, label } = this.plan.places.get(node);
    const at = node.kind === "department" ? 0 : x;
    const { parts, show } = drawn(this, node);
    const name = label.map((line, n) => svg("text", { x: at, y: y - 8 - 19 * (label.length - 1 - n),
      class: "name" }, line));
    return { node, show, group: svg("g", {}, ...parts, ...name) };
  }
}

// Capacity as a bar: what is kept goes left, what is given goes right.
function departmentNode({ network, plan, prefix }, node) {
  const { x, y } = plan.places.get(node), colour = colourOf(network.merged ? -1 : node.rows[0]);
  const bar = svg("rect", { x, y, width: BAR, fill: colour, class: "bar-of" });
  const lines = network.one ? ["distortion"] : LEAVING;
  const stubs = lines.map((line) => stubOf(prefix, line, colour));
  const share = svg("text", { x: x - 8, y: y + 15, "text-anchor": "end" });
  return {
    parts: [bar, ...stubs.flatMap(({ parts }) => parts), ...(network.one ? [share] : [])],
    show(now, whole) {
      const given = now.meant + now.distortion;
      setHeight(bar, plan.scale * (network.one ? given : now.come));
      let top = y + plan.scale * now.meant, free = network.one ? y + 15 + TEXT_ROW : y + 14;
      for (const stub of stubs) {
        const tall = plan.scale * now[stub.line];
        free = stub.put(x - STUB, top, tall, whole[stub.line], free);
        top += tall;
      }
      share.textContent = said(SEEN.gives, {
        share: percent((whole.meant + whole.distortion) / whole.come) });
    },
  };
}

// A line of the ledger that leaves a department to the left, with its label.
function stubOf(prefix, line, colour) {
  const block = svg("rect", { width: STUB, fill: colour, class: "stub" });
  const over = svg("rect", { width: STUB, fill: patternOf(prefix, line) });
  const label = svg("text", { "text-anchor": "end" });
  return {
    line, parts: [block, over, label],
    // Label no higher than `free`; gives where the next may be.
    put(x, top, tall, amount, free) {
      for (const part of [block, over]) {
        part.setAttribute("x", x);
        part.setAttribute("y", top.toFixed(1));
        setHeight(part, tall);
      }
      const seen = two(amount) !== "0.00", at = Math.max(top + tall / 2 + 5, free);
      label.textContent = seen ? said(SEEN.labelled,
        { line: SEEN.lines[line], amount: two(amount) })
        : "";
      label.setAttribute("x", x - 7);
      label.setAttribute("y", at.toFixed(1));
      return seen ? at + TEXT_ROW : free;
    },
  };
}

// What comes to a body, what of it goes on, and what is lost there.
function bodyNode({ plan }, node) {
  const { x, y, tall } = plan.places.get(node);
  const bar = svg("rect", { x, y, width: BAR, class: "body" });
  const leak = svg("path", { class: "leak" });
  const label = svg("text", { x: x + BAR + 26, y: y + tall + 2 * TEXT_ROW,
      "text-anchor": "start" });
  return {
    parts: [leak, bar, label],
    show(now, whole) {
      const high = plan.scale * now.come, lost = plan.scale * now.chain;
      setHeight(bar, high);
      leak.setAttribute("d", falling(x + BAR, y + high - lost / 2, y + tall + 1.7 * TEXT_ROW,
          lost));
      leak.setAttribute("stroke-width", lost.toFixed(2));
      label.textContent = whole.come > 0 ? said(SEEN.lost, {
        share: percent(whole.chain / whole.come) }) : "";
    },
  };
}

// A path that leaves to the right and falls.
function falling(x, y, bottom, wide) {
  const to = x + 8 + wide / 2;
  return `M${x} ${y.toFixed(1)} Q${to} ${y.toFixed(1)} ${to} ${bottom}`;
}

// What comes to an outcome and becomes of it, and where the outcome stands.
function outcomeNode({ layout, network, plan, prefix }, node) {
  const { x, y } = plan.places.get(node);
  const bar = svg("rect", { x, y, width: BAR, class: "body" });
  const ends = ARRIVING_ENDS.map((line) => endOf(prefix, line, x + BAR));
  const lines = [0, 1, 2].map(() => svg("text", { x: x + BAR + 27 }));
  const gate = [svg("rect", { x: x - 12, y, width: 9, class: "gate end mix" }),
    svg("rect", { x: x - 12, y, width: 9, fill: patternOf(prefix, "mix") })];
  const level = network.merged ? strip(x + BAR + 30, y + 62) : gauge(plan.width - 40, y);
  return {
    parts: [bar, ...gate, ...ends.flatMap(({ parts }) => parts), ...lines, ...level.parts],
    show(now, whole, { run, month, real, told }) {
      setHeight(bar, plan.scale * now.come);
      let top = y, free = y + 13;
      for (const end of ends) {
        const tall = plan.scale * now[end.line];
        free = end.put(top, tall, whole[end.line], free);
        top += tall;
      }
      level.show(run, month, node.rows, real);
      const words = level.words(run, month, node.rows, real);
      const convened = told.sum("convened", node.rows) / node.rows.length;
      const waiting = 1 - convened; // part of worlds in which nobody has convened it
      for (const part of gate) setHeight(part, GATE * waiting);
      if (waiting > 0.005) words.push(said(SEEN.waiting, { share: percent(waiting) }));
      lines.forEach((line, n) => {
        line.textContent = words[n] ?? "";
        const first = network.merged ? y + 148 : Math.max(free, y + 72) + 3;
        line.setAttribute("y", first + n * TEXT_ROW);
      });
    },
  };
}

// What becomes of effort at an outcome: a block beside its bar, with its label.
function endOf(prefix, line, x) {
  const block = svg("rect", { x, width: 20, class: `end ${line}` });
  const over = svg("rect", { x, width: 20, fill: patternOf(prefix, line) });
  const label = svg("text", { x: x + 27 });
  return {
    line, parts: [block, over, label],
    put(top, tall, amount, free) {
      for (const part of [block, over]) {
        part.setAttribute("y", top.toFixed(1));
        setHeight(part, tall);
      }
      const at = Math.max(top + tall / 2 + 5, free);
      label.textContent = said(SEEN.labelled, { line: SEEN.lines[line], amount: two(amount) });
      label.setAttribute("y", at.toFixed(1));
      return at + TEXT_ROW;
    },
  };
}

function setHeight(rect, height) {
  rect.setAttribute("height", Math.max(0, height).toFixed(2));
}
