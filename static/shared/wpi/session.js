// Tells somebody who is signed in, some minutes ahead, when the session ends; every open tab of this browser knows alike.
// Moves no focus until the session is over. What was typed stays in the page; stored are a moment and whose it is, as a
// mark that names nobody. A page is thrown away, with what was typed in it, when somebody else signs in.
(() => {
  "use strict";
  const box = document.getElementById("session");
  if (!box) return;
  const ENDS = "wpi-session-ends"; // milliseconds, in localStorage
  const OWNER = "wpi-session-owner"; // in localStorage of whoever is signed in, in sessionStorage of this tab's page
  const status = box.querySelector("[role=status]");

  if (box.dataset.owner) sessionStorage.setItem(OWNER, box.dataset.owner);
  const mine = sessionStorage.getItem(OWNER);

  const ends = () => Number(localStorage.getItem(ENDS));

  function live(seconds, owner = mine) {
    localStorage.setItem(OWNER, owner); // before the moment: whoever hears of that reads both
    localStorage.setItem(ENDS, Date.now() + seconds * 1000);
  }

  // Somebody else sits here now: nothing of this page is left, and no form of it is sent in their name.
  function leave() {
    document.getElementById("main").hidden = true;
    sessionStorage.clear(); // also what `keep.js` holds of pages that were left
    location.replace("/");
  }

  // A page that comes from a form that was sent is its answer: what `keep.js` held of it has arrived.
  const sent = sessionStorage.getItem("wpi-sent");
  const [how] = performance.getEntriesByType("navigation");
  if (sent && document.referrer && how?.type !== "back_forward" && sent.endsWith(` ${new URL(document.referrer).pathname}`)) {
    sessionStorage.removeItem(sent);
    sessionStorage.removeItem("wpi-sent");
  }

  const somebodyElse = (owner) => mine && owner && owner !== mine;
  const left = () => ends() > Date.now() && somebodyElse(localStorage.getItem(OWNER)) && (leave(), true);

  // The server's answer: seconds left, 0 when signed out; null when it did not answer. Forms get the token of now.
  async function ask() {
    let answer;
    try {
      answer = await fetch(box.dataset.stay, { cache: "no-store", redirect: "error" });
      answer = await answer.json();
    } catch {
      return null;
    }
    if (somebodyElse(answer.owner)) {
      leave();
      return 0;
    }
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => (input.value = answer.token));
    return answer.seconds;
  }

  if (!box.dataset.minutes) { // the page that hands back what was sent: it waits for a sign-in in another tab
    ask(); // somebody else may have signed in before it was sent
    window.addEventListener("storage", async () => {
      if (!left() && ends() > Date.now() && (await ask()) > 0) status.textContent = status.dataset.said;
    });
    return;
  }

  const WARNING = Number(box.dataset.warning) * 60_000;
  live(Number(box.dataset.minutes) * 60); // opening this page was activity
  const notice = box.querySelector(".leaving");
  const button = notice.querySelector("button");
  const silent = notice.querySelector(".silent");
  const last = notice.querySelector(".last");
  const over = box.querySelector(".over");
  const link = over.querySelector("a");
  let typed = document.querySelector(".errsum") !== null; // answers that were sent back with errors are not kept yet
  let came = null; // where the person was when the notice came
  let now = "in";

  document.addEventListener("input", (event) => {
    if (event.target.form?.method === "post") typed = true;
  });

  function tell() {
    const time = notice.querySelector("time");
    const until = new Date(ends()).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    if (time.textContent !== until) time.textContent = until;
  }

  function warn() {
    came = document.activeElement;
    const main = document.getElementById("main");
    // Put behind where the person is, so that the next Tab reaches the button; the eye finds it at the edge below.
    if (came && came !== main && main.contains(came)) (came.closest(".field") ?? came).after(notice);
    else main.prepend(notice);
    silent.hidden = last.hidden = true;
    notice.hidden = false;
    const covered = innerHeight - notice.offsetHeight;
    if (came && came !== document.body && came.getBoundingClientRect().bottom > covered) came.scrollIntoView({ block: "nearest" });
    status.textContent = `${document.getElementById("leaving-when").textContent} ${button.textContent}?`;
  }

  function quieten() {
    const held = notice.contains(document.activeElement);
    notice.hidden = true;
    status.textContent = "";
    if (held && came?.isConnected) came.focus();
  }

  function close() {
    const next = typed ? box.dataset.signedIn : location.pathname + location.search;
    link.href = `${box.dataset.signIn}?next=${encodeURIComponent(next)}`;
    link.target = typed ? "_blank" : "";
    over.querySelector(".typed").hidden = !typed;
    over.querySelector(".untouched").hidden = typed;
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    over.showModal();
  }

  function look() {
    if (left()) return;
    const rest = ends() - Date.now();
    const next = rest <= 0 ? "out" : rest <= WARNING ? "leaving" : "in";
    if (next === "leaving") tell();
    if (next === now) return;
    const before = now;
    now = next;
    if (before === "leaving") quieten();
    if (before === "out") over.close();
    if (next === "leaving") warn();
    if (next === "out") close();
  }

  button.addEventListener("click", async () => {
    const seconds = await ask();
    silent.hidden = seconds !== null;
    if (seconds === null) return;
    live(seconds);
    look();
    if (now === "leaving") status.textContent = last.textContent; // the whole time is over, not only the idle one
    last.hidden = now !== "leaving";
  });

  // Escape does not uncover a page that nobody is signed in to.
  over.addEventListener("cancel", (event) => event.preventDefault());
  over.addEventListener("close", () => now === "out" && over.showModal());

  // Signing out covers the pages that other tabs still show.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".who form")) return;
    now = "out";
    live(0, "");
  });

  // Another tab opened a page, or somebody signed in there again: then forms of this page need the token of now.
  window.addEventListener("storage", async () => {
    if (now === "out" && ends() > Date.now() && !((await ask()) > 0)) live(0, "");
    look();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
  look();
})();
