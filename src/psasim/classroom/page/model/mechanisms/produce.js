// From delivered effort to the outcome: CES production and what is lost on the way.

import { exp, expm1, log, log1p } from "./elementary.js";
import { least, most, orderedSum, TINY } from "./ordered_sum.js";

// M and scarcity (M/z)^(1-rho) from z, each (rows, runs); `work` holds two arrays of
// contributions and two of outcomes.
export function aggregate(intensity, share, technology, groups, outcome, runs, made, work) {
  const [log_z, weighed, log_g, tilted] = work;
  for (let c = 0; c < outcome.length; c++) {
    for (let r = 0, i = c * runs; r < runs; r++, i++) {
      log_z[i] = log(intensity[i]);
      weighed[i] = share[c] * log_z[i];
    }
  }
  orderedSum(weighed, groups, runs, log_g);
  for (let c = 0; c < outcome.length; c++) {
    const rho = technology[outcome[c]];
    for (let r = 0, i = c * runs, j = outcome[c] * runs; r < runs; r++, i++, j++) {
      weighed[i] = (exp((log_z[i] - log_g[j]) * rho) - 1) * share[c];
    }
  }
  orderedSum(weighed, groups, runs, tilted);
  for (let o = 0; o < groups.count; o++) {
    const rho = technology[o] === 0 ? 1 : technology[o];
    for (let r = 0, j = o * runs; r < runs; r++, j++) {
      tilted[j] = log_g[j] + log1p(tilted[j]) / rho;
      made.aggregate[j] = exp(tilted[j]);
    }
  }
  for (let c = 0; c < outcome.length; c++) {
    const steep = 1 - technology[outcome[c]];
    for (let r = 0, i = c * runs, j = outcome[c] * runs; r < runs; r++, i++, j++) {
      made.scarcity[i] = exp((tilted[j] - log_z[i]) * steep);
    }
  }
}

// Delivered effort split into what is realised and what partners do not match.
export function split(intensity, mean, share, usual, groups, outcome, runs, made, work) {
  const [short, over, shorts, overs] = work;
  for (let c = 0; c < outcome.length; c++) {
    for (let r = 0, i = c * runs, j = outcome[c] * runs; r < runs; r++, i++, j++) {
      const lower = least(intensity[i], mean[j]);
      short[i] = share[c] * (mean[j] - lower);
      over[i] = share[c] * (intensity[i] - lower);
    }
  }
  orderedSum(short, groups, runs, shorts);
  orderedSum(over, groups, runs, overs);
  for (let c = 0; c < outcome.length; c++) {
    for (let r = 0, i = c * runs, j = outcome[c] * runs; r < runs; r++, i++, j++) {
      const lower = least(intensity[i], mean[j]);
      const excess = (intensity[i] - lower) * usual[c];
      const used = least(1, shorts[j] / most(overs[j], TINY)) * excess;
      made.mix[i] = excess - used;
      made.realised[i] = (lower - 1) * usual[c] + used;
    }
  }
}

// Path of an outcome on plan.
export function planPath(month, logKeep, targetMonth, start) {
  const still = logKeep > -TINY; // quotients of so little drift are no numbers
  const reach = still ? targetMonth : -expm1(targetMonth * logKeep);
  const way = (still ? month : -expm1(month * logKeep)) / reach;
  const left = start * exp(targetMonth * logKeep);
  return least(1, start * exp(month * logKeep) + (1 - left) * way);
}

// Progress of a month that realises all of planned effort.
export function yieldGain(logKeep, targetMonth, plannedYield) {
  const still = logKeep > -TINY;
  const reach = still ? targetMonth : -expm1(targetMonth * logKeep);
  return (still ? 1 : -expm1(logKeep)) / (plannedYield * reach);
}

export function advance(real, keep, gain, output, shock) {
  return keep * real + gain * output + shock;
}
