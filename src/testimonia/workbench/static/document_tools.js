// @ts-check
/** What is needed only when somebody corrects or codes: fetched when the page is ready, or at the first key that asks. */
import { Bulk } from "./document_bulk.js";
import { Caret } from "./document_caret.js";
import { Own } from "./document_own.js";

/** @typedef {ReturnType<typeof makeTools>} Tools */

/**
 * @param {import("./document_desk.js").Desk} desk
 * @param {import("./document_sheets.js").Sheets} sheets
 * @param {import("./document_judge.js").Judge} judge
 * @param {HTMLElement} place where forms stand
 * @param {(task: () => boolean | Promise<boolean>) => void} add
 */
export function makeTools(desk, sheets, judge, place, add) {
  const own = new Own(desk, sheets, judge, place, add);
  return { own, bulk: new Bulk(desk, judge, add), caret: new Caret((spot) => void own.code(spot)) };
}
