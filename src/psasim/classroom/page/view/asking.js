// Settings are asked of a worker, or, where none can be had, of this very page.  The same script
// is the page and its worker: a page from a file may only load a worker that it makes of its own
// text.

import { Desk } from "./computing.js";

export function serveAsWorker() {
  let desk;
  onmessage = ({ data }) => {
    if (data.scenarios) {
      desk = new Desk(data.scenarios, (number, found) => postMessage({ number, found }));
      postMessage({ checked: desk.digestOf(data.check) });
    } else desk.ask(data.number, data.setting);
  };
}

// A function of a question's number and its setting.
//
// show: told the number and what was found; check: a setting whose digest `checked` is told.
export function asking(scenarios, check, show, checked) {
  let send, last = null;
  const here = () => {
    const desk = new Desk(scenarios, show);
    send = ({ number, setting }) => desk.ask(number, setting);
    setTimeout(() => checked(desk.digestOf(check)));
    if (last) send(last);
  };
  try {
    const worker = ownWorker();
    worker.onmessage = ({ data }) => {
      if ("checked" in data) checked(data.checked);
      else show(data.number, data.found);
    };
    worker.onerror = here;
    worker.postMessage({ scenarios, check });
    send = (asked) => worker.postMessage(asked);
  } catch {
    here();
  }
  return (number, setting) => {
    last = { number, setting };
    send(last);
  };
}

function ownWorker() {
  const text = document.getElementById("program").textContent;
  return new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}
