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

SNAPSHOT = r"""
() => {
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
  const styled = new Map();
  const css = (el) => {
    if (!styled.has(el)) styled.set(el, getComputedStyle(el));
    return styled.get(el);
  };
  const words = (el) =>
    (el.getAttribute('class') || '')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[\s_-]+/);
  const esc = (text) =>
    text
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/\u0000/g, '');
  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
  const prefix = (el) => {
    const root = el.getRootNode();
    if (root === document) return '';
    if (!roots.has(root)) roots.set(root, 'r' + (roots.size + 1) + '-');
    return roots.get(root);
  };
  const clipped = (el) => {
    const style = css(el),
      box = el.getBoundingClientRect();
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
    return box.width > 0 && (box.right + scrollX <= 0 || box.bottom + scrollY <= 0);
  };
  const tick = (el) => el.tagName === 'INPUT' && /^(checkbox|radio|file)$/.test(el.type);
  const unseen = (el) => {
    if (/^(OPTION|OPTGROUP)$/.test(el.tagName)) return false;
    const style = css(el);
    if (style.display === 'contents') return false;
    if (style.display === 'none' || style.visibility === 'hidden' || style.visibility === 'collapse')
      return true;
    if (el.checkVisibility && !el.checkVisibility()) return true;
    return !tick(el) && clipped(el);
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

  // drop-downs that are no select: what they show, and what of the page that text is
  const plainText = (el, label) => {
    let found = '';
    const walk = (one) => {
      if (one.nodeType === 3) {
        if (!label || !label.contains(one)) found += one.data;
        return;
      }
      if (one.nodeType !== 1 || !shown.has(one) || one.getAttribute('aria-hidden') === 'true') return;
      if (
        words(one).some((word) =>
          /^(label|hint|helper|error|icon|icons|caret|arrow|placeholder|legend)$/.test(word),
        ) ||
        /^(LABEL|LEGEND|SVG|svg|BUTTON|I)$/.test(one.tagName)
      )
        return;
      found += ' ';
      children(one).forEach(walk);
      found += ' ';
    };
    children(el).forEach(walk);
    return squeeze(found.replace(/[\u25bc\u25be\u25bf\u2304\u02c5\u23f7\u2335]/g, ''));
  };
  const isPicker = (el) => {
    if (el.tagName === 'SELECT' || el.tagName === 'OPTION') return false;
    const role = el.getAttribute('role'),
      pops = el.getAttribute('aria-haspopup');
    if (role === 'combobox' || pops === 'listbox') return !(el.tagName === 'INPUT' && el.list);
    if (!/^(DIV|SPAN)$/.test(el.tagName) || role || css(el).cursor !== 'pointer') return false;
    const parent = above(el);
    if (parent && css(parent).cursor === 'pointer') return false;
    if (el.querySelector('input:not([type=hidden]), select, textarea, button, a, ' + '[role]')) return false;
    return (
      words(el).some((word) => /^(select|selector|dropdown|combo|combobox|picker|chooser)$/.test(word)) &&
      !el.closest('nav, [role=navigation], [role=menu], [role=menubar]')
    );
  };
  for (const el of all) {
    if (!isPicker(el)) continue;
    if (el.querySelector && Array.from(pickers.keys()).some((one) => one.contains(el))) continue;
    let text = el.tagName === 'INPUT' ? el.value : plainText(el, null);
    const inner = el.tagName === 'INPUT' ? null : el.querySelector('input:not([type=hidden])');
    if (!text && inner) text = inner.value;
    if (!text && el.tagName === 'INPUT') {
      for (let box = above(el), level = 0; box && level < 4 && !text; box = above(box), level += 1) {
        if (
          Array.from(box.querySelectorAll(FIELD)).some(
            (one) => one !== el && !el.contains(one) && shown.has(one),
          )
        )
          break;
        text = plainText(box, null);
        if (text)
          for (const one of all)
            if (
              box.contains(one) &&
              one !== el &&
              !one.contains(el) &&
              squeeze(one.innerText || '') &&
              text.includes(squeeze(one.innerText)) &&
              !words(one).some((word) => word === 'label') &&
              !/^(LABEL|LEGEND)$/.test(one.tagName) &&
              !one.closest('label [class*=label], legend')
            )
              consumed.add(one);
      }
    }
    pickers.set(el, text);
  }

  // the hand pointer is what tells a person that something can be pressed
  const presses = (el) => {
    if (
      /^(A|BUTTON|INPUT|SELECT|TEXTAREA|LABEL|OPTION|SUMMARY|HTML|BODY|MAIN|TABLE|TBODY|THEAD|TR|UL|OL|FORM|FIELDSET|SECTION|SVG|svg)$/.test(
        el.tagName,
      )
    )
      return el.tagName === 'A' && !el.hasAttribute('href') && css(el).cursor === 'pointer';
    if (el.getAttribute('role') || css(el).cursor !== 'pointer') return false;
    const parent = above(el);
    if (parent && css(parent).cursor === 'pointer') return false;
    if (el.querySelector('input:not([type=hidden]), select, textarea, button, a[href], label, [role]'))
      return false;
    return (
      squeeze(el.innerText || '').length <= 80 &&
      Boolean(
        squeeze(el.innerText || '') ||
        el.title ||
        el.getAttribute('aria-label') ||
        el.querySelector('[title], title'),
      )
    );
  };
  const latch = (el) =>
    el.tagName === 'BUTTON' &&
    el.hasAttribute('aria-pressed') &&
    /^(on|off|yes|no|enabled|disabled|)$/i.test(squeeze(el.innerText || ''));
  const flips = (el) => {
    if (latch(el)) return true;
    if (!/^(DIV|SPAN|I|B)$/.test(el.tagName) || el.getAttribute('role') || css(el).cursor !== 'pointer')
      return false;
    const parent = above(el);
    if (
      parent &&
      css(parent).cursor === 'pointer' &&
      words(parent).some((word) => /^(switch|toggle|slider)$/.test(word))
    )
      return false;
    return (
      words(el).some((word) => /^(switch|toggle)$/.test(word)) &&
      !el.querySelector('input, button, select, a')
    );
  };
  const isOn = (el) =>
    el.getAttribute('aria-pressed') === 'true' ||
    words(el).some((word) => /^(on|active|checked|enabled|selected)$/.test(word)) ||
    /^(on|checked|true|1)$/.test(el.dataset.state || el.dataset.checked || el.dataset.on || '');

  // geometry, for what has no name otherwise
  const texts = [];
  for (const el of all) {
    if (
      /^(OPTION|BUTTON|TEXTAREA|SELECT|H1|H2|H3|H4|H5|H6|A)$/.test(el.tagName) ||
      pickers.has(el) ||
      consumed.has(el)
    )
      continue;
    for (const node of children(el)) {
      if (node.nodeType !== 3 || !squeeze(node.data)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
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
    let box = el.getBoundingClientRect();
    if (tick(el) && clipped(el) && above(el)) box = above(el).getBoundingClientRect();
    if (!box.width) continue;
    let best = null;
    for (const one of texts) {
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
        if (other === el || el.contains(other) || other.contains(el)) return false;
        const place = other.getBoundingClientRect();
        return (
          place.width > 0 &&
          place.left >= one.box.right - 2 &&
          place.right <= box.left + 2 &&
          Math.min(place.bottom, one.box.bottom) - Math.max(place.top, one.box.top) > 4
        );
      });
      if (!between) best = { far, text: one.text, inside };
    }
    if (best) near.set(el, best);
  }

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
      else if (name === 'role' && tag !== el.tagName.toLowerCase()) continue;
      else if (name === 'type' && el.tagName === 'INPUT') continue;
      else put(name, value);
    }
    if (hidden) put('hidden', '');
    if (el.matches(':disabled')) put('disabled', '');
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
      if (!el.getAttribute('aria-label') && !el.getAttribute('aria-labelledby'))
        put('aria-label', squeeze(el.innerText || ''));
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
  const watch = window.__useries || { said: [] };
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
}
"""
