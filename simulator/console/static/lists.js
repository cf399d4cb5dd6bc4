// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// Drop-down lists: the list is attached at the end of the page when it opens; long ones draw only what is in sight.

import kit from "./kit.js";
import { el, picture, single } from "./dom.js";
import { delay } from "./net.js";
import { attach } from "./overlay.js";

const LINE = 32;
const IN_SIGHT = 8;
const LONG = 12;

/** The open list: its element, and what the keyboard does with it. */
class Popup {
  constructor(options, chosen, choose) {
    this.options = options;
    this.choose = choose;
    this.chosen = chosen;
    this.active = Math.max(0, options.findIndex((one) => one.token === chosen));
    this.node = el("div", { role: "listbox", id: single(), class: "u-list", on: { scroll: () => this.draw() } });
    this.virtual = kit.virtual && options.length > LONG;
  }

  item(option, place) {
    const chosen = option.token === this.chosen;
    const node = el("div", {
      role: "option", class: `u-option${place === this.active ? " u-active" : ""}${chosen ? " u-chosen" : ""}`, "aria-selected": String(chosen),
      on: { click: () => this.choose(option) },
    }, option.text || "\u00a0");
    if (this.virtual) node.style.top = `${place * LINE}px`;
    return node;
  }

  draw() {
    if (!this.virtual) {
      this.node.replaceChildren(...this.options.map((option, place) => this.item(option, place)));
      return;
    }
    const from = Math.max(0, Math.floor(this.node.scrollTop / LINE) - 2);
    const seen = this.options.slice(from, from + IN_SIGHT + 4);
    const space = el("div", { class: "u-space" }, seen.map((option, number) => this.item(option, from + number)));
    space.style.height = `${this.options.length * LINE}px`;
    this.node.replaceChildren(space);
  }

  reveal() {
    const top = this.active * LINE;
    if (top < this.node.scrollTop) this.node.scrollTop = top;
    if (top + LINE > this.node.scrollTop + this.node.clientHeight) this.node.scrollTop = top + LINE - this.node.clientHeight;
    this.draw();
  }

  narrow(options) {
    this.options = options;
    this.active = 0;
    this.virtual = kit.virtual && options.length > LONG;
    this.node.scrollTop = 0;
    this.draw();
  }

  key(event) {
    const last = this.options.length - 1;
    const ways = { ArrowDown: Math.min(last, this.active + 1), ArrowUp: Math.max(0, this.active - 1), Home: 0, End: last };
    if (event.key in ways) this.active = ways[event.key];
    else if (event.key === "Enter" && this.options[this.active]) return this.choose(this.options[this.active]);
    else return undefined;
    event.preventDefault();
    return this.reveal();
  }
}

function native(control, model, names) {
  const node = el("select", { ...names, id: control.id, name: control.name, disabled: control.disabled, on: { change: () => model.set(control, node.value) } },
    control.options.map((option) => el("option", { value: option.token }, option.text)));
  node.value = model.get(control) ?? "";
  return { node, native: true };
}

/** Opens and closes the list of one trigger. */
class Opener {
  constructor(control, model, trigger, show) {
    Object.assign(this, { control, model, trigger, show, popup: null, close: null });
  }

  async open() {
    if (this.popup || this.control.disabled) return;
    this.popup = new Popup(this.control.options, this.model.get(this.control), (option) => this.take(option));
    await delay();
    if (!this.popup || !this.trigger.isConnected) return;
    this.trigger.setAttribute("aria-expanded", "true");
    this.trigger.setAttribute("aria-controls", this.popup.node.id);
    this.popup.draw();
    this.close = attach(this.trigger, this.popup.node, () => this.closed());
    this.popup.reveal();
  }

  closed() {
    this.popup = this.close = null;
    this.trigger.setAttribute("aria-expanded", "false");
    this.show();
  }

  take(option) {
    this.model.set(this.control, option.token);
    this.close?.();
    this.trigger.focus();
  }

  key(event) {
    if (event.key === "Escape" && this.close) {
      event.stopPropagation();
      this.close();
    } else if (this.popup) this.popup.key(event);
    else if (["ArrowDown", "ArrowUp", "Enter", " "].includes(event.key)) {
      event.preventDefault();
      this.open();
    }
  }

  letter(event) {
    if (!this.popup || event.key.length !== 1) return;
    const { options, active } = this.popup;
    const after = [...options.keys()].map((place) => (active + 1 + place) % options.length);
    const found = after.find((place) => options[place].text.toLowerCase().startsWith(event.key.toLowerCase()));
    if (found !== undefined) {
      this.popup.active = found;
      this.popup.reveal();
    }
  }
}

const chosen = (control, model) => control.options.find((one) => one.token === model.get(control))?.text ?? "";

function pressed(control, model, names) {
  const caret = control.shape === "caret";
  const text = el("span", { class: "u-picked" });
  const node = el(caret ? "div" : "button", {
    ...names, type: caret ? null : "button", id: control.id, class: "u-trigger", role: caret ? null : "combobox", "aria-haspopup": "listbox",
    "aria-expanded": "false", tabindex: caret && !control.disabled ? "0" : null, disabled: !caret && control.disabled,
    "aria-disabled": caret && control.disabled ? "true" : null,
  }, text, picture("chevron"));
  const show = () => { text.textContent = chosen(control, model); };
  const opener = new Opener(control, model, node, show);
  node.addEventListener("click", () => (opener.close ? opener.close() : opener.open()));
  node.addEventListener("keydown", (event) => {
    opener.key(event);
    opener.letter(event);
  });
  show();
  return { node, native: !caret };
}

function filtered(control, model, names) {
  const input = el("input", {
    ...names, type: "text", id: control.id, role: "combobox", class: "u-filter", "aria-haspopup": "listbox", "aria-autocomplete": "list",
    "aria-expanded": "false", autocomplete: "off", placeholder: " ", disabled: control.disabled,
  });
  const show = () => { input.value = chosen(control, model); };
  const opener = new Opener(control, model, input, show);
  const narrow = () => {
    const words = input.value.trim().toLowerCase();
    opener.popup?.narrow(control.options.filter((one) => one.text.toLowerCase().includes(words)));
  };
  input.addEventListener("click", () => opener.open());
  input.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Home" && event.key !== "End") opener.key(event);
    if (event.key === "Tab") opener.close?.();
  });
  input.addEventListener("input", async () => {
    await opener.open();
    narrow();
  });
  show();
  return { node: el("span", { class: "u-combined" }, input, picture("chevron")), native: true };
}

/** A choice of several. */
export function dropdown(control, model, names) {
  if (control.shape === "native") return native(control, model, names);
  return control.shape === "filter" ? filtered(control, model, names) : pressed(control, model, names);
}
