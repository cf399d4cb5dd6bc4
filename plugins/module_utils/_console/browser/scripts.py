# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What watches a page from its first moment on: when it last changed, what it said, whether it is at rest."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.tint import TINT

_WATCH = r"""
  const SAYING =
    /(^|[\s_-])(alert|success|error|errors|danger|invalid|flash|toast|snackbar|notification|message|notice)($|[\s_-])/i;
  const watch = (window.__useries = { changed: performance.now(), said: [] });
  const region = (node) => {
    for (let one = node.nodeType === 1 ? node : node.parentElement; one; one = one.parentElement) {
      const role = one.getAttribute('role');
      if (role === 'alert' || role === 'status' || role === 'log' || one.hasAttribute('aria-live'))
        return one;
      if (
        SAYING.test(one.getAttribute('class') || '') &&
        !/^(HTML|BODY|MAIN|FORM|NAV|LABEL|DIALOG)$/.test(one.tagName)
      )
        return one;
    }
    return null;
  };
  const hear = (node) => {
    const box = region(node);
    if (!box || !box.isConnected || (box.checkVisibility && !box.checkVisibility())) return;
    if (box.querySelector('input, select, textarea') || !box.innerText) return;
    const text = box.innerText.trim();
    const last = watch.said[watch.said.length - 1];
    if (!text || (last && last.text === text)) return;
    const inner = Array.from(box.querySelectorAll('[class]'))
      .slice(0, 20)
      .map((one) => one.getAttribute('class'))
      .join(' ');
    watch.said.push({
      text: text.slice(0, 1000),
      tone: tint(box),
      role: box.getAttribute('role') || '',
      words: (box.getAttribute('class') || '') + ' ' + inner,
    });
    if (watch.said.length > 50) watch.said.shift();
  };
  const seen = (records) => {
    watch.changed = performance.now();
    const nodes = new Set();
    for (const record of records) {
      if (record.type === 'attributes') continue;
      if (record.type === 'characterData') nodes.add(record.target);
      record.addedNodes.forEach((node) => {
        nodes.add(node);
        if (node.nodeType === 1)
          node.querySelectorAll('[role=alert], [role=status], [aria-live], [class]').forEach((one) => {
            if (nodes.size < 400) nodes.add(one);
          });
      });
    }
    setTimeout(() => nodes.forEach(hear), 30);
  };
  const observe = (root) =>
    new MutationObserver(seen).observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  observe(document);
  const pressed = (event) => (watch.clicked = event.composedPath().find((one) => one.nodeType === 1));
  document.addEventListener('click', pressed, true);
  // one window: what would open another one goes on in this one, where the hand sees what comes of it
  const stay = (event) => {
    const way = event.composedPath().find((one) => one.matches && one.matches('a[href], form, area'));
    for (const one of [way, event.submitter])
      for (const name of ['target', 'formtarget'])
        if (one && /^_blank$/i.test(one.getAttribute(name) || '')) one.removeAttribute(name);
  };
  for (const kind of ['click', 'submit']) document.addEventListener(kind, stay, true);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    observe(root);
    return root;
  };
"""

WATCH = f"(() => {{if (window.__useries) return;{TINT}{_WATCH}}})()"

STATE = r"""
() => {
  const now = performance.now();
  const watch = window.__useries || { changed: 0 };
  const running = document.getAnimations().filter((one) => one.playState === 'running');
  const endless = (one) => {
    const timing = one.effect && one.effect.getComputedTiming();
    return !timing || timing.activeDuration === Infinity;
  };
  const shown = (one) => {
    const box = one.getBoundingClientRect();
    return (
      box.width > 4 &&
      box.height > 4 &&
      (!one.checkVisibility || one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
    );
  };
  const WAITS = /(^|[\s_-])(spinner|spin|loading|loader|skeleton|busy)($|[\s_-])/i;
  const turning = running.filter(endless).some((one) => {
    for (
      let part = one.effect && one.effect.target, level = 0;
      part && level < 3;
      part = part.parentElement, level += 1
    ) {
      if (WAITS.test(part.getAttribute('class') || '') || part.getAttribute('role') === 'progressbar')
        return shown(part);
    }
    return false;
  });
  const told = Array.from(
    document.querySelectorAll(
      '[aria-busy=true], [role=progressbar]:not([aria-valuenow]), progress:not([value])',
    ),
  ).some(shown);
  const inert =
    document.readyState === 'complete' &&
    !document.scripts.length &&
    !document.querySelector(
      'meta[http-equiv=refresh i], iframe, object, embed, [href^="javascript:" i], [action^="javascript:" i]',
    ) &&
    !document.evaluate("boolean(//@*[starts-with(name(), 'on')])", document, null, 3, null).booleanValue;
  return {
    inert,
    still: now - watch.changed,
    moving: running.some((one) => !endless(one)),
    busy: turning || told,
    ready: document.readyState !== 'loading',
  };
}
"""
