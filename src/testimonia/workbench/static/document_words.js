// @ts-check
/** Words of the text, as offsets: where they begin and end in any of the languages. */
import { offsetOf, paragraphAt, placeUnder, points } from "./document_text.js";

/** @typedef {{start: number, end: number}} Span */

/**
 * The words of a paragraph, in text order.
 * @param {HTMLElement} paragraph
 * @returns {Span[]}
 */
export function wordsOf(paragraph) {
  const text = paragraph.textContent ?? "";
  const cutter = new Intl.Segmenter(paragraph.lang || undefined, { granularity: "word" });
  /** @type {Span[]} */
  const found = [];
  let at = Number(paragraph.dataset.start);
  for (const { segment, isWordLike } of cutter.segment(text)) {
    const end = at + points(segment);
    if (isWordLike) found.push({ start: at, end });
    at = end;
  }
  return found;
}

/**
 * The word at or behind an offset, in the paragraph where it stands.
 * @param {number} offset
 * @returns {Span | undefined}
 */
export function wordAt(offset) {
  const paragraph = paragraphAt(offset);
  const words = paragraph ? wordsOf(paragraph) : [];
  return words.find((word) => word.end > offset) ?? words.at(-1);
}

/**
 * The word after (1) or before (-1) one, across paragraphs.
 * @param {Span} word
 * @param {1 | -1} step
 * @returns {Span | undefined}
 */
export function wordBeside(word, step) {
  let paragraph = paragraphAt(word.start);
  const words = paragraph ? wordsOf(paragraph) : [];
  const found = words[words.findIndex((one) => one.end > word.start) + step];
  if (found) return found;
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".passage")]);
  for (let at = paragraph ? all.indexOf(paragraph) + step : -1; at >= 0 && at < all.length; at += step) {
    const there = wordsOf(all[at]).at(step > 0 ? 0 : -1);
    if (there) return there;
  }
  return undefined;
}

/**
 * A span with its end, or its start, moved by a word: grown or shrunk. It keeps at least one word.
 * @param {Span} span
 * @param {"start" | "end"} side
 * @param {boolean} grow
 * @returns {Span}
 */
export function moved(span, side, grow) {
  const paragraph = paragraphAt(side === "end" ? span.end : span.start, side === "end");
  const words = paragraph ? wordsOf(paragraph) : [];
  if (side === "end") {
    const ends = words.map((word) => word.end);
    const end = grow ? ends.find((one) => one > span.end) : ends.filter((one) => one < span.end && one > span.start).at(-1);
    return { start: span.start, end: end ?? span.end };
  }
  const starts = words.map((word) => word.start);
  const start = grow ? starts.filter((one) => one < span.start).at(-1) : starts.find((one) => one > span.start && one < span.end);
  return { start: start ?? span.start, end: span.end };
}

/**
 * The word under a click.
 * @param {MouseEvent} event
 * @returns {import("./document_text.js").Spot | null}
 */
export function clicked(event) {
  const place = placeUnder(event.clientX, event.clientY);
  const offset = place && offsetOf(place.node, place.at);
  const word = typeof offset === "number" ? wordAt(offset) : undefined;
  return word && typeof offset === "number" && word.start <= offset ? { ...word, quote: "" } : null;
}
