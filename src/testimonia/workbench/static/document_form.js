// @ts-check
/** The form beside the text in which a coding is corrected, or one of one's own is made out of words that were chosen. */
import { Combobox } from "./document_combobox.js";
import { attributeName } from "./document_panel.js";
import { el, fetchJson, say, t } from "./shared.js";

/** @typedef {import("./document_desk.js").Desk} Desk */
/** @typedef {import("./document_codings.js").Coding} Coding */
/** @typedef {import("./document_combobox.js").Option} Option */
/** @typedef {import("./document_text.js").Spot} Spot */
/** @typedef {{kinds: Record<string, {scheme: string|null, parts: string[]}>, lists: Record<string, Option[]>}} Choices */
/** @typedef {{kind: string, fields: Record<string, string|number|null>, parts: Record<string, Spot>}} Filled */

/** @type {Choices | null} */
let choices = null;

/** What may be chosen from; asked for once. @returns {Promise<Choices | null>} */
export async function loadChoices() {
  if (!choices) {
    const { status, value } = await fetchJson("/codebook");
    if (status === 200) choices = value;
  }
  return choices;
}

export class Form {
  /**
   * @param {Desk} desk
   * @param {Choices} choices
   * @param {{spot: Spot, from?: Coding, send: (filled: Filled, form: Form) => void, leave: () => void}} about
   */
  constructor(desk, choices, about) {
    this.desk = desk;
    this.choices = choices;
    this.about = about;
    this.kind = about.from?.kind ?? desk.kind ?? "figure";
    /** @type {Record<string, Spot>} */
    this.parts = { ...about.from?.parts };
    /** @type {string | null} the part that the next chosen words fill */
    this.filling = null;
    /** @type {Record<string, Combobox | HTMLInputElement>} */
    this.fields = {};
    this.body = el("div", {});
    this.refusal = el("p", { class: "wrong", role: "alert" });
    this.root = el("form", { class: "edit", "aria-label": about.from ? t("Correct this coding") : t("Code these words") });
    this.root.append(...this.head(), this.body, this.refusal, ...this.foot());
    this.draw();
    this.root.addEventListener("submit", (event) => this.submit(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  head() {
    const title = el("h2", {}, this.about.from ? t("Correct this coding") : t("Code these words"));
    return [title, el("blockquote", { class: "quote" }, this.about.spot.quote), this.kindField()];
  }

  foot() {
    const leave = el("button", { type: "button" }, el("kbd", {}, "Esc"), ` ${t("Leave")}`);
    leave.addEventListener("click", () => this.about.leave());
    const keep = el("button", { type: "submit", class: "first" }, el("kbd", {}, "↵"), ` ${t("Keep")}`);
    return [el("p", { class: "buttons" }, keep, leave)];
  }

  kindField() {
    const group = el("fieldset", { class: "kind-field" }, el("legend", {}, t("Kind")));
    Object.keys(this.choices.kinds).forEach((kind, index) => {
      const box = el("input", { type: "radio", name: "kind", value: kind, id: `kind-${kind}` });
      box.checked = kind === this.kind;
      box.addEventListener("change", () => this.change(kind));
      const key = index < 9 ? [el("kbd", {}, String(index + 1)), " "] : [];
      group.append(el("span", {}, box, el("label", { for: box.id }, ...key, this.desk.kindName(kind))));
    });
    return group;
  }

  /** @param {string} kind */
  change(kind) {
    this.kind = kind;
    const box = this.root.querySelector(`#kind-${CSS.escape(kind)}`);
    if (box instanceof HTMLInputElement) {
      box.checked = true;
      box.focus();
    }
    this.draw();
  }

  draw() {
    this.fields = {};
    const { scheme, parts } = this.choices.kinds[this.kind] ?? { scheme: null, parts: [] };
    this.body.replaceChildren(
      ...(scheme ? [this.choice("code", t("Code"), this.choices.lists[scheme])] : []),
      ...(this.kind === "figure" ? this.figure() : scheme ? [] : [this.text("value", t("Value"))]),
      this.choice("modality", t("How it is said"), this.choices.lists.modality, "reported"),
      this.choice("polarity", t("Said or denied"), this.choices.lists.polarity, "positive"),
      this.choice("basis", t("Known by"), this.choices.lists.basis),
      ...(parts.length ? [this.partRows(parts)] : []),
    );
  }

  figure() {
    return [
      el("div", { class: "row" }, this.text("value", t("Value")), this.text("min", t("Least")), this.text("max", t("Most"))),
      this.choice("unit", t("Unit"), this.choices.lists.unit, "persons"),
      this.choice("comparator", t("Exact or about"), this.choices.lists.comparator, "="),
      this.choice("value_status", t("Is the number there?"), this.choices.lists.value_status, "present"),
    ];
  }

  /**
   * @param {string} name
   * @param {string | null} fresh
   * @returns {string | null}
   */
  first(name, fresh) {
    const from = this.about.from;
    if (!from || (from.kind !== this.kind && name === "code")) return fresh;
    const value = from[/** @type {"value"} */ (name)];
    return value === null || value === undefined ? null : String(value);
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {Option[]} options
   * @param {string | null} [fresh]
   */
  choice(name, label, options, fresh = null) {
    const made = new Combobox(label, options, this.first(name, fresh));
    this.fields[name] = made;
    return made.root;
  }

  /**
   * @param {string} name
   * @param {string} label
   */
  text(name, label) {
    const numeric = this.kind === "figure";
    const guess = name === "value" && !numeric ? this.about.spot.quote : name === "value" ? numberIn(this.about.spot.quote) : null;
    const input = el("input", { id: `field-${name}`, type: "text", autocomplete: "off", inputmode: numeric ? "decimal" : null });
    input.value = this.first(name, guess) ?? "";
    this.fields[name] = input;
    return el("div", { class: "field" }, el("label", { for: input.id }, label), input);
  }

  /** @param {string[]} roles */
  partRows(roles) {
    const group = el("fieldset", { class: "part-fields" }, el("legend", {}, t("Parts: choose one, then click or select its words")));
    for (const role of new Set([...roles, ...Object.keys(this.parts)])) group.append(this.partRow(role));
    return group;
  }

  /** @param {string} role */
  partRow(role) {
    const spot = this.parts[role];
    const pick = el("button", { type: "button", "aria-pressed": String(this.filling === role), "data-role": role }, attributeName(role));
    pick.addEventListener("click", () => this.fill(this.filling === role ? null : role));
    const row = el("div", { class: "part-row" }, pick, el("span", { class: "part-words" }, spot?.quote ?? ""));
    if (spot) {
      const drop = el("button", { type: "button", class: "drop", "aria-label": t("Empty {part}", { part: attributeName(role) }) }, "×");
      drop.addEventListener("click", () => this.setPart(role, null));
      row.append(drop);
    }
    return row;
  }

  /** The next words that are chosen in the text fill this part. @param {string | null} role */
  fill(role) {
    this.filling = role;
    document.getElementById("text")?.classList.toggle("filling", role !== null);
    this.redrawParts(role);
    if (role) say(t("Click or select the words of {part} in the text.", { part: attributeName(role) }));
  }

  /** @param {string | null} focus */
  redrawParts(focus) {
    const old = this.body.querySelector(".part-fields");
    const { parts } = this.choices.kinds[this.kind] ?? { parts: [] };
    if (old) old.replaceWith(this.partRows(parts));
    const button = focus && this.body.querySelector(`[data-role="${CSS.escape(focus)}"]`);
    if (button instanceof HTMLElement) button.focus();
  }

  /**
   * @param {string} role
   * @param {Spot | null} spot
   */
  setPart(role, spot) {
    if (spot) this.parts[role] = spot;
    else delete this.parts[role];
    this.fill(null);
    this.redrawParts(role);
    if (spot) say(t("{part}: {words}", { part: attributeName(role), words: spot.quote }));
  }

  /** Words were chosen in the text; true where they fill a part. @param {Spot} spot */
  takes(spot) {
    if (this.filling === null) return false;
    this.setPart(this.filling, spot);
    return true;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    if (event.code === "Escape") {
      event.preventDefault();
      if (this.filling === null) this.about.leave();
      else this.fill(null);
    }
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const radio = event.target instanceof HTMLInputElement && event.target.type === "radio";
    const kind = digit && radio ? Object.keys(this.choices.kinds)[Number(digit[1]) - 1] : null;
    if (kind) this.change(kind);
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    this.refuse("");
    this.about.send(this.filled(), this);
  }

  /** @returns {Filled} */
  filled() {
    /** @type {Record<string, string|number|null>} */
    const fields = {};
    for (const [name, field] of Object.entries(this.fields)) {
      if (field instanceof Combobox) field.leave();
      const value = field instanceof Combobox ? field.code : field.value.trim();
      fields[name] = value === "" || value === null ? null : this.numeric(name) && isNumber(value) ? Number(plainNumber(value)) : value;
    }
    return { kind: this.kind, fields, parts: this.parts };
  }

  /** @param {string} name */
  numeric(name) {
    return this.kind === "figure" && (name === "value" || name === "min" || name === "max");
  }

  /** Why it was not kept, said where one looks. @param {string} sentence */
  refuse(sentence) {
    this.refusal.textContent = sentence;
  }

  /** Put the cursor where one begins. */
  focus() {
    const code = this.fields.code instanceof Combobox ? this.fields.code.input : this.body.querySelector("input");
    const kind = this.root.querySelector("input[name=kind]:checked");
    const first = this.about.from ? code : kind;
    if (first instanceof HTMLElement) first.focus();
  }
}

/** @param {string} text */
function plainNumber(text) {
  return text.replaceAll(",", "").replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** @param {string} text */
function isNumber(text) {
  return /^-?\d+(\.\d+)?$/.test(plainNumber(text));
}

/** The first number in some words, if it is written in digits. @param {string} text */
function numberIn(text) {
  return /[\d０-９][\d０-９,]*(?:\.\d+)?/.exec(text)?.[0] ?? null;
}
