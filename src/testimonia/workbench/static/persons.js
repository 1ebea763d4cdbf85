// @ts-check
/** Splitting and joining persons: one act each, kept by the server before the page shows how they will stand. */
import { el, post, say, t } from "./shared.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("records"));
const trouble = /** @type {HTMLElement} */ (document.getElementById("trouble"));
const done = /** @type {HTMLElement} */ (document.getElementById("done"));
/** @type {string[]} */
const group = JSON.parse(form.dataset.group || "[]");
const since = performance.now();
let busy = false;

/** @param {string} error */
function complain(error) {
  trouble.textContent = error;
  trouble.hidden = !error;
}

/**
 * @param {string} address
 * @param {object} value
 * @param {string} sentence
 */
async function act(address, value, sentence) {
  if (busy) return;
  busy = true;
  complain("");
  const { status, value: told } = await post(address, { ...value, seconds: (performance.now() - since) / 1000 });
  busy = false;
  if (status !== 200) {
    complain(told.error);
    return;
  }
  stands(sentence, told);
}

/**
 * @param {string} sentence
 * @param {{pairs: string[][], now: string[][]}} told
 */
function stands(sentence, told) {
  const again = el("a", { href: location.pathname, class: "button" }, t("Show the person as it stands now"));
  const undo = el("button", { type: "button" }, t("Undo"));
  undo.addEventListener("click", () => act("/pairs/withdraw", { pairs: told.pairs, restore: true }, t("Taken back.")));
  const list = el("ol", {}, ...told.now.map((some) => el("li", {}, some.join(", "))));
  const effect = t("It is kept, and takes effect in the next linkage. So the records will stand:");
  done.replaceChildren(el("p", {}, sentence), el("p", {}, effect), list, el("p", {}, again, " ", undo));
  done.hidden = false;
  done.tabIndex = -1;
  done.focus();
  say(sentence);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = new FormData(form).getAll("record").map(String);
  if (!chosen.length || chosen.length === group.length) {
    complain(t("Tick the records that are somebody else, and leave at least one."));
    return;
  }
  act("/pairs/split", { records: chosen, group }, t("Split: the records taken out are decided to be somebody else."));
});

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button.merge"))) {
  const other = JSON.parse(button.dataset.other || "[]");
  button.addEventListener("click", () => act("/pairs/merge", { group, other }, t("Joined: they are decided to be one person.")));
}
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button.withdraw"))) {
  const pair = [button.dataset.a || "", button.dataset.b || ""];
  button.addEventListener("click", () => act("/pairs/withdraw", { pairs: [pair] }, t("Your decision is taken back; it stays on record.")));
}
