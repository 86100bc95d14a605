// Every sentence of the page, apart from what the declarations say.

export const TEXT = {
  nothing: "No package: departments by themselves",
  more: "Fields and where they come from",
  live: "Acts on",
  target: "target",
  month: "month",
  real: "real, the middle world",
  band: "real, nine worlds in ten",
  reported: "as published, the middle world",
  ghost: "real without any package",
  captions: {
    outcomes: "Outcomes at the end, of target",
    measures: "Measures, mean over worlds",
    ledger: "Where capacity went, of all of it; the mark on each bar is without any package",
  },
  columns: {
    outcomes: ["Outcome", "Real at the end, middle world", "Nine worlds in ten", "As published",
      "Real without any package"],
    measures: ["Measure", "Unit", "With the package", "Without", "Difference"],
    ledger: ["Where capacity went", "With the package", "Without", "In a picture"],
  },
};

// A number to two digits, with a true minus, and none before 0; a dash where there is none.
export function two(value) {
  if (value !== value) return "–";
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text.replace("-", "−");
}

// A share in whole percent.
function whole(value) {
  return Math.round(100 * value) + 0;
}

export function percent(value) {
  return `${whole(value)} %`;
}

// The difference in words, for those who do not see the picture too.
export function headline(found) {
  const { chosen, baseline, same, worlds } = found;
  const met = chosen.measures.targets_met_real, before = baseline.measures.targets_met_real;
  if (same) {
    return `Without any package ${percent(met)} of targets are met in ${worlds} worlds; `
      + `${percent(chosen.measures.own_agenda)} of capacity goes to departments' own agendas.`;
  }
  const paper = chosen.measures.met_on_paper;
  return `${percent(met)} of targets are met with the package, ${percent(before)} without: `
    + `${change(whole(met) - whole(before))}. Outcomes reach `
    + `${two(chosen.measures.attainment)} of target, `
    + `${two(baseline.measures.attainment)} without.`
    + (whole(paper) > 0
      ? ` Another ${percent(paper)} of assessed targets are met on paper only.` : "");
}

function change(points) {
  if (points === 0) return "no difference";
  return `${Math.abs(points)} points ${points > 0 ? "more" : "fewer"}`;
}

// What a chart shows, in words.
export function chartWords(name, found, o) {
  const last = (bands) => bands[o][bands[o].length - 1];
  const [low, middle, high] = last(found.chosen.real), told = last(found.chosen.reported)[1];
  return `${name}: real ends at ${two(middle)} of target in the middle world, between ${two(low)} `
    + `and ${two(high)} in nine worlds of ten; `
    + (told === told ? `published ${two(told)}` : "nothing is published")
    + (found.same ? "." : `; ${two(last(found.baseline.real)[1])} without any package.`);
}

// How to get the digest elsewhere: at the command line, or, where there is nothing to compare with,
// in Python.
export function elsewhere({ levers, parameters, worlds }, given) {
  if (levers.length === 0) {
    const assumed = Object.keys(parameters).length ? `${JSON.stringify(parameters)}, ` : "";
    return `psasim.simulate("${given}", "departmental", ${assumed}worlds=${worlds}).digest`;
  }
  const from = /^[\w./-]+$/.test(given) ? given : `'${given}'`;
  return ["psasim run", `scenario=${from}`, ...levers, `worlds=${worlds}`].join(" ");
}

export function refusedLink(why) {
  return `The link's setting was not taken: ${why}.`;
}

// What is said of an inertia that a scenario does not take.
export function tooMuchInertia(bound) {
  return `Inertia is above ${bound.toPrecision(3)} a month, beyond which effort alternates in this `
    + "scenario; lower it to go on.";
}

export function counted(found) {
  const { setting, worlds } = found;
  return `${worlds} of ${setting.worlds} worlds, ${setting.months} months, seed ${setting.seed}`;
}
