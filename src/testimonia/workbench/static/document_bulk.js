// @ts-check
/** Accepting many at once: only what is on the screen, only kinds that carry no claim, counted and listed beforehand. */
import { el, number, post, say, t } from "./shared.js";

/** @typedef {import("./document_desk.js").Desk} Desk */
/** @typedef {import("./document_codings.js").Coding} Coding */
/** @typedef {import("./document_codings.js").State} State */

const KINDS = new Set(["place", "org", "date", "law"]);
const MOST = 200;

/**
 * The codings that wait, may be accepted together, and stand wholly on the screen.
 * @param {Desk} desk
 * @returns {Coding[]}
 */
export function onScreen(desk) {
  const low = document.getElementById("panel")?.matches(":not([hidden])") && matchMedia("(max-width: 60rem)").matches ? 0.54 : 1;
  return desk.codings.order.filter((coding) => {
    if (!KINDS.has(coding.kind) || !desk.waiting(coding)) return false;
    const marks = desk.marks.of(coding.id);
    return marks.length > 0 && marks.every((mark) => seen(mark, innerHeight * low));
  }).slice(0, MOST); // prettier-ignore
}

/**
 * @param {HTMLElement} mark
 * @param {number} low
 */
function seen(mark, low) {
  const place = mark.getBoundingClientRect();
  return place.height > 0 && place.top >= 0 && place.bottom <= low;
}

export class Bulk {
  /**
   * @param {Desk} desk
   * @param {import("./document_judge.js").Judge} judge
   * @param {(task: () => Promise<boolean>) => void} add
   */
  constructor(desk, judge, add) {
    this.desk = desk;
    this.judge = judge;
    this.add = add;
  }

  /** Show how many and which, and ask. */
  ask() {
    const found = onScreen(this.desk);
    if (!found.length) {
      const sentence = t("No place, organisation, date or law on the screen waits to be judged.");
      this.desk.note(sentence);
      say(sentence);
    } else this.dialog(found);
    return true;
  }

  /** @param {Coding[]} found */
  dialog(found) {
    const title = el("h2", { id: "bulk-title" }, t("Accept the {count} listed here?", { count: number(found.length) }));
    const boxes = found.map((coding) => this.row(coding));
    const yes = el("button", { type: "submit", class: "first" }, t("Accept those ticked"));
    const no = el("button", { type: "button" }, t("Leave them"));
    const list = el("ul", { class: "bulk" }, ...boxes.map(({ row }) => row));
    const form = el("form", { method: "dialog" }, title, el("p", {}, explained()), list, el("p", { class: "buttons" }, yes, no));
    const dialog = el("dialog", { "aria-labelledby": "bulk-title" }, form);
    no.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", () => this.accept(boxes.filter(({ box }) => box.checked).map(({ coding }) => coding)));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  }

  /** @param {Coding} coding */
  row(coding) {
    const box = el("input", { type: "checkbox", id: `bulk-${coding.id}` });
    box.checked = true;
    const name = el("label", { for: box.id }, `${coding.quote} `, el("span", { class: `swatch k-${coding.kind}` }, this.desk.kindName(coding.kind)));
    return { coding, box, row: el("li", {}, box, " ", name, el("span", { class: "soft" }, ` ${coding.value ?? ""}`)) };
  }

  /** @param {Coding[]} codings */
  accept(codings) {
    if (codings.length) this.add(() => this.send(codings, "accepted"));
  }

  /**
   * @param {Coding[]} codings
   * @param {State} state
   */
  async send(codings, state) {
    const told = codings.map((coding) => ({ coding: coding.id, seen: coding.review }));
    const seconds = this.judge.cursor.clock.seconds;
    const { status, value } = await post("/judge/many", { rendering: this.desk.rendering, codings: told, state, seconds });
    if (status !== 200) return this.failed(status, value, codings);
    for (const kept of value.codings) this.judge.stored(codings.find((one) => one.id === kept.coding) ?? codings[0], kept.now);
    if (state === "accepted") this.judge.done.push(() => this.send(codings, "suggested"));
    say(state === "accepted" ? t("{count} accepted. u takes them back.", { count: number(codings.length) }) : t("{count} taken back.", { count: number(codings.length) }));
    this.judge.cursor.to(this.desk.current, { aloud: false, scroll: false });
    return true;
  }

  /**
   * @param {number} status
   * @param {any} value
   * @param {Coding[]} codings
   */
  failed(status, value, codings) {
    const now = value.now && codings.find((one) => one.id === value.now.id);
    if (now) this.judge.stored(now, value.now);
    this.desk.problem(value.error);
    return status >= 400 && status < 500;
  }
}

function explained() {
  return t("They stand on the screen now. Figures, acts, measures and whatever carries a claim are judged one by one.");
}
