// @ts-check
/** Corrections, codings of one's own, and other bounds for a coding: sent to the gate, and shown when they are kept. */
import { Form, loadChoices } from "./document_form.js";
import { rangeOf, selected } from "./document_text.js";
import { clicked, moved } from "./document_words.js";
import { post, say, t } from "./shared.js";

/** @typedef {import("./document_desk.js").Desk} Desk */
/** @typedef {import("./document_codings.js").Coding} Coding */
/** @typedef {import("./document_form.js").Filled} Filled */
/** @typedef {import("./document_text.js").Spot} Spot */
/** @typedef {{coding: Coding, start: number, end: number}} Pending */

const PAUSE = 1000; // milliseconds after the last key at which new bounds are kept

export class Own {
  /**
   * @param {Desk} desk
   * @param {import("./document_sheets.js").Sheets} sheets
   * @param {import("./document_judge.js").Judge} judge
   * @param {HTMLElement} place where the form stands
   * @param {(task: () => boolean | Promise<boolean>) => void} add
   */
  constructor(desk, sheets, judge, place, add) {
    this.desk = desk;
    this.sheets = sheets;
    this.judge = judge;
    this.place = place;
    this.add = add;
    /** @type {Form | null} */
    this.form = null;
    /** @type {Pending | null} */
    this.pending = null;
    this.timer = 0;
    sheets.text.addEventListener("mouseup", (event) => this.mouse(event));
  }

  // Forms ---------------------------------------------------------------------------------------------

  async correct() {
    const coding = this.desk.current;
    if (!coding) return this.judge.nothing();
    await this.open({ spot: coding, from: coding, send: (filled, form) => this.sendCorrection(coding, filled, form) });
    return true;
  }

  async codeSelected() {
    const spot = selected();
    if (spot) await this.code(spot);
    return true;
  }

  /** @param {Spot} spot */
  async code(spot) {
    await this.open({ spot, send: (filled, form) => this.sendOwn(spot, filled, form) });
  }

  /** @param {{spot: Spot, from?: Coding, send: (filled: Filled, form: Form) => void}} about */
  async open(about) {
    const choices = await loadChoices();
    if (!choices) return this.desk.problem(t("The codebook did not come. Try once more."));
    for (const [list, options] of Object.entries(choices.lists)) this.desk.learn({ [list]: namesOf(options) });
    this.form = new Form(this.desk, choices, { ...about, leave: () => this.leave() });
    this.place.replaceChildren(this.form.root);
    this.desk.root.classList.add("editing");
    this.form.focus();
  }

  leave() {
    this.form?.fill(null);
    this.form = null;
    getSelection()?.removeAllRanges(); // else Enter would code the same words again
    this.place.replaceChildren();
    this.desk.root.classList.remove("editing");
    this.sheets.text.focus({ preventScroll: true });
  }

  /** @param {MouseEvent} event */
  mouse(event) {
    if (!this.form || this.form.filling === null) return;
    const spot = selected() ?? clicked(event);
    if (!spot) return;
    const quote = rangeOf(spot.start, spot.end)?.toString() ?? "";
    this.form.takes({ ...spot, quote });
    getSelection()?.removeAllRanges();
  }

  // Sending -------------------------------------------------------------------------------------------

  /**
   * What only a review can say is a review; other words for its parts, or another kind, make a coding of one's own.
   * @param {Coding} coding
   * @param {Filled} filled
   * @param {Form} form
   */
  sendCorrection(coding, filled, form) {
    const changes = changed(coding, filled.fields);
    if (filled.kind !== coding.kind || !sameParts(coding.parts, filled.parts))
      return this.sendOwn(coding, filled, form, coding);
    if (!Object.keys(changes).length) return this.leave(), this.add(() => this.judge.judge(coding, "accepted"));
    this.add(async () => {
      const told = { rendering: this.desk.rendering, coding: coding.id, state: "corrected", changes, seen: coding.review, shown: true };
      const before = this.judge.before(coding);
      const { status, value } = await post("/judge", { ...told, seconds: this.judge.cursor.clock.seconds });
      if (status !== 200) return this.refused(status, value, form, coding);
      this.judge.stored(coding, value.now);
      this.judge.done.push(() => this.judge.takeBack(coding, before));
      this.leave();
      return this.judge.cursor.move(1, this.desk.waiting);
    });
  }

  /**
   * @param {{start: number, end: number}} spot
   * @param {Filled} filled
   * @param {Form | null} form
   * @param {Coding} [replaces]
   */
  sendOwn(spot, filled, form, replaces) {
    const parts = Object.fromEntries(Object.entries(filled.parts).map(([role, { start, end }]) => [role, { start, end }]));
    const told = { rendering: this.desk.rendering, kind: filled.kind, start: spot.start, end: spot.end, ...filled.fields, parts };
    const over = replaces ? { replaces: replaces.id, seen: replaces.review } : {};
    this.add(async () => {
      const { status, value } = await post("/codings", { ...told, ...over, seconds: this.judge.cursor.clock.seconds });
      if (status !== 200) return this.refused(status, value, form, replaces);
      this.leave();
      await this.kept(value.coding, replaces);
      return true;
    });
  }

  /**
   * @param {number} status
   * @param {any} value
   * @param {Form | null} form
   * @param {Coding | undefined} coding
   */
  refused(status, value, form, coding) {
    if (status === 409 && coding) this.judge.overtaken(coding, "corrected", value);
    if (form && this.form === form) form.refuse(value.error);
    else this.desk.problem(value.error);
    say(value.error);
    return status >= 400 && status < 500 && status !== 423;
  }

  /**
   * A coding of one's own stands; draw its sheet anew and put the cursor on it.
   * @param {Coding} coding
   * @param {Coding} [replaced]
   */
  async kept(coding, replaced) {
    await this.sheets.renew(Math.min(coding.start, replaced?.start ?? coding.start), Math.max(coding.end, replaced?.end ?? coding.end));
    this.judge.done.push(() => this.takeBack(coding, replaced));
    this.desk.changed();
    this.judge.cursor.to(this.desk.codings.get(coding.id), { scroll: false });
  }

  /**
   * @param {Coding} coding
   * @param {Coding} [replaced]
   */
  async takeBack(coding, replaced) {
    const told = { coding: coding.id, ...(replaced && { replaces: replaced.id }) };
    const { status, value } = await post("/codings/undo", told);
    if (status !== 200) return this.refused(status, value, null, undefined);
    await this.sheets.renew(Math.min(coding.start, replaced?.start ?? coding.start), Math.max(coding.end, replaced?.end ?? coding.end));
    this.desk.changed();
    this.judge.cursor.to(this.desk.codings.get(replaced?.id ?? coding.id));
    return true;
  }

  // Bounds --------------------------------------------------------------------------------------------

  /**
   * Show the coding at the cursor with its end or start moved by a word; kept after a pause, or with the next key.
   * @param {"start" | "end"} side
   * @param {boolean} grow
   */
  nudge(side, grow) {
    const coding = this.desk.current;
    if (!coding) return this.judge.nothing();
    const span = moved(this.pending ?? coding, side, grow);
    this.pending = { coding, ...span };
    const range = rangeOf(span.start, span.end);
    if (range && "highlights" in CSS) CSS.highlights.set("chosen", new Highlight(range));
    say(range?.toString() ?? "");
    this.desk.note(t("New bounds: {words}", { words: range?.toString() ?? "" }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.add(() => this.settle()), PAUSE);
    return true;
  }

  /** Keep the bounds that are shown, if they are others than before. @returns {boolean | Promise<boolean>} */
  settle() {
    clearTimeout(this.timer);
    const wanted = this.pending;
    if (!wanted) return true;
    if (wanted.start === wanted.coding.start && wanted.end === wanted.coding.end) return this.forget();
    return this.respan(wanted);
  }

  forget() {
    this.pending = null;
    if ("highlights" in CSS) CSS.highlights.delete("chosen");
    this.desk.note("");
    return true;
  }

  /** @param {Pending} wanted */
  async respan({ coding, start, end }) {
    const seconds = this.judge.cursor.clock.seconds;
    const { status, value } = await post("/codings/respan", { coding: coding.id, start, end, seen: coding.review, seconds });
    if (status !== 200 && (status < 400 || status >= 500)) return this.refused(status, value, null, undefined);
    this.forget();
    if (status !== 200) return this.refused(status, value, null, coding);
    await this.kept(value.coding, coding);
    return true;
  }
}

/**
 * @param {import("./document_combobox.js").Option[]} options
 * @returns {Record<string, string>}
 */
function namesOf(options) {
  const here = /** @type {"en" | "ko" | "zh"} */ (document.documentElement.lang);
  return Object.fromEntries(options.map((one) => [one.code, one[here] ?? one.en ?? one.code]));
}

/**
 * @param {Coding} coding
 * @param {Record<string, string|number|null>} fields
 */
function changed(coding, fields) {
  const before = /** @type {Record<string, any>} */ (/** @type {unknown} */ (coding));
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== (before[name] ?? null)));
}

/**
 * @param {Record<string, {start: number, end: number}>} one
 * @param {Record<string, {start: number, end: number}>} other
 */
function sameParts(one, other) {
  const roles = Object.keys(one);
  if (roles.length !== Object.keys(other).length) return false;
  return roles.every((role) => other[role]?.start === one[role].start && other[role]?.end === one[role].end);
}
