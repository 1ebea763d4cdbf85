// @ts-check
/** The document page: reads the text with its codings, and judges them by keys. */
import { Cursor } from "./document_cursor.js";
import { Desk } from "./document_desk.js";
import { Judge } from "./document_judge.js";
import { Panel } from "./document_panel.js";
import { Queue } from "./document_queue.js";
import { Sheets } from "./document_sheets.js";
import { codingsOver, rangeOf } from "./document_text.js";
import { el, keys, number, t } from "./shared.js";

const root = document.getElementById("document");
if (root) await open(root);

/** @param {HTMLElement} root */
async function open(root) {
  const desk = new Desk(root);
  const sheets = new Sheets(desk);
  const cursor = new Cursor(desk, sheets, (coding) => panel.show(coding));
  const judge = new Judge(desk, cursor);
  const queue = new Queue((state) => told(state, queue));
  judge.waiting = () => queue.waiting;

  const any = /** @param {import("./document_codings.js").Coding} coding */ (coding) => desk.passes(coding);
  const ask = {
    next: () => queue.add(() => cursor.move(1, desk.waiting)),
    back: () => queue.add(() => cursor.move(-1, desk.waiting)),
    nextAny: () => queue.add(() => cursor.move(1, any)),
    backAny: () => queue.add(() => cursor.move(-1, any)),
    accept: () => queue.add(judge.task("accepted")),
    reject: () => queue.add(judge.task("rejected")),
    undo: () => queue.add(() => judge.undo()),
  };
  const panel = new Panel(desk, [
    { key: "a", label: t("Accept"), press: ask.accept, kind: "accept" },
    { key: "x", label: t("Reject"), press: ask.reject, kind: "reject" },
    { key: "u", label: t("Undo"), press: ask.undo },
    { key: "k", label: t("Back"), press: ask.back },
    { key: "j", label: t("Next"), press: ask.next },
  ]);
  desk.show = (coding) => void cursor.to(coding, { aloud: false });
  desk.changed = () => progress(desk, panel);
  sheets.listeners.push(desk.changed);

  keys([
    { codes: "KeyJ", shown: "j", label: t("Next proposal that waits"), press: ask.next },
    { codes: "ArrowDown ArrowRight", shown: "↓ →", label: t("Next proposal that waits"), press: ask.next, always: true },
    { codes: "KeyK", shown: "k", label: t("Proposal before"), press: ask.back },
    { codes: "ArrowUp ArrowLeft", shown: "↑ ←", label: t("Proposal before"), press: ask.back, always: true },
    { codes: "Shift+KeyJ Shift+ArrowDown", shown: "J", label: t("Next coding, judged or not"), press: ask.nextAny },
    { codes: "Shift+KeyK Shift+ArrowUp", shown: "K", label: t("Coding before, judged or not"), press: ask.backAny },
    { codes: "KeyA", shown: "a", label: t("Accept and go on"), press: ask.accept },
    { codes: "Enter NumpadEnter", shown: "↵", label: t("Accept and go on"), press: ask.accept, always: true },
    { codes: "KeyX", shown: "x", label: t("Reject and go on"), press: ask.reject },
    { codes: "KeyU", shown: "u", label: t("Take back the last judgement"), press: ask.undo },
    { codes: "KeyN", shown: "n", label: t("Next document"), press: () => turn(root.dataset.after) },
    { codes: "KeyP", shown: "p", label: t("Previous document"), press: () => turn(root.dataset.before) },
  ]);
  wireClicks(desk, sheets, (coding) => queue.add(() => cursor.to(coding)));
  wireKinds(desk, () => cursor.to(desk.current, { aloud: false, scroll: false }));

  if (!(await sheets.adopt())) return;
  desk.changed();
  begin(desk, cursor);
  sheets.watch();
  root.dataset.ready = "yes";
  performance.mark("document-ready");
}

/**
 * Where the address points to, or the first proposal that waits.
 * @param {Desk} desk
 * @param {Cursor} cursor
 */
function begin(desk, cursor) {
  const [start, end] = (root?.dataset.at ?? "0-0").split("-").map(Number);
  const named = desk.codings.get(location.hash.startsWith("#c-") ? location.hash.slice(3) : null);
  const target = end ? rangeOf(start, end) : null;
  if (target && !named && "highlights" in CSS) CSS.highlights.set("target", new Highlight(target));
  const there = desk.codings.order.find((one) => one.start === start && one.end === end);
  const first = named ?? there ?? desk.codings.from(start, desk.waiting);
  cursor.to(first, { aloud: false, scroll: Boolean(named ?? there) });
  if (!named && !there && target) target.startContainer.parentElement?.scrollIntoView({ block: "center" });
}

/** @param {string | undefined} address */
function turn(address) {
  if (address) location.assign(address);
}

/**
 * @param {Desk} desk
 * @param {Sheets} sheets
 * @param {(coding: import("./document_codings.js").Coding) => void} chosen
 */
function wireClicks(desk, sheets, chosen) {
  sheets.text.addEventListener("click", (event) => {
    const mark = event.target instanceof Element ? event.target.closest("mark") : null;
    if (!mark || !getSelection()?.isCollapsed) return;
    const over = codingsOver(mark);
    const at = desk.current ? over.indexOf(desk.current.id) : -1; // a second click goes to the one behind
    const coding = desk.codings.get(over[(at + 1) % over.length] ?? null);
    if (coding) chosen(coding);
  });
}

/**
 * The buttons and keys 1 to 9: the keys walk through one kind only, or through all again.
 * @param {Desk} desk
 * @param {() => void} changed
 */
function wireKinds(desk, changed) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("#kinds [data-kind]")]);
  /** @param {string} kind */
  const choose = (kind) => {
    desk.kind = desk.kind === kind ? null : kind;
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.kind === desk.kind));
    desk.root.dataset.kind = desk.kind ?? "";
    changed();
    desk.changed();
  };
  for (const one of buttons) {
    one.hidden = false;
    one.addEventListener("click", () => choose(one.dataset.kind ?? ""));
  }
  keys(
    buttons.slice(0, 9).map((one, index) => ({
      codes: `Digit${index + 1} Numpad${index + 1}`,
      shown: String(index + 1),
      label: t("Only {kind}, or all again", { kind: one.dataset.name ?? "" }),
      press: () => choose(one.dataset.kind ?? ""),
    })),
  );
}

/**
 * @param {Desk} desk
 * @param {Panel} panel
 */
function progress(desk, panel) {
  const all = desk.codings.order.filter((one) => desk.passes(one));
  const left = all.filter(desk.waiting).length;
  panel.progress.textContent = t("{left} of {all} wait here", { left: number(left), all: number(all.length) });
}

/**
 * Say what waits, and offer to try again what failed.
 * @param {{waiting: number, stopped: boolean}} state
 * @param {Queue} queue
 */
function told({ waiting, stopped }, queue) {
  const place = document.getElementById("after-failure");
  if (!place || place.hidden === !stopped) return;
  place.hidden = !stopped;
  if (!stopped) return place.replaceChildren();
  const again = el("button", { type: "button", class: "first" }, t("Try again"));
  const drop = el("button", { type: "button" }, t("Leave it"));
  again.addEventListener("click", () => queue.retry());
  drop.addEventListener("click", () => queue.drop());
  place.replaceChildren(el("p", {}, t("{count} keys wait; none is lost.", { count: number(waiting) })), again, drop);
}
