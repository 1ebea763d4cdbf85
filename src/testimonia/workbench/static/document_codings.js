// @ts-check
/** The codings that the page knows, in text order, and the one under the cursor. */

/** @typedef {{start: number, end: number, quote: string, value: string|null}} Part */
/** @typedef {{who: string, state: string, at: string, changes: Record<string, unknown>}} Vote */
/** @typedef {"suggested"|"accepted"|"corrected"|"rejected"|"superseded"} State */
/**
 * @typedef {object} Coding
 * @property {string} id
 * @property {string} kind
 * @property {string|null} code
 * @property {number} start
 * @property {number} end
 * @property {string} quote
 * @property {number|string|null} value
 * @property {number|null} min
 * @property {number|null} max
 * @property {string|null} unit
 * @property {string|null} comparator
 * @property {string|null} value_status
 * @property {string} modality
 * @property {string} polarity
 * @property {string|null} basis
 * @property {Record<string, Part>} parts
 * @property {Record<string, string>} attributes
 * @property {string|null} rule
 * @property {string|null} cue
 * @property {string|null} confidence_reason
 * @property {string} coder
 * @property {State} state
 * @property {number} review
 * @property {string|null} by
 * @property {string|null} at
 * @property {Vote[]} votes
 */
/** @typedef {(coding: Coding) => boolean} Test */

/** @type {Test} */
export const waits = (coding) => coding.state === "suggested";

export class Codings {
  constructor() {
    /** @type {Map<string, Coding>} */
    this.byId = new Map();
    /** @type {Coding[]} */
    this.order = [];
  }

  /**
   * Take in the codings of a sheet: those that touch `start`–`end` and are not among them any more are gone. What was
   * known stays the same object, since the cursor may stand on it.
   * @param {Coding[]} codings
   * @param {number} start
   * @param {number} end
   */
  take(codings, start, end) {
    const ids = new Set(codings.map((coding) => coding.id));
    for (const known of this.order)
      if (known.start < end && known.end > start && !ids.has(known.id)) this.byId.delete(known.id);
    for (const coding of codings) {
      const known = this.byId.get(coding.id);
      if (known) Object.assign(known, coding);
      else this.byId.set(coding.id, coding);
    }
    this.order = [...this.byId.values()].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
  }

  /** @param {string | null} id */
  get(id) {
    return id === null ? undefined : this.byId.get(id);
  }

  /**
   * Put a coding as the server now has it in the place of what was known.
   * @param {Partial<Coding> & {id: string}} now
   */
  put(now) {
    const known = this.byId.get(now.id);
    if (known) Object.assign(known, now);
  }

  /**
   * The next coding (step 1) or the one before (-1) that passes the test; none: undefined.
   * @param {Coding | undefined} from
   * @param {1 | -1} step
   * @param {Test} test
   */
  next(from, step, test) {
    let at = from ? this.order.indexOf(from) : step > 0 ? -1 : this.order.length;
    for (at += step; at >= 0 && at < this.order.length; at += step) if (test(this.order[at])) return this.order[at];
    return undefined;
  }

  /**
   * The first coding from a place in the text on that passes the test.
   * @param {number} offset
   * @param {Test} test
   */
  from(offset, test) {
    return this.order.find((coding) => coding.start >= offset && test(coding));
  }
}
