// @ts-check
/** What the keys and the buttons of the document page do, and what stands on them. */
import { t } from "./shared.js";

/** @typedef {import("./shared.js").Key} Key */
/** @typedef {import("./document_panel.js").Button} Button */
/**
 * @typedef {object} Ask
 * @property {() => void} next
 * @property {() => void} back
 * @property {() => void} nextAny
 * @property {() => void} backAny
 * @property {() => void} accept
 * @property {() => void} reject
 * @property {() => void} undo
 * @property {() => void} correct
 * @property {() => void} bulk
 * @property {() => void} choose
 * @property {() => void} code
 * @property {() => void} enter
 * @property {(side: "start" | "end", grow: boolean) => void} nudge
 * @property {(address: string | undefined) => void} turn
 */

/** @param {Ask} ask @returns {Button[]} */
export function judging(ask) {
  return [
    { key: "a", label: t("Accept"), press: ask.accept, kind: "accept" },
    { key: "x", label: t("Reject"), press: ask.reject, kind: "reject" },
    { key: "e", label: t("Correct"), press: ask.correct },
    { key: "u", label: t("Undo"), press: ask.undo },
    ...reading(ask),
    { key: "[", label: t("Shorter"), press: () => ask.nudge("end", false) },
    { key: "]", label: t("Longer"), press: () => ask.nudge("end", true) },
    { key: "c", label: t("Choose words"), press: ask.choose },
    { key: "b", label: t("All on screen…"), press: ask.bulk },
  ];
}

/** @param {Ask} ask @returns {Button[]} */
export function reading(ask) {
  return [
    { key: "k", label: t("Back"), press: ask.back },
    { key: "j", label: t("Next"), press: ask.next },
  ];
}

/**
 * @param {Ask} ask
 * @param {HTMLElement} root
 * @param {boolean} judges
 * @returns {Key[]}
 */
export function keysFor(ask, root, judges) {
  return [...moving(ask), ...(judges ? deciding(ask) : []), ...turning(ask, root)];
}

/** @param {Ask} ask @returns {Key[]} */
function moving(ask) {
  return [
    { codes: "KeyJ", shown: "j", label: t("Next proposal that waits"), press: ask.next },
    { codes: "ArrowDown ArrowRight", shown: "↓ →", label: t("Next proposal that waits"), press: ask.next, always: true },
    { codes: "KeyK", shown: "k", label: t("Proposal before"), press: ask.back },
    { codes: "ArrowUp ArrowLeft", shown: "↑ ←", label: t("Proposal before"), press: ask.back, always: true },
    { codes: "Shift+KeyJ", shown: "J", label: t("Next coding, judged or not"), press: ask.nextAny },
    { codes: "Shift+KeyK", shown: "K", label: t("Coding before, judged or not"), press: ask.backAny },
  ];
}

/** @param {Ask} ask @returns {Key[]} */
function deciding(ask) {
  return [
    { codes: "KeyA", shown: "a", label: t("Accept and go on"), press: ask.accept },
    { codes: "Enter NumpadEnter", shown: "↵", label: t("Accept and go on; with words selected: code them"), press: ask.enter, always: true },
    { codes: "KeyX", shown: "x", label: t("Reject and go on"), press: ask.reject },
    { codes: "KeyE", shown: "e", label: t("Correct"), press: ask.correct },
    { codes: "KeyU", shown: "u", label: t("Take back the last judgement"), press: ask.undo },
    { codes: "BracketLeft", shown: "[", label: t("Shorter by a word at the end"), press: () => ask.nudge("end", false) },
    { codes: "BracketRight", shown: "]", label: t("Longer by a word at the end"), press: () => ask.nudge("end", true) },
    { codes: "Shift+BracketLeft", shown: "{", label: t("Shorter by a word at the start"), press: () => ask.nudge("start", false) },
    { codes: "Shift+BracketRight", shown: "}", label: t("Longer by a word at the start"), press: () => ask.nudge("start", true) },
    { codes: "KeyC", shown: "c", label: t("Choose words by keys, for a coding of your own"), press: ask.choose },
    { codes: "KeyB", shown: "b", label: t("Accept places, organisations, dates and laws on the screen"), press: ask.bulk },
  ];
}

/** @param {Ask} ask @param {HTMLElement} root @returns {Key[]} */
function turning(ask, root) {
  return [
    { codes: "KeyN", shown: "n", label: t("Next document"), press: () => ask.turn(root.dataset.after) },
    { codes: "KeyP", shown: "p", label: t("Previous document"), press: () => ask.turn(root.dataset.before) },
  ];
}
