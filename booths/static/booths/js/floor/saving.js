// Saves by itself, a moment after the last change; says how that went.
const QUIET = 600; // ms without a change
const AGAIN = [2000, 5000, 15000];

export class Saving extends EventTarget {
  constructor(plan, { url, token, version }) {
    super();
    Object.assign(this, { plan, url, token, version, timer: 0, busy: null, failures: 0 });
    plan.addEventListener("changed", () => this.soon());
    addEventListener("beforeunload", (event) => this.isUnsaved && event.preventDefault());
  }

  get isUnsaved() {
    return Boolean(this.busy) || Object.keys(this.plan.pending()).length > 0;
  }

  soon(wait = QUIET) {
    clearTimeout(this.timer);
    if (Object.keys(this.plan.pending()).length) {
      this.#say("unsaved");
      this.timer = setTimeout(() => this.now(), wait);
    } else if (!this.busy) this.#say("saved");
  }

  // Everything there is to save is saved when this ends, or it answers false.
  async now() {
    clearTimeout(this.timer);
    if (this.busy) await this.busy;
    const changes = this.plan.pending();
    if (!Object.keys(changes).length) return true;
    this.busy = this.#send(changes);
    const went = await this.busy;
    this.busy = null;
    if (went === "again") return this.now();
    this.soon();
    return went === "saved";
  }

  async #send(changes) {
    const sent = this.plan.send();
    this.#say("saving");
    let answer;
    try {
      answer = await this.post(`${this.url}save/`, JSON.stringify({ version: this.version, changes }), "application/json");
    } catch {
      this.plan.back(sent);
      this.#say("offline");
      this.timer = setTimeout(() => this.now(), AGAIN[Math.min(this.failures++, AGAIN.length - 1)]);
      return "failed";
    }
    this.failures = 0;
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.took(told);
      return "saved";
    }
    if (told.code === "newer_draft") {
      this.plan.back(sent);
      return (await this.reload()) ? "again" : "failed";
    }
    this.plan.takeAway(sent);
    this.#say("refused", told.message ?? "");
    return "refused";
  }

  post(url, body, type) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.token };
    if (type) headers["Content-Type"] = type;
    return fetch(url, { method: "POST", body, headers });
  }

  took(told) {
    this.version = told.version;
    this.dispatchEvent(new CustomEvent("looked", { detail: told }));
    if (!Object.keys(this.plan.pending()).length) this.#say("saved");
  }

  // Somebody else was faster: their plan, with ours on top.
  async reload() {
    const answer = await fetch(this.url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) {
      this.#say("gone");
      return false;
    }
    const whole = await answer.json();
    this.version = whole.version;
    this.dispatchEvent(new CustomEvent("looked", { detail: whole }));
    this.plan.replace(whole.content);
    this.#say("newer");
    return true;
  }

  #say(state, text = "") {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, text } }));
  }
}
