// What stands above every page of a room.

import { html } from "../view/elements.js";
import { sizeControl } from "../view/size.js";

export function drawFrame({ heading, title }, ...lines) {
  document.title = title;
  document.getElementById("top").append(
    html("div", { class: "topbar" }, html("h1", {}, heading), sizeControl()), ...lines);
}
