// Copyright (c) 2026 The useries.appliance authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// The values of a section as the person left them, apart from the elements that show them.

export class Model {
  /** `touched`: they are shown again after a refusal, so they count as changed. */
  constructor(block, touched) {
    this.controls = block.controls.filter((one) => one.widget !== "readonly");
    this.touched = touched;
    this.watchers = [];
    this.first = new Map(this.controls.map((one) => [one.name, Model.shown(one)]));
    this.values = new Map(this.first);
  }

  static shown(control) {
    if (control.widget === "checkbox") return control.checked;
    if (control.widget === "select" || control.widget === "radio") {
      return control.options.find((option) => option.chosen)?.token ?? null;
    }
    return control.widget === "file" ? null : control.value;
  }

  get(control) {
    return this.values.has(control.name) ? this.values.get(control.name) : Model.shown(control);
  }

  set(control, value) {
    this.values.set(control.name, value);
    for (const watcher of this.watchers) watcher();
  }

  get changed() {
    return this.touched || [...this.values].some(([name, value]) => this.first.get(name) !== value);
  }

  /** Put the values into a form that is sent. */
  write(form) {
    for (const control of this.controls) {
      const value = this.values.get(control.name);
      if (control.widget === "checkbox") {
        if (value) form.append(control.name, control.token);
      } else if (control.widget === "file") {
        if (value) form.append(control.name, value, value.name);
      } else if (value !== null) form.append(control.name, value);
    }
  }
}
