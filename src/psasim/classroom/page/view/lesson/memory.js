// What the room predicted and answered, kept on this machine alone, for as long as it is wanted.

const KEPT_AS = "psasim-lesson";

// A small store by name, which a reload of the page survives where the browser keeps anything.
export class Memory {
  constructor() {
    this.kept = {};
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT_AS));
      if (typeof kept === "object" && kept) this.kept = kept;
    } catch { /* nothing was kept, or nothing may be */ }
  }

  get(name) {
    return this.kept[name];
  }

  set(name, value) {
    if (value === undefined) delete this.kept[name];
    else this.kept[name] = value;
    try {
      localStorage.setItem(KEPT_AS, JSON.stringify(this.kept));
    } catch { /* it is kept until the page is closed */ }
  }

  forget() {
    this.kept = {};
    try {
      localStorage.removeItem(KEPT_AS);
    } catch { /* nothing was kept */ }
  }
}
