// Effort of a multitask agent with substitutes and a capacity (Holmstrom & Milgrom 1991).

import { least, most, TINY } from "./ordered_sum.js";

// Effort on every task, (tasks, runs), into `effort`; theta is kept in a row of runs.
//
// Department by department: the set of active tasks shrinks until it stays, for every run.
export function allocate(stake, size, capacity, usable, taken, g, groups, runs, effort) {
  const free = 1 - g;
  const theta = new Float64Array(runs);
  const active = new Uint8Array(stake.length);
  for (let i = 0; i < stake.length; i++) active[i] = stake[i] > 0 ? 1 : 0;
  for (let d = 0; d < groups.count; d++) {
    const tasks = groups.rows.subarray(groups.start[d], groups.start[d + 1]);
    do {
      threshold(d, tasks, stake, size, capacity[d], usable, taken, g, free, active, runs, theta);
    } while (dropped(tasks, stake, active, theta, runs));
    for (const task of tasks) {
      const scale = size[task] * (1 / free), from = task * runs;
      for (let r = 0; r < runs; r++) effort[from + r] = most(stake[from + r] - theta[r], 0) * scale;
    }
  }
}

// theta of a department in each run, from its active tasks.
function threshold(d, tasks, stake, size, capacity, usable, taken, g, free, active, runs, theta) {
  const at = d * runs;
  for (let r = 0; r < runs; r++) {
    let weight = 0, total = 0;
    for (let t = 0; t < tasks.length; t++) {
      const task = tasks[t], i = task * runs + r;
      weight += size[task] * active[i];
      total += active[i] * (size[task] * stake[i]);
    }
    const shared = g * (total + free * taken[at + r]) / (capacity * free + g * weight);
    const price = (total - free * usable[at + r]) / most(weight, TINY);
    theta[r] = usable[at + r] > 0 ? most(shared, price) : Infinity;
  }
}

// Drops the tasks that are not active at theta; whether there was any.
function dropped(tasks, stake, active, theta, runs) {
  let any = false;
  for (const task of tasks) {
    for (let r = 0, i = task * runs; r < runs; r++, i++) {
      if (active[i] && !(stake[i] - theta[r] > 0)) {
        active[i] = 0;
        any = true;
      }
    }
  }
  return any;
}

// Effort after inertia, scaled down to what is usable; in place.
export function adjust(effort, chosen, inertia, release, usable, groups, runs) {
  for (let d = 0; d < groups.count; d++) {
    const tasks = groups.rows.subarray(groups.start[d], groups.start[d + 1]);
    for (const task of tasks) {
      const fall = release[task];
      for (let r = 0, i = task * runs; r < runs; r++, i++) {
        const moved = chosen[i] - effort[i];
        effort[i] = moved * (moved < 0 ? fall : inertia) + effort[i];
      }
    }
    for (let r = 0; r < runs; r++) {
      let total = 0;
      for (let t = 0; t < tasks.length; t++) total += effort[tasks[t] * runs + r];
      const scale = least(1, usable[d * runs + r] / most(total, TINY));
      for (let t = 0; t < tasks.length; t++) effort[tasks[t] * runs + r] *= scale;
    }
  }
}

// Largest inertia a month that keeps effort from alternating.
export function inertiaBound(lowestTechnology, substitution) {
  return least(1, 1.4 / (1 + (1 - lowestTechnology) / (1 - substitution)));
}

// Part of the way down that effort moves in a month, on contributions of a technology.
export function releaseRates(release, inertia, technology, substitution) {
  const gamma = (1 - technology) / (1 - substitution);
  return most(inertia, least(release, least(1, 1.4 / (1 + gamma))));
}
