# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that a form of the console holds and never shows."""

from __future__ import annotations


class ModuleDocFragment:
    """Secrets that a form of the console holds and never shows."""

    DOCUMENTATION = r"""
options:
  update_password:
    description:
      - Whether the password is set each time, or only when it is new here or something else changes. It cannot be read
        back, so V(always) reports a change each time.
    type: str
    choices: [always, on_create]
    default: on_create
  blank_keeps_secret:
    description:
      - Says that this appliance keeps the stored password when the form is saved with an empty one.
    type: bool
    default: false
"""
