// @ts-check
/** Adding files by drag and drop or by a button, one after the other; and reading failures again. */
import { el, number, post, say, t } from "./shared.js";

/** @typedef {{path: string, file: string | null, outcome: string, outcome_name: string, type: string, characters: number, reason: string | null, remedy: string | null}} Arrived */
/** @typedef {{path: string, file: File}} Waiting */

/** @type {Waiting[]} */
const queue = [];
let total = 0;
let done = 0;
let working = false;
/** Files that were taken in and wait for the coder. @type {string[]} */
let fresh = [];

/** @param {string} id */
function place(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {number} share of the file that is being sent */
function bar(share) {
  const shown = /** @type {HTMLProgressElement} */ (place("bar"));
  shown.max = Math.max(1, total);
  shown.value = done + share;
}

/** @param {string} sentence @param {boolean} [aloud] */
function doing(sentence, aloud = false) {
  place("doing").textContent = sentence;
  if (aloud) say(sentence);
}

/**
 * Send one file; `moved` is told what share of it has gone.
 * @param {Waiting} one
 * @param {(share: number) => void} moved
 * @returns {Promise<{status: number, value: any}>}
 */
function send(one, moved) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/files/upload?name=${encodeURIComponent(one.path)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => moved(event.lengthComputable ? event.loaded / event.total : 0));
    const failed = { error: t("The workbench does not answer. Is `testimonia serve` still running?") };
    request.addEventListener("load", () => resolve({ status: request.status, value: request.response || failed }));
    request.addEventListener("error", () => resolve({ status: 0, value: failed }));
    request.send(one.file);
  });
}

/** @param {Arrived} arrived */
function row(arrived) {
  const said = [arrived.reason, arrived.remedy].filter(Boolean).join(" ");
  const came = said || t("{type}, {count} characters", { type: arrived.type, count: number(arrived.characters) });
  const path = arrived.file ? el("a", { href: `/files/${arrived.file}` }, arrived.path) : arrived.path;
  const tag = el("span", { class: `tag ${arrived.outcome}` }, arrived.outcome_name);
  return el("tr", {}, el("th", { scope: "row" }, path), el("td", {}, tag), el("td", { lang: said ? "en" : null }, came));
}

/** @param {string} path @param {string} error */
function failure(path, error) {
  const tag = el("span", { class: "tag unread" }, t("not kept"));
  return el("tr", {}, el("th", { scope: "row" }, path), el("td", {}, tag), el("td", {}, error));
}

/** @param {Waiting} one */
async function take(one) {
  const limit = Number(place("drop").dataset.limit) * 1048576;
  doing(t("{done} of {total}: {path}", { done: done + 1, total, path: one.path }));
  if (one.file.size > limit) {
    place("added").append(failure(one.path, t("The file is too large. Split it and add the parts.")));
    return;
  }
  const { status, value } = await send(one, (share) => bar(share));
  if (status !== 200) {
    place("added").append(failure(one.path, value.error || t("The file could not be sent.")));
    return;
  }
  place("added").append(...value.files.map(row));
  fresh.push(...value.files.map((/** @type {Arrived} */ arrived) => arrived.file).filter(Boolean));
  const worst = value.files.find((/** @type {Arrived} */ arrived) => arrived.outcome !== "read") || value.files[0];
  if (worst) say(`${worst.path}: ${worst.outcome_name}`);
}

async function work() {
  if (working) return;
  working = true;
  place("progress").hidden = false;
  window.addEventListener("beforeunload", hold);
  for (let one = queue.shift(); one; one = queue.shift()) {
    await take(one);
    done += 1;
    bar(0);
  }
  await afterwards();
  window.removeEventListener("beforeunload", hold);
  working = false;
  if (queue.length) work();
}

/** @param {Event} event */
function hold(event) {
  event.preventDefault();
}

/** Let the coder look at what came, file by file, and trace origins anew. */
async function afterwards() {
  const files = [...new Set(fresh)];
  fresh = [];
  if (!files.length) {
    doing(t("Done. Nothing new was kept."), true);
    return;
  }
  let proposals = 0;
  for (const [at, file] of files.entries()) {
    doing(t("Making proposals: {done} of {total}", { done: at + 1, total: files.length }));
    const { status, value } = await post("/files/code", { files: [file] });
    if (status === 200) proposals += value.proposals;
    else place("added").append(failure(file, value.error));
  }
  doing(t("Tracing who stands behind what is said"));
  const { status, value } = await post("/files/trace", {});
  if (status !== 200) doing(value.error, true);
  else doing(t("Done: {count} proposals wait for judgement. Reload the page to see the ledger.", { count: number(proposals) }), true);
}

/** @param {Waiting[]} some */
function add(some) {
  if (!some.length) return;
  const into = /** @type {HTMLInputElement} */ (place("into")).value.trim();
  queue.push(...some.map((one) => ({ ...one, path: into ? `${into}/${one.path}` : one.path })));
  if (!working) [total, done] = [0, 0];
  total += some.length;
  say(t("{count} files are being added", { count: number(some.length) }));
  work();
}

/** @param {HTMLInputElement} input */
function picked(input) {
  add([...(input.files || [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
  input.value = "";
}

/**
 * Every file below something that was dropped.
 * @param {FileSystemEntry} entry
 * @returns {Promise<Waiting[]>}
 */
async function below(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) =>
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject),
    );
    return [{ file, path: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {Waiting[]} */
  const found = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    for (const one of some) found.push(...(await below(one)));
  }
}

/** @param {DragEvent} event */
async function dropped(event) {
  event.preventDefault();
  place("drop").classList.remove("over");
  const entries = [...(event.dataTransfer?.items || [])].map((item) => item.webkitGetAsEntry());
  const plain = [...(event.dataTransfer?.files || [])].map((file) => ({ file, path: file.name }));
  if (!entries.some(Boolean)) {
    add(plain);
    return;
  }
  for (const entry of entries) if (entry) add(await below(entry));
}

/** @param {HTMLElement} button */
async function again(button) {
  const result = /** @type {HTMLElement} */ (button.parentElement?.querySelector(".result"));
  button.toggleAttribute("disabled", true);
  const { status, value } = await post("/files/retry", { file: button.dataset.file });
  /** @type {Arrived | undefined} */
  const first = value.files?.[0];
  const sentence = status === 200 && first ? [first.outcome_name, first.reason, first.remedy].filter(Boolean).join(" ") : value.error;
  result.textContent = sentence;
  result.hidden = false;
  say(sentence);
  if (status === 200 && first && first.outcome !== "unread") {
    await post("/files/code", { files: value.files.map((/** @type {Arrived} */ one) => one.file).filter(Boolean) });
    await post("/files/trace", {});
  }
  button.toggleAttribute("disabled", false);
}

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button.again"))) {
  button.addEventListener("click", () => again(button));
}
const zone = document.getElementById("drop");
if (zone) {
  for (const id of ["pick", "pick-folder"]) {
    const input = /** @type {HTMLInputElement} */ (place(id));
    input.addEventListener("change", () => picked(input));
  }
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", dropped);
  // A file that is dropped beside the zone must not replace the page.
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => event.preventDefault());
}
