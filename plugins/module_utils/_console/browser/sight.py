# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a page is in sight: the first part of the snapshot (``seeing.py``), run inside the page."""

from __future__ import annotations

SIGHT = r"""
  const nodes = [],
    out = [],
    roots = new Map(),
    consumed = new Set(),
    pickers = new Map(),
    near = new Map();
  const SKIP = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|LINK|META|HEAD|OBJECT|EMBED)$/;
  const VOID = /^(INPUT|BR|IMG|HR|WBR|AREA|COL)$/;
  const FIELD = [
    'input' + ['hidden', 'submit', 'button', 'reset', 'image'].map((kind) => `:not([type=${kind}])`).join(''),
    'select, textarea, [contenteditable=true]',
    ...['switch', 'checkbox', 'slider', 'spinbutton', 'combobox', 'textbox'].map((role) => `[role=${role}]`),
  ].join(', ');
  const IDREFS = [
    'for',
    'aria-labelledby',
    'aria-describedby',
    'aria-controls',
    'aria-owns',
    'aria-errormessage',
    'list',
    'headers',
    'form',
    'popovertarget',
  ];
  const kept = (make) => {
    const known = new Map();
    return (el) => {
      if (!known.has(el)) known.set(el, make(el));
      return known.get(el);
    };
  };
  const css = kept((el) => getComputedStyle(el));
  const rect = kept((el) => el.getBoundingClientRect());
  const words = kept((el) =>
    (el.getAttribute('class') || '')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[\s_-]+/),
  );
  const esc = (text) =>
    text
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/\u0000/g, '');
  const brief = kept((el) => squeeze(el.textContent.length > 400 ? el.textContent : el.innerText || ''));
  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
  const prefix = (el) => {
    const root = el.getRootNode();
    if (root === document) return '';
    if (!roots.has(root)) roots.set(root, 'r' + (roots.size + 1) + '-');
    return roots.get(root);
  };
  const clipped = (el) => {
    const style = css(el),
      box = rect(el);
    if (parseFloat(style.opacity) < 0.05) return true;
    if (
      style.clip === 'rect(0px, 0px, 0px, 0px)' ||
      style.clip === 'rect(1px, 1px, 1px, 1px)' ||
      /^inset\((50|100)%/.test(style.clipPath)
    )
      return true;
    if (/^(HTML|BODY)$/.test(el.tagName)) return false;
    const cut = /^(hidden|clip)$/.test(style.overflowX) || /^(hidden|clip)$/.test(style.overflowY);
    if (cut && style.display !== 'contents' && (box.width <= 1 || box.height <= 1)) return true;
    return box.width > 0 && box.height > 0 && (box.right + scrollX <= 0 || box.bottom + scrollY <= 0);
  };
  const tick = (el) => el.tagName === 'INPUT' && /^(checkbox|radio|file)$/.test(el.type);
  const unseen = (el) => {
    if (/^(OPTION|OPTGROUP)$/.test(el.tagName)) return false;
    const style = css(el);
    if (style.display === 'contents') return false;
    if (style.display === 'none' || style.visibility === 'hidden' || style.visibility === 'collapse')
      return true;
    if (el.checkVisibility && !el.checkVisibility()) return true;
    return !tick(el) && !(el.tagName === 'INPUT' && el.getAttribute('role') === 'combobox') && clipped(el);
  };
  const children = (el) => {
    if (el.tagName === 'SLOT') {
      const given = el.assignedNodes({ flatten: true });
      return given.length ? given : Array.from(el.childNodes);
    }
    return Array.from((el.shadowRoot || el).childNodes);
  };
  const all = [];
  const gather = (el, dark) => {
    if (SKIP.test(el.tagName)) return;
    const hidden = dark || unseen(el);
    if (!hidden) all.push(el);
    for (const child of children(el)) if (child.nodeType === 1) gather(child, hidden);
  };
  gather(document.documentElement, false);
  const shown = new Set(all);
  const above = (el) => el.assignedSlot || el.parentElement || el.getRootNode().host || null;

  // of panels that lie on one another a person sees the uppermost
  const path = (el) => {
    const found = [];
    for (let one = el; one; one = above(one)) found.unshift(one);
    return found;
  };
  const lid = (el) => {
    const box = rect(el);
    const over = el.getRootNode().elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (!box.width || !over || over === el || el.contains(over) || over.contains(el)) return null;
    const mine = path(el),
      other = path(over);
    let level = 0;
    while (mine[level] === other[level]) level += 1;
    const under = mine[level],
      upper = other[level];
    if (!under || !upper || under === el || mine[level - 1] === document.body) return null;
    if (/^(fixed|sticky)$/.test(css(upper).position) || !upper.querySelector(FIELD)) return null;
    const low = rect(under),
      high = rect(upper);
    const lies = high.left <= low.left + 2 && high.right >= low.right - 2;
    return lies && high.top <= low.top + 2 && high.bottom >= low.bottom - 2 ? under : null;
  };
  for (const el of all.filter((one) => /^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName) && !tick(one))) {
    const under = shown.has(el) && lid(el);
    if (under) all.filter((one) => under.contains(one)).forEach((one) => shown.delete(one));
  }
  all.splice(0, all.length, ...shown);
"""
