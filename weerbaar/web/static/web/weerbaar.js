/* Everything works without this file. It adds: leaving by shift × 3, focus on mistakes,
   a counter near the end of long texts, a word on files that are too large, another language with what was typed, a warning
   before time is over, copy and print.
   SPDX-License-Identifier: EUPL-1.2 */
"use strict";

(function () {
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  function leaving() {
    const link = document.querySelector("[data-exit]");
    if (!link) return;
    const wanted = 3;
    let presses = 0;
    let timer;
    const dots = document.createElement("span");
    dots.className = "wb-exit__dots";
    dots.setAttribute("aria-hidden", "true");
    dots.hidden = true;
    for (let i = 0; i < wanted; i += 1) dots.append(document.createElement("i"));
    const said = document.createElement("span");
    said.className = "wb-hidden";
    said.setAttribute("role", "status");
    link.append(dots);
    document.body.append(said);

    function leave(event) {
      if (event) event.preventDefault();
      document.body.classList.add("wb-left");
      const blank = document.createElement("div");
      blank.className = "wb-blank";
      document.body.append(blank);
      document.title = "…";
      // Replace: "back" does not return to this page.
      window.location.replace(link.href);
    }

    function show() {
      dots.hidden = presses === 0;
      Array.from(dots.children).forEach((dot, i) => dot.toggleAttribute("data-on", i < presses));
      said.textContent = presses ? link.dataset.exitHint.replace("{n}", wanted - presses) : "";
    }

    function forget() {
      presses = 0;
      show();
    }

    link.addEventListener("click", leave);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Shift") {
        // Shift as part of a capital letter is typing, not leaving.
        if (presses) forget();
        return;
      }
      if (event.repeat) return;
      presses += 1;
      clearTimeout(timer);
      timer = setTimeout(forget, 5000);
      if (presses === wanted) leave();
      else show();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) window.location.reload();
    });
  }

  function attention() {
    const target = document.querySelector("[data-focus]");
    if (target) target.focus();
    // A link to a mistake puts the cursor in the field, also when it is the same link twice.
    all(".wb-errors a[href^='#']").forEach((link) => {
      link.addEventListener("click", (event) => {
        const field = document.getElementById(link.hash.slice(1));
        if (!field) return;
        event.preventDefault();
        field.scrollIntoView({ block: "center" });
        field.focus({ preventScroll: true });
      });
    });
  }

  function counters() {
    all("[data-counter]").forEach((counter) => {
      const field = document.getElementById(counter.dataset.counter);
      const maximum = field && Number(field.dataset.maximum);
      if (!maximum) return;
      const update = () => {
        // Signs, not halves of signs: an emoji counts once, as it does for us.
        const left = maximum - Array.from(field.value).length;
        // Only near the end: a number below a story is a hurry.
        counter.hidden = left > maximum * 0.1;
        counter.toggleAttribute("data-over", left < 0);
        const text = left < 0 ? counter.dataset.overText : counter.dataset.left;
        counter.textContent = counter.hidden ? "" : text.replace("{n}", Math.abs(left));
      };
      field.addEventListener("input", update);
      update();
    });
  }

  // A file that is too large is told before a long wait, not after it.
  function files() {
    all("input[type=file][data-largest]").forEach((field) => {
      const largest = Number(field.dataset.largest);
      const told = document.createElement("div");
      told.setAttribute("role", "alert");
      field.after(told);
      const check = () => {
        const large = Array.from(field.files).filter((file) => file.size > largest);
        const line = (file) => field.dataset.tooLarge.replace("{name}", file.name).replace("{size}", largest / 1e6);
        told.textContent = large.map(line).join(" ");
        told.className = large.length ? "utrecht-form-field-error-message" : "";
        return large.length === 0;
      };
      field.addEventListener("change", check);
      field.form.addEventListener("submit", (event) => {
        if (check()) return;
        event.preventDefault();
        field.focus();
      });
    });
  }

  // Another language takes along what was typed on this page.
  function languages() {
    const form = document.querySelector("form[data-keep]");
    if (!form) return;
    all("a[hreflang]").forEach((link) => {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const only = document.createElement("input");
        only.type = "hidden";
        only.name = form.dataset.keep;
        only.value = link.hreflang;
        form.append(only);
        form.action = link.href;
        form.submit();
      });
    });
  }

  function receipt() {
    const status = document.querySelector("[data-copy-status]");
    all("[data-copy]").forEach((button) => {
      const source = document.getElementById(button.dataset.copy);
      if (!source || !navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(source.textContent.trim());
        button.querySelector("span").textContent = button.dataset.copied;
        if (status) status.textContent = button.dataset.copied;
      });
    });
    all("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
    // data-guard stands on the tick "I have kept my code".
    const guard = document.querySelector("[data-guard]");
    if (!guard) return;
    window.addEventListener("beforeunload", (event) => {
      const goes = document.body.classList.contains("wb-left");
      if (!guard.checked && !goes) event.preventDefault();
    });
  }

  function timeouts() {
    const dialog = document.querySelector("dialog[data-timeout]");
    if (!dialog) return;
    const { idle, warn, stay, after, ends } = dialog.dataset;
    const button = dialog.querySelector("[data-stay-button]");
    const opened = Date.now();
    let since = opened;
    let isClosed = false;
    let isEnding = false;

    const typed = () => all("main textarea").some((area) => area.value !== area.defaultValue);

    async function extend() {
      const answer = await fetch(stay, { credentials: "same-origin", redirect: "manual" });
      if (!answer.ok) return;
      since = Date.now();
      dialog.close();
    }

    function close() {
      isClosed = true;
      if (!typed()) {
        window.location.replace(after);
        return;
      }
      dialog.classList.add("wb-dialog--closed");
      dialog.querySelector("[data-while]").hidden = true;
      dialog.querySelector("[data-closed]").hidden = false;
      if (!dialog.open) dialog.showModal();
    }

    // Eight hours are the end, whatever one does; said once, in time to send.
    function end() {
      isEnding = true;
      dialog.querySelector("[data-while]").hidden = true;
      dialog.querySelector("[data-ending]").hidden = false;
      if (!dialog.open) dialog.showModal();
    }

    button.addEventListener("click", () => {
      if (isClosed || isEnding) dialog.close();
      else extend();
    });
    // Escape means: stay (UX-5).
    dialog.addEventListener("cancel", (event) => {
      if (isClosed || isEnding) return;
      event.preventDefault();
      extend();
    });
    // The clock is read, not counted: a laptop that slept has not stopped time.
    setInterval(() => {
      if (isClosed) return;
      const seconds = (Date.now() - since) / 1000;
      const left = ends ? Number(ends) - (Date.now() - opened) / 1000 : Infinity;
      if (seconds >= Number(idle) || left <= 0) close();
      else if (left <= Number(warn) && !isEnding) end();
      else if (seconds >= Number(idle) - Number(warn) && !dialog.open) dialog.showModal();
    }, 1000);
  }

  function menus() {
    all("details.wb-menu").forEach((menu) => {
      document.addEventListener("click", (event) => {
        if (!menu.contains(event.target)) menu.open = false;
      });
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    });
  }

  [leaving, attention, counters, files, languages, receipt, timeouts, menus].forEach((start) => start());
})();
