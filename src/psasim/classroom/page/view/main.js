// The sandbox: a scenario, a package, every lever; what comes of it in two hundred worlds.
//
// The same script is the page and its worker: a page from a file may only load a worker that it
// makes of its own text.

import { bar, chart, legend } from "./charts.js";
import { Desk } from "./computing.js";
import {
  leverControls, options, packageOptions, parameterControls, showSetting,
} from "./controls.js";
import { html, table } from "./elements.js";
import { asLink, fromLink, inertiaPassed, leverSettings, leversOn, usual, withField, withParameter,
  withPreset } from "./setting.js";
import {
  TEXT, counted, elsewhere, headline, percent, refusedLink, tooMuchInertia, two,
} from "./texts.js";

const SETTLED = 600; // milliseconds after which a change is read aloud
const { measures: MEASURES, lines: SHOWN_LINES } = GIVEN.declarations;

function serveAsWorker() {
  let desk;
  onmessage = ({ data }) => {
    if (data.scenarios) desk = new Desk(data.scenarios, (number, found) =>
      postMessage({ number, found }));
    else desk.ask(data.number, data.setting);
  };
}

// How settings are asked for: of a worker, or, where none can be had, of this very page.
function asking(scenarios, show) {
  let send, last = null;
  const here = () => {
    const desk = new Desk(scenarios, show);
    send = ({ number, setting }) => desk.ask(number, setting);
    if (last) send(last);
  };
  try {
    const worker = ownWorker();
    worker.onmessage = ({ data }) => show(data.number, data.found);
    worker.onerror = here;
    worker.postMessage({ scenarios });
    send = (asked) => worker.postMessage(asked);
  } catch {
    here();
  }
  return (number, setting) => {
    last = { number, setting };
    send(last);
  };
}

// A worker of this script's own text.
function ownWorker() {
  const text = document.getElementById("program").textContent;
  return new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}

function openPage() {
  const byId = (id) => document.getElementById(id);
  const scenarios = JSON.parse(byId("scenarios").textContent);
  const names = scenarios.map((one) => one.name);
  let [setting, refusal] = started(names);
  let number = 0, reading = 0;

  const ask = asking(scenarios, (answered, found) => { if (answered === number) show(found); });

  function change(next) {
    setting = next;
    showSetting(setting);
    byId("scenario-about").textContent = scenarioOf().description;
    byId("command").textContent = elsewhere(
      { ...setting, levers: leverSettings(setting) }, scenarioOf().given);
    history.replaceState(null, "", `#${asLink(setting)}`);
    number++;
    const bound = inertiaPassed(setting, scenarioOf().facts.outcomes);
    byId("refused").textContent = bound === null ? refusal : tooMuchInertia(bound);
    refusal = "";
    document.body.setAttribute("aria-busy", String(bound === null));
    if (bound === null) ask(number, { ...setting, governance: leversOn(setting.governance) });
  }

  function scenarioOf() {
    return scenarios.find((one) => one.name === setting.scenario);
  }

  function show(found) {
    const titles = scenarioOf().facts.outcomes.name;
    byId("charts").replaceChildren(...titles.map((title, o) =>
      html("figure", {}, html("figcaption", {}, title), chart(title, found, o))));
    byId("ledger").replaceChildren(ledgerTable(found));
    byId("tables").replaceChildren(outcomeTable(found, titles), measureTable(found));
    byId("counted").textContent = counted(found);
    byId("digest").textContent = found.digest || "…";
    if (!found.whole) return;
    document.body.setAttribute("aria-busy", "false");
    clearTimeout(reading);
    reading = setTimeout(() => { byId("headline").textContent = headline(found); }, SETTLED);
  }

  options(byId("scenario"), scenarios.map((one) => [one.name, one.title]), setting.scenario);
  options(byId("package"), packageOptions(), setting.preset);
  byId("scenario").addEventListener("change", (event) =>
    change({ ...setting, scenario: event.target.value }));
  byId("package").addEventListener("change", (event) =>
    change(withPreset(setting, event.target.value)));
  byId("reset").addEventListener("click", () => change(withPreset(setting, setting.preset)));
  byId("usual").addEventListener("click", () => change({ ...setting, parameters: {} }));
  byId("parameters").replaceChildren(...parameterControls((name, value) =>
    change(withParameter(setting, name, value))));
  byId("levers").replaceChildren(...leverControls((lever, field, value) =>
    change(withField(setting, lever, field, value))));
  byId("legend").replaceChildren(...legend().map(([mark, words]) => html("li", {}, mark, words)));
  change(setting);
}

// The setting of the link, or the first scenario without any package, and what was refused.
function started(names) {
  const first = usual(names.includes("teaching") ? "teaching" : names[0]);
  try {
    return [location.hash ? fromLink(location.hash.slice(1), names) : first, ""];
  } catch (error) {
    return [first, refusedLink(error.message)];
  }
}

function ledgerTable({ chosen, baseline }) {
  return table(TEXT.captions.ledger, TEXT.columns.ledger,
    SHOWN_LINES.map(({ name, label }) => [label, percent(chosen.lines[name]),
      percent(baseline.lines[name]), bar(chosen.lines[name], baseline.lines[name])]));
}

function outcomeTable({ chosen, baseline }, titles) {
  const last = (bands, o) => bands[o][bands[o].length - 1];
  return table(TEXT.captions.outcomes, TEXT.columns.outcomes, titles.map((title, o) => {
    const [low, middle, high] = last(chosen.real, o);
    return [title, two(middle), `${two(low)} to ${two(high)}`, two(last(chosen.reported, o)[1]),
      two(last(baseline.real, o)[1])];
  }));
}

function measureTable({ chosen, baseline }) {
  return table(TEXT.captions.measures, TEXT.columns.measures,
    MEASURES.map(({ name, label, unit }) => [label, unit, two(chosen.measures[name]),
      two(baseline.measures[name]), two(chosen.measures[name] - baseline.measures[name])]));
}

export function begin() {
  if (typeof document === "undefined") serveAsWorker();
  else openPage();
}
