// The sandbox: any scenario, every lever and assumption, and all that comes of them.

import { bar, chart, legend } from "./charts.js";
import {
  countControls, leverControls, packageOptions, parameterControls, showSetting,
} from "./controls.js";
import { html, options, table } from "../elements.js";
import { picture } from "../picture/picture.js";
import { asLink, fromLink, inertiaPassed, leverSettings, leversOn, usual, withField, withParameter,
  withPreset } from "../setting.js";
import { percent, said, two } from "../words.js";
import { BOX, counted, elsewhere, headline, tooMuchInertia } from "./telling.js";

const SETTLED = 600; // milliseconds after which a change is read aloud
const TOGETHER = 1500; // milliseconds within which moves are one change
const { measures: MEASURES } = GIVEN.declarations;

export function beginSandbox(root, page) {
  const scenarios = page.scenarios.filter((one) => !one.game);
  const names = scenarios.map((one) => one.name);
  let setting = usual(names.includes("teaching") ? "teaching" : names[0]), reading = 0;
  root.append(...layoutOfSandbox());
  const byId = (id) => root.querySelector(`#${id}`);
  const shown = picture(byId("picture"));
  let last = null, before = null, moved = 0, mover = "", movedLast = "";

  // by: what is moved, as often as it is moved on
  function change(next, by = "", refusal = "") {
    setting = next;
    mover = by;
    showSetting(setting);
    byId("scenario").value = setting.scenario;
    byId("package").value = setting.preset;
    byId("scenario-about").textContent = scenarioOf().description;
    byId("command").textContent = elsewhere(
      { ...setting, levers: leverSettings(setting) }, scenarioOf().given);
    page.link(`&${asLink(setting)}`);
    const bound = inertiaPassed(setting, scenarioOf().facts.outcomes);
    page.refuse(bound === null ? refusal : tooMuchInertia(bound));
    page.busy(bound === null);
    if (bound === null) page.ask({ ...setting, governance: leversOn(setting.governance) }, show);
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
    showPicture(found);
    page.busy(false);
    clearTimeout(reading);
    reading = setTimeout(() => { byId("headline").textContent = headline(found); }, SETTLED);
  }

  // The picture, with what was found before the last change of this scenario.
  function showPicture(found) {
    const same = last?.setting.scenario === found.setting.scenario;
    const on = mover && mover === movedLast && performance.now() - moved < TOGETHER;
    if (!same || !on) before = same ? last : null;
    [last, movedLast, moved] = [found, mover, performance.now()];
    shown.show({ scenario: scenarioOf(), now: found, before });
  }

  const titles = (lesson) => scenarios.filter((one) => Boolean(one.lesson) === lesson)
    .map(({ name, title }) => html("option", { value: name }, title));
  byId("scenario").append(...titles(false),
    html("optgroup", { label: BOX.ofLesson }, ...titles(true)));
  options(byId("package"), packageOptions(), setting.preset);
  byId("scenario").addEventListener("change", (event) =>
    change({ ...setting, scenario: event.target.value }));
  byId("package").addEventListener("change", (event) =>
    change(withPreset(setting, event.target.value)));
  byId("reset").addEventListener("click", () => change(withPreset(setting, setting.preset)));
  byId("usual").addEventListener("click", () => change({ ...setting, parameters: {} }));
  byId("parameters").replaceChildren(...parameterControls((name, value) =>
    change(withParameter(setting, name, value), name)));
  byId("counts").replaceChildren(...countControls((name, value) =>
    change({ ...setting, [name]: value }, name)));
  byId("levers").replaceChildren(...leverControls((lever, field, value) =>
    change(withField(setting, lever, field, value), `${lever} ${field}`)));
  byId("legend").replaceChildren(...legend().map(([mark, words]) => html("li", {}, mark, words)));

  return {
    open(link) {
      try {
        change(link ? fromLink(link, names) : setting);
      } catch (error) {
        change(setting, "", said(GIVEN.texts.view.refusedLink, { why: error.message }));
      }
    },
    leave() {
      clearTimeout(reading);
      shown.leave();
    },
  };
}

function layoutOfSandbox() {
  const choice = (id, label) => html("p", {}, html("label", { for: id }, label), " ",
    html("select", { id }));
  const button = (id) => html("p", {}, html("button", { type: "button", id }, BOX[id]));
  const about = (words) => html("p", { class: "about" }, words);
  return [
    html("section", { "aria-labelledby": "choose", class: "controls" },
      html("h2", { id: "choose" }, BOX.choose),
      choice("scenario", BOX.scenario), html("p", { id: "scenario-about", class: "about" }),
      choice("package", BOX.package), button("reset"),
      html("h3", {}, BOX.levers), html("div", { id: "levers" }),
      html("h3", {}, BOX.assumptions),
      html("details", {}, html("summary", {}, BOX.everyOther), about(BOX.theyHold),
        button("usual"), html("div", { id: "parameters" })),
      html("h3", {}, BOX.counts), html("div", { id: "counts" })),
    html("section", { "aria-labelledby": "see", class: "results" },
      html("h2", { id: "see" }, BOX.see),
      html("p", { id: "headline", "aria-live": "polite" }, BOX.working),
      html("ul", { id: "legend" }), html("div", { id: "charts" }),
      html("h3", {}, BOX.picture), html("div", { id: "picture" }), html("div", { id: "ledger" }),
      html("details", {}, html("summary", {}, BOX.asTable), html("div", { id: "tables" })),
      html("h3", {}, BOX.sameElsewhere),
      html("p", {}, BOX.digest, " ", html("code", { id: "digest" }, "…"), " (",
        html("span", { id: "counted" }), "). ", BOX.getIt),
      html("p", {}, html("code", { id: "command" })), about(BOX.sizes)),
  ];
}

function ledgerTable({ chosen, baseline }) {
  return table(BOX.captions.ledger, Object.values(BOX.columns.ledger),
    Object.entries(GIVEN.texts.view.lines).map(([name, line]) => [line,
      percent(chosen.lines[name]), percent(baseline.lines[name]),
      bar(chosen.lines[name], baseline.lines[name])]));
}

function outcomeTable({ chosen, baseline }, titles) {
  const last = (bands, o) => bands[o][bands[o].length - 1];
  const heads = Object.values(BOX.columns.outcomes);
  return table(BOX.captions.outcomes, heads, titles.map((title, o) => {
    const [low, middle, high] = last(chosen.real, o);
    return [title, two(middle), said(BOX.range, { low: two(low), high: two(high) }),
      two(last(chosen.reported, o)[1]), two(last(baseline.real, o)[1])];
  }));
}

function measureTable({ chosen, baseline }) {
  return table(BOX.captions.measures, Object.values(BOX.columns.measures),
    MEASURES.map(({ name, label, unit }) => [label, unit, two(chosen.measures[name]),
      two(baseline.measures[name]), two(chosen.measures[name] - baseline.measures[name])]));
}
