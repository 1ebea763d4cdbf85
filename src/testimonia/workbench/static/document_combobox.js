// @ts-check
/** A field in which one chooses by typing, in any of three languages (the combobox of the ARIA practices, with a list). */
import { el, t } from "./shared.js";

/** @typedef {{code: string, en?: string, ko?: string, zh?: string}} Option */

const MOST = 60;
let made = 0;

export class Combobox {
  /**
   * @param {string} label
   * @param {Option[]} options
   * @param {string | null} value code that is chosen at first
   */
  constructor(label, options, value) {
    this.options = options;
    this.code = value;
    /** @type {Option[]} */
    this.shown = [];
    this.active = -1;
    const id = `choice-${(made += 1)}`;
    this.input = el("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    }); // prettier-ignore
    this.list = el("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
    this.root = el("div", { class: "field combobox" }, el("label", { for: id }, label), this.input, this.list);
    this.input.value = this.nameOf(value);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (item) this.choose(this.shown[[...this.list.children].indexOf(item)]);
    });
  }

  /** @param {string | null} code */
  nameOf(code) {
    const found = this.options.find((one) => one.code === code);
    return found ? nameIn(found) : (code ?? "");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) this.open();
      this.mark((this.active + (event.key === "ArrowDown" ? 1 : -1) + this.shown.length) % (this.shown.length || 1));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      this.choose(this.shown[Math.max(this.active, 0)]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      this.input.value = this.nameOf(this.code);
      this.close();
    }
  }

  open() {
    this.shown = search(this.options, this.input.value === this.nameOf(this.code) ? "" : this.input.value).slice(0, MOST);
    this.list.replaceChildren(...this.shown.map((one, index) => this.item(one, index)));
    if (!this.shown.length) this.list.replaceChildren(el("li", { class: "none" }, t("Nothing is called so.")));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(this.shown.length ? Math.max(0, this.shown.findIndex((one) => one.code === this.code)) : -1);
  }

  /**
   * @param {Option} option
   * @param {number} index
   */
  item(option, index) {
    const here = document.documentElement.lang;
    const others = ["en", "ko", "zh"].filter((language) => language !== here);
    return el(
      "li",
      { id: `${this.input.id}-${index}`, role: "option", "aria-selected": "false" },
      nameIn(option),
      ...others.map((language) => el("span", { lang: language, class: "soft" }, ` ${option[/** @type {"en"} */ (language)] ?? ""}`)),
    );
  }

  /** @param {number} index */
  mark(index) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const item = this.shown[index] ? this.list.children[index] : null;
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Option | undefined} option */
  choose(option) {
    if (!option) return;
    this.code = option.code;
    this.input.value = nameIn(option);
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** What was typed and not chosen counts if it names one thing only; an empty field means nothing is chosen. */
  leave() {
    const typed = this.input.value.trim();
    const found = search(this.options, typed);
    if (!typed) this.code = null;
    else if (found.length === 1) this.code = found[0].code;
    this.input.value = this.nameOf(this.code);
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** @param {Option} option */
function nameIn(option) {
  const here = /** @type {"en" | "ko" | "zh"} */ (document.documentElement.lang);
  return option[here] ?? option.en ?? option.code;
}

/**
 * The options whose names in any language, or whose code, hold every word; those that begin so come first.
 * @param {Option[]} options
 * @param {string} query
 */
export function search(options, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = options
    .map((one) => ({ one, text: `${one.en ?? ""}|${one.ko ?? ""}|${one.zh ?? ""}|${one.code}`.toLowerCase() }))
    .filter(({ text }) => words.every((word) => text.includes(word)));
  const first = words[0] ?? "";
  return scored.sort((a, b) => rank(a.text, first) - rank(b.text, first)).map(({ one }) => one);
}

/**
 * @param {string} text
 * @param {string} word
 */
function rank(text, word) {
  return word && text.split("|").some((name) => name.startsWith(word)) ? 0 : 1;
}
