// The edits that the server computes: a block, merging, splitting, renumbering. Each form also works alone.
import { labelOf } from "./names.js";

export class Forms {
  constructor(root, { plan, choice, saving, says }) {
    Object.assign(this, { root, plan, choice, saving, says });
    root.addEventListener("submit", (event) => this.#submit(event));
    root.addEventListener("toggle", (event) => this.#fill(event.target), true);
    document.addEventListener("click", (event) => this.#open(event));
  }

  // What is chosen goes into the forms that ask for booths.
  codes() {
    return this.choice.booths().map(([, booth]) => booth.code).join(" ");
  }

  #open(event) {
    const button = event.target.closest("[data-edit]");
    if (!button) return;
    const form = this.root.querySelector(`form[data-plan-edit="${button.dataset.edit}"]`);
    const booths = form.elements.booths;
    if (booths) booths.value = this.codes();
    if (button.dataset.at === "once") {
      form.requestSubmit();
      return;
    }
    const details = form.closest("details");
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
    form.querySelector("select, input:not([type=hidden])")?.focus();
  }

  #fill(details) {
    if (!(details instanceof HTMLDetailsElement) || !details.open) return;
    const booths = details.querySelector("form")?.elements.booths;
    if (booths && !booths.value) booths.value = this.codes();
    this.#refill(details);
  }

  // Halls and zones drawn meanwhile can be chosen too.
  #refill(details) {
    for (const [name, section] of [["hall", "halls"], ["zone", "zones"]]) {
      const select = details.querySelector(`select[name=${name}]`);
      if (!select) continue;
      const chosen = select.value;
      const first = select.options[0]?.value === "" ? [new Option(select.options[0].text, "")] : [];
      const things = Object.entries(this.plan.content[section]);
      select.replaceChildren(...first, ...things.map(([key, one]) => new Option(labelOf(one), key)));
      if ([...select.options].some((option) => option.value === chosen)) select.value = chosen;
    }
  }

  async #submit(event) {
    const form = event.target.closest("form[data-plan-edit]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    const place = form.querySelector("[data-refusal]");
    place.textContent = "";
    button.disabled = true;
    try {
      if (!(await this.saving.now())) return;
      form.elements.version.value = this.saving.version;
      const answer = await this.saving.post(form.action, new FormData(form));
      const told = await answer.json();
      if (!answer.ok) {
        form.closest("details").open = true;
        place.textContent = told.message;
        if (told.code === "newer_draft" || answer.status === 409) await this.saving.reload();
        return;
      }
      this.#took(told, form);
    } catch {
      place.textContent = form.dataset.offline;
    } finally {
      button.disabled = false;
    }
  }

  #took(told, form) {
    this.plan.change(told.changes, { saved: true });
    this.saving.took(told);
    const made = Object.entries(told.changes.booths ?? {}).filter(([, booth]) => booth).map(([key]) => key);
    const others = [...Object.keys(told.changes.halls ?? {}), ...Object.keys(told.changes.facilities ?? {})];
    if (made.length || others.length) this.choice.set(made.length ? made : others);
    form.closest("details").open = false;
    this.says(form.dataset.done);
    document.getElementById("plan").focus({ preventScroll: true });
  }
}
