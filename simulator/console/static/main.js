// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// The single page: asks for a view, draws it, and keeps address and session.

import kit from "./kit.js";
import { el, prepare } from "./dom.js";
import { ask, forget } from "./net.js";
import { busy, dialog } from "./overlay.js";
import { door, note } from "./door.js";
import { frame, loading } from "./frame.js";
import { drawPage, settle } from "./page.js";

const root = document.getElementById(kit.root);
let latest = 0;
let present = null;
let timers = [];

function clock(view) {
  timers.forEach(clearTimeout);
  timers = [];
  const warn = () => {
    if (kit.warning === "line") return present?.warn(view.warning);
    if (sessionStorage.getItem(`${kit.key}w`)) return undefined;
    sessionStorage.setItem(`${kit.key}w`, "1");
    return dialog({ title: "Session", text: view.warning, buttons: [{ text: "OK" }] });
  };
  if (view.endsSoon) warn();
  else timers.push(setTimeout(warn, view.warnIn * 1000));
  timers.push(setTimeout(() => go(kit.entrance), view.endIn * 1000 + 500));
}

function away() {
  forget();
  sessionStorage.removeItem(`${kit.key}w`);
  timers.forEach(clearTimeout);
  present = null;
  document.querySelectorAll(".u-ground, .u-over").forEach((one) => one.remove());
}

function address(path, push) {
  if (path && path !== location.pathname) history[push ? "pushState" : "replaceState"]({}, "", path);
}

function question(view) {
  const answer = (button) => {
    const form = new FormData();
    for (const [name, value] of view.hidden) form.append(name, value);
    form.append(button.name, "1");
    go(view.address, form);
  };
  const [yes, no] = view.buttons;
  dialog({
    title: view.heading, text: view.question, role: kit.dialog, escape: () => answer(no),
    buttons: [{ text: yes.text, work: () => answer(yes) }, { text: no.text, second: true, work: () => answer(no) }],
  });
}

function page(view, push) {
  address(view.address, push);
  document.title = `${view.title} - ${view.node}`;
  const { sites, pages, sidebar } = view.menu;
  const signature = JSON.stringify([view.node, ...[sites, pages].map((some) => some.map((one) => one.text)), sidebar.map((one) => [one.text, one.here])]);
  if (present?.signature !== signature) present = frame(root, view, signature, go);
  present.mark(view);
  drawPage(view, present.main, { go, view });
  clock(view);
  if (view.cover) dialog({ title: view.cover.title, text: view.cover.text, buttons: [{ text: view.cover.close }] });
}

function show(view, push) {
  busy(root, false);
  if (present) busy(present.main, false);
  if (view.view === "page") return page(view, push);
  if (view.view === "saved") return settle();
  if (view.view === "confirm") return [settle(), question(view)];
  if (view.view === "message" || view.view === "failed") {
    const again = view.again ? { text: "Try again", href: view.again } : view.link;
    const message = note(view.title, view.text, again, go);
    return present ? present.main.replaceChildren(message) : root.replaceChildren(el("main", { class: "u-alone" }, message));
  }
  away();
  address(kit.entrance, false);
  document.title = view.title;
  return root.replaceChildren(door(view, go));
}

/** Open an address of the console, or post a form to it. */
export async function go(target, form = null, push = true) {
  const mine = (latest += 1);
  loading(present?.main ?? root, Boolean(form));
  const view = await ask(target, form);
  if (mine === latest) show(view, push);
}

window.addEventListener("popstate", () => go(location.pathname, null, false));
await prepare();
go(location.pathname, null, false);
