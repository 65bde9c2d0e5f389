// Keys for staff pages: j k o x n / ?. Off inside inputs, with Ctrl, Alt or Meta, and after Shift+K on this computer.
// Markup: rows of table.q; data-key="n" (or any letter) on a button or link; data-key="/" on the search box.
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("table.q tbody tr")];
  const off = () => localStorage.getItem("wpi-keys") === "off";

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("cur"));
    const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
    all[now]?.classList.remove("cur");
    next.classList.add("cur");
    next.querySelector("a")?.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  const row = () => document.querySelector("table.q tr.cur");
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => row()?.querySelector("a")?.click(),
    x: () => row()?.querySelector("input[type=checkbox]")?.click(),
    "?": () => document.getElementById("keys")?.showModal(),
    K: () => localStorage.setItem("wpi-keys", off() ? "on" : "off"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]")) return;
    if (off() && event.key !== "K") return;
    const marked = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (marked) {
      event.preventDefault();
      if (marked.matches("input")) marked.focus();
      if (!marked.matches("input:not([type=radio], [type=checkbox])")) marked.click();
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // A form that is on its way says so, and is not sent twice.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) return event.preventDefault();
    if (event.target.method === "post") event.target.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
})();
