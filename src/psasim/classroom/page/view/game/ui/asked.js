// A question before something that cannot be undone.

import { html } from "../../elements.js";

// A button, and in its place a question with two, before something that cannot be undone.
export function askedFirst(label, { sure, yes, no }, act) {
  const box = html("span", { class: "asked" });
  const plain = html("button", { type: "button", onclick: ask }, label);
  function ask() {
    const keep = html("button", { type: "button", onclick: () => {
      box.replaceChildren(plain);
      plain.focus();
    } }, no);
    box.replaceChildren(html("span", {}, `${sure} `),
      html("button", { type: "button", class: "danger", onclick: act }, yes), " ", keep);
    keep.focus();
  }
  box.append(plain);
  return box;
}
