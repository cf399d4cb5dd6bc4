// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// Switches, boxes and radio buttons.

import kit from "./kit.js";
import { el, picture, pressable } from "./dom.js";

const STATES = { switch: "aria-checked", pressed: "aria-pressed", custom: "aria-checked" };

function drawnBox(control, model, names) {
  const attribute = STATES[control.shape];
  const turn = () => {
    if (control.disabled) return;
    model.set(control, !model.get(control));
    node.setAttribute(attribute, String(model.get(control)));
  };
  const role = { switch: "switch", custom: "checkbox", pressed: null }[control.shape];
  const button = control.shape === "pressed";
  const node = el(button ? "button" : "div", {
    ...names, id: control.id, type: button ? "button" : null, role, tabindex: button || control.disabled ? null : "0",
    class: control.shape === "custom" ? "u-box" : "u-switch", [attribute]: String(Boolean(model.get(control))),
    disabled: button && control.disabled, "aria-disabled": control.disabled ? "true" : null,
  }, control.shape === "custom" ? picture("check") : el("span", { class: "u-knob" }));
  if (button) node.addEventListener("click", turn);
  else pressable(node, turn);
  return { node, native: button };
}

/** A switch or a box. */
export function toggle(control, model, names) {
  if (control.shape in STATES) return drawnBox(control, model, names);
  const hidden = control.shape === "box";
  const input = el("input", {
    ...names, type: "checkbox", id: control.id, name: control.name, class: hidden ? "u-unseen" : "u-check", disabled: control.disabled,
    on: { change: () => model.set(control, input.checked) },
  });
  input.checked = Boolean(model.get(control));
  const track = el("label", { class: "u-switch", for: control.id }, el("span", { class: "u-knob" }));
  return { node: hidden ? el("span", { class: "u-held" }, input, track) : input, native: true };
}

function drawnRadios(control, model) {
  const made = control.options.map((option, place) => {
    const choose = () => {
      if (control.disabled) return;
      model.set(control, option.token);
      made.forEach((one) => one.setAttribute("aria-checked", String(one === node)));
      node.focus();
    };
    const node = pressable(el("div", { role: "radio", class: "u-radio", tabindex: control.disabled ? null : "0", "aria-checked": String(model.get(control) === option.token), "aria-disabled": control.disabled ? "true" : null }, el("span", { class: "u-dot" }), el("span", {}, option.text)), choose);
    node.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (step) made[(place + step + made.length) % made.length].click();
    });
    return node;
  });
  return made;
}

/** A group of radio buttons. */
export function radios(control, model, names) {
  if (control.shape === "custom") return el("div", { ...names, role: "radiogroup", class: "u-radios" }, drawnRadios(control, model));
  const made = control.options.map((option) => {
    const input = el("input", { type: "radio", id: option.id, name: control.name, value: option.token, disabled: control.disabled, on: { change: () => model.set(control, option.token) } });
    input.checked = model.get(control) === option.token;
    return el("span", { class: "u-radio" }, input, el("label", { for: option.id }, option.text));
  });
  return el("div", { ...names, role: Object.keys(names).length || kit.toggle === "switch" ? "radiogroup" : null, class: "u-radios" }, made);
}
