// @ts-check
/** Judging pairs of records by keys. A judgement is kept by the server before the next pair is shown. */
import { el, keys, number, post, fetchJson, say, t } from "./shared.js";

/**
 * @typedef {{field: string, label: string, left: string, right: string, scripts: (string | null)[]}} Line
 * @typedef {{a: string, b: string, lists: string[], lines: Line[], chosen: string, own: string | null}} Pair
 * @typedef {{a: string, b: string, verdict: string, probability: number | null, others: Record<string, string>, stands: string}} After
 * @typedef {{pair: Pair | null, waiting: number, own: number, after?: After}} Told
 */

const place = /** @type {HTMLElement} */ (document.getElementById("pairing"));
const table = /** @type {HTMLTableElement} */ (document.getElementById("pair"));
const trouble = /** @type {HTMLElement} */ (document.getElementById("trouble"));
const adjudicate = place.dataset.adjudicate === "1";
/** Her own pairs, the last first: where "back" leads. @type {[string, string][]} */
let judged = JSON.parse(place.dataset.own || "[]");
let backwards = 0;
let since = performance.now();
let away = 0;
let hiddenAt = 0;
/** Judgements are sent one after the other. */
let busy = false;

const NAMES = { same: t("same person"), different: t("different people"), unsure: t("unsure"), disputed: t("in dispute") };

/** @param {string} verdict */
function named(verdict) {
  return NAMES[/** @type {keyof typeof NAMES} */ (verdict)] || verdict;
}

/** Seconds that the pair has been looked at, while the page was visible. */
function seconds() {
  return Math.max(0, (performance.now() - since - away) / 1000);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenAt = performance.now();
  else if (hiddenAt) away += performance.now() - hiddenAt;
});

/** @param {Line} line */
function row(line) {
  const cells = [line.left, line.right].map((value, side) => el("td", { lang: line.scripts[side] }, value || "–"));
  const alike = line.left !== "" && line.left === line.right;
  return el("tr", { class: alike ? "alike" : null }, el("th", { scope: "row" }, line.label), ...cells);
}

/** @param {Pair} pair */
function show(pair) {
  const heads = [pair.a, pair.b].map((id, side) =>
    el("th", { scope: "col" }, el("span", { class: "soft" }, pair.lists[side] || ""), el("br"), id),
  );
  table.tHead?.replaceChildren(el("tr", {}, el("td"), ...heads));
  table.tBodies[0]?.replaceChildren(...pair.lines.map(row));
  Object.assign(table.dataset, { a: pair.a, b: pair.b, own: pair.own || "", chosen: pair.chosen });
  /** @type {HTMLElement} */ (document.getElementById("own")).hidden = !pair.own;
  since = performance.now();
  away = 0;
}

/** @param {Told} told */
function taken(told) {
  /** @type {HTMLElement} */ (document.getElementById("waiting")).textContent = number(told.waiting);
  /** @type {HTMLElement} */ (document.getElementById("judged")).textContent = number(told.own);
  if (told.pair) show(told.pair);
  else finish();
}

function finish() {
  table.hidden = true;
  for (const button of place.querySelectorAll("button[data-verdict]")) button.toggleAttribute("disabled", true);
  say(t("No pair is waiting for you."));
  table.before(el("p", { class: "done", id: "done" }, t("No pair is waiting for you.")));
}

/** @param {After} after */
function lines(after) {
  const said = t("{a} and {b}: you said {verdict}.", { a: after.a, b: after.b, verdict: named(after.verdict) });
  const chance =
    after.probability === null
      ? t("The linkage had not thought of this pair.")
      : t("The linkage gave it a chance of {chance} of being one person.", { chance: percent(after.probability) });
  const others = Object.entries(after.others).map(([who, verdict]) =>
    t("{who} said: {verdict}.", { who, verdict: named(verdict) }),
  );
  if (!others.length) others.push(t("Nobody else has judged it."));
  return [said, chance, ...others];
}

/** @param {number} share */
function percent(share) {
  const style = { style: /** @type {const} */ ("percent"), maximumFractionDigits: 0 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(share);
}

/** @param {After} after */
function tell(after) {
  const aside = /** @type {HTMLElement} */ (document.getElementById("after"));
  const sentences = lines(after);
  const link = el("a", { href: `/persons/${encodeURIComponent(after.a)}` }, t("Look at this person"));
  aside.replaceChildren(...sentences.map((one) => el("p", {}, one)), el("p", {}, link));
  aside.hidden = false;
  say(sentences.join(" "));
}

/** @param {string} error */
function complain(error) {
  trouble.textContent = error;
  trouble.hidden = !error;
}

/** @param {string} verdict */
async function decide(verdict) {
  if (busy || table.hidden) return;
  busy = true;
  complain("");
  const { a = "", b = "", own = "" } = table.dataset;
  const chosen = adjudicate ? "adjudication" : "";
  const { status, value } = await post("/pairs/decide", { a, b, verdict, chosen, known: own || null, seconds: seconds() });
  busy = false;
  if (status !== 200) {
    complain(value.error);
    return;
  }
  judged = [[a, b], ...judged.filter(([one, other]) => one !== a || other !== b)];
  backwards = 0;
  taken(value);
  tell(value.after);
}

/** Show the pair that was judged before the one that is shown. */
async function back() {
  const pair = judged[backwards];
  if (busy || !pair) {
    say(t("There is no pair before this one."));
    return;
  }
  busy = true;
  const { status, value } = await fetchJson(`/pairs/one?a=${encodeURIComponent(pair[0])}&b=${encodeURIComponent(pair[1])}`);
  busy = false;
  if (status !== 200) {
    complain(value.error);
    return;
  }
  backwards += 1;
  reopen();
  taken(value);
  say(t("A pair you have judged. Your next answer counts."));
}

function reopen() {
  table.hidden = false;
  document.getElementById("done")?.remove();
  for (const button of place.querySelectorAll("button[data-verdict]")) button.toggleAttribute("disabled", false);
}

for (const button of place.querySelectorAll("button[data-verdict]")) {
  button.addEventListener("click", () => decide(/** @type {HTMLElement} */ (button).dataset.verdict || ""));
}
document.getElementById("back")?.addEventListener("click", back);
keys([
  { codes: "KeyS Digit1 Numpad1", shown: "s 1", label: t("Same person"), press: () => decide("same") },
  { codes: "KeyD Digit2 Numpad2", shown: "d 2", label: t("Different people"), press: () => decide("different") },
  { codes: "KeyU Digit3 Numpad3", shown: "u 3", label: t("Unsure"), press: () => decide("unsure") },
  { codes: "KeyB", shown: "b", label: t("Back to my last pair"), press: back },
]);
