# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot of what a person sees, taken inside the page.

It is plain HTML that the label driver reads like any page: what is out of sight carries ``hidden``, values and states
are those of the moment, shadow roots and slots are laid flat, and what scripts made of plain elements is written as the
control that a person takes it for (a select, a switch, a button, a radio). ``data-u`` numbers the elements, so that the
one that was found can be clicked. Nothing of the page is changed.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.likeness import LIKENESS
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.sight import SIGHT
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.tint import TINT

_WRITING = r"""
  // geometry, for what has no name otherwise; plain numbers, as large pages are measured in pairs
  const plain = ({ left, right, top, bottom, width, height }) => ({ left, right, top, bottom, width, height });
  const place = kept((el) => plain(rect(el)));
  const texts = [];
  for (const el of all) {
    if (
      /^(OPTION|BUTTON|TEXTAREA|SELECT|H1|H2|H3|H4|H5|H6|A)$/.test(el.tagName) ||
      pickers.has(el) ||
      consumed.has(el) ||
      (el.getAttribute('aria-hidden') === 'true' && words(el).some((word) => /^icons?$/.test(word)))
    )
      continue;
    for (const node of children(el)) {
      if (node.nodeType !== 3 || !squeeze(node.data)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = plain(range.getBoundingClientRect());
      if (box.width > 0) texts.push({ text: squeeze(node.data), box, el });
    }
  }
  const fields = all.filter((el) => el.matches(FIELD) || pickers.has(el) || flips(el));
  const apart = (a, b) => Math.max(0, Math.max(a.left, b.left) - Math.min(a.right, b.right));
  for (const el of fields) {
    if (
      el.getAttribute('aria-label') ||
      el.getAttribute('aria-labelledby') ||
      (el.labels && el.labels.length)
    )
      continue;
    let box = place(el);
    if (tick(el) && clipped(el) && above(el)) box = place(above(el));
    if (!box.width) continue;
    let best = null;
    for (const one of texts) {
      if (one.box.top > box.bottom || one.box.bottom < box.top - 40) continue;
      if (el.contains(one.el) || one.text.length > 120) continue;
      if (el.type === 'file' && above(el) && above(el).contains(one.el)) continue;
      const level = Math.min(box.bottom, one.box.bottom) - Math.max(box.top, one.box.top);
      const inside =
        one.box.left >= box.left - 2 &&
        one.box.right <= box.right + 2 &&
        one.box.top >= box.top - 14 &&
        (one.box.top + one.box.bottom) / 2 <= box.bottom &&
        !tick(el);
      let far = null;
      if (inside) far = 0;
      else if (level > Math.min(box.height, one.box.height) / 2) {
        if (one.box.right <= box.left + 4) far = 2 + (box.left - one.box.right) / 20;
        else if (tick(el) && one.box.left >= box.right - 4 && one.box.left - box.right < 100)
          far = 1 + one.box.left - box.right;
      } else if (one.box.bottom <= box.top + 4 && box.top - one.box.bottom < 40 && apart(box, one.box) === 0)
        far = 8 + (box.top - one.box.bottom) * 2;
      if (far === null || far > 100 || (best && best.far <= far)) continue;
      const between = fields.some((other) => {
        const its = place(other);
        return (
          its.left >= one.box.right - 2 &&
          its.right <= box.left + 2 &&
          its.width > 0 &&
          Math.min(its.bottom, one.box.bottom) - Math.max(its.top, one.box.top) > 4 &&
          other !== el &&
          !el.contains(other) &&
          !other.contains(el)
        );
      });
      if (!between) best = { far, text: one.text, inside };
    }
    if (best) near.set(el, best);
  }

  const watch = window.__useries || { said: [] };
  const clicked = watch.clicked && watch.clicked.closest('[aria-haspopup=menu], [aria-haspopup=true]');
  const tellsNews = (el) =>
    /^(alert|status|log)$/.test(el.getAttribute('role') || '') ||
    /^(polite|assertive)$/.test(el.getAttribute('aria-live') || '');
  const put = (name, value) => out.push(' ', name, '="', esc(String(value)), '"');
  const attributes = (el, hidden, tag) => {
    const own = prefix(el);
    for (const { name, value } of Array.from(el.attributes)) {
      if (
        /^(style|hidden|value|checked|selected|disabled|src|srcset|srcdoc|data-u.*)$/.test(name) ||
        name.startsWith('on') ||
        /[^\w:.-]/.test(name)
      )
        continue;
      if (name === 'id') put('id', own + value);
      else if (IDREFS.includes(name))
        put(
          name,
          value
            .split(/\s+/)
            .map((one) => own + one)
            .join(' '),
        );
      else if (name === 'readonly' && (opensDays(el) || turns(el) || picks(el))) continue;
      else if (name === 'role' && tag !== el.tagName.toLowerCase()) continue;
      else if (name === 'type' && el.tagName === 'INPUT') continue;
      else put(name, value);
    }
    if (hidden) put('hidden', '');
    if (el.matches(':disabled')) put('disabled', '');
    if (!hidden && opensDays(el)) put('data-u-days', '');
    if (!hidden && turns(el)) put('data-u-turned', '');
    if (!hidden && isTitle(el)) put('data-u-title', '');
    if (el === clicked) put('data-u-opened', '');
    if (!hidden && tellsNews(el)) put('data-u-tone', tint(el));
    if (el.tagName === 'SELECT' && el.selectedIndex < 0) put('data-u-blank', '');
    const close = near.get(el);
    if (close) put(close.inside ? 'data-u-inside' : 'data-u-near', close.text);
    put('data-u', nodes.push(el) - 1);
  };
  const write = (el, dark) => {
    if (SKIP.test(el.tagName)) return;
    const hidden = dark || !shown.has(el) || consumed.has(el);
    let tag = el.tagName.toLowerCase();
    if (tag === 'svg') {
      const title = el.querySelector('title');
      const called = el.getAttribute('aria-label') || (title ? title.textContent : '');
      out.push('<span role="img"', hidden ? ' hidden=""' : '', '>', esc(squeeze(called || '')), '</span>');
      return;
    }
    if (tag === 'slot') {
      children(el).forEach((child) => piece(child, dark));
      return;
    }
    if (!hidden && pickers.has(el)) {
      out.push('<select');
      attributes(el, false, 'select');
      put('data-u-picker', '');
      if (el.getAttribute('aria-disabled') === 'true') put('disabled', '');
      out.push('><option selected="">', esc(pickers.get(el)), '</option></select>');
      return;
    }
    if (!hidden && el.getAttribute('role') === 'radio') {
      const group = el.closest('[role=radiogroup]');
      out.push('<input');
      attributes(el, false, 'input');
      put('type', 'radio');
      put('name', 'u-radio-' + (group ? nodes.indexOf(group) : 0));
      if (!el.getAttribute('aria-label') && !el.getAttribute('aria-labelledby')) put('aria-label', brief(el));
      if (el.getAttribute('aria-checked') === 'true') put('checked', '');
      out.push('>');
      return;
    }
    if (tag === 'iframe' || tag === 'frame') {
      out.push('<div');
      attributes(el, hidden, 'iframe');
      put('data-u-frame', nodes.length - 1);
      out.push('></div>');
      return;
    }
    if (!/^[a-z][a-z0-9-]*$/.test(tag)) tag = 'div';
    out.push('<', tag);
    attributes(el, hidden && !dark, el.tagName.toLowerCase());
    if (tag === 'input') {
      put('type', el.type);
      if (el.type !== 'file') put('value', el.value);
      if (el.checked) put('checked', '');
    } else if (tag === 'option' && el.selected) put('selected', '');
    if (tag === 'option' && el.hasAttribute('value')) put('value', el.value);
    if (tag === 'button' && el.hasAttribute('value')) put('value', el.value);
    if (!hidden && flips(el)) {
      put('role', 'switch');
      put('aria-checked', isOn(el));
    } else if (!hidden && presses(el)) put('role', 'button');
    out.push('>');
    if (VOID.test(el.tagName)) return;
    if (tag === 'textarea') out.push('\n', esc(el.value));
    else children(el).forEach((child) => piece(child, hidden));
    out.push('</', tag, '>');
  };
  const piece = (node, dark) => {
    if (node.nodeType === 3) out.push(esc(node.data));
    else if (node.nodeType === 1) write(node, dark);
  };
  if (document.body) piece(document.body, !shown.has(document.body) && document.body.tagName !== 'FRAMESET');
  return {
    html:
      '<!DOCTYPE html><html><head><title>' +
      esc(document.title) +
      '</title></head>' +
      out.join('') +
      '</html>',
    nodes,
    said: watch.said.slice(),
    url: location.href,
  };
"""

SNAPSHOT = f"() => {{{SIGHT}{LIKENESS}{TINT}{_WRITING}}}"
