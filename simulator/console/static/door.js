// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// In front of the console: the banner, the sign-in, the second factor; and single sentences.

import { el } from "./dom.js";

function send(view, values, button, go) {
  const form = new FormData();
  for (const [name, value] of [...view.hidden, ...values]) form.append(name, value);
  form.append(button.name, "1");
  go(view.address, form);
}

function entry(shape, one) {
  const input = el("input", { type: one.type, id: one.id, name: one.name, value: one.value, autocomplete: one.fill, placeholder: shape === "float" ? " " : null });
  if (shape === "wrap") return [input, el("label", { class: "u-stack" }, el("span", {}, one.label), input)];
  if (shape === "position") return [input, el("div", { class: "u-stack" }, el("div", {}, one.label), input)];
  return [input, el("div", { class: "u-float" }, input, el("label", { for: one.id }, one.label))];
}

function form(view, go) {
  const fields = view.fields.map((one) => entry(view.shape, one));
  const inputs = fields.map(([input]) => input);
  const parts = fields.map(([, node]) => node);
  if (view.picture) {
    const [input, node] = entry("wrap", { ...view.characters, type: "text", value: "", fill: "off" });
    inputs.push(input);
    parts.push(el("img", { src: view.picture, alt: "" }), node);
  }
  const button = el("button", { type: "submit", class: "u-button" }, view.button.text);
  const submit = (event) => {
    event.preventDefault();
    button.disabled = true;
    send(view, inputs.map((input) => [input.name, input.value]), view.button, go);
  };
  return el("form", { on: { submit } }, parts, el("div", { class: "u-actions" }, button));
}

function banner(view, go) {
  const press = () => send(view, [], view.button, go);
  return [view.lines.map((line) => el("p", {}, line)), el("button", { type: "button", class: "u-button", on: { click: press } }, view.button.text)];
}

/** The banner, the sign-in page or the page of the second factor. */
export function door(view, go) {
  const told = [view.said && el("div", { class: "u-line u-good", role: "status" }, view.said), view.message && el("div", { class: "u-line u-bad", role: "alert" }, view.message)];
  return el("div", { class: "u-door" },
    el("div", { class: "u-brand" }, el("b", {}, view.brand), " ", el("span", {}, view.node)),
    el("main", { class: "u-card" }, el("h1", {}, view.title), told.filter(Boolean), view.view === "banner" ? banner(view, go) : form(view, go)));
}

/** A sentence, and where to go from it. */
export function note(title, text, link, go) {
  const lead = (event) => {
    event.preventDefault();
    go(link.href);
  };
  return el("div", { class: "u-card", role: "alert" }, el("h1", {}, title), el("p", {}, text),
    link ? el("a", { href: link.href, class: "u-plain", on: { click: lead } }, link.text) : null);
}
