// @ts-check
/** Choosing words by keys alone: arrows go from word to word, with Shift they extend, Enter takes, Escape leaves. */
import { bringIntoView } from "./document_cursor.js";
import { offsetOf, placeUnder, rangeOf, selected } from "./document_text.js";
import { wordAt, wordBeside } from "./document_words.js";
import { say, t } from "./shared.js";

/** @typedef {import("./document_words.js").Span} Span */
/** @typedef {import("./document_text.js").Spot} Spot */

export class Caret {
  /** @param {(spot: Spot) => void} taken */
  constructor(taken) {
    this.taken = taken;
    /** @type {Span | null} the word at which choosing began */
    this.anchor = null;
    /** @type {Span | null} the word that moves */
    this.head = null;
    addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  get on() {
    return this.head !== null;
  }

  /** @param {number} offset */
  begin(offset) {
    const word = wordAt(offset);
    if (!word) return true;
    document.getElementById("text")?.classList.add("choosing");
    this.put(word, false);
    say(t("Choosing words: arrows move, Shift and arrows extend, Enter takes them, Escape leaves. {words}", { words: this.words() }));
    return true;
  }

  leave() {
    this.anchor = this.head = null;
    document.getElementById("text")?.classList.remove("choosing");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.on || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof HTMLElement && event.target.closest("form, dialog, input, button")) return;
    const does = this.what(event.code, event.shiftKey);
    if (!does) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    does();
  }

  /**
   * @param {string} code
   * @param {boolean} extend
   * @returns {(() => void) | null}
   */
  what(code, extend) {
    if (code === "ArrowRight") return () => this.step(1, extend);
    if (code === "ArrowLeft") return () => this.step(-1, extend);
    if (code === "ArrowDown") return () => this.line(1, extend);
    if (code === "ArrowUp") return () => this.line(-1, extend);
    if (code === "Enter" || code === "NumpadEnter") return () => this.take();
    if (code === "Escape") return () => this.escape();
    return null;
  }

  /**
   * @param {1 | -1} step
   * @param {boolean} extend
   */
  step(step, extend) {
    const next = this.head && wordBeside(this.head, step);
    if (next) this.put(next, extend);
    say(this.words());
  }

  /** To the word above or below. @param {1 | -1} step @param {boolean} extend */
  line(step, extend) {
    const place = this.head && rangeOf(this.head.start, this.head.end)?.getBoundingClientRect();
    if (!place) return;
    for (let far = 1; far <= 6; far += 1) {
      const y = (step > 0 ? place.bottom : place.top) + step * place.height * 0.6 * far;
      const under = placeUnder(place.left + place.width / 2, y);
      const offset = under && offsetOf(under.node, under.at);
      const word = typeof offset === "number" ? wordAt(offset) : undefined;
      if (word && word.start !== this.head?.start) return this.put(word, extend), say(this.words());
    }
    this.step(step, extend);
  }

  /**
   * @param {Span} word
   * @param {boolean} extend
   */
  put(word, extend) {
    this.head = word;
    if (!extend || !this.anchor) this.anchor = word;
    const range = rangeOf(Math.min(this.anchor.start, word.start), Math.max(this.anchor.end, word.end));
    if (!range) return;
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    const home = range.startContainer.parentElement;
    if (home) bringIntoView(home);
  }

  words() {
    return selected()?.quote ?? "";
  }

  take() {
    const spot = selected();
    this.leave();
    if (spot) this.taken(spot);
  }

  escape() {
    this.leave();
    getSelection()?.removeAllRanges();
    say(t("Left. The keys judge again."));
  }
}
