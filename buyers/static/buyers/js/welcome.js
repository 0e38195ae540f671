// The desk's form for guests: the badge just given opens its print at once, and the next guest's name has the focus.
(() => {
  "use strict";
  const offered = document.querySelector("[data-offered] button");
  const wrong = document.querySelector("[data-error-summary]");
  if (offered) offered.focus();
  else if (!wrong) document.getElementById("id_full_name")?.focus();

  const link = document.querySelector("[data-print-now]");
  if (!link || performance.getEntriesByType("navigation")[0]?.type === "back_forward") return;
  const frame = document.createElement("iframe");
  frame.className = "print-frame";
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.addEventListener("load", () => {
    try {
      frame.contentWindow.print();
    } catch {
      // a browser whose viewer cannot be told to print: the button above opens the same file
    }
  });
  frame.src = link.href;
  document.body.append(frame);
})();
