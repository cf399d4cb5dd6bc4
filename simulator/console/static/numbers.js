// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers: a field with buttons whose value is carried by a hidden input, and a slider that the keyboard moves.

import { el } from "./dom.js";

const whole = (text) => (/^\s*-?\d+\s*$/.test(text) ? Number.parseInt(text, 10) : null);

function within(control, number) {
  const { minimum, maximum } = control;
  return Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, number));
}

/** A number with buttons beside it. */
export function spin(control, model, names) {
  const hidden = el("input", { type: "hidden", name: control.name, value: model.get(control) });
  const keep = (text) => {
    hidden.value = text;
    model.set(control, text);
    if (control.shape === "spinbutton") input.setAttribute("aria-valuenow", text);
  };
  const step = (direction) => {
    const now = whole(input.value) ?? control.minimum ?? 0;
    input.value = String(within(control, now + direction * (control.step ?? 1)));
    keep(input.value);
  };
  const spinning = control.shape === "spinbutton";
  const input = el("input", {
    ...names, type: "text", inputmode: "numeric", id: control.id, disabled: control.disabled, autocomplete: "off", placeholder: " ",
    role: spinning ? "spinbutton" : null, "aria-valuenow": spinning ? model.get(control) : null,
    "aria-valuemin": spinning ? control.minimum : null, "aria-valuemax": spinning ? control.maximum : null,
    on: {
      input: () => keep(input.value.trim()),
      keydown: (event) => {
        const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (way) {
          event.preventDefault();
          step(way);
        }
      },
    },
  });
  input.value = model.get(control);
  const button = (text, way, name) => el("button", { type: "button", class: "u-step", tabindex: "-1", "aria-label": name, disabled: control.disabled, on: { click: () => step(way) } }, text);
  return el("span", { class: "u-number" }, input, button("\u2212", -1, "Decrease"), button("+", 1, "Increase"), hidden);
}

/** A slider without a native range. */
export function slider(control, model, names) {
  const [low, high, step] = [control.minimum ?? 0, control.maximum ?? 100, control.step ?? 1];
  const out = el("span", { class: "u-reading" });
  const show = () => {
    const now = whole(String(model.get(control))) ?? low;
    out.textContent = model.get(control) === "" ? "" : String(now);
    thumb.setAttribute("aria-valuenow", String(now));
    thumb.style.left = `${(100 * (now - low)) / (high - low || 1)}%`;
  };
  const move = (value) => {
    if (control.disabled) return;
    model.set(control, String(Math.min(high, Math.max(low, low + Math.round((value - low) / step) * step))));
    show();
  };
  const keys = (event) => {
    const now = whole(String(model.get(control))) ?? low;
    const ways = { ArrowRight: now + step, ArrowUp: now + step, ArrowLeft: now - step, ArrowDown: now - step, PageUp: now + 10 * step, PageDown: now - 10 * step, Home: low, End: high };
    if (event.key in ways) {
      event.preventDefault();
      move(ways[event.key]);
    }
  };
  const thumb = el("div", {
    ...names, id: control.id, role: "slider", class: "u-thumb", tabindex: control.disabled ? null : "0", "aria-valuemin": low, "aria-valuemax": high,
    "aria-disabled": control.disabled ? "true" : null, on: { keydown: keys },
  });
  const track = el("div", { class: "u-rail", on: { click: (event) => {
    const box = track.getBoundingClientRect();
    if (event.target !== thumb) move(low + ((event.clientX - box.left) / box.width) * (high - low));
  } } }, thumb);
  show();
  return el("div", { class: "u-slider" }, track, out);
}
