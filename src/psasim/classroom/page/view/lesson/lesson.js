// The lesson: page by page, a question, a locked prediction, and what the model says.

import { focusOn, html } from "../elements.js";
import { CHALLENGES, showChallenge } from "./challenges.js";
import { Memory } from "./memory.js";
import { showStep } from "./step.js";
import { STEPS } from "./steps.js";
import { showSurvey } from "./survey.js";

const LESSON = GIVEN.texts.lesson;

export function beginLesson(root, page) {
  const memory = new Memory();
  const pages = [
    ["start", LESSON.start.title, showStart],
    ["before", LESSON.survey.before, (place) => showSurvey(place, "before", page, memory)],
    ...STEPS.map((step, n) => [String(n + 1), LESSON.steps[step.name].title,
      (place, going) => showStep(place, step, n + 1, page, memory, going)]),
    ...CHALLENGES.map((task, n) => [`challenge${n + 1}`, LESSON.challenges[task.name].title,
      (place, going) => showChallenge(place, task, n + 1, page, memory, going)]),
    ["after", LESSON.survey.after, (place) => showSurvey(place, "after", page, memory)],
  ];
  const contents = html("nav", { class: "contents", "aria-label": LESSON.contents });
  const place = html("div", { class: "sheet" }), onward = html("nav",
    { class: "onward", "aria-label": LESSON.onward });
  let at = 0, shown = 0;
  root.append(contents, place, onward);

  function show(number, moved) {
    at = number;
    const mine = ++shown;
    page.link(at === 0 ? "" : `=${pages[at][0]}`);
    contents.replaceChildren(html("ol", {}, ...pages.map(([name, title], n) =>
      html("li", {}, html("a", { href: `#lesson=${name}`, title,
        "aria-current": n === at ? "step" : undefined }, LESSON.pages[name] ?? name)))));
    still();
    place.replaceChildren();
    onward.replaceChildren(
      ...(at > 0 ? [turn(at - 1, LESSON.back)] : []),
      ...(at < pages.length - 1 ? [turn(at + 1, LESSON.next)] : []));
    pages[at][2](place, () => mine === shown);
    if (moved) focusOn(place.querySelector("h2"));
  }

  // Closes what may move, which then stops.
  function still() {
    place.querySelectorAll("details[open]").forEach((details) => { details.open = false; });
  }

  function turn(to, words) {
    return html("a", { href: `#lesson=${pages[to][0]}`, class: "turn" },
      `${words}: ${pages[to][1]}`);
  }

  function showStart(sheet) {
    sheet.append(html("h2", {}, LESSON.start.title),
      ...Object.values(LESSON.start.words).map((words) => html("p", {}, words)));
    page.busy(false);
  }

  return {
    open(link) {
      const asked = pages.findIndex(([name]) => name === link);
      if (link && asked < 0) page.refuse(LESSON.noPage);
      show(link ? Math.max(asked, 0) : at, place.childElementCount > 0);
    },
    leave() {
      shown++;
      still();
    },
  };
}
