// @ts-check
/** Judging: every decision is sent to the server, and shown when it has been stored. */
import { stateName } from "./document_desk.js";
import { post, say, t } from "./shared.js";

/** @typedef {import("./document_desk.js").Desk} Desk */
/** @typedef {import("./document_codings.js").Coding} Coding */
/** @typedef {import("./document_codings.js").State} State */
/** @typedef {Record<string, string | number | null>} Changes */
/** @typedef {() => Promise<boolean>} Undoing */

export class Judge {
  /**
   * @param {Desk} desk
   * @param {import("./document_cursor.js").Cursor} cursor
   */
  constructor(desk, cursor) {
    this.desk = desk;
    this.cursor = cursor;
    /** How to take back what was done since the page was opened, last one last. @type {Undoing[]} */
    this.done = [];
    /** How many keys wait behind the one that is being done. */
    this.waiting = () => 0;
  }

  /**
   * A task that judges the coding at which the cursor stands when its turn has come, and goes on to the next.
   * @param {State} state
   * @param {Changes} [changes]
   * @returns {() => Promise<boolean>}
   */
  task(state, changes) {
    /** @type {Coding | undefined} */
    let target;
    return async () => {
      target ??= this.desk.current;
      if (!target) return this.nothing();
      return this.judge(target, state, changes);
    };
  }

  nothing() {
    say(t("The cursor is on no coding. Press j to go to the next one."));
    return true;
  }

  /**
   * @param {Coding} coding
   * @param {State} state
   * @param {Changes} [changes]
   */
  async judge(coding, state, changes) {
    if (coding.state === state && coding.by === this.desk.who) return this.cursor.move(1, this.desk.waiting);
    const before = this.before(coding);
    const well = await this.send(coding, state, changes);
    if (well === "stored") {
      this.done.push(() => this.takeBack(coding, before));
      this.cursor.done = stateName(state);
      return this.cursor.move(1, this.desk.waiting);
    }
    if (well === "overtaken") return this.waiting() > 1 ? this.cursor.move(1, this.desk.waiting) : true;
    return well === "refused";
  }

  /**
   * What to say to make a judgement undone: what she said before, or nothing, so that what others said stands again.
   * @param {Coding} coding
   * @returns {{state: State, changes?: Changes}}
   */
  before(coding) {
    if (coding.by !== this.desk.who) return { state: "suggested" };
    return coding.state === "corrected" ? { state: "corrected", changes: fields(coding) } : { state: coding.state };
  }

  /**
   * @param {Coding} coding
   * @param {State} state
   * @param {Changes} [changes]
   * @returns {Promise<"stored" | "overtaken" | "refused" | "failed">}
   */
  async send(coding, state, changes) {
    const told = { rendering: this.desk.rendering, coding: coding.id, state, seen: coding.review, shown: true };
    const { status, value } = await post("/judge", { ...told, seconds: this.cursor.clock.seconds, ...(changes && { changes }) });
    if (status === 200) return this.stored(coding, value.now);
    if (status === 409) return this.overtaken(coding, state, value);
    this.desk.problem(value.error ?? t("This was not stored."));
    return status >= 400 && status < 500 && status !== 423 ? "refused" : "failed";
  }

  /**
   * @param {Coding} coding
   * @param {Partial<Coding>} now
   * @returns {"stored"}
   */
  stored(coding, now) {
    this.desk.codings.put({ ...now, id: coding.id });
    this.desk.redress(coding.id);
    this.desk.note("");
    this.desk.changed();
    return "stored";
  }

  /**
   * Somebody else was faster: show what stands now. An answer that was lost on its way is no conflict.
   * @param {Coding} coding
   * @param {State} state
   * @param {any} value
   * @returns {"stored" | "overtaken"}
   */
  overtaken(coding, state, value) {
    if (value.now) this.stored(coding, value.now);
    const same = value.now?.state === state || (state === "accepted" && value.now?.state === "corrected");
    if (value.who === this.desk.who && same) return "stored";
    this.desk.problem(value.error);
    this.desk.show(coding);
    return "overtaken";
  }

  /** Take back the last thing that was done here; else the judgement at the cursor. @returns {Promise<boolean>} */
  async undo() {
    const last = this.done.at(-1);
    if (last) {
      const well = await last();
      if (well) this.done.pop();
      return well;
    }
    const coding = this.desk.current;
    if (!coding || coding.state === "suggested") return this.nothingToUndo();
    return this.takeBack(coding, { state: "suggested" });
  }

  nothingToUndo() {
    say(t("There is nothing to take back."));
    return true;
  }

  /**
   * @param {Coding} coding
   * @param {{state: State, changes?: Changes}} before
   */
  async takeBack(coding, before) {
    const well = await this.send(coding, before.state, before.changes);
    if (well === "stored") this.cursor.to(coding);
    if (well === "stored") say(t("Taken back. It is {state} again.", { state: stateName(coding.state) }));
    return well !== "failed";
  }
}

/**
 * The fields that a correction may change.
 * @param {Coding} coding
 * @returns {Changes}
 */
function fields(coding) {
  const { code, value, min, max, unit, comparator, value_status, modality, polarity, basis } = coding;
  return { code, value, min, max, unit, comparator, value_status, modality, polarity, basis };
}
