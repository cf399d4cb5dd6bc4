# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach the console of an appliance."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach the console of an appliance."""

    DOCUMENTATION = r"""
options:
  host:
    description:
      - Name or IP address of the appliance.
      - Filled from the variable C(useries_host), else C(ansible_host), else the inventory name, else from the
        environment variable E(USERIES_HOST).
    type: str
  port:
    description:
      - TCP port.
      - Filled from the variable C(useries_port) or E(USERIES_PORT).
    type: int
    default: 443
  username:
    description:
      - User name.
      - Filled from the variable C(useries_username) or E(USERIES_USERNAME).
    type: str
  password:
    description:
      - Password.
      - Filled from the variable C(useries_password) or E(USERIES_PASSWORD).
    type: str
  timeout:
    description:
      - Seconds to wait for one answer.
      - Filled from the variable C(useries_timeout) or E(USERIES_TIMEOUT).
    type: int
    default: 30
  validate_certs:
    description:
      - Whether the certificate is verified. V(false) accepts any certificate and warns about it.
      - Filled from the variable C(useries_validate_certs) or E(USERIES_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store is used.
      - Filled from the variable C(useries_ca_path) or E(USERIES_CA_PATH).
    type: path
  fingerprints:
    description:
      - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed.
      - Two entries serve while a certificate is being replaced.
      - Filled from the variable C(useries_fingerprints) or E(USERIES_FINGERPRINTS).
    type: list
    elements: str
    default: []
  previous_password:
    description:
      - The password before the last change; it is tried once when O(password) is refused.
      - Filled from the variable C(useries_previous_password) or E(USERIES_PREVIOUS_PASSWORD).
    type: str
  proxy:
    description:
      - URL of an HTTP proxy on the way to the console. Proxies of the environment are never used.
      - Filled from the variable C(useries_proxy) or E(USERIES_PROXY).
    type: str
  console_driver:
    description:
      - How the console is operated.
      - V(html) reads and posts its pages; it is the quickest, and cannot run scripts.
      - V(browser) uses the system's Chromium through Playwright, as a person would.
      - V(auto) begins with the pages, and goes on in the browser when their labels are not in the markup.
      - Filled from the variable C(useries_console_driver) or E(USERIES_CONSOLE_DRIVER).
    type: str
    choices: [auto, html, browser]
    default: auto
  console_labels:
    description:
      - Labels that your appliance words differently, by the identifier of the page, section and control,
        for example C(general_settings.date_and_time.time_zone).
      - An error about a missing label names the identifier.
      - Filled from the variable C(useries_console_labels).
    type: dict
    default: {}
  state_dir:
    description:
      - Directory on the controller (mode 0700, no secrets), by default C(~/.ansible/useries).
      - It holds leases, checkpoints, and in C(captures) the pages on which a label was missed.
      - Inside an execution environment it must be a mounted volume.
      - Filled from the variable C(useries_state_dir) or E(USERIES_STATE_DIR).
    type: path
  workflow:
    description:
      - Name of the workflow that the task is a step of. Its writes are refused unless the gates of that workflow were
        passed in the same run (M(useries.appliance.workflow_gates)).
      - Filled from the variable C(useries_workflow), which the playbooks of the collection set.
    type: str
  step:
    description:
      - Name under which the checkpoint of O(workflow) records that the task is about to be done, and that it is done.
    type: str
  gates_max_age:
    description:
      - Minutes that may pass between two tasks of O(workflow) before its gates count as too old, by default 30.
      - Filled from the variable C(useries_gates_max_age).
    type: int
  person_done:
    description:
      - Steps of O(workflow) that a person has done or found done, as a list or a text with commas.
      - Filled from the variable C(person_done), so C(-e person_done=...) does it.
    type: raw
  repeat_step:
    description:
      - Steps whose outcome was unknown and of which a person has found that they were not done.
      - Filled from the variable C(repeat_step), so C(-e repeat_step=...) does it.
    type: raw
  adopt_run:
    description:
      - Identifier of the run of an older version of the collection whose checkpoint is gone on with; the message about
        it names it.
      - Filled from the variable C(adopt_run), so C(-e adopt_run=...) does it.
    type: str
  console_profile:
    description:
      - How the console is laid out. V(3.3) is the version that the collection was written for. V(later) stands for
        versions with a sidebar; it is unconfirmed, and some modules refuse to work with it.
      - V(auto) decides by the menus that it meets after signing in, and refuses when they are neither.
      - Filled from the variable C(useries_console_profile) or E(USERIES_CONSOLE_PROFILE).
    type: str
    choices:
      - auto
      - "3.3"
      - later
    default: auto
  time_scale:
    description:
      - How much faster than real time the appliance lives; only the inventory of the simulator sets it.
      - Filled from the variable C(useries_time_scale).
    type: float
    default: 1.0
"""
