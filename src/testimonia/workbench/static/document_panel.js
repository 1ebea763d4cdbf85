// @ts-check
/** The panel beside the text: what the coding at the cursor says, who says so and why, and what it leaves open. */
import { stateName } from "./document_desk.js";
import { el, number, t } from "./shared.js";

/** @typedef {import("./document_desk.js").Desk} Desk */
/** @typedef {import("./document_codings.js").Coding} Coding */
/** @typedef {{key: string, label: string, press: () => void, kind?: string}} Button */

export class Panel {
  /**
   * @param {Desk} desk
   * @param {Button[]} buttons
   */
  constructor(desk, buttons) {
    this.desk = desk;
    this.root = /** @type {HTMLElement} */ (document.getElementById("panel"));
    this.body = el("div", { class: "coding" });
    this.form = el("div", { class: "forms" });
    this.progress = el("p", { class: "progress soft" });
    this.bar = el("div", { class: "buttons" }, ...buttons.map(button));
    const problem = el("p", { id: "problem", class: "wrong" });
    const more = el("div", { class: "after-failure", id: "after-failure", hidden: true });
    this.root.append(this.progress, problem, more, this.body, this.form, this.bar);
    if (!desk.who) this.bar.before(el("p", { class: "soft" }, readingOnly()));
    this.root.hidden = false;
  }

  /** @param {Coding | undefined} coding */
  show(coding) {
    this.body.replaceChildren(...(coding ? this.describe(coding) : [this.nothing()]));
  }

  nothing() {
    return el("p", { class: "soft" }, t("Press j to go to the first proposal, or click one in the text."));
  }

  /** @param {Coding} coding */
  describe(coding) {
    return [
      el(
        "h2",
        { class: "what" },
        el("span", { class: `swatch k-${coding.kind}` }, this.desk.kindName(coding.kind)),
        " ",
        this.desk.codeName(coding),
      ),
      el("blockquote", { class: "quote", lang: this.desk.languageOf(coding) }, coding.quote),
      this.state(coding),
      this.facts(coding),
      ...this.parts(coding),
      ...this.lacks(coding),
      ...this.votes(coding),
      ...this.beside(coding),
    ];
  }

  /** @param {Coding} coding */
  state(coding) {
    const line = el("p", { class: "state" }, el("span", { class: `tag ${coding.state}` }, stateName(coding.state)));
    const by = coding.by ? t("by {who}, {when}", { who: coding.by, when: moment(coding.at) }) : "";
    line.append(" ", el("span", { class: "soft" }, by));
    return line;
  }

  /** @param {Coding} coding */
  facts(coding) {
    const { desk } = this;
    /** @type {[string, string][]} */
    const rows = [
      [t("value"), valueOf(desk, coding)],
      [t("how it is said"), desk.label("modality", coding.modality)],
      [t("denied"), coding.polarity === "negative" ? desk.label("polarity", coding.polarity) : ""],
      [t("known by"), desk.label("basis", coding.basis)],
      ...details(coding),
      [t("proposed by"), [coding.coder, coding.rule].filter(Boolean).join(" · ")],
      [t("cue"), coding.cue ?? ""],
      [t("how sure"), coding.confidence_reason ?? ""],
    ];
    const list = el("dl", { class: "facts" });
    for (const [name, value] of rows) if (value) list.append(el("dt", {}, name), el("dd", {}, value));
    if (coding.confidence_reason) list.lastElementChild?.setAttribute("lang", "en"); // rules give reasons in English
    return list;
  }

  /** @param {Coding} coding */
  parts(coding) {
    const rows = Object.entries(coding.parts);
    if (!rows.length) return [];
    const list = el("dl", { class: "facts parts" });
    for (const [role, part] of rows) {
      list.append(el("dt", {}, attributeName(role)), el("dd", { lang: this.desk.languageOf(coding) }, part.quote, part.value ? ` (${part.value})` : ""));
    }
    return [el("h3", {}, t("Parts")), list];
  }

  /** @param {Coding & {lacks?: string[]}} coding */
  lacks(coding) {
    if (!coding.lacks?.length) return [];
    const names = coding.lacks.map(attributeName).join(", ");
    return [el("p", { class: "lacks" }, t("Not said here: {names}.", { names }))];
  }

  /** The other codings of the same words, to be gone to. @param {Coding} coding */
  beside(coding) {
    const others = this.desk.beside(coding);
    if (!others.length) return [];
    const list = el("ul", { class: "beside" });
    for (const other of others) {
      const name = `${this.desk.codeName(other) || other.quote} `;
      const go = el("button", { type: "button" }, el("span", { class: `swatch k-${other.kind}` }, this.desk.kindName(other.kind)), ` ${name}`);
      go.addEventListener("click", () => this.desk.show(other));
      list.append(el("li", {}, go, el("span", { class: "soft" }, ` ${stateName(other.state)}`)));
    }
    return [el("h3", {}, t("Also on these words")), list];
  }

  /** @param {Coding} coding */
  votes(coding) {
    if (!coding.votes.length) return [];
    const list = el("ul", { class: "plainly" });
    for (const vote of coding.votes)
      list.append(el("li", {}, el("strong", {}, vote.who), ` ${stateName(vote.state)} `, el("span", { class: "soft" }, moment(vote.at))));
    return [el("h3", {}, t("Who judged it")), list];
  }
}

function readingOnly() {
  return t("Opened for reading only. To judge, start the workbench with --as and a pseudonym.");
}

/** What is of use to a reader of what else is normalised: nothing twice, and nothing that only rules need. */
const INWARD = new Set(["scope", "coref", "family", "attributive", "testimony", "dtype"]);

/** @param {Coding} coding @returns {[string, string][]} */
function details(coding) {
  const said = new Set([String(coding.value), coding.quote]);
  /** @type {[string, string][]} */
  const rows = [];
  for (const [name, value] of Object.entries(coding.attributes)) {
    if (INWARD.has(name) || said.has(value)) continue;
    said.add(value);
    rows.push([attributeName(name), value]);
  }
  return rows;
}

/** @param {Button} one */
function button(one) {
  const made = el("button", { type: "button", class: one.kind ?? "" }, el("kbd", {}, one.key), ` ${one.label}`);
  made.addEventListener("click", one.press);
  return made;
}

/** @param {string | null} at */
function moment(at) {
  if (!at) return "";
  const when = new Date(at);
  return Number.isNaN(when.valueOf()) ? at : when.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}

/**
 * @param {Desk} desk
 * @param {Coding} coding
 */
function valueOf(desk, coding) {
  const words = [];
  if (coding.comparator && coding.comparator !== "=") words.push(desk.label("comparator", coding.comparator));
  if (coding.value !== null) words.push(typeof coding.value === "number" ? number(coding.value) : coding.value);
  else if (coding.min !== null || coding.max !== null)
    words.push([coding.min, coding.max].map((one) => (one === null ? "…" : number(one))).join("–"));
  if (coding.value_status && coding.value_status !== "present") words.push(desk.label("value_status", coding.value_status));
  if (coding.unit) words.push(desk.label("unit", coding.unit));
  return words.join(" ");
}

/**
 * What a part or a detail is called.
 * @param {string} name
 * @returns {string}
 */
export function attributeName(name) {
  /** @type {Record<string, string>} */
  const names = {
    number: t("number"), claimant: t("claimant"), claimant_norm: t("claimant"), source: t("source"), via: t("through whom"),
    place: t("place"), period: t("period"), counted: t("what is counted"), counted_norm: t("what is counted"),
    population: t("population"), hedge: t("hedge"), cue: t("cue"), content: t("what is said"), actor: t("who acts"),
    victim: t("to whom"), perpetrator: t("by whom"), topic: t("topic"), status: t("status"),
    norm: t("normal form"), ptype: t("type of place"), otype: t("type of organisation"), mtype: t("type of measure"),
    path: t("path of places"), age_system: t("how age is counted"), measure: t("what is measured"), speaker: t("speaker"),
  }; // prettier-ignore
  return names[name] ?? name.replaceAll("_", " ");
}
