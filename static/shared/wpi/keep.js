// Keeps what was typed and not sent when the page is left: by the language switch, by a link to another part, by Back.
// It lies in sessionStorage, of this tab alone, under the address of the page and the mark of who is signed in; it goes
// when the answer to the sent form comes (session.js), so that a lost connection loses nothing, at sign-out
// (Clear-Site-Data), and when the tab is closed. Only what differs from the page is kept, so that nothing that others
// changed meanwhile comes back with it. No passwords, codes or files.
(() => {
  "use strict";
  // A page that answered a sent form becomes an ordinary one of the history: Back asks nothing about sending again.
  if (document.querySelector(".errsum") && history.replaceState) history.replaceState(null, "", location.href);

  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const owner = document.getElementById("session")?.dataset.owner ?? "";
  const key = `wpi-typed ${owner} ${location.pathname}`;
  const fields = () => [...form.elements].filter((each) => each.name && !["hidden", "password", "file", "submit", "button", "fieldset"].includes(each.type));
  const ticked = (each) => ["checkbox", "radio"].includes(each.type);
  const differs = (each) => {
    if (ticked(each)) return each.checked !== each.defaultChecked;
    if (each.tagName === "SELECT") return [...each.options].some((option) => option.selected !== option.defaultSelected) && each.value !== "";
    return each.value !== each.defaultValue;
  };
  let sent = false;

  function keep() {
    if (document.getElementById("main").hidden) return; // hidden: somebody else sits here now (session.js)
    const typed = fields().filter(differs).map((each) => [each.name, ticked(each) ? each.value : null, ticked(each) ? each.checked : each.value]);
    if (typed.length) sessionStorage.setItem(key, JSON.stringify(typed));
    else sessionStorage.removeItem(key);
    if (sent && typed.length) sessionStorage.setItem("wpi-sent", key);
  }

  function bringBack() {
    let typed;
    try {
      typed = JSON.parse(sessionStorage.getItem(key));
    } catch {
      typed = null;
    }
    sessionStorage.removeItem(key);
    if (!typed || document.querySelector(".errsum")) return; // a page with errors holds what was sent already
    for (const [name, choice, value] of typed) {
      for (const each of fields()) {
        if (each.name !== name || (choice !== null && each.value !== choice)) continue;
        if (choice === null) each.value = value;
        else each.checked = value;
      }
    }
    const note = document.getElementById("kept");
    if (note) note.hidden = !fields().some(differs); // it may have been saved after all
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.addEventListener("submit", () => (sent = true));
  window.addEventListener("pagehide", keep);
  window.addEventListener("pageshow", (event) => {
    sent = false;
    if (!event.persisted) bringBack();
  });
})();
