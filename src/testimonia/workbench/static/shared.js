// @ts-check
/** What every page shares: talking to the server, to the reader, and listening to keys. */

/** @type {{language: string, words: Record<string, string>}} */
let spoken = { language: document.documentElement.lang, words: {} };
if (spoken.language !== "en") {
  const found = await fetch("/words", { headers: { accept: "application/json" } });
  if (found.ok) spoken = await found.json();
}

/**
 * A sentence in the language of the page; `{name}` is filled in from `values`.
 * @param {string} sentence
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(sentence, values = {}) {
  const said = spoken.words[sentence] || sentence;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * @param {number} value
 * @returns {string}
 */
export function number(value) {
  return new Intl.NumberFormat(document.documentElement.lang).format(value);
}

/**
 * Tell a screen reader, without moving the focus. The same sentence twice is said twice.
 * @param {string} sentence
 */
export function say(sentence) {
  const live = document.getElementById("live");
  if (!live) return;
  live.textContent = live.textContent === sentence ? `${sentence}\u00a0` : sentence;
}

/**
 * Build an element; nothing of its text is ever read as markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | null | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/**
 * Send JSON; gives the status and what was answered. Status 0: the workbench did not answer at all.
 * @param {string} url
 * @param {object} value
 * @returns {Promise<{status: number, value: any}>}
 */
export async function post(url, value) {
  return send(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
}

/**
 * Ask for JSON.
 * @param {string} url
 * @returns {Promise<{status: number, value: any}>}
 */
export async function fetchJson(url) {
  return send(url, {});
}

/**
 * @param {string} url
 * @param {RequestInit} how
 * @returns {Promise<{status: number, value: any}>}
 */
async function send(url, how) {
  let found;
  try {
    found = await fetch(url, { ...how, headers: { accept: "application/json", ...(how.headers || {}) } });
  } catch {
    return { status: 0, value: { error: t("The workbench does not answer. Is `testimonia serve` still running?") } };
  }
  const value = await found.json().catch(() => ({ error: t("The workbench gave no answer that can be read.") }));
  if (found.status === 423) location.assign(`/unlock?back=${encodeURIComponent(location.pathname + location.search)}`);
  return { status: found.status, value };
}

/**
 * @typedef {object} Key
 * @property {string} codes  `event.code`s that press it, with modifiers: "KeyJ ArrowDown", "Shift+BracketLeft"
 * @property {string} shown  what stands on the key: "j"
 * @property {string} label  what it does, in the language of the page
 * @property {(event: KeyboardEvent) => void} press
 * @property {boolean} [always]  also where letters are switched off (arrows, Enter)
 */

/** @type {Key[]} */
const known = [];
const SWITCH = "testimonia-letters";

/** Whether single letters do something: a person may switch that off (WCAG 2.1.4). */
export function lettersOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

/**
 * Listen to keys. Letters are matched on `event.code`, so that a Korean layout changes nothing; what is typed into a
 * field, and what an input method is composing, is left alone.
 * @param {Key[]} map
 */
export function keys(map) {
  known.push(...map);
}

/** @param {KeyboardEvent} event */
function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

/** @param {EventTarget | null} target */
function typing(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** @param {KeyboardEvent} event */
function named(event) {
  return (event.shiftKey ? "Shift+" : "") + event.code;
}

/** @param {EventTarget | null} target @param {string} code */
function pressesItself(target, code) {
  const presses = code === "Enter" || code === "NumpadEnter" || code === "Space";
  return presses && target instanceof Element && target.closest("a[href], button, summary, [role=button], input") !== null;
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]") || pressesItself(event.target, event.code)) return;
  const wanted = named(event);
  for (const key of known) {
    if (!key.codes.split(" ").includes(wanted) || (!key.always && !lettersOn())) continue;
    event.preventDefault();
    key.press(event);
    return;
  }
});

function showKeys() {
  const rows = known.map((key) =>
    el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key.shown)), el("td", {}, key.label)),
  );
  const box = el("input", { type: "checkbox", id: "letters" });
  box.checked = lettersOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  const close = el("button", { type: "button", class: "first" }, t("Close"));
  const dialog = el(
    "dialog",
    { class: "keys", "aria-labelledby": "keys-title" },
    el("h2", { id: "keys-title", tabindex: "-1", autofocus: true }, t("Keys on this page")),
    el("table", {}, el("caption", { class: "unseen" }, t("Keys on this page")), el("tbody", {}, ...rows)),
    el("p", {}, box, " ", el("label", { for: "letters" }, t("Single letters work as keys (arrows and Enter always do)"))),
    el("p", {}, close),
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

keys([
  { codes: "Shift+Slash F1", shown: "?", label: t("All keys"), press: showKeys, always: true },
  {
    codes: "Slash",
    shown: "/",
    label: t("Search"),
    press: () => document.getElementById("find")?.focus(),
  },
]);
