// @ts-check
/** Second reading: taking and finishing documents, and deciding where two readers differ. */
import { el, keys, number, post, say, t } from "./shared.js";

const trouble = document.getElementById("trouble");

/** @param {string} sentence */
function complain(sentence) {
  if (!trouble) return;
  trouble.textContent = sentence;
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "nearest" });
}

/**
 * Ask once more before something that cannot be taken back.
 * @param {string | undefined} sentence
 * @returns {Promise<boolean>}
 */
function sure(sentence) {
  if (!sentence) return Promise.resolve(true);
  return new Promise((decide) => {
    const yes = el("button", { type: "button", class: "first" }, t("Go on"));
    const no = el("button", { type: "button" }, t("Cancel"));
    const dialog = el("dialog", { "aria-labelledby": "sure" }, el("p", { id: "sure" }, sentence), el("p", {}, yes, " ", no));
    let agreed = false;
    yes.addEventListener("click", () => {
      agreed = true;
      dialog.close();
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      decide(agreed);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * @param {string} address
 * @param {object} value
 */
async function send(address, value) {
  const found = await post(address, value);
  if (found.status !== 200) return complain(String(found.value.error));
  if (location.pathname === found.value.go) location.reload();
  else location.assign(String(found.value.go));
}

for (const form of document.querySelectorAll("form[data-post]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const value = Object.fromEntries(new FormData(form));
    const asked = form.querySelector("button")?.dataset.sure;
    if (await sure(asked)) await send(form.dataset.post || "", value);
  });
}
for (const button of document.querySelectorAll("button[data-post]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.addEventListener("click", async () => {
    if (!(await sure(button.dataset.sure))) return;
    button.disabled = true;
    await send(button.dataset.post || "", { file: button.dataset.file });
    button.disabled = false;
  });
}

// Deciding ---------------------------------------------------------------------------------------------------------

/** @type {HTMLElement[]} */
const cards = [...document.querySelectorAll("article.dispute")].filter((one) => one instanceof HTMLElement);
let now = cards.findIndex(waits);
let since = performance.now();
let busy = false;

/** @param {HTMLElement} card */
function waits(card) {
  return card.querySelector("button[data-side]") !== null;
}

/** @param {number} to */
function go(to) {
  if (to < 0 || to >= cards.length) return;
  cards[now]?.classList.remove("now");
  now = to;
  since = performance.now();
  const card = cards[now];
  if (!card) return;
  card.classList.add("now");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  say(`${card.querySelector("mark")?.textContent || ""} ${number(now + 1)} / ${number(cards.length)}`);
}

/** @param {string} side */
async function decide(side) {
  const card = cards[now];
  const button = card?.querySelector(`button[data-side="${side}"]`);
  if (!card || busy || !(button instanceof HTMLButtonElement) || button.disabled) return;
  busy = true;
  const seconds = (performance.now() - since) / 1000;
  const found = await post("/doubles/adjudicate", { ids: card.dataset.ids, side, seconds });
  busy = false;
  if (found.status !== 200 && found.status !== 409) return complain(String(found.value.error));
  if (found.status === 409) complain(String(found.value.error));
  const said = found.status === 200 ? t("Decided.") : t("Somebody else has decided this.");
  card.querySelector(".verdicts")?.replaceWith(el("p", { class: "soft" }, said));
  card.classList.add("done");
  say(said);
  const next = cards.findIndex((one, at) => at > now && waits(one));
  go(next >= 0 ? next : cards.findIndex(waits));
}

cards.forEach((card, at) => {
  for (const button of card.querySelectorAll("button[data-side]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.addEventListener("click", () => {
      if (now !== at) {
        cards[now]?.classList.remove("now");
        now = at;
      }
      void decide(button.dataset.side || "");
    });
  }
});
if (cards.length) {
  if (now >= 0) cards[now]?.classList.add("now");
  keys([
    { codes: "KeyJ ArrowDown", shown: "j", label: t("Next place"), press: () => go(now + 1) },
    { codes: "KeyK ArrowUp", shown: "k", label: t("Place before"), press: () => go(now - 1) },
    { codes: "Digit1 Numpad1", shown: "1", label: t("The one stands"), press: () => void decide("left") },
    { codes: "Digit2 Numpad2", shown: "2", label: t("The other stands"), press: () => void decide("right") },
    { codes: "Digit3 Numpad3", shown: "3", label: t("Both stand"), press: () => void decide("both") },
    { codes: "Digit4 Numpad4", shown: "4", label: t("Neither stands"), press: () => void decide("neither") },
  ]);
}
