// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// A page: title, outcome, and its sections, plain, under tabs or under headers that open, perhaps in a frame.

import kit from "./kit.js";
import { el, picture, single } from "./dom.js";
import { delay } from "./net.js";
import { busy, spinner, toast } from "./overlay.js";
import { Model } from "./model.js";
import { content, section } from "./section.js";

let drawn = null;

/** The page stands still again after an answer that changed nothing of it. */
export function settle() {
  if (!drawn) return;
  busy(drawn, false);
  drawn.querySelectorAll(".u-wait").forEach((one) => one.remove());
}

function details(outcome) {
  const id = single();
  const text = el("pre", { id, class: "u-gone" }, outcome.details);
  const toggle = () => button.setAttribute("aria-expanded", String(!text.classList.toggle("u-gone")));
  const button = el("button", { type: "button", class: "u-button u-second", "aria-expanded": "false", "aria-controls": id, on: { click: toggle } }, outcome.toggle);
  return [button, text];
}

function told(outcome) {
  if (!outcome) return null;
  const inline = !outcome.ok && (kit.failures === "inline" || outcome.fields.length || outcome.details);
  if (!inline) {
    toast(outcome.message, outcome.ok);
    return null;
  }
  return el("div", { class: "u-line u-bad", role: "alert" }, el("span", {}, outcome.message),
    outcome.fields.length ? el("ul", {}, outcome.fields.map((text) => el("li", {}, text))) : null,
    outcome.details ? details(outcome) : null);
}

async function late(place, draw) {
  place.replaceChildren(spinner());
  await delay();
  place.replaceChildren(draw());
}

function tabbed(parts) {
  const panel = el("div", { class: "u-card", role: "tabpanel" });
  const made = parts.map((part) => {
    const choose = () => {
      for (const one of made) one.setAttribute("aria-selected", String(one === tab));
      panel.setAttribute("aria-labelledby", tab.id);
      late(panel, part.draw);
    };
    const tab = el("button", { type: "button", role: "tab", id: part.block.id, class: "u-tab", "aria-selected": "false", on: { click: choose } }, part.block.title);
    return tab;
  });
  const open = Math.max(0, parts.findIndex((part) => part.block.active));
  made[open].setAttribute("aria-selected", "true");
  panel.setAttribute("aria-labelledby", made[open].id);
  panel.append(parts[open].draw());
  return [el("div", { class: "u-tabs", role: "tablist" }, made), panel];
}

function folded(parts, firstOpen) {
  return parts.map((part, number) => {
    const inside = el("div", { class: "u-inside u-gone" });
    let seen = part.block.active || (firstOpen && number === 0);
    const toggle = () => {
      const open = !inside.classList.toggle("u-gone");
      header.setAttribute("aria-expanded", String(open));
      if (open && !seen) late(inside, part.draw);
      seen = true;
    };
    const header = el("button", { type: "button", class: "u-header", id: part.block.id, "aria-expanded": String(Boolean(seen)), on: { click: toggle } }, el("span", {}, part.block.title), picture("chevron"));
    if (seen) {
      inside.classList.remove("u-gone");
      inside.append(part.draw());
    }
    return el("section", { class: "u-fold" }, el("div", { role: "heading", "aria-level": "2" }, header), inside);
  });
}

function arranged(view, page) {
  const refused = Boolean(view.outcome && !view.outcome.ok);
  const models = view.blocks.map((block) => new Model(block, refused && (view.whole || block.active)));
  const context = { ...page, models };
  const parts = view.blocks.map((block, number) => ({ block, draw: () => content(block, models[number], context) }));
  if (!parts.length) return [];
  if (view.traits.arrangement === "tabs") return tabbed(parts);
  if (view.traits.arrangement === "accordion") return folded(parts, view.traits.firstOpen);
  return view.blocks.map((block, number) => section(block, models[number], context));
}

function framed(nodes, title) {
  const window_ = el("iframe", { class: "u-window", title, src: kit.frame });
  window_.addEventListener("load", () => {
    window_.contentDocument.body.classList.add("u-inner");
    window_.contentDocument.body.append(...nodes);
  });
  return window_;
}

/** Draw a page into its place. */
export function drawPage(view, place, page) {
  drawn = place;
  busy(place, false);
  const nodes = [told(view.outcome), view.note ? el("p", { class: "u-card" }, view.note) : null].filter(Boolean);
  const sections = arranged(view, page);
  const area = view.traits.framed && sections.length ? [framed(sections, view.title)] : sections;
  place.replaceChildren(el("h1", {}, view.title), ...nodes, ...area);
}
