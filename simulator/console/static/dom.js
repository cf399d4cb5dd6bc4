// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// Elements, pictures and shadow roots: what every component is made of.

import kit from "./kit.js";

const SVG = "http://www.w3.org/2000/svg";
const PICTURES = {
  gear: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM7 1h2v2l2 .8 1.4-1.4 1.4 1.4L12.400 5.200l.8 1.800H15v2h-1.800l-.8 2 1.400 1.400-1.400 1.400L11 12.400l-2 .8V15H7v-1.800l-2-.8-1.400 1.400-1.400-1.400L3.600 11l-.8-2H1V7h1.800l.8-2-1.400-1.400 1.400-1.400L5 3.600 7 2.800z",
  pencil: "M2 14l1-4 8-8 3 3-8 8zM10 3l3 3",
  chevron: "M4 6l4 4 4-4",
  calendar: "M2 3h12v11H2zM2 6h12M5 1v3M11 1v3",
  clock: "M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM8 4v4l3 2",
  bars: "M2 4h12M2 8h12M2 12h12",
  check: "M3 8l3 3 7-7",
};

/** An element. Attributes that are false or null are left out; `on` holds listeners; texts become text nodes. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A picture; with a title it has a name of its own. */
export function picture(name, title = "") {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: 16, height: 16, class: "u-picture" })) {
    svg.setAttribute(key, value);
  }
  if (title) {
    svg.setAttribute("role", "img");
    const named = document.createElementNS(SVG, "title");
    named.textContent = title;
    svg.append(named);
  } else svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PICTURES[name]);
  svg.append(path);
  return svg;
}

let styles = "";

/** Fetch the style sheet once, for the shadow roots. */
export async function prepare() {
  if (kit.shadow) styles = await (await fetch(kit.css)).text();
}

class Cell extends HTMLElement {}
customElements.define("u-cell", Cell);

/** The node as it is, or inside an open shadow root where the library has them. */
export function shaded(node, inline = false) {
  if (!kit.shadow) return node;
  const host = el("u-cell", { class: inline ? "u-inline" : null });
  host.attachShadow({ mode: "open" }).append(el("style", {}, styles), node);
  return host;
}

/** Let Enter and the space bar press what is no button. */
export function pressable(node, work) {
  node.addEventListener("click", work);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      work(event);
    }
  });
  return node;
}

let count = 0;

/** An id that nobody else has. */
export const single = () => `u-${(count += 1)}-${kit.random % 9973}`;
