// The size of all type, kept for the next opening where the browser keeps anything for a page.

import { html, options } from "./elements.js";

const SIZE = "psasim-type-size";

export function sizeControl({ size: label, sizes } = GIVEN.texts.view) {
  const select = html("select", { id: "size", onchange: () => show(select.value) });
  const show = (size) => {
    document.documentElement.dataset.size = size;
    try { localStorage.setItem(SIZE, size); } catch { /* nothing is kept */ }
  };
  let kept = null;
  try { kept = localStorage.getItem(SIZE); } catch { /* nothing is kept */ }
  const size = Object.keys(sizes).includes(kept) ? kept : "normal";
  options(select, Object.entries(sizes), size);
  document.documentElement.dataset.size = size;
  return html("p", { class: "size" }, html("label", { for: "size" }, label), " ", select);
}
