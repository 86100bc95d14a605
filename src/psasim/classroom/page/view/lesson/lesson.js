// The lesson: step by step, a question, a locked prediction, and what the model says.

import { html } from "../elements.js";

const LESSON = GIVEN.texts.lesson;

export function beginLesson(root, page) {
  root.append(html("h2", {}, LESSON.title));
  return {
    open() { page.busy(false); },
    leave() {},
  };
}
