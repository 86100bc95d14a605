// Three challenges: which levers reach a goal within limits?  None is met by two levers alone, and
// each has a way that looks right and is not (tests/classroom/test_challenges.py).

import { html, options } from "../elements.js";
import { ALL_LEVERS } from "../setting.js";
import { percent, said, two } from "../words.js";
import { inSandbox, runOf } from "./runs.js";

const TASKS = GIVEN.texts.lesson.challenges, LEVER_WORDS = GIVEN.texts.view.levers;
const STRENGTHS = ["0", "0.5", "1"]; // an object has whole numbers first
const SETTLED_AFTER = 600; // milliseconds after which a change is read aloud

// outcome: the row that counts; goal, paper, cost, most: limits; held: levers that stay;
// without: levers that are not to be had; way: levers that meet it; trap: some that look right.
export const CHALLENGES = [
  { name: "honest", scenario: "teaching", outcome: 1, goal: 0.8, paper: 0.05, cost: 1, most: 5,
    held: {}, without: [],
    trap: { official_leadership: 1, collective_priorities: 1, lead: 1, joint_targets: 1,
      escalation: 1 },
    way: { official_leadership: 1, collective_priorities: 1, lead: 1, joint_targets: 1,
      external_challenge: 0.5 } },
  { name: "short", scenario: "child_obesity", outcome: 0, goal: 0.9, paper: 0.1, cost: 1, most: 4,
    held: {}, without: ["funding_horizon"],
    trap: { frontline_engagement: 1, official_leadership: 1, lead: 1, joint_targets: 1 },
    way: { frontline_engagement: 1, external_challenge: 1, lead: 1, joint_targets: 1 } },
  { name: "penalties", scenario: "hospital", outcome: 0, goal: 0.65, paper: 0.1, cost: 1, most: 4,
    held: { sanctions: 1, public_reporting: 1 }, without: ["external_challenge"],
    trap: { official_leadership: 1, collective_priorities: 1, lead: 1 },
    way: { internal_reporting: 1, lead: 1, joint_targets: 0.5, cluster_reviews: 1 } },
];

// How a setting stands to a challenge's goal and limits: [number, limit, whether it holds] by name.
export function heldTo(challenge, { chosen }, chosenLevers) {
  const { outcome, goal, paper, cost, most } = challenge;
  const months = chosen.real[outcome].length, end = chosen.real[outcome][months - 1][1];
  const { met_on_paper: onPaper, cost: spent } = chosen.measures, many = chosenLevers;
  return {
    goal: [percent(end), percent(goal), end >= goal],
    paper: [percent(onPaper), percent(paper), onPaper <= paper],
    cost: [two(spent), two(cost), spent <= cost + 1e-9],
    most: [String(many), String(most), many <= most],
  };
}

export function showChallenge(root, challenge, number, page, memory, going) {
  const texts = TASKS[challenge.name], kept = memory.get(`challenge-${challenge.name}`) ?? {};
  const told = html("p", { class: "headline", role: "status" });
  const list = html("ul", { class: "standing" }), link = html("a", {}, TASKS.sandbox);
  let reading = 0;
  const levers = () => ({ ...challenge.held,
    ...Object.fromEntries(Object.entries(kept).filter(([, strength]) => strength > 0)) });
  function run() {
    const setting = runOf(challenge.scenario, levers());
    page.busy(true);
    link.href = inSandbox(setting);
    page.ask(setting, (found) => {
      if (!found.whole || !going()) return;
      const chosen = Object.keys(levers()).length - Object.keys(challenge.held).length;
      const found_ = heldTo(challenge, found, chosen);
      list.replaceChildren(...Object.entries(found_).map(([name, [value, limit, holds]]) =>
        html("li", { class: holds ? "holds" : "fails" },
          html("strong", {}, holds ? TASKS.holds : TASKS.fails), " ",
          said(TASKS.limits[name], { outcome: texts.outcome, value, limit }))));
      page.busy(false);
      clearTimeout(reading);
      const done = Object.values(found_).every(([, , holds]) => holds);
      reading = setTimeout(() => {
        told.textContent = done ? TASKS.done : said(TASKS.open, {
          missed: Object.values(found_).filter(([, , holds]) => !holds).length });
      }, SETTLED_AFTER);
    });
  }
  const free = ALL_LEVERS.filter(({ name }) =>
    !challenge.without.includes(name) && !(name in challenge.held));
  const headings = [...new Set(free.map(({ heading }) => heading))];
  const idOf = (name) => `lesson-${challenge.name}-${name}`;
  const control = ({ name, description, money }) => {
    const id = idOf(name);
    const select = html("select", { id, title: description, onchange: () => {
      kept[name] = Number(select.value);
      memory.set(`challenge-${challenge.name}`, kept);
      run();
    } });
    options(select, STRENGTHS.map((one) => [one, TASKS.strengths[one]]), String(kept[name] ?? 0));
    return html("p", { class: "choose" }, html("label", { for: id }, LEVER_WORDS[name],
      html("small", {}, ` ${said(TASKS.costs, { money: two(money) })}`)), select);
  };
  // Puts every lever as it is in `wanted`, off where it is not.
  function setAll(wanted) {
    for (const { name } of free) {
      kept[name] = wanted[name] ?? 0;
      root.querySelector(`#${idOf(name)}`).value = String(kept[name]);
    }
    memory.set(`challenge-${challenge.name}`, kept);
    run();
  }
  const hinted = (which) => html("p", {},
    said(TASKS[which], { levers: Object.entries(challenge[which]).map(([name, strength]) =>
      said(TASKS.lever, { name: LEVER_WORDS[name], strength: TASKS.strengths[strength] }))
      .join("; ") }), " ", texts[which], " ",
    html("button", { type: "button", onclick: () => setAll(challenge[which]) }, TASKS.set));
  root.append(html("h2", {}, `${TASKS.challenge} ${number}. ${texts.title}`),
    html("p", { class: "scene" }, texts.scene, " ", TASKS.prices),
    html("div", { class: "pinned" }, told, list),
    html("div", { class: "levers" }, ...headings.map((heading) => html("fieldset", {},
      html("legend", {}, heading),
      ...free.filter((one) => one.heading === heading).map(control)))),
    html("p", {}, html("button", { type: "button", onclick: () => setAll({}) }, TASKS.reset), " ",
      link),
    html("details", {}, html("summary", {}, TASKS.hint), hinted("trap"), hinted("way")));
  run();
}
