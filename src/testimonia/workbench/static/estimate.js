// @ts-check
/** The page on the hidden total: begin an estimate, and say how far it is. */

import { fetchJson, post, say, t } from "./shared.js";

const EVERY = 700; // milliseconds between two questions

/** @typedef {{standing: string, done: number, steps: number, what: string, why: string}} Told */

/** @param {string} id */
function part(id) {
  return document.getElementById(id);
}

/** @param {string} sentence */
function tell(sentence) {
  const step = part("step");
  if (step) step.textContent = sentence;
  say(sentence);
}

/** @param {Told} told */
function draw(told) {
  const bar = part("bar");
  if (!(bar instanceof HTMLProgressElement)) return;
  bar.hidden = false;
  bar.value = (100 * told.done) / told.steps;
}

/** @param {HTMLButtonElement} button */
async function wait(button) {
  const { status, value } = await fetchJson(button.dataset.progress || "");
  if (status !== 200) return failed(button, value.error);
  draw(value);
  if (value.standing === "done") {
    tell(t("The estimate is made."));
    location.reload();
  } else if (value.standing === "working") {
    tell(t("Step {done} of {steps}", { done: Math.min(value.done + 1, value.steps), steps: value.steps }));
    setTimeout(() => wait(button), EVERY);
  } else failed(button, value.why || t("The estimate ended without an answer."));
}

/** @param {HTMLButtonElement} button @param {string} sentence */
function failed(button, sentence) {
  button.disabled = false;
  tell(sentence);
}

/** @param {HTMLButtonElement} button */
async function begin(button) {
  button.disabled = true;
  const { status, value } = await post(button.dataset.start || "", {});
  if (status !== 200) failed(button, value.error);
  else await wait(button);
}

const button = part("make");
if (button instanceof HTMLButtonElement) {
  button.addEventListener("click", () => begin(button));
  if (button.dataset.working) {
    button.disabled = true;
    wait(button);
  }
}
