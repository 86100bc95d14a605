// The setting: which scenario, which levers how far; as a link and as the analyst's command.

import { inertiaBound } from "../model/mechanisms/allocate.js";

// The levers, called as the deck calls them.
export const ALL_LEVERS = GIVEN.declarations.levers.map((lever) =>
  ({ ...lever, label: GIVEN.texts.view.levers[lever.name] }));
export const ALL_PRESETS = GIVEN.declarations.presets;
export const ALL_PARAMETERS = GIVEN.declarations.parameters;
export const ALL_COUNTS = GIVEN.declarations.counts; // months, worlds and seed
export const BASELINE = "departmental";

// Where the numbers of a lever or a parameter come from, in words.
export function basisOf({ basis }) {
  return GIVEN.declarations.bases[basis];
}

export function usual(scenario) {
  return { scenario, preset: BASELINE, governance: {}, parameters: {},
    ...Object.fromEntries(ALL_COUNTS.map((item) => [item.name, item.default])) };
}

// A setting of a preset's levers.
export function withPreset(setting, name) {
  const { governance } = ALL_PRESETS.find((preset) => preset.name === name);
  return { ...setting, preset: name, governance: structuredClone(governance) };
}

// A setting with one field of a lever moved; levers of strength 0 are not in it.
export function withField(setting, lever, field, value) {
  const governance = structuredClone(setting.governance);
  governance[lever] ??= fieldsOf(lever);
  governance[lever][field] = value;
  if (field === "strength" && value === 0) delete governance[lever];
  return { ...setting, governance };
}

// A setting with one assumption moved; those at their default are not in it.
export function withParameter(setting, name, value) {
  const parameters = { ...setting.parameters, [name]: value };
  if (value === ALL_PARAMETERS.find((item) => item.name === name).default) delete parameters[name];
  return { ...setting, parameters };
}

// Largest inertia that a scenario takes under the other assumptions, where it is passed.
export function inertiaPassed({ parameters }, { technology }) {
  const value = (name) => parameters[name]
    ?? ALL_PARAMETERS.find((item) => item.name === name).default;
  const bound = inertiaBound(Math.min(...technology), value("substitution"));
  return value("inertia") > bound ? bound : null;
}

// Values of a lever's fields, its defaults where it is not set.
export function fieldsOf(name, governance = {}) {
  const lever = ALL_LEVERS.find((item) => item.name === name);
  return Object.fromEntries(lever.fields.map((field) =>
    [field.name, governance[name]?.[field.name] ?? field.default]));
}

// The levers that are on.
export function leversOn(governance) {
  return Object.fromEntries(Object.entries(governance).filter(([, { strength }]) => strength > 0));
}

// What of a setting differs from its preset, as `lever.field=value`.
function changes({ preset, governance }) {
  const from = ALL_PRESETS.find((item) => item.name === preset).governance;
  const found = [];
  for (const lever of ALL_LEVERS) {
    const now = fieldsOf(lever.name, governance), then = fieldsOf(lever.name, from);
    for (const field of lever.fields) {
      const idle = now.strength === 0 && field.name !== "strength";
      if (now[field.name] !== then[field.name] && !idle) {
        found.push(`${lever.name}.${field.name}=${now[field.name]}`);
      }
    }
  }
  return found;
}

// Months, worlds and seed where they are not the usual ones.
export function countsMoved(setting) {
  return ALL_COUNTS.filter((item) => setting[item.name] !== item.default)
    .map(({ name }) => `${name}=${setting[name]}`);
}

function assumptions({ parameters }) {
  return Object.entries(parameters).map(([name, value]) => `parameters.${name}=${value}`);
}

// The package as settings of the command line; none where no lever is on.
export function leverSettings(setting) {
  if (Object.keys(leversOn(setting.governance)).length === 0) return [];
  return [`governance=${setting.preset}`, ...changes(setting).map((one) => `governance.${one}`),
    ...assumptions(setting)];
}

// The setting as the part of a link after #.
export function asLink(setting) {
  return [setting.scenario, setting.preset, ...changes(setting), ...assumptions(setting),
    ...countsMoved(setting).map((one) => `run.${one}`)]
    .map(encodeURIComponent).join("&");
}

// The setting of a link, or what it says that is nonsense.
export function fromLink(text, scenarios) {
  const [scenario, preset, ...moved] = text.split("&").map(decodeURIComponent);
  if (!scenarios.includes(scenario)) throw new Error(`no scenario ${scenario}`);
  if (!ALL_PRESETS.some((item) => item.name === preset)) throw new Error(`no package ${preset}`);
  let setting = withPreset(usual(scenario), preset);
  for (const change of moved) {
    const [, lever, field, value] = /^(\w+)\.(\w+)=(.+)$/.exec(change) ?? [];
    const items = lever === "parameters" ? ALL_PARAMETERS : lever === "run" ? ALL_COUNTS
      : ALL_LEVERS.find((one) => one.name === lever)?.fields;
    const item = items?.find((one) => one.name === field);
    if (!item || !within(item, value)) throw new Error(`no setting ${change}`);
    const number = item.options ? value : Number(value);
    setting = lever === "run" ? { ...setting, [field]: number }
      : lever === "parameters" ? withParameter(setting, field, number)
      : withField(setting, lever, field, number);
  }
  return setting;
}

// Whether a value in words is one that a field takes.
export function within(item, value) {
  if (item.options) return item.options.includes(value);
  const number = Number(value);
  return value.trim() !== "" && number >= item.lower && number <= item.upper
    && (!item.integer || Number.isInteger(number));
}
