// One step on the page: the scene, the question, the prediction, and, once it is locked, what the
// model answers, with the prediction beside it.

import { focusOn, html } from "../elements.js";
import { picture } from "../picture/picture.js";
import { said } from "../words.js";
import { predicting } from "./predicting.js";
import { askAll, inSandbox } from "./runs.js";

const WORDS = GIVEN.texts.lesson;

// Shows a step in `root`; going(): whether it is still the one that is shown.
export async function showStep(root, step, number, page, memory, going) {
  const texts = WORDS.steps[step.name], ask = html("div", { class: "ask" });
  const reveal = html("div", { class: "reveal" });
  root.append(html("h2", {}, `${number}. ${texts.title}`),
    html("p", { class: "scene" }, texts.scene), ask, reveal);
  page.busy(true);
  const first = step.first ? await askAll(page, step.first, going) : {};
  if (!first) return;
  const known = step.known ? step.known(first) : {};
  const kept = memory.get(step.name);
  if (kept) await answer(kept, false);
  else question();

  function question() {
    reveal.replaceChildren();
    const asked = Object.entries(step.questions).map(([name, item]) => {
      const ofQuestion = texts.questions[name];
      const words = { ...texts.figures, ...ofQuestion, ask: said(ofQuestion.ask, known) };
      return [name, predicting(`lesson-${step.name}-${name}`, item, words, known[name], changed)];
    });
    const values = () => asked.map(([name, one]) => [name, one.value()]);
    const whole = () => values().every(([, value]) => value !== undefined);
    const hint = html("p", { class: "about" }, WORDS.predict.first);
    const lock = html("button", { type: "button", class: "lock", disabled: true, onclick: () => {
      const predicted = Object.fromEntries(values());
      memory.set(step.name, predicted);
      answer(predicted, true);
    } }, WORDS.predict.lock);
    function changed() {
      lock.disabled = !whole();
      hint.hidden = whole();
    }
    ask.replaceChildren(...asked.map(([, one]) => one.element), lock, hint);
    page.busy(false);
  }

  async function answer(predicted, asked) {
    page.busy(true);
    const found = await askAll(page, step.wanted, going);
    if (!found) return;
    const again = html("button", { type: "button", onclick: () => {
      memory.set(step.name, undefined);
      question();
      focusOn(root.querySelector("h2"));
    } }, WORDS.predict.again);
    const told = { ...known, ...step.told(found) };
    const answers = step.answers(found);
    const headline = html("h3", { class: "headline" }, said(texts.headline, told));
    ask.replaceChildren(
      ...Object.keys(step.questions).map((name) => beside(name, predicted[name], answers[name])));
    const about = (head, ...words) =>
      html("p", { class: "about" }, html("strong", {}, head), " ", ...words);
    reveal.replaceChildren(headline,
      html("div", { class: "shown" },
        ...step.draw(found, predicted, answers, { ...texts.figures, ...WORDS.figure })),
      html("div", { class: "meant" },
        html("p", { class: "room" }, html("strong", {}, WORDS.room), " ", texts.room),
        html("details", { class: "explain" }, html("summary", {}, WORDS.explain),
          html("p", { class: "why" }, said(texts.why, told)),
          about(WORDS.sure, texts.sure),
          about(WORDS.source, texts.source, " ",
            html("a", { href: inSandbox(step.wanted[step.open]) }, WORDS.sandbox))),
        again),
      monthByMonth(found[step.open]));
    page.busy(false);
    if (!asked) return;
    focusOn(headline);
    ask.scrollIntoView(); // so that prediction, answer and figure are in view together
  }

  // The picture of one of the runs, made when it is asked for.
  function monthByMonth(run) {
    const place = html("div", {});
    const details = html("details", { class: "months", ontoggle: () => {
      if (!details.open) { shown?.leave(); return; }
      shown ??= picture(place);
      shown.show({ scenario: page.scenarios.find((one) => one.name === run.setting.scenario),
        now: run });
    } }, html("summary", {}, said(WORDS.picture, { case: texts.case })), place);
    let shown;
    return details;
  }

  // The prediction beside the answer, in words.
  function beside(name, predicted, right) {
    const words = texts.questions[name], { kind } = step.questions[name];
    const shown = (value) => (kind === "choice" ? words.options[value]
      : kind === "curve" ? value.join(", ") : `${value} ${words.unit}`);
    return html("div", { class: "beside" }, html("p", {}, said(words.ask, known)),
      html("dl", {}, html("dt", {}, WORDS.predict.yours), html("dd", {}, shown(predicted)),
        html("dt", {}, WORDS.predict.models), html("dd", {}, shown(right))));
  }
}
