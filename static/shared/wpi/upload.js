// Shows how far the sending of files is, for slow connections. Without it the form is sent as any other.
// Markup: <form data-upload>, and <div id="sending" hidden> with a <span> and a <progress>.
(() => {
  "use strict";
  const bind = () => {
    const form = document.querySelector("form[data-upload]");
    form?.addEventListener("submit", (event) => {
      if (![...form.elements].some((each) => each.type === "file" && each.files.length)) return;
      event.preventDefault();
      send(form, new FormData(form, event.submitter));
    });
  };

  function send(form, data) {
    const sending = document.getElementById("sending");
    const buttons = [...form.querySelectorAll("button")];
    const request = new XMLHttpRequest();
    const ended = () => {
      sending.hidden = true;
      form.inert = false;
      buttons.forEach((each) => each.removeAttribute("aria-busy"));
    };
    request.open("POST", location.href);
    request.setRequestHeader("Wpis-Upload", "1");
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (!lengthComputable) return;
      const part = Math.floor((loaded / total) * 100);
      sending.querySelector("progress").value = part;
      if (part % 10 === 0) sending.querySelector("span").textContent = `${part}%`;
    });
    request.addEventListener("load", () => {
      if (request.status === 204) {
        return location.assign(request.getResponseHeader("Location"));
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.querySelector("main");
      if (!main) return form.submit();
      document.querySelector("main").replaceWith(document.adoptNode(main));
      document.title = page.title;
      bind();
      document.querySelector("main [data-focus]")?.focus();
    });
    // The connection broke: the ordinary way says so in the browser's own words, and nothing that was chosen is lost.
    request.addEventListener("error", ended);
    sending.hidden = false;
    form.inert = true;
    buttons.forEach((each) => each.setAttribute("aria-busy", "true"));
    request.send(data);
  }

  bind();
})();
