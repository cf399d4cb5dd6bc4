# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what a page says looks like bad or good news: a person takes red for an error and green for a success, when
neither the words nor the names of its classes tell.

Hue and saturation are those of HSL (CSS Color Module Level 4, section 7).
"""

from __future__ import annotations

TINT = r"""
  const colour = (text) => {
    const found = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    if (!found || (found[4] !== undefined && Number(found[4]) < 0.1)) return '';
    const [r, g, b] = found.slice(1, 4).map(Number);
    const most = Math.max(r, g, b), span = most - Math.min(r, g, b);
    if (span < 10 || span / (256 - Math.abs(2 * most - span - 255)) < 0.3) return '';
    const hue = 60 * (most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4);
    return hue <= 12 || hue >= 335 ? 'bad' : hue >= 80 && hue <= 170 ? 'good' : '';
  };
  const tint = (box) => {
    const seen = new Set();
    const parts = [box, ...Array.from(box.querySelectorAll(':not(button, button *, a, a *)')).slice(0, 12)];
    for (const part of parts) {
      const look = getComputedStyle(part);
      const edges = ['Top', 'Left'].filter((side) => parseFloat(look[`border${side}Width`]) > 0);
      const colours = [look.color, look.backgroundColor, ...edges.map((side) => look[`border${side}Color`])];
      if (part.namespaceURI.endsWith('svg')) colours.push(look.fill, look.stroke);
      colours.map(colour).forEach((one) => one && seen.add(one));
    }
    return seen.size === 1 ? [...seen][0] : '';
  };
"""
