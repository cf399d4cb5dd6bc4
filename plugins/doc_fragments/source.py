# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The appliance whose cold spare this one is."""

from __future__ import annotations


class ModuleDocFragment:
    """The appliance whose cold spare this one is."""

    DOCUMENTATION = r"""
options:
  source:
    description:
      - How to reach the appliance whose cold spare this one is.
      - Every suboption is filled from the variables of the host that C(useries_cold_spare_of) names.
    type: dict
    suboptions:
      inventory_name:
        description:
          - Its name in the inventory, for messages; by default what C(useries_cold_spare_of) says.
        type: str
      host:
        description:
          - Name or IP address of the source.
          - Filled from the variable C(useries_host) of the source, else its C(ansible_host).
        type: str
      port:
        description:
          - TCP port.
          - Filled from the variable C(useries_port) of the source.
        type: int
        default: 443
      username:
        description:
          - User name.
          - Filled from the variable C(useries_username) of the source.
        type: str
      password:
        description:
          - Password.
          - Filled from the variable C(useries_password) of the source.
        type: str
      timeout:
        description:
          - Seconds to wait for one answer.
          - Filled from the variable C(useries_timeout) of the source.
        type: int
        default: 30
      validate_certs:
        description:
          - Whether the certificate is verified. V(false) accepts any certificate and warns about it.
          - Filled from the variable C(useries_validate_certs) of the source.
        type: bool
        default: true
      ca_path:
        description:
          - PEM file of the certificate authority; by default the system's store is used.
          - Filled from the variable C(useries_ca_path) of the source.
        type: path
      fingerprints:
        description:
          - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed.
          - Two entries serve while a certificate is being replaced.
          - Filled from the variable C(useries_fingerprints) of the source.
        type: list
        elements: str
        default: []
      previous_password:
        description:
          - The password before the last change; it is tried once when O(source.password) is refused.
          - Filled from the variable C(useries_previous_password) of the source.
        type: str
      proxy:
        description:
          - URL of an HTTP proxy on the way to the console. Proxies of the environment are never used.
          - Filled from the variable C(useries_proxy) of the source.
        type: str
      console_driver:
        description:
          - How the console is operated.
          - V(html) reads and posts its pages; it is the quickest, and cannot run scripts.
          - V(browser) uses the system's Chromium through Playwright, as a person would.
          - V(auto) begins with the pages, and goes on in the browser when their labels are not in the markup.
          - Filled from the variable C(useries_console_driver) of the source, or E(USERIES_CONSOLE_DRIVER).
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
      console_profile:
        description:
          - How the console is laid out. V(3.3) is the version that the collection was written for. V(later) stands for
            versions with a sidebar; it is unconfirmed, and some modules refuse to work with it.
          - V(auto) decides by the menus that it meets after signing in, and refuses when they are neither.
          - Filled from the variable C(useries_console_profile) of the source.
        type: str
        choices:
          - auto
          - "3.3"
          - later
        default: auto
"""
