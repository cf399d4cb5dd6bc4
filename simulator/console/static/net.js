// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests to the console, the token of the session, files, and time that passes.

import kit from "./kit.js";
import { el } from "./dom.js";

let seed = kit.random >>> 0;

/** The next number of the seed, from 0 to below 1 (mulberry32). */
export function random() {
  seed = (seed + 0x6d2b79f5) >>> 0;
  let t = seed;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

export const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** As long as an answer seems to take. */
export const delay = () => wait(kit.delay[0] + random() * (kit.delay[1] - kit.delay[0]));

export const forget = () => sessionStorage.removeItem(kit.key);

function save(href, name) {
  const link = el("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

async function receive(answer) {
  const disposition = answer.headers.get("Content-Disposition");
  if (!disposition) return answer.json();
  const href = URL.createObjectURL(await answer.blob());
  save(href, /filename="?([^";]+)/.exec(disposition)?.[1] ?? "file");
  setTimeout(() => URL.revokeObjectURL(href), 10000);
  return { view: "saved" };
}

/** Ask an address of the console; a form is posted. Gives the view that came back. */
export async function ask(address, form = null) {
  const headers = { Accept: "application/json" };
  const token = kit.header ? sessionStorage.getItem(kit.key) : null;
  if (token) headers[kit.header] = token;
  let view;
  try {
    const answer = await fetch(address, { method: form ? "POST" : "GET", body: form, headers, cache: "no-store" });
    [view] = await Promise.all([receive(answer), delay()]);
  } catch {
    return { view: "failed", title: "No connection", text: "The console does not answer.", again: form ? "" : address };
  }
  if (view.view === "session") {
    sessionStorage.setItem(kit.key, view.token);
    return ask(view.address);
  }
  if (view.view === "download") {
    if (kit.header) return ask(view.address);
    save(view.address, "");
    return { view: "saved" };
  }
  return view;
}
