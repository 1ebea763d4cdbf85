// @ts-check
/** Brings the sheets of a text onto the page: those of a normal document soon, those of a long one as one nears them. */
import { drawSheet } from "./document_text.js";
import { fetchJson, t } from "./shared.js";

/** @typedef {import("./document_desk.js").Desk} Desk */

/** Up to so many sheets all are brought; of more only the near ones. */
const ALL = 24;
const NEAR = "2400px";

export class Sheets {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.count = Number(desk.root.dataset.sheets);
    this.first = this.last = Number(desk.root.dataset.sheet);
    this.text = /** @type {HTMLElement} */ (document.getElementById("text"));
    /** @type {Promise<boolean> | null} */
    this.coming = null;
    /** Whether the last sheet that was asked for did not come. */
    this.failed = false;
    /** @type {(() => void)[]} */
    this.listeners = [];
  }

  /** Whether all of the text is on the page. */
  get complete() {
    return this.first === 0 && this.last === this.count - 1;
  }

  /** Take in the sheet that the server has drawn. */
  async adopt() {
    const found = await this.ask(this.first, "?only=codings");
    const drawn = document.getElementById(`sheet-${this.first}`);
    if (!found || !drawn) return false;
    this.know(found);
    this.desk.marks.take(drawn, (mark) => this.desk.dress(mark));
    return true;
  }

  /** Bring the rest when there is time, or when one comes near. */
  watch() {
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) this.bring(entry.target.id === "later" ? 1 : -1);
      },
      { rootMargin: NEAR },
    );
    for (const id of ["earlier", "later"]) {
      const link = document.getElementById(id);
      if (link) seen.observe(link);
    }
    this.observer = seen;
    if (this.count <= ALL) this.bringAll();
  }

  async bringAll() {
    await new Promise((done) => ("requestIdleCallback" in window ? requestIdleCallback(done, { timeout: 500 }) : setTimeout(done, 50)));
    if ((await this.bring(1)) || (await this.bring(-1))) await this.bringAll();
  }

  /**
   * Bring the sheet after (1) or before (-1) those on the page; false where there is none, or it did not come.
   * @param {1 | -1} step
   * @returns {Promise<boolean>}
   */
  async bring(step) {
    if (this.coming) await this.coming;
    const number = step > 0 ? this.last + 1 : this.first - 1;
    if (number < 0 || number >= this.count) return false;
    this.coming = this.fetchAndDraw(number, step);
    const came = await this.coming;
    this.coming = null;
    return came;
  }

  /**
   * @param {number} number
   * @param {1 | -1} step
   */
  async fetchAndDraw(number, step) {
    const found = await this.ask(number, "");
    if (!found) return false;
    this.know(found);
    const drawn = drawSheet(found, this.desk.words());
    this.desk.marks.take(drawn, (mark) => this.desk.dress(mark));
    const beside = document.getElementById(`sheet-${step > 0 ? this.last : this.first}`);
    if (step > 0) beside?.after(drawn);
    else beside?.before(drawn);
    if (step > 0) this.last = number;
    else this.first = number;
    this.tidy();
    for (const listener of this.listeners) listener();
    return true;
  }

  /** Fetch the sheets in which a stretch of the text lies again, and draw them anew. @param {number} start @param {number} end */
  async renew(start, end) {
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (this.text.querySelectorAll(".sheet"))) {
      const [from, to] = [Number(section.dataset.start), Number(section.dataset.end)];
      if (from < end && to > start) await this.redraw(section);
    }
  }

  /** @param {HTMLElement} section */
  async redraw(section) {
    const found = await this.ask(Number(section.dataset.number), "");
    if (!found) return;
    this.know(found);
    this.desk.marks.drop(section);
    const drawn = drawSheet(found, this.desk.words());
    this.desk.marks.take(drawn, (mark) => this.desk.dress(mark));
    section.replaceWith(drawn);
  }

  /** Links to sheets that are on the page already are taken away, the others point to the next that is not. */
  tidy() {
    this.point("earlier", this.first - 1);
    this.point("later", this.last + 1);
  }

  /**
   * @param {string} id
   * @param {number} number
   */
  point(id, number) {
    const line = document.getElementById(id);
    if (!line) return;
    if (number < 0 || number >= this.count) return line.remove();
    line.querySelector("a")?.setAttribute("href", `/document/${this.desk.file}?sheet=${number}`);
    this.observer?.unobserve(line);
    this.observer?.observe(line);
  }

  /** @param {any} found */
  know(found) {
    this.desk.learn(found.labels);
    this.desk.codings.take(found.codings, found.start, found.end);
  }

  /**
   * @param {number} number
   * @param {string} query
   */
  async ask(number, query) {
    const { status, value } = await fetchJson(`/document/${this.desk.file}/sheet/${number}${query}`);
    this.failed = status !== 200;
    if (!this.failed) return value;
    this.desk.problem(t("A part of the text did not come: {reason}", { reason: value.error ?? "" }));
    return null;
  }
}
