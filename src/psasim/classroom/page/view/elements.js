// Elements of HTML and SVG with attributes and content; text is only ever text.

const SVG = "http://www.w3.org/2000/svg";

export function html(name, attributes = {}, ...content) {
  return filled(document.createElement(name), attributes, content);
}

export function svg(name, attributes = {}, ...content) {
  return filled(document.createElementNS(SVG, name), attributes, content);
}

function filled(element, attributes, content) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...content);
  return element;
}

// A table with its caption, heads of columns, and a head to each row.
export function table(caption, heads, rows) {
  return html("table", {},
    html("caption", {}, caption),
    html("thead", {}, html("tr", {}, ...heads.map((head) => html("th", { scope: "col" }, head)))),
    html("tbody", {}, ...rows.map(([first, ...others]) => html("tr", {},
      html("th", { scope: "row" }, first), ...others.map((cell) => html("td", {}, cell))))));
}

// Options of a choice of one among several.
export function options(select, items, chosen) {
  select.replaceChildren(...items.map(([value, label]) =>
    html("option", { value, selected: value === chosen }, label)));
}

// Puts the keyboard, and a screen reader, at a heading.
export function focusOn(heading) {
  heading.tabIndex = -1;
  heading.focus();
}
