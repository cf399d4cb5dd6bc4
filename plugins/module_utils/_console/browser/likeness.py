# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person takes plain elements for: the second part of the snapshot (``seeing.py``), run inside the page."""

from __future__ import annotations

LIKENESS = r"""
  // drop-downs that are no select: what they show, and what of the page that text is
  const CARET = /\s*[\u25bc\u25be\u25bf\u2304\u02c5\u23f7\u2335]$/;
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
    return squeeze(found).replace(CARET, '');
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
    const framed = parseFloat(css(el).borderBottomWidth) > 0 && CARET.test(squeeze(el.textContent));
    return (
      (framed ||
        words(el).some((word) => /^(select|selector|dropdown|combo|combobox|picker|chooser)$/.test(word))) &&
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
          for (const one of box.querySelectorAll('*'))
            if (
              shown.has(one) &&
              one !== el &&
              !one.contains(el) &&
              brief(one) &&
              text.includes(brief(one)) &&
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
      brief(el).length <= 80 &&
      Boolean(brief(el) || el.title || el.getAttribute('aria-label') || el.querySelector('[title], title'))
    );
  };
  const PRESSED = [
    'button, a, summary',
    ...['button', 'switch', 'checkbox', 'radio', 'tab', 'menuitem', 'slider'].map((role) => `[role=${role}]`),
  ].join(', ');
  const latch = (el) =>
    el.tagName === 'BUTTON' &&
    el.hasAttribute('aria-pressed') &&
    /^(on|off|yes|no|enabled|disabled|)$/i.test(squeeze(el.innerText || ''));
  const flips = kept((el) => {
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
    if (el.closest(PRESSED) || el.querySelector('input, button, select, a') || !shown.has(el)) return false;
    return words(el).some((word) => /^(switch|toggle)$/.test(word)) || isPill(el);
  });
  const isPill = (el) => {
    const { width, height } = rect(el);
    return (
      !squeeze(el.textContent) &&
      !el.closest('label') &&
      height >= 10 &&
      height <= 44 &&
      width >= height * 1.5 &&
      width <= height * 3 &&
      parseFloat(css(el).borderTopLeftRadius) >= height / 3
    );
  };
  const isOn = (el) =>
    el.getAttribute('aria-pressed') === 'true' ||
    words(el).some((word) => /^(on|active|checked|enabled|selected)$/.test(word)) ||
    /^(on|checked|true|1)$/.test(el.dataset.state || el.dataset.checked || el.dataset.on || '');

  // what opens a calendar, or is turned by its arrows, is changed though it is not typed into
  const opensDays = (el) =>
    el.tagName === 'INPUT' && el.readOnly && /^(dialog|grid)$/.test(el.getAttribute('aria-haspopup') || '');
  const picks = (el) => pickers.has(el) && el.getAttribute('aria-readonly') !== 'true';
  const turns = (el) => el.tagName === 'INPUT' && el.readOnly && el.getAttribute('role') === 'spinbutton';

  // larger and bolder than the rest, on a line of its own: a title, whatever its tag
  const usual = parseFloat(css(document.body || document.documentElement).fontSize) || 16;
  const isTitle = (el) => {
    if (el.tagName !== 'DIV' && el.tagName !== 'P') return false;
    const style = css(el);
    return (
      parseFloat(style.fontSize) >= usual * 1.2 &&
      parseInt(style.fontWeight, 10) >= 600 &&
      style.cursor !== 'pointer' &&
      Array.from(el.childNodes).some((node) => node.nodeType === 3 && squeeze(node.data)) &&
      squeeze(el.textContent).length <= 80 &&
      !el.querySelector('input, select, textarea, button, a, table, [role], div, p') &&
      !el.closest('label, td, th, li, button, a, nav, [role=button], [role=menu], [role=listbox]')
    );
  };
"""
