// @ts-check
/**
 * The text on the page: sheets of paragraphs, cut into stretches at every boundary of a coding or a part.
 * Offsets are code points of the rendering, half-open.
 */
import { el } from "./shared.js";

/** @typedef {{start: number, text: string, over: string[]}} Stretch */
/** @typedef {{page: string, kind: string, verdict: string, reason: string}} PageMark */
/** @typedef {{start: number, role: string, lang: string, damaged: boolean, begins: boolean, cell: string, stretches: Stretch[]}} Paragraph */
/** @typedef {{number: number, start: number, end: number, sheets: number, blocks: (PageMark|Paragraph)[]}} Sheet */
/** @typedef {{start: number, end: number, quote: string}} Spot */
/** @typedef {{said: (mark: PageMark) => {label: string, problem: string}, damaged: string, passed: string}} Words */

const SURROGATE = /[\ud800-\udbff]/;

/**
 * How many code points a text has.
 * @param {string} text
 */
export function points(text) {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The index in UTF-16 units of the code point `count`.
 * @param {string} text
 * @param {number} count
 */
export function unit(text, count) {
  if (!SURROGATE.test(text)) return Math.min(count, text.length);
  let at = 0;
  for (const letter of text) {
    if (count-- <= 0) break;
    at += letter.length;
  }
  return at;
}

/**
 * A sheet as nodes.
 * @param {Sheet} sheet
 * @param {Words} words
 */
export function drawSheet(sheet, words) {
  const [number, start, end] = [sheet.number, sheet.start, sheet.end].map(String);
  const made = el("section", {
    class: "sheet",
    id: `sheet-${number}`,
    "data-number": number,
    "data-start": start,
    "data-end": end,
  });
  made.append(...sheet.blocks.map((block) => ("page" in block ? drawPage(block, words) : drawParagraph(block, words))));
  return made;
}

/**
 * @param {PageMark} mark
 * @param {Words} words
 */
function drawPage(mark, words) {
  const { label, problem } = words.said(mark);
  const made = el("div", { class: `page-mark ${mark.verdict}` }, el("span", { class: "page-label" }, label));
  if (problem) made.append(el("p", { class: "page-problem" }, problem));
  return made;
}

/**
 * @param {Paragraph} block
 * @param {Words} words
 */
function drawParagraph(block, words) {
  const classes = ["passage", block.role, block.damaged ? "damaged" : "", block.begins ? "" : "goes-on"];
  const made = el(block.role === "title" && block.begins ? "h2" : "p", {
    class: classes.filter(Boolean).join(" "),
    id: `p-${block.start}`,
    "data-start": String(block.start),
  });
  if (block.lang) made.lang = block.lang;
  if (block.cell) made.dataset.cell = block.cell;
  made.dataset.note = block.damaged ? words.damaged : block.role === "boilerplate" ? words.passed : "";
  if (!made.dataset.note) delete made.dataset.note;
  made.append(...block.stretches.map(drawStretch));
  return made;
}

/** @param {Stretch} stretch */
function drawStretch(stretch) {
  if (!stretch.over.length) return document.createTextNode(stretch.text);
  const over = stretch.over.join(" ");
  return el("mark", { id: `s-${stretch.start}`, "data-over": over }, stretch.text);
}

/** The stretches that are on the page, found by the codings over them. */
export class Marks {
  constructor() {
    /** @type {Map<string, HTMLElement[]>} */
    this.byCoding = new Map();
  }

  /**
   * Take in the stretches of a sheet.
   * @param {ParentNode} root
   * @param {(mark: HTMLElement) => void} dress gives a stretch its classes
   */
  take(root, dress) {
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("mark[data-over]"))) {
      for (const id of codingsOver(mark)) this.of(id).push(mark);
      dress(mark);
    }
  }

  /**
   * Forget the stretches of a sheet that is taken off the page.
   * @param {ParentNode} root
   */
  drop(root) {
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("mark[data-over]")))
      for (const id of codingsOver(mark)) this.byCoding.set(id, this.of(id).filter((other) => other !== mark));
  }

  /**
   * The stretches of a coding, in text order.
   * @param {string} id
   * @returns {HTMLElement[]}
   */
  of(id) {
    let found = this.byCoding.get(id);
    if (!found) this.byCoding.set(id, (found = []));
    return found;
  }
}

/**
 * The ids of the codings over a stretch, innermost first.
 * @param {HTMLElement} mark
 */
export function codingsOver(mark) {
  return (mark.dataset.over ?? "").split(" ").filter(Boolean);
}

/**
 * Where a stretch or paragraph begins.
 * @param {Element} node
 */
function startOf(node) {
  if (node instanceof HTMLElement && node.dataset.start) return Number(node.dataset.start);
  return node.id.startsWith("s-") ? Number(node.id.slice(2)) : NaN;
}

/**
 * The offset of a place on the page, or null outside the text.
 * @param {Node} node
 * @param {number} at index in UTF-16 units in a text, number of a child in an element
 * @returns {number | null}
 */
export function offsetOf(node, at) {
  const home = (node instanceof Element ? node : node.parentElement)?.closest(".passage");
  if (!home) return null;
  const range = document.createRange();
  range.setStart(home, 0);
  range.setEnd(node, at);
  return startOf(home) + points(range.toString());
}

/**
 * The place on the page of an offset; `after`: at the end of a stretch rather than at the start of the next.
 * @param {number} offset
 * @param {boolean} [after]
 * @returns {{node: Text, at: number} | null}
 */
export function placeOf(offset, after = false) {
  const home = paragraphAt(offset, after);
  if (!home) return null;
  let left = offset - startOf(home);
  const walk = document.createTreeWalker(home, NodeFilter.SHOW_TEXT);
  /** @type {Text | null} */
  let last = null;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    last = /** @type {Text} */ (node);
    const size = points(last.data);
    if (left < size || (after && left === size)) return { node: last, at: unit(last.data, left) };
    left -= size;
  }
  return last && left <= 0 ? { node: last, at: last.length } : null;
}

/**
 * The paragraph in which an offset stands.
 * @param {number} offset
 * @param {boolean} [after]
 * @returns {HTMLElement | null}
 */
export function paragraphAt(offset, after = false) {
  /** @type {HTMLElement | null} */
  let found = null;
  for (const sheet of document.querySelectorAll(".sheet")) {
    const all = /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll(".passage"));
    if (!all.length || (after ? startOf(all[0]) >= offset : startOf(all[0]) > offset)) continue;
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (after ? startOf(all[middle]) < offset : startOf(all[middle]) <= offset) low = middle;
      else high = middle - 1;
    }
    found = all[low];
  }
  return found;
}

/**
 * The stretch of the page between two offsets, or null where it is not (all) there.
 * @param {number} start
 * @param {number} end
 */
export function rangeOf(start, end) {
  const first = placeOf(start);
  const last = placeOf(end, true);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, first.at);
  range.setEnd(last.node, last.at);
  return range;
}

/**
 * The words that are selected in the text, without white space around them; null where none are.
 * @returns {Spot | null}
 */
export function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const quote = range.toString();
  const from = offsetOf(range.startContainer, range.startOffset);
  const to = offsetOf(range.endContainer, range.endOffset);
  if (from === null || to === null || !quote.trim()) return null;
  const start = from + (quote.length - quote.trimStart().length);
  const end = to - (quote.length - quote.trimEnd().length);
  return end > start ? { start, end, quote: quote.trim() } : null;
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {{node: Node, at: number} | null}
 */
export function placeUnder(x, y) {
  if ("caretPositionFromPoint" in document) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, at: found.offset };
  }
  const range = /** @type {any} */ (document).caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, at: range.startOffset } : null;
}
