"use strict";
// Keyboard shortcuts, the help sheet, and a polite live part. Every page works without this file.
(() => {
  const help = document.getElementById("help");
  const keysOn = document.getElementById("keys-on");
  const GO_MS = 1200; // how long "g" waits for its second key
  let goUntil = 0;
  let paused = false;

  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private mode: not remembered */ } };
  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

  if (keysOn) {
    keysOn.checked = remembered("keys") !== "off";
    keysOn.addEventListener("change", () => remember("keys", keysOn.checked ? "on" : "off"));
  }
  for (const link of document.querySelectorAll("[data-help]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); help.showModal(); });
  }

  const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const items = () => [...document.querySelectorAll("[data-item]")];
  const current = () => document.activeElement.closest("[data-item]");

  function step(by) {
    const all = items();
    const place = all.indexOf(current());
    const next = all[place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, place + by))];
    if (!next) return;
    (next.querySelector("a.headline, a") || next).focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function stepFinding(by) {
    const all = [...document.querySelectorAll("[data-finding]")];
    const place = all.indexOf(document.activeElement.closest("[data-finding]"));
    const next = all[place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, place + by))];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  const actions = {
    "/": () => { const box = document.getElementById("q"); if (box) { box.focus(); box.select(); } },
    "j": () => step(1),
    "k": () => step(-1),
    "n": () => stepFinding(1),
    "p": () => stepFinding(-1),
    "o": () => { const item = current(); const link = item && item.querySelector("a.headline, a"); if (link) link.click(); },
    "?": () => help.showModal(),
    "g": () => { goUntil = Date.now() + GO_MS; },
  };

  document.addEventListener("keydown", (event) => {
    if (!help || help.open || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (typing(event.target) || (keysOn && !keysOn.checked)) return;
    if (Date.now() < goUntil) {
      goUntil = 0;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); return; }
    }
    if (Object.hasOwn(actions, event.key)) { event.preventDefault(); actions[event.key](); }
  });

  const fold = document.querySelector(".facet-fold");
  if (fold && matchMedia("(max-width: 52rem)").matches) fold.open = false;

  const control = document.querySelector("[data-live-switch]");
  if (control) {
    const button = control.querySelector("button");
    control.hidden = false;
    button.addEventListener("click", () => {
      paused = !paused;
      button.setAttribute("aria-pressed", String(!paused));
    });
  }
  for (const live of document.querySelectorAll("[data-live]")) {
    live.addEventListener("htmx:beforeRequest", (event) => {
      // Nothing moves under the hands of someone who reads or steps through the list, or has opened a table.
      const busy = live.contains(document.activeElement) || live.querySelector("details[open]");
      if (paused || document.hidden || busy) event.preventDefault();
    });
    live.addEventListener("htmx:beforeSwap", (event) => {
      const xhr = event.detail.xhr;
      if (xhr.responseURL && new URL(xhr.responseURL).pathname !== live.getAttribute("hx-get")) {
        event.detail.shouldSwap = false; // signed out meanwhile: ask for the page again, which leads to the sign-in
        location.reload();
      }
    });
  }
})();
