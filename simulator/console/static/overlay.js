// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the page: lists and pickers, dialogs, notifications, and the sign that something is loading.

import kit from "./kit.js";
import { el, single } from "./dom.js";

/** Attach a node at the end of the body, below its anchor; gives the function that takes it away. */
export function attach(anchor, node, closed) {
  const home = anchor.ownerDocument;
  const place = () => {
    const box = anchor.getBoundingClientRect();
    const room = home.defaultView.innerHeight - box.bottom;
    node.style.left = `${Math.max(4, Math.min(box.left, home.documentElement.clientWidth - node.offsetWidth - 4))}px`;
    node.style.top = room < node.offsetHeight + 8 && box.top > node.offsetHeight
      ? `${box.top - node.offsetHeight - 2}px` : `${box.bottom + 2}px`;
  };
  node.classList.add("u-over");
  node.style.minWidth = `${anchor.getBoundingClientRect().width}px`;
  home.body.append(node);
  place();
  const close = () => {
    home.removeEventListener("pointerdown", outside, true);
    home.removeEventListener("scroll", place, true);
    node.remove();
    closed?.();
  };
  const outside = (event) => {
    const path = event.composedPath();
    if (!path.includes(node) && !path.includes(anchor)) close();
  };
  home.addEventListener("pointerdown", outside, true);
  home.addEventListener("scroll", place, true);
  return close;
}

function keepFocus(box, event) {
  const stops = [...box.querySelectorAll("button, input, [tabindex='0']")];
  if (!stops.length) return;
  const [first, last] = [stops[0], stops[stops.length - 1]];
  if (event.shiftKey ? document.activeElement === first : document.activeElement === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/** A modal dialog. `buttons`: [{text, second, work}]; `escape`: what the Escape key does. */
export function dialog({ title, text, buttons, role = "dialog", escape }) {
  const id = single();
  const close = () => ground.remove();
  const made = buttons.map((one) =>
    el("button", { type: "button", class: one.second ? "u-button u-second" : "u-button",
      on: { click: () => { close(); one.work?.(); } } }, one.text));
  const box = el("div", { class: "u-dialog", role, "aria-modal": "true", "aria-labelledby": id, tabindex: "-1" },
    el("div", { class: "u-title", id }, title), el("p", {}, text), el("div", { class: "u-actions" }, made));
  const ground = el("div", { class: "u-ground" }, box);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Tab") keepFocus(box, event);
    if (event.key === "Escape") { close(); escape?.(); }
  });
  document.body.append(ground);
  (made[made.length - 1] ?? box).focus();
  return close;
}

/** A notification that goes by itself. */
export function toast(text, ok) {
  let tray = document.querySelector(".u-tray");
  if (!tray) document.body.append((tray = el("div", { class: "u-tray" })));
  const role = { status: ok ? "status" : "alert", alert: "alert", class: null }[kit.toast];
  const note = el("div", { class: `u-toast toast ${ok ? "u-good" : "u-bad"}`, role }, el("span", {}, text));
  tray.append(note);
  setTimeout(() => note.classList.add("u-going"), kit.toastTime - 250);
  setTimeout(() => note.remove(), kit.toastTime);
}

/** What turns while something loads. */
export const spinner = () =>
  el("div", { class: "u-wait" },
    kit.spinner === "progressbar"
      ? el("div", { class: "u-spin", role: "progressbar", "aria-label": "Loading" })
      : el("div", { class: "u-spin" }));

/** Mark a region as loading, where the library says so by attribute. */
export const busy = (node, on) => {
  if (kit.spinner === "busy") node.setAttribute("aria-busy", String(on));
  node.classList.toggle("u-busy", on);
};
