// @ts-check
/** The cursor: which coding is looked at, shown in the text and in the address, said aloud, and timed. */
import { stateName } from "./document_desk.js";
import { rangeOf } from "./document_text.js";
import { number, say, t } from "./shared.js";

/** @typedef {import("./document_desk.js").Desk} Desk */
/** @typedef {import("./document_codings.js").Coding} Coding */

const LATER = 300;

export class Cursor {
  /**
   * @param {Desk} desk
   * @param {import("./document_sheets.js").Sheets} sheets
   * @param {(coding: Coding | undefined) => void} moved
   */
  constructor(desk, sheets, moved) {
    this.desk = desk;
    this.sheets = sheets;
    this.moved = moved;
    this.clock = new Clock();
    /** What was done just now, to be said with where the cursor goes. */
    this.done = "";
    this.timer = 0;
    addEventListener("pagehide", () => this.address());
  }

  /**
   * Put the cursor on a coding.
   * @param {Coding | undefined} coding
   * @param {{aloud?: boolean, scroll?: boolean}} [how]
   * @returns {true}
   */
  to(coding, { aloud = true, scroll = true } = {}) {
    const before = this.desk.current;
    this.desk.current = coding;
    if (coding) this.desk.root.dataset.current = coding.id;
    else delete this.desk.root.dataset.current;
    if (before !== coding) this.clock.start();
    if (before) this.desk.redress(before.id);
    if (coding) this.show(coding, scroll);
    this.parts(coding);
    this.moved(coding);
    if (coding && aloud) this.announce(this.sentence(coding));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.address(), LATER);
    return true;
  }

  /**
   * @param {Coding} coding
   * @param {boolean} scroll
   */
  show(coding, scroll) {
    this.desk.redress(coding.id);
    const first = this.desk.marks.of(coding.id)[0];
    if (first && scroll) bringIntoView(first);
  }

  /** Show where the parts of a coding stand. @param {Coding | undefined} coding */
  parts(coding) {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("part");
    const ranges = Object.values(coding?.parts ?? {}).map((part) => rangeOf(part.start, part.end));
    const found = ranges.filter((range) => range !== null);
    if (found.length) CSS.highlights.set("part", new Highlight(...found));
  }

  /** @param {string} next */
  announce(next) {
    say(this.done ? t("{done}. {next}", { done: this.done, next }) : next);
    this.done = "";
  }

  /** @param {Coding} coding */
  sentence(coding) {
    const values = {
      kind: this.desk.kindName(coding.kind),
      code: this.desk.codeName(coding),
      quote: coding.quote,
      state: stateName(coding.state),
    };
    return values.code ? t("{kind}, {code}: {quote}. {state}.", values) : t("{kind}: {quote}. {state}.", values);
  }

  /**
   * Go to the next coding (1) or the one before (-1) that passes; brings further sheets as needed.
   * @param {1 | -1} step
   * @param {(coding: Coding) => boolean} test
   * @returns {boolean | Promise<boolean>}
   */
  move(step, test) {
    const found = this.desk.codings.next(this.desk.current, step, test);
    return found ? this.to(found) : this.beyond(step, test);
  }

  /**
   * @param {1 | -1} step
   * @param {(coding: Coding) => boolean} test
   * @returns {Promise<boolean>}
   */
  async beyond(step, test) {
    while (await this.sheets.bring(step)) {
      const found = this.desk.codings.next(this.desk.current, step, test);
      if (found) return this.to(found);
    }
    if (this.sheets.failed) return false;
    const left = this.desk.codings.order.filter(this.desk.waiting).length;
    this.announce(this.ended(step, left));
    this.desk.note(this.ended(step, left));
    return true;
  }

  /**
   * @param {1 | -1} step
   * @param {number} left
   */
  ended(step, left) {
    if (!left) return t("Nothing here waits to be judged. Shift+J walks through what has been; n opens the next document.");
    if (step > 0) return t("No further one below; {count} above still wait. k goes back.", { count: number(left) });
    return t("No further one above; {count} below still wait. j goes on.", { count: number(left) });
  }

  /** Write into the address where the cursor stands, so that reload and back come here again. */
  address() {
    clearTimeout(this.timer);
    const coding = this.desk.current;
    if (!coding) return;
    const address = `${location.pathname}?at=${coding.start}-${coding.end}#c-${coding.id}`;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
  }
}

/** @param {HTMLElement} mark */
export function bringIntoView(mark) {
  const place = mark.getBoundingClientRect();
  const low = innerHeight * (matchMedia("(max-width: 60rem)").matches ? 0.4 : 0.78);
  if (place.top < innerHeight * 0.12 || place.bottom > low)
    scrollTo({ top: scrollY + place.top - innerHeight * 0.3, behavior: "instant" });
}

/** Seconds that the page was looked at since the cursor came to where it is. */
class Clock {
  constructor() {
    this.sum = 0;
    this.since = performance.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.sum += performance.now() - this.since;
      else this.since = performance.now();
    });
  }

  start() {
    this.sum = 0;
    this.since = performance.now();
  }

  get seconds() {
    const open = document.hidden ? 0 : performance.now() - this.since;
    return Math.round(this.sum + open) / 1000;
  }
}
