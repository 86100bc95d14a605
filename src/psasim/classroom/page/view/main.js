// The page's frame, and where its places stand.
//
// A place is a folder of view/ with its code, its texts.yaml and its style.css, and one function
// `begin...(root, page)`.  The frame calls it once, when the place is first opened; it fills `root`
// and returns { open(link), leave() }: what to do each time the place is opened, with what follows
// its name in the address ("" for nothing), and when another place is opened.  A place stays in the
// page while it is hidden, so its ids begin with its own name.  `page` has what a place needs:
//
// scenarios  the scenarios of the file, as `scenario_arrays` makes them, and how each was given
// ask        ask(setting, show): runs a setting beside its baseline; `show` is told what was found
//            after the first block of worlds and at the end.  A newer question ends an older one
// link       link(rest): what is to follow the place's name in the address, "=3" or "&teaching"
// busy       busy(true) until what is shown has settled
// refuse     refuse(words): what is wrong, in words; "" once nothing is
//
// Texts: `GIVEN.texts.NAME` has those of folder NAME, `GIVEN.texts.view` the frame's; `said` puts
// numbers in.  Names are the script's alone: no two modules may declare the same.

import { asking, serveAsWorker } from "./asking.js";
import { focusOn, html } from "./elements.js";
import { beginGame } from "./game/game.js";
import { beginLesson } from "./lesson/lesson.js";
import { beginSandbox } from "./sandbox/sandbox.js";
import { sizeControl } from "./size.js";
import { said } from "./words.js";

const FRAME = GIVEN.texts.view;
const PLACES = [["lesson", beginLesson], ["sandbox", beginSandbox], ["game", beginGame]];

class Frame {
  constructor() {
    this.scenarios = read("scenarios");
    this.made = read("made");
    this.places = {};
    this.number = 0;
    this.showing = () => {};
    this.send = asking(this.scenarios, this.made.check, (number, found) => {
      if (number === this.number) this.showing(found);
    }, (digest) => this.checked(digest));
  }

  draw() {
    const top = document.getElementById("top");
    this.nav = html("nav", { "aria-label": FRAME.places }, ...PLACES.map(([name]) =>
      html("a", { href: `#${name}` }, FRAME[name])));
    this.alert = html("p", { id: "refused", role: "alert" });
    top.append(html("h1", {}, FRAME.heading), html("p", { id: "tagline" }, FRAME.tagline),
      html("div", { class: "topbar" }, this.nav, sizeControl()), this.alert);
    this.sound = html("p", { id: "sound" });
    document.getElementById("bottom").append(
      html("p", {}, said(FRAME.version, this.made)), this.sound);
    addEventListener("hashchange", () => this.open());
    this.open();
  }

  // Opens the place of the address, the first one where it names none.
  open() {
    const [, asked, link = ""] = /^#(\w+)(?:[=&](.*))?$/.exec(location.hash) ?? [];
    const found = PLACES.find(([name]) => name === asked);
    const [name, begin] = found ?? PLACES[0];
    this.refuse(found || !location.hash ? ""
      : said(FRAME.refusedLink, { why: said(FRAME.noPlace, { name: location.hash.slice(1) }) }));
    const moved = this.name && name !== this.name;
    if (name !== this.name) {
      if (this.name) this.leave();
      this.name = name;
      this.places[name] ??= this.begun(name, begin);
      this.places[name].root.hidden = false;
      for (const link of this.nav.children) {
        if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    }
    document.title = `${FRAME[name]} – ${FRAME.title}`;
    this.places[name].open(found ? link : "");
    if (moved) focusOn(this.places[name].root.querySelector("h2"));
  }

  leave() {
    const place = this.places[this.name];
    this.number++;
    place.leave();
    place.root.hidden = true;
  }

  begun(name, begin) {
    const root = html("div", { id: name, class: "place" });
    document.querySelector("main").append(root);
    return { root, ...begin(root, {
      scenarios: this.scenarios,
      ask: (setting, show) => this.ask(setting, show),
      link: (rest) => { if (rest) history.replaceState(null, "", `#${name}${rest}`); },
      busy: (yes) => document.body.setAttribute("aria-busy", String(yes)),
      refuse: (words) => this.refuse(words),
    }) };
  }

  ask(setting, show) {
    this.showing = show;
    this.send(++this.number, setting);
  }

  refuse(words) {
    if (this.alert.textContent !== words) this.alert.textContent = words;
  }

  checked(digest) {
    const { digest: expected } = this.made.check, right = digest === expected;
    this.sound.textContent = said(right ? FRAME.sound : FRAME.unsound, { digest, expected });
    if (!right) {
      this.sound.setAttribute("role", "alert");
      document.getElementById("top").append(this.sound);
    }
  }
}

function read(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export function begin() {
  if (typeof document === "undefined") serveAsWorker();
  else new Frame().draw();
}
