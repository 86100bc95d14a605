// Drives Chromium by its own protocol over a pipe, without a library.
//
// node browser.cjs TASK OUTPUT, where TASK is a file of JavaScript, the body of an async function
// of `page` and `output`; what it puts into `output` is written to OUTPUT as JSON.
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const CALM = ["--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
  "--disable-extensions", "--remote-debugging-pipe", "--no-sandbox", "--window-size=1500,1400"];

class Browser {
  constructor(program) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "page-"));
    this.child = spawn(program, [...CALM, `--user-data-dir=${this.folder}`, "about:blank"],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.waiting = new Map();
    this.number = 0;
    this.said = [];
    let held = "";
    this.child.stdio[4].on("data", (bytes) => {
      const parts = (held + bytes).split("\0");
      held = parts.pop();
      for (const part of parts) this.#take(JSON.parse(part));
    });
  }

  #take({ id, result, error, method, params }) {
    if (id) {
      const [resolve, reject] = this.waiting.get(id);
      this.waiting.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    } else if (method === "Runtime.exceptionThrown") {
      this.said.push(params.exceptionDetails.exception?.description
        ?? params.exceptionDetails.text);
    } else if (method === "Log.entryAdded") this.said.push(params.entry.text);
  }

  send(method, params = {}, sessionId = this.session) {
    const id = ++this.number;
    this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => { this.waiting.set(id, [resolve, reject]); });
  }

  async attach() {
    const { targetInfos } = await this.send("Target.getTargets", {}, undefined);
    const { targetId } = targetInfos.find((one) => one.type === "page");
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true },
      undefined);
    this.session = sessionId;
    await this.send("Runtime.enable");
    await this.send("Log.enable");
    await this.send("Page.enable");
  }

  open(url) {
    return this.send("Page.navigate", { url });
  }

  // Value of an expression in the page, which may be a promise.
  async value(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate",
      { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
    return result.value;
  }

  // Waits until an expression is true.
  async until(expression, seconds = 60) {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
      if (await this.value(expression)) return;
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
    throw new Error(`not within ${seconds} s: ${expression}; said: ${this.said.join("; ")}`);
  }

  async key(key, code = key, text = undefined) {
    const codes = { Tab: 9, Enter: 13, ArrowRight: 39, ArrowLeft: 37, ArrowDown: 40, ArrowUp: 38 };
    const event = { key, code, windowsVirtualKeyCode: codes[key] ?? 0, text };
    await this.send("Input.dispatchKeyEvent", { ...event, type: text ? "keyDown" : "rawKeyDown" });
    await this.send("Input.dispatchKeyEvent", { ...event, type: "keyUp" });
  }

  async picture(file) {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: false });
    fs.writeFileSync(file, Buffer.from(data, "base64"));
  }

  close() {
    this.child.kill();
    this.child.on("exit", () => fs.rmSync(this.folder, { recursive: true, force: true }));
  }
}

async function main([task, out]) {
  const page = new Browser(process.env.PSASIM_CHROMIUM ?? "chromium"), output = {};
  try {
    await page.attach();
    const body = Object.getPrototypeOf(main).constructor("page", "output",
      fs.readFileSync(task, "utf8"));
    await body(page, output);
    output.said = page.said;
    fs.writeFileSync(out, JSON.stringify(output));
  } finally {
    page.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
