# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The iDRAC's Redfish service over HTTPS.

What is modelled: service root, Systems with Bios and ComputerSystem.Reset, Managers with network and DellAttributes,
network cards, settings that wait for a restart,
Chassis, sessions (8 at most, 1800 s idle), account slots and roles, firmware inventory, job queue, tasks, registries.
Everything else is answered with a Redfish error. Source: DMTF DSP0266 and its schemas, and what clients of Dell's iDRAC
read and send.
"""

from __future__ import annotations

from simulator.wires.redfish.controller import MemberNames
from simulator.wires.redfish.server import Server, serve

__all__ = ["MemberNames", "Server", "serve"]
