// Controls, derived from the declarations: a slider to every lever, its fields behind it.

import { html } from "../elements.js";
import {
  ALL_COUNTS, ALL_LEVERS, ALL_PARAMETERS, ALL_PRESETS, basisOf, fieldsOf, within,
} from "../setting.js";
import { said } from "../words.js";
import { BOX } from "./telling.js";

export function packageOptions() {
  return ALL_PRESETS.map(({ name, description }) =>
    [name, name === "departmental" ? BOX.nothing : `${name}: ${description}`]);
}

// The levers by heading; `move(lever, field, value)` is told of every change.
export function leverControls(move) {
  return byHeading(ALL_LEVERS, (lever) => leverControl(lever, move));
}

// The assumptions by heading; `move(name, value)` is told of every change.
export function parameterControls(move) {
  return byHeading(ALL_PARAMETERS, (item) => html("div", {},
    fieldControl(`parameter-${item.name}`, item, (value) => move(item.name, value)),
    html("p", { class: "about" }, basisOf(item))));
}

function byHeading(items, control) {
  const headings = [...new Set(items.map((item) => item.heading))];
  return headings.map((heading) => html("fieldset", {}, html("legend", {}, heading),
    ...items.filter((item) => item.heading === heading).map(control)));
}

function leverControl(lever, move) {
  const [strength, ...fields] = lever.fields;
  const id = `lever-${lever.name}`;
  return html("div", { class: "lever" },
    html("label", { for: id }, lever.label),
    html("output", { for: id, id: `${id}-told` }, "0"),
    html("input", {
      type: "range", id, min: strength.lower, max: strength.upper, step: 0.05, value: 0,
      "aria-describedby": `${id}-about`,
      oninput: (event) => move(lever.name, "strength", Number(event.target.value)),
    }),
    html("p", { id: `${id}-about`, class: "about" }, lever.description),
    html("details", {}, html("summary", {}, said(BOX.more, { lever: lever.label })),
      ...fields.map((field) => fieldControl(`${id}-${field.name}`, field,
        (value) => move(lever.name, field.name, value))),
      html("p", { class: "about" }, `${BOX.live}: ${lever.live}. ${basisOf(lever)}`)));
}

// Months, worlds and seed; `move(name, value)` is told of every change.
export function countControls(move) {
  return ALL_COUNTS.map((item) =>
    fieldControl(`run-${item.name}`, item, (value) => move(item.name, value)));
}

// A number or a choice; `move(value)` is told of every change to what it takes.
function fieldControl(id, field, move) {
  const told = { id, "aria-describedby": `${id}-about` };
  const input = field.options
    ? html("select", { ...told, onchange: (event) => move(event.target.value) },
    ...field.options.map((option) => html("option", { value: option }, option)))
    : html("input", { ...told, type: "number", min: field.lower, max: field.upper,
      step: field.integer ? 1 : "any", value: field.default, oninput: (event) => {
        const fits = within(field, event.target.value);
        event.target.setAttribute("aria-invalid", String(!fits));
        if (fits) move(Number(event.target.value));
      } });
  const about = field.options ? field.description : said(BOX.bounds, field);
  return html("div", { class: "field" }, html("label", { for: id }, field.label), input,
    html("p", { id: `${id}-about`, class: "about" }, about));
}

// Shows a setting on the controls, but for the one that is being used.
export function showSetting(setting) {
  for (const { name } of ALL_COUNTS) {
    const input = document.getElementById(`run-${name}`);
    if (input !== document.activeElement) input.value = setting[name];
  }
  for (const { name, default: otherwise } of ALL_PARAMETERS) {
    const input = document.getElementById(`parameter-${name}`);
    if (input !== document.activeElement) input.value = setting.parameters[name] ?? otherwise;
  }
  for (const lever of ALL_LEVERS) {
    const values = fieldsOf(lever.name, setting.governance);
    for (const field of lever.fields) {
      const id = `lever-${lever.name}${field.name === "strength" ? "" : `-${field.name}`}`;
      const input = document.getElementById(id);
      if (input !== document.activeElement) input.value = values[field.name];
      if (field.name === "strength") {
        document.getElementById(`${id}-told`).value = values.strength;
      }
    }
  }
}
