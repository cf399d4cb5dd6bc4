// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around the pages: brand, menus (twice: for wide and for narrow windows), and the way out.

import kit from "./kit.js";
import { el, picture, pressable } from "./dom.js";
import { busy, spinner } from "./overlay.js";

function entry(one, go) {
  const lead = (event) => {
    event.preventDefault();
    document.querySelector(".u-drawer")?.classList.remove("u-open");
    go(event.currentTarget.dataset.to);
  };
  if (kit.menu === "links") return el("a", { href: one.href, "data-to": one.href, on: { click: lead } }, one.text);
  if (kit.menu === "buttons") return el("button", { type: "button", "data-to": one.href, on: { click: lead } }, one.text);
  return pressable(el("div", { role: "menuitem", tabindex: "0", "data-to": one.href }, one.text), lead);
}

const list = (entries, name, go) =>
  el("nav", { class: name, role: kit.menu === "items" ? "menubar" : null }, entries.map((one) => entry(one, go)));

/** The sites of later versions stand beside; the one that is shown has its pages below itself. */
const beside = (entries, name, go) =>
  entries.length
    ? el("nav", { class: name, "aria-label": "Main" }, entries.map((one) =>
        el("div", {}, entry(one, go), el("div", { class: "u-below", hidden: one.here ? null : "" }, one.below.map((inner) => entry(inner, go))))))
    : null;

function mark(root, entries) {
  for (const one of root.querySelectorAll("[data-to]")) {
    const here = entries.some((entry) => entry.here && entry.text === one.textContent);
    one.classList.toggle("u-here", here);
    if (here) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
}

function tabs(entries, go) {
  const made = entries.map((one) =>
    el("button", { type: "button", role: "tab", class: "u-tab", "aria-selected": String(one.here), on: { click: () => go(one.href) } }, one.text));
  return made.length ? el("div", { class: "u-tabs", role: "tablist" }, made) : null;
}

/** Draw the frame into the root; `main` is where the pages go. */
export function frame(root, view, signature, go) {
  const out = () => entry(view.logout, go);
  const drawer = el("div", { class: "u-drawer" }, beside(view.menu.sidebar, "u-pages", go), list(view.menu.sites, "u-sites", go), list(view.menu.pages, "u-pages", go), el("div", { class: "u-out" }, out()));
  const burger = el("button", { type: "button", class: "u-burger", "aria-label": "Menu", on: { click: () => drawer.classList.toggle("u-open") } }, picture("bars"));
  const warned = el("div", { class: "u-warned" });
  const strip = el("div", { class: "u-strip" });
  const main = el("div", { class: "u-main" });
  const top = el("header", { class: "u-top" }, burger,
    el("span", { class: "u-brand" }, el("b", {}, view.brand), " ", el("span", {}, view.node)),
    list(view.menu.sites, "u-sites", go), el("div", { class: "u-out" }, out()));
  const side = el("aside", { class: "u-side" }, beside(view.menu.sidebar, "u-pages u-beside", go), list(view.menu.pages, "u-pages", go));
  root.replaceChildren(top, drawer, el("div", { class: "u-body" }, side, el("main", {}, warned, strip, main)));
  return {
    signature,
    main,
    warn: (text) => warned.replaceChildren(el("div", { class: "u-line u-warn", role: "status" }, text)),
    mark: (now) => {
      for (const part of [top, drawer, side]) mark(part, [...now.menu.sites, ...now.menu.pages, ...now.menu.sidebar.flatMap((one) => [one, ...one.below])]);
      warned.replaceChildren();
      strip.replaceChildren(...[tabs(now.menu.tabs, go)].filter(Boolean));
    },
  };
}

/** Show that something loads: over a page that was posted, else in its place. */
export function loading(place, posted) {
  busy(place, true);
  if (posted) place.append(spinner());
  else place.replaceChildren(spinner());
}
