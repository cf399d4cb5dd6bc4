// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// A section: title, notes, fields, tables and buttons.

import kit from "./kit.js";
import { el, picture, shaded } from "./dom.js";
import { wait } from "./net.js";
import { Model } from "./model.js";
import { row } from "./fields.js";

const where = (button, page) => `${page.view.address}?${new URLSearchParams({ [button.name]: button.value })}`;

function press(button, block, model, page) {
  if (button.gets) {
    page.go(where(button, page));
    return;
  }
  const form = new FormData();
  for (const [name, value] of block.hidden) form.append(name, value);
  for (const one of page.view.whole ? page.models : [model]) one.write(form);
  form.append(button.name, button.value);
  page.go(page.view.address, form);
}

function guard(node, model) {
  const look = () => { node.disabled = !model.changed; };
  model.watchers.push(look);
  look();
}

function link(one, block, model, page) {
  const lead = (event) => { event.preventDefault(); press(one, block, model, page); };
  return el("a", { href: where(one, page), id: one.id, class: "u-plain", on: { click: lead } }, one.label);
}

function actions(block, model, page) {
  if (!block.buttons.length) return null;
  const made = block.buttons.map((one) => {
    if (one.gets && one.plain && !one.disabled) return shaded(link(one, block, model, page), true);
    const node = el("button", {
      type: "button", id: one.id, class: one.plain ? "u-plain" : "u-button", disabled: one.disabled,
      title: one.icon ? one.label : null, on: { click: () => press(one, block, model, page) },
    }, one.icon ? picture("gear") : one.label);
    if (kit.guard && block.guarded && !one.disabled) guard(node, model);
    return shaded(node, true);
  });
  return el("div", { class: "u-actions" }, made);
}

function iconed(one, block, model, page) {
  const named = { title: { title: one.label }, label: { "aria-label": one.label }, picture: {}, "": {} }[one.icon];
  const inner = one.icon ? picture(one.gets ? "pencil" : "gear", one.icon === "picture" ? one.label : "") : one.label;
  return el("button", {
    type: "button", id: one.id, class: one.icon ? "u-icon" : "u-button u-small", disabled: one.disabled, ...named,
    on: { click: () => press(one, block, model, page) },
  }, inner);
}

function grid(one, block, model, page) {
  const real = kit.table === "table";
  const [table, line, head, cell] = real ? ["table", "tr", "th", "td"] : ["div", "div", "div", "div"];
  const role = (name) => (real ? null : name);
  const heads = [...one.columns, ...(one.actions === null ? [] : [one.actions])];
  const rows = one.rows.map((each) =>
    el(line, { class: "u-line-row", role: role("row") }, each.cells.map((text) => el(cell, { role: role("gridcell") }, text)),
      one.actions === null ? null : el(cell, { role: role("gridcell") }, each.buttons.map((button) => iconed(button, block, model, page)))));
  if (!rows.length && one.empty) {
    rows.push(el(line, { class: "u-line-row", role: role("row") }, el(cell, { role: role("gridcell"), colspan: real ? heads.length : null }, one.empty)));
  }
  const header = el(line, { class: "u-line-row u-heads", role: role("row") }, heads.map((text) => el(head, { role: role("columnheader"), scope: real ? "col" : null }, text)));
  const inside = real ? [el("thead", {}, header), el("tbody", {}, rows)] : [header, ...rows];
  const named = one.caption ? el("div", { class: "u-caption", id: `${one.id}-c` }, one.caption) : null;
  const made = el(table, { id: one.id, class: "u-grid", role: role("grid"), "aria-labelledby": named ? named.id : null }, inside);
  made.style.setProperty("--columns", heads.length);
  return [named, el("div", { class: "u-scroll" }, made)];
}

const waiting = (block) => ({
  ...block,
  guarded: false,
  buttons: block.buttons.map((one) => ({ ...one, disabled: true })),
  controls: block.controls.map((one) => ({
    ...one, value: "", checked: false, disabled: true, error: "", options: one.options.map((option) => ({ ...option, chosen: false })),
  })),
});

function body(block, model, page) {
  const tables = block.grids.map((one) => grid(one, block, model, page)).flat();
  const fields = block.controls.map((one) => row(one, model));
  const buttons = actions(block, model, page);
  const parts = block.gridsFirst ? [...tables, ...fields] : [...fields, ...tables];
  const notes = block.notes.map((text) => el("p", { class: "u-note" }, text));
  let made = [...notes, ...(block.buttonsFirst ? [buttons, ...parts] : [...parts, buttons])];
  for (const name of block.wrappers) made = [el("div", { class: name }, made)];
  const place = el("div", {}, made);
  if (block.enter) {
    place.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.composedPath()[0].tagName === "INPUT") press(block.enter, block, model, page);
    });
  }
  return place;
}

/** What stands in a section; on some pages the values arrive after the fields. */
export function content(block, model, page) {
  const { late } = page.view.traits;
  if (!late || !block.controls.length || model.arrived) return body(block, model, page);
  model.arrived = true;
  const first = waiting(block);
  const place = body(first, new Model(first, false), page);
  wait(late).then(() => place.replaceWith(body(block, model, page)));
  return place;
}

/** A section with its title. */
export function section(block, model, page) {
  const inside = content(block, model, page);
  const { id, title } = block;
  if (block.heading === "legend") return el("fieldset", { class: "u-card" }, el("legend", { id, class: "u-title" }, title), inside);
  const heading = {
    h2: () => el("h2", { id, class: "u-title" }, title),
    h3: () => el("h3", { id, class: "u-title" }, title),
    role: () => el("div", { id, class: "u-title", role: "heading", "aria-level": "2" }, title),
    plain: () => el("div", { id, class: "u-title" }, title),
  }[block.heading]();
  return el("section", { class: "u-card", "aria-labelledby": block.heading === "plain" ? id : null }, heading, inside);
}
