// What a page asks of the server it came from.

const PATIENCE = 8000; // milliseconds after which a server that does not answer is away

// What the server says in words of a request that it does not take.
export class NotTaken extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

// Nothing answers: the server was stopped, or the network is gone.
export class Away extends Error {}

// Whether it may pass by itself: no answer, or a server in trouble.
export function passes(error) {
  return error instanceof Away || (error instanceof NotTaken && error.status >= 500);
}

// A function of method, path and what is sent: the answer, null where there is nothing new.
//
// away: what is said where nothing answers; token: what the server is shown.  Throws `NotTaken` and
// `Away`.
export function asker(away, token = "") {
  return async (method, path, given) => {
    const headers = { ...(token && { Authorization: `Bearer ${token}` }),
      ...(given !== undefined && { "Content-Type": "application/json" }) };
    const body = given === undefined ? undefined : JSON.stringify(given);
    let status, text;
    try {
      const answer = await fetch(path, { method, headers, body, cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE) });
      [status, text] = [answer.status, await answer.text()];
    } catch {
      throw new Away(away);
    }
    if (status === 204) return null;
    if (status !== 200) throw new NotTaken(status, text.trim());
    return JSON.parse(text);
  };
}

// Does something again and again, `pause` milliseconds apart, until what it returns is false.
export async function repeatedly(pause, task) {
  while (await task() !== false) await new Promise((resolve) => { setTimeout(resolve, pause); });
}
