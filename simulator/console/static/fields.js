// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// A field: label, control, and what stands around them.

import { el, shaded } from "./dom.js";
import { dropdown } from "./lists.js";
import { moment } from "./dates.js";
import { slider, spin } from "./numbers.js";
import { radios, toggle } from "./toggles.js";

function typed(control, model, names) {
  const attributes = {
    ...names, id: control.id, name: control.name, disabled: control.disabled, placeholder: control.placeholder || " ",
    "aria-invalid": control.error ? "true" : null, "aria-describedby": control.error ? control.errorId : null,
    on: { input: (event) => model.set(control, event.target.value) },
  };
  if (control.widget === "textarea") {
    const area = el("textarea", { ...attributes, rows: 4 });
    area.value = model.get(control);
    return area;
  }
  const password = control.widget === "password";
  const input = el("input", { ...attributes, type: password ? "password" : "text", autocomplete: password ? "new-password" : "off" });
  input.value = model.get(control);
  return input;
}

function upload(control, model, names) {
  const name = el("span", { class: "u-file" }, "No file chosen");
  const input = el("input", {
    ...names, type: "file", id: control.id, class: "u-unseen", disabled: control.disabled,
    on: { change: () => {
      model.set(control, input.files[0] ?? null);
      name.textContent = input.files[0]?.name ?? "No file chosen";
    } },
  });
  const button = el("button", { type: "button", class: "u-button u-second", tabindex: "-1", disabled: control.disabled, on: { click: () => input.click() } }, "Browse...");
  return el("span", { class: "u-upload" }, input, button, name);
}

/** The control and whether a label element can be bound to it. */
function make(control, model, names) {
  switch (control.widget) {
    case "checkbox": return toggle(control, model, names);
    case "radio": return { node: radios(control, model, names), native: false };
    case "select": return dropdown(control, model, names);
    case "number": return { node: spin(control, model, names), native: true };
    case "range": return { node: slider(control, model, names), native: false };
    case "date": case "time": return { node: moment(control, model, names), native: true };
    case "file": return { node: upload(control, model, names), native: true };
    default: return { node: typed(control, model, names), native: true };
  }
}

function decoy(control) {
  if (control.decoy === "hidden_label") return el("span", { class: "u-off", "aria-hidden": "true" }, control.plain);
  if (control.decoy === "hidden_control") {
    return el("div", { class: "u-twin" }, el("label", {}, control.plain, " ", el("input", { type: "text", disabled: true })));
  }
  return control.decoy === "help" ? el("div", { class: "u-note" }, `How ${control.plain.replace(/[: ]+$/, "")} works is told in the administration guide.`) : null;
}

function around(control) {
  return [
    control.caption ? el("small", { class: "u-note" }, control.caption) : null,
    control.error ? el("div", { class: "u-error", id: control.errorId }, control.error) : null,
    decoy(control),
  ].filter(Boolean);
}

function shown(control) {
  const { id, label, labelId, value, technique } = control;
  if (technique === "field") return el("div", { class: "u-float" }, el("input", { id, type: "text", value, readonly: true, disabled: true, placeholder: " " }), el("label", { for: id }, label));
  if (technique === "output") return el("div", { class: "u-row" }, el("label", { for: id }, label), el("output", { id }, value));
  if (technique === "definition") return el("dl", { class: "u-row" }, el("dt", {}, label), el("dd", {}, value));
  const named = technique === "labelledby";
  return el("div", { class: "u-row" }, el("span", { class: "u-name", id: named ? labelId : null }, label), el("span", { "aria-labelledby": named ? labelId : null }, value));
}

function bound(control, model) {
  const { label, labelId, id } = control;
  const text = label.trim();
  let { technique } = control;
  const names = { aria: { "aria-label": text }, labelledby: { "aria-labelledby": labelId } }[technique] ?? {};
  let made = make(control, model, names);
  if (!made.native && ["for", "wrap", "float"].includes(technique)) {
    made = make(control, model, { "aria-labelledby": labelId });
    if (technique !== "float") technique = "labelledby";
  }
  const { node } = made;
  if (technique === "float") {
    return el("div", { class: "u-float" }, node, made.native ? el("label", { for: id }, label) : el("span", { class: "u-name", id: labelId }, label));
  }
  if (technique === "wrap" && node.querySelector("button, label")) technique = "for";
  if (technique === "wrap") return el("label", { class: control.last ? "u-row u-turned" : "u-row" }, el("span", {}, label), node);
  const name = technique === "for" ? el("label", { for: id }, label) : el("div", { class: "u-name", id: technique === "labelledby" ? labelId : null, "aria-hidden": technique === "aria" ? "true" : null }, label);
  return el("div", { class: "u-row" }, name, node);
}

/** One field of a section. */
export function row(control, model) {
  const field = control.widget === "readonly" ? shown(control) : bound(control, model);
  return shaded(el("div", { class: "u-field" }, field, around(control)));
}
