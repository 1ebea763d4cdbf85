// @ts-check
/** What the modules of the document page share: the codings, their stretches, names of codes, and the cursor. */
import { Codings, waits } from "./document_codings.js";
import { Marks, codingsOver } from "./document_text.js";
import { say, t } from "./shared.js";

/** @typedef {import("./document_codings.js").Coding} Coding */
/** @typedef {import("./document_codings.js").State} State */

/** The list in which the codes of a kind stand. @type {Record<string, string>} */
const LISTS = { act: "act", measure: "measure", attribution: "stance", role: "role" };
/** What stands over words that were judged, so that a state is not told by colour alone. @type {Record<string, string>} */
const SIGNS = { suggested: "", accepted: "✓", corrected: "✎", rejected: "✕", superseded: "✕" };

export class Desk {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.file = root.dataset.file ?? "";
    this.rendering = root.dataset.rendering ?? "";
    /** The pseudonym under which one judges here; empty: for reading only. */
    this.who = root.dataset.who ?? "";
    this.codings = new Codings();
    this.marks = new Marks();
    /** @type {Coding | undefined} */
    this.current = undefined;
    /** @type {string | null} the kind that the keys walk through; null: every kind */
    this.kind = null;
    /** @type {Record<string, Record<string, string>>} */
    this.labels = {};
    /** Called when a coding has to be looked at. @type {(coding: Coding) => void} */
    this.show = () => {};
    /** Called when a coding has changed. */
    this.changed = () => {};
    /** @type {Map<string, string>} */
    this.kinds = new Map();
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("#kinds [data-kind]")))
      this.kinds.set(button.dataset.kind ?? "", button.dataset.name ?? "");
  }

  /** @param {Record<string, Record<string, string>>} labels */
  learn(labels) {
    for (const [list, names] of Object.entries(labels)) this.labels[list] = { ...this.labels[list], ...names };
  }

  /** @param {string} kind */
  kindName(kind) {
    return this.kinds.get(kind) ?? kind;
  }

  /**
   * What a code is called, or the code itself.
   * @param {string} list
   * @param {string | null} code
   */
  label(list, code) {
    return code === null ? "" : (this.labels[list]?.[code] ?? code);
  }

  /** @param {Coding} coding */
  codeName(coding) {
    const list = LISTS[coding.kind];
    return list ? this.label(list, coding.code) : (coding.code ?? "");
  }

  /** Whether the keys stop at a coding that nobody has judged. @returns {(coding: Coding) => boolean} */
  get waiting() {
    return (coding) => waits(coding) && this.passes(coding);
  }

  /** @param {Coding} coding */
  passes(coding) {
    return this.kind === null || coding.kind === this.kind;
  }

  /**
   * Give a stretch the classes of what lies over it: the innermost coding that was not rejected decides.
   * @param {HTMLElement} mark
   */
  dress(mark) {
    const over = this.over(mark);
    over.sort((a, b) => depth(a) - depth(b));
    const [top, next] = over;
    if (!top) return mark.removeAttribute("class");
    mark.className = `k-${top.kind} ${top.state}${next ? ` over-${next.kind}` : ""}`;
    const current = this.current !== undefined && over.includes(this.current);
    mark.classList.toggle("current", current);
    if (current) mark.setAttribute("aria-current", "true");
    else mark.removeAttribute("aria-current");
    const start = Number(mark.id.slice(2));
    const here = over.filter((one) => one.start === start);
    const tag = this.current && here.includes(this.current) ? this.kindName(this.current.kind) : "";
    tell(mark, "tag", tag);
    tell(mark, "sign", [...new Set(here.map((one) => SIGNS[one.state]))].join(""));
  }

  /** What the nodes of a sheet say. @returns {import("./document_text.js").Words} */
  words() {
    return {
      said: (mark) => ({
        label: mark.kind === "page" ? t("Page {page}", { page: mark.page }) : mark.page,
        problem: mark.verdict === "complete" ? "" : `${unreadName(mark.verdict)} ${mark.reason}`,
      }),
      damaged: t("damaged text"),
      passed: t("page furniture"),
    };
  }

  /**
   * Say that something failed, where it can be read, and to a screen reader.
   * @param {string} sentence
   */
  problem(sentence) {
    this.note(sentence, true);
    say(sentence);
  }

  /**
   * Say something where it can be read.
   * @param {string} sentence
   * @param {boolean} [wrong]
   */
  note(sentence, wrong = false) {
    const place = document.getElementById("problem");
    if (!place) return;
    place.textContent = sentence;
    place.classList.toggle("wrong", wrong);
  }

  /** The language of the words of a coding. @param {Coding} coding */
  languageOf(coding) {
    const home = this.marks.of(coding.id)[0]?.closest(".passage");
    return home instanceof HTMLElement && home.lang ? home.lang : null;
  }

  /** The codings over a stretch. @param {HTMLElement | undefined} mark */
  over(mark) {
    const found = mark ? codingsOver(mark).map((id) => this.codings.get(id)) : [];
    return found.filter((one) => one !== undefined);
  }

  /** The other codings over the first words of a coding. @param {Coding} coding */
  beside(coding) {
    return this.over(this.marks.of(coding.id)[0]).filter((one) => one !== coding);
  }

  /** Draw the stretches of a coding anew. @param {string} id */
  redress(id) {
    for (const mark of this.marks.of(id)) this.dress(mark);
  }
}

/**
 * @param {HTMLElement} mark
 * @param {"tag" | "sign"} name
 * @param {string} value
 */
function tell(mark, name, value) {
  if (value) mark.dataset[name] = value;
  else delete mark.dataset[name];
}

/** @param {Coding} coding */
function depth(coding) {
  return (coding.state === "rejected" ? 1e9 : 0) + coding.end - coding.start;
}

/**
 * What a state is called.
 * @param {string} state
 */
export function stateName(state) {
  if (state === "accepted") return t("accepted");
  if (state === "corrected") return t("corrected");
  if (state === "rejected") return t("rejected");
  return state === "superseded" ? t("superseded") : t("not judged");
}

/** @param {string} verdict */
function unreadName(verdict) {
  return verdict === "unread" ? t("This page could not be read.") : t("This page was read in part only.");
}
