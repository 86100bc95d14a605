// Who gives effort to what, through which bodies: the nodes and edges that the picture draws, each
// with the flows it stands for.
//
// A part is [flow, row, times]: `times` of what a row of a flow had in a month; "meant" is what a
// contribution meant for its outcome, before the chain.

const DRAWN_WHOLE = { departments: 6, outcomes: 4 };

// Whether a scenario is drawn whole, each department and outcome by itself.
export function drawnWhole(layout) {
  return layout.departments <= DRAWN_WHOLE.departments && layout.outcomes <= DRAWN_WHOLE.outcomes;
}

// Nodes by column and edges between them; `shown`: "all", or the row of one outcome.
//
// Where a scenario is too large to be drawn whole, "all" has one node for all departments, one
// for each tier and one for all outcomes.
export function networkOf(layout, shown) {
  const one = shown !== "all", merged = !one && !drawnWhole(layout);
  const chosen = range(layout.contributions).filter((c) => !one || layout.outcome[c] === shown);
  const nodes = new Map(), edges = new Map();
  const column = tierColumns(layout, chosen);
  const node = (kind, row, at) => {
    const key = merged ? `${kind} ${at}` : `${kind} ${row}`;
    if (!nodes.has(key)) nodes.set(key, { key, kind, column: at, rows: [], inflow: [],
      links: [], contributions: [] });
    const found = nodes.get(key);
    if (!found.rows.includes(row)) found.rows.push(row);
    return found;
  };
  const connect = (from, to, c, part) => {
    const department = merged ? -1 : layout.department[c];
    const key = `${from.key}>${to.key}>${department}`;
    if (!edges.has(key)) edges.set(key, { from, to, department, parts: [] });
    edges.get(key).parts.push(part);
    to.inflow.push(part);
  };
  if (!one) range(layout.departments).forEach((d) => node("department", d, 0));
  const last = Math.max(0, ...column.values()) + 1;
  for (const c of chosen) {
    const giver = node("department", layout.department[c], 0);
    giver.contributions.push(c);
    let above = [[giver, null]];
    for (const links of tiersOf(layout, c)) {
      const here = links.map((l) => {
        const body = layout.chain.body[l];
        const found = node("body", body, column.get(layout.chain.tier_of_body[body]));
        found.links.push(l);
        return [found, l];
      });
      for (const [to, l] of here) {
        for (const [from, past] of above) {
          connect(from, to, c, past === null ? ["arriving", l, 1]
            : ["passing", past, layout.chain.weight[l]]);
        }
      }
      above = here;
    }
    const to = node("outcome", layout.outcome[c], last);
    to.contributions.push(c);
    for (const [from, past] of above) {
      connect(from, to, c, past === null ? ["meant", c, 1] : ["passing", past, 1]);
    }
  }
  return { shown, one, merged, chosen, columns: last + 1, edges: [...edges.values()],
    nodes: inOrder([...nodes.values()], [...edges.values()]) };
}

// Columns of the tiers that the contributions go through, from 1 on.
function tierColumns(layout, chosen) {
  const tiers = chosen.flatMap((c) => tiersOf(layout, c).flat()
    .map((l) => layout.chain.tier_of_body[layout.chain.body[l]]));
  return new Map([...new Set(tiers)].sort((a, b) => a - b).map((tier, n) => [tier, n + 1]));
}

// Links of a contribution, tier by tier from the top.
function tiersOf({ chain }, c) {
  const { start, rows } = chain.slots_by_contribution, { by_slot } = chain;
  return range(start[c + 1] - start[c]).map((n) => {
    const slot = rows[start[c] + n];
    return [...by_slot.rows.subarray(by_slot.start[slot], by_slot.start[slot + 1])];
  });
}

// Nodes column by column; bodies stand where those stand that ask them.
function inOrder(nodes, edges) {
  const place = new Map();
  const columns = Math.max(...nodes.map((node) => node.column)) + 1;
  return range(columns).flatMap((n) => {
    const here = nodes.filter((node) => node.column === n);
    const rank = (node) => {
      if (node.kind !== "body") return node.rows[0];
      const above = edges.filter(({ to }) => to === node).map(({ from }) => place.get(from));
      return above.reduce((a, b) => a + b, 0) / above.length;
    };
    const ranks = new Map(here.map((node) => [node, rank(node)]));
    here.sort((a, b) => ranks.get(a) - ranks.get(b) || a.rows[0] - b.rows[0]);
    here.forEach((node, at) => place.set(node, (at + 0.5) / here.length));
    return here;
  });
}

export function range(count) {
  return Array.from({ length: count }, (_, n) => n);
}

// The flows of a run that are drawn of it, at a month and between two of them.
export class Moment {
  // run: what was told of runs; month: from 1 on, with a part on the way to the next.
  constructor(layout, run, month) {
    this.layout = layout;
    this.run = run;
    this.from = Math.floor(month) - 1;
    this.part = month - 1 - this.from;
  }

  of(name, row) {
    if (name === "meant") {
      return this.of("chain", row) + this.of("practice", row) + this.of("mix", row)
        + this.of("realised", row);
    }
    const values = this.run.flows[name], rows = values.length / this.run.months;
    const now = values[this.from * rows + row];
    return this.part === 0 ? now : now + this.part * (values[(this.from + 1) * rows + row] - now);
  }

  sum(name, rows) {
    return rows.reduce((total, row) => total + this.of(name, row), 0);
  }

  parts(parts) {
    return parts.reduce((total, [name, row, times]) => total + times * this.of(name, row), 0);
  }
}

// Everything of a node: what comes in, and what of it goes where.
export function amountsOf(node, moment) {
  const { layout } = moment;
  if (node.kind === "body") {
    const come = moment.parts(node.inflow);
    return { come, chain: come - moment.sum("passing", node.links) };
  }
  const of = (name) => moment.sum(name, node.contributions);
  if (node.kind === "outcome") {
    return { come: of("practice") + of("mix") + of("realised"), realised: of("realised"),
      mix: of("mix"), practice: of("practice") };
  }
  const all = (name) => moment.sum(name, node.rows);
  const capacity = node.rows.reduce((total, d) => total + layout.facts.departments.capacity[d], 0);
  return { come: capacity, meant: of("meant"), distortion: of("distortion"), own: all("own"),
    overhead: all("overhead"), slack: all("slack"), gaming: all("gaming") };
}
