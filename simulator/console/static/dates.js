// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// Date and time: a field that takes typed text, and a picker beside it.

import { el, picture } from "./dom.js";
import { attach } from "./overlay.js";

const FORMS = { date: /^\d{4}-\d{2}-\d{2}$/, time: /^\d{2}:\d{2}(:\d{2})?$/ };
const two = (number) => String(number).padStart(2, "0");
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

function calendar(value, choose) {
  const shown = FORMS.date.test(value) ? new Date(`${value}T12:00:00`) : new Date();
  let [year, month] = [shown.getFullYear(), shown.getMonth()];
  const box = el("div", { role: "dialog", class: "u-picker", "aria-label": "Calendar" });
  const turn = (by) => {
    const next = new Date(year, month + by, 1);
    [year, month] = [next.getFullYear(), next.getMonth()];
    draw();
  };
  const draw = () => {
    const days = new Date(year, month + 1, 0).getDate();
    const lead = (new Date(year, month, 1).getDay() + 6) % 7;
    const cells = [...Array(days).keys()].map((day) => {
      const text = `${year}-${two(month + 1)}-${two(day + 1)}`;
      return el("button", { type: "button", class: text === value ? "u-day u-chosen" : "u-day", "aria-label": text, on: { click: () => choose(text) } }, String(day + 1));
    });
    if (cells.length) cells[0].style.gridColumnStart = lead + 1;
    box.replaceChildren(
      el("div", { class: "u-month" },
        el("button", { type: "button", class: "u-step", "aria-label": "Previous month", on: { click: () => turn(-1) } }, "\u2039"),
        el("span", {}, `${MONTHS[month]} ${year}`),
        el("button", { type: "button", class: "u-step", "aria-label": "Next month", on: { click: () => turn(1) } }, "\u203a")),
      el("div", { class: "u-days" }, cells));
  };
  draw();
  return box;
}

function watch(value, choose) {
  const [hours, minutes] = FORMS.time.test(value) ? value.split(":") : ["00", "00"];
  const seconds = value.split(":")[2] ?? "00";
  const field = (text, name, most) => el("input", { type: "number", min: 0, max: most, value: text, "aria-label": name });
  const [hour, minute] = [field(hours, "Hours", 23), field(minutes, "Minutes", 59)];
  const set = () => choose(`${two(Number(hour.value))}:${two(Number(minute.value))}:${seconds}`);
  return el("div", { role: "dialog", class: "u-picker u-watch", "aria-label": "Clock" }, hour, ":", minute, el("button", { type: "button", class: "u-button u-small", on: { click: set } }, "OK"));
}

/** A date (year-month-day) or a time (hours:minutes:seconds). Typed text counts after Enter or on leaving the field. */
export function moment(control, model, names) {
  const kind = control.widget;
  let close = null;
  const commit = () => {
    const text = input.value.trim();
    if (text === model.get(control)) return;
    const good = text === "" || FORMS[kind].test(text);
    input.setAttribute("aria-invalid", String(!good));
    if (good) model.set(control, text);
  };
  const input = el("input", {
    ...names, type: "text", id: control.id, name: control.name, disabled: control.disabled, autocomplete: "off", placeholder: " ",
    on: { blur: commit, keydown: (event) => { if (event.key === "Enter") commit(); } },
  });
  input.value = model.get(control);
  const choose = (text) => {
    input.value = text;
    commit();
    close?.();
  };
  const open = () => {
    if (close) return close();
    close = attach(input, (kind === "date" ? calendar : watch)(input.value, choose), () => { close = null; });
    return undefined;
  };
  const button = el("button", { type: "button", class: "u-open-picker", "aria-label": kind === "date" ? "Open the calendar" : "Open the clock", "aria-haspopup": "dialog", disabled: control.disabled, on: { click: open } }, picture(kind === "date" ? "calendar" : "clock"));
  return el("span", { class: "u-moment" }, input, button);
}
