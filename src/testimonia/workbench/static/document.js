// @ts-check
/** The document page: reads the text with its codings, and judges them by keys. */
import { Cursor } from "./document_cursor.js";
import { Desk } from "./document_desk.js";
import { Judge } from "./document_judge.js";
import { Panel } from "./document_panel.js";
import { Queue } from "./document_queue.js";
import { Sheets } from "./document_sheets.js";
import { codingsOver, rangeOf, selected } from "./document_text.js";
import { judging, keysFor, reading } from "./document_keys.js";
import { el, keys, number, post, t } from "./shared.js";

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

  /** @type {import("./document_tools.js").Tools | null} */
  let tools = null;
  const fetched = async () => {
    const { makeTools } = await import("./document_tools.js");
    return (tools ??= makeTools(desk, sheets, judge, panel.form, (task) => queue.add(task)));
  };
  /** At once where the tools are here. @param {(tools: import("./document_tools.js").Tools) => boolean | Promise<boolean>} use */
  const using = (use) => () => (tools ? use(tools) : fetched().then(use));
  /** After new bounds that are shown only have been kept. @param {() => boolean | Promise<boolean>} task */
  const settled = (task) =>
    queue.add(() => {
      const kept = tools?.own.settle() ?? true;
      return kept instanceof Promise ? kept.then((well) => well && task()) : kept && task();
    });
  const any = /** @param {import("./document_codings.js").Coding} coding */ (coding) => desk.passes(coding);
  const ask = {
    next: () => settled(() => cursor.move(1, desk.waiting)),
    back: () => settled(() => cursor.move(-1, desk.waiting)),
    nextAny: () => settled(() => cursor.move(1, any)),
    backAny: () => settled(() => cursor.move(-1, any)),
    accept: () => settled(judge.task("accepted")),
    reject: () => settled(judge.task("rejected")),
    undo: () => settled(() => judge.undo()),
    correct: () => settled(using(({ own }) => own.correct())),
    bulk: () => settled(using(({ bulk }) => bulk.ask())),
    choose: () => settled(using(({ caret }) => caret.begin(desk.current?.start ?? 0))),
    code: () => settled(using(({ own }) => own.codeSelected())),
    enter: () => (selected() ? ask.code() : ask.accept()),
    nudge: (/** @type {"start"|"end"} */ side, /** @type {boolean} */ grow) => queue.add(using(({ own }) => own.nudge(side, grow))),
    turn: (/** @type {string | undefined} */ address) => settled(() => turn(address)),
  };
  const panel = new Panel(desk, desk.who ? judging(ask) : reading(ask));
  desk.show = (coding) => void cursor.to(coding, { aloud: false });
  desk.changed = () => progress(desk, panel, sheets.complete);
  sheets.listeners.push(desk.changed);

  keys(keysFor(ask, root, desk.who !== ""));
  if (desk.who) wireSelection(panel, ask.code);
  addEventListener("beforeunload", (event) => {
    if (queue.stopped || queue.waiting > 1 || tools?.own.pending) event.preventDefault();
  });
  wireClicks(desk, sheets, (coding) => queue.add(() => cursor.to(coding)));
  wireKinds(desk, () => cursor.to(desk.current, { aloud: false, scroll: false }));

  await new Promise((ready) =>
    queue.add(async () => {
      if (!(await sheets.adopt())) return false;
      desk.changed();
      begin(desk, cursor);
      sheets.watch();
      ready(true);
      return true;
    }),
  );
  root.dataset.ready = "yes";
  performance.mark("document-ready");
  if (!desk.who) return;
  await Promise.allSettled([post("/seen", { file: desk.file }), fetched()]); // what failed is asked for when needed
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
  cursor.to(first, { aloud: false, scroll: !target || Boolean(named ?? there) });
  if (!named && !there && target) target.startContainer.parentElement?.scrollIntoView({ block: "center" });
}

/** @param {string | undefined} address @returns {true} */
function turn(address) {
  if (address) setTimeout(() => location.assign(address)); // when nothing waits any more
  return true;
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
 * Words that are selected can be coded: say so beside the text.
 * @param {Panel} panel
 * @param {() => void} code
 */
function wireSelection(panel, code) {
  const words = el("q", {});
  const button = el("button", { type: "button", class: "first" }, el("kbd", {}, "↵"), ` ${t("Code these words")}`);
  const card = el("div", { class: "selection", hidden: true }, words, el("p", { class: "buttons" }, button));
  button.addEventListener("mousedown", (event) => event.preventDefault()); // a click would take the selection away
  button.addEventListener("click", code);
  panel.form.before(card);
  document.addEventListener("selectionchange", () => {
    const spot = panel.form.childElementCount ? null : selected();
    card.hidden = !spot;
    words.textContent = spot?.quote ?? "";
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
    desk.root.dataset.only = desk.kind ?? "";
    changed();
    desk.changed();
  };
  for (const one of buttons) {
    one.hidden = false;
    one.addEventListener("click", () => choose(one.dataset.kind ?? ""));
  }
  const numbered = buttons.slice(0, 9);
  keys([
    {
      codes: numbered.map((_, index) => `Digit${index + 1} Numpad${index + 1}`).join(" "),
      shown: "1 – 9",
      label: t("Only one kind of coding, or all again"),
      press: (event) => choose(numbered[Number(event.code.slice(-1)) - 1]?.dataset.kind ?? ""),
    },
  ]);
}

/**
 * @param {Desk} desk
 * @param {Panel} panel
 * @param {boolean} complete whether all of the text is on the page
 */
function progress(desk, panel, complete) {
  const all = desk.codings.order.filter((one) => desk.passes(one));
  const told = { left: number(all.filter(desk.waiting).length), all: number(all.length) };
  panel.progress.textContent = complete
    ? t("{left} of {all} wait here", told)
    : t("{left} of {all} wait in the part of the text that is here", told);
}

/**
 * Say what waits, and offer to try again what failed.
 * @param {{waiting: number, stopped: boolean}} state
 * @param {Queue} queue
 */
function told({ waiting, stopped }, queue) {
  if (waiting && root) root.dataset.waiting = String(waiting);
  else delete root?.dataset.waiting;
  const place = document.getElementById("after-failure");
  if (!place) return;
  if (!stopped) return hide(place);
  if (place.hidden) offer(place, queue);
  const line = place.querySelector("p");
  if (line) line.textContent = t("{count} wait to be done; none is lost.", { count: number(waiting) });
}

/** @param {HTMLElement} place */
function hide(place) {
  place.hidden = true;
  place.replaceChildren();
}

/**
 * @param {HTMLElement} place
 * @param {Queue} queue
 */
function offer(place, queue) {
  const again = el("button", { type: "button", class: "first" }, t("Try again"));
  const drop = el("button", { type: "button" }, t("Leave it"));
  again.addEventListener("click", () => queue.retry());
  drop.addEventListener("click", () => queue.drop());
  place.replaceChildren(el("p", {}), again, drop);
  place.hidden = false;
}
