// Fills the list of a text box with suggestions from the server while somebody types. Without it the page asks after sending.
// Markup: <input data-suggest="/address/" list="id-of-datalist">.
(() => {
  "use strict";
  for (const box of document.querySelectorAll("input[data-suggest]")) {
    let turn = 0;
    let waiting;
    const ask = async () => {
      const mine = ++turn;
      const asked = new URLSearchParams({ q: box.value.trim(), hl: document.documentElement.lang });
      const address = `${box.dataset.suggest}?${asked}`;
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok || answer.redirected || mine !== turn) return;
      const { found } = await answer.json();
      const options = found.map((line) => Object.assign(document.createElement("option"), { value: line }));
      document.getElementById(box.getAttribute("list"))?.replaceChildren(...options);
    };
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      if (box.value.trim().length > 1) waiting = setTimeout(ask, 200);
    });
  }
})();
