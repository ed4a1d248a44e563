"use strict";
// Shows the sentences behind a line in the text of their article. The page is whole without it: every number
// is a link to its sentence at the end.
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  let panel, opener, refs, at, shown;

  const part = (name) => panel.querySelector("." + name);
  const wide = () => matchMedia("(min-width: 64rem)").matches;
  const whole = () => document.body.classList.contains("single") && document.querySelector("#t1:not(.quoted)");

  // "3.7" is sentence 7 of article 3; "3.0" the article as a whole.
  const split = (ref) => ref.split(".").map(Number);

  function load(article) {
    const body = part("panel-text");
    const source = document.getElementById("t" + article);
    const name = document.getElementById("n" + article);
    const single = document.body.classList.contains("single");
    part("from").textContent = name ? (single ? "" : "[" + article + "] ") + name.textContent : "";
    const copy = source ? source.cloneNode(true) : document.createElement("p");
    if (!source) copy.textContent = "Nothing of this article was kept.";
    copy.removeAttribute("id");
    for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
    body.replaceChildren(copy);
    body.scrollTop = 0;
    shown = article;
    for (const ref of refs) {
      const [of, n] = split(ref);
      const sentence = of === article && n && body.querySelector('[data-n="' + n + '"]');
      if (!sentence || sentence.querySelector("mark")) continue;
      const mark = document.createElement("mark");
      mark.append(...sentence.childNodes);
      sentence.append(mark);
    }
  }

  function show(index) {
    at = index;
    fit();
    const [article, n] = split(refs[at]);
    if (article !== shown) load(article);
    const body = part("panel-text");
    for (const each of body.querySelectorAll(".now")) each.classList.remove("now");
    const sentence = n && body.querySelector('[data-n="' + n + '"]');
    if (sentence) {
      sentence.classList.add("now");
      const up = sentence.getBoundingClientRect().top - body.getBoundingClientRect().top;
      body.scrollTop += up - body.clientHeight / 4;
    }
    const many = refs.length > 1;
    part("at").textContent = (n ? "Sentence " + n : "") + (many ? " (" + (at + 1) + " of " + refs.length + ")" : "");
    part("prev").hidden = part("next").hidden = !many;
    part("prev").disabled = at === 0;
    part("next").disabled = at === refs.length - 1;
  }

  function open(link) {
    const line = link.closest(".line");
    const lead = line && line.querySelector(".lead");
    const words = line?.dataset.label ?? lead?.textContent.trim() ?? "";
    forget();
    opener = link;
    link.setAttribute("aria-expanded", "true");
    if (line) line.classList.add("shown");
    present(link.closest("[data-e]").dataset.e.trim().split(" "), link.dataset.at, words);
    if (line && !wide()) reveal(line);
  }

  // Shows sentences, beginning with one of them.
  function present(list, first, words) {
    part("for").textContent = words;
    refs = list;
    shown = null;
    panel.hidden = false;
    root.classList.add("is-open", "has-panel");
    document.getElementById("h-evidence").textContent = "Evidence";
    show(Math.max(0, refs.indexOf(first)));
    document.getElementById("h-evidence").focus({ preventScroll: true });
  }

  // Whatever was open is no more.
  function forget() {
    for (const each of document.querySelectorAll(".line.shown")) each.classList.remove("shown");
    if (opener) opener.setAttribute("aria-expanded", "false");
    const last = opener;
    opener = null;
    return last;
  }

  // Beside a wide page the panel ends where the window ends, under a header too.
  function fit() {
    const top = Math.max(16, panel.parentElement.getBoundingClientRect().top);
    panel.style.height = wide() ? innerHeight - top - 16 + "px" : "";
  }

  // On a phone the sheet covers the lower part of the page: the line goes above it.
  function reveal(line) {
    const top = panel.getBoundingClientRect().top;
    const box = line.getBoundingClientRect();
    if (box.bottom > top) scrollBy(0, Math.min(box.bottom - top + 12, box.top - 8));
  }

  function close() {
    root.classList.remove("is-open");
    forget()?.focus();
    rest();
  }

  // With one article whose text is at hand, a wide page shows it even where no line was chosen.
  function rest() {
    panel.hidden = !(whole() && wide());
    root.classList.toggle("has-panel", !panel.hidden);
    if (panel.hidden) return;
    document.getElementById("h-evidence").textContent = "The article";
    refs = ["1.0"];
    shown = null;
    part("for").textContent = "";
    show(0);
  }

  function clicked(event) {
    const from = event.target;
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = from.closest("a.c");
    if (link) {
      event.preventDefault();
      open(link);
    } else if (!from.closest("a, button, summary, aside") && String(getSelection()) === "") {
      const first = from.closest(".line")?.querySelector("a.c");
      if (first) open(first);
    }
  }

  function pressed(event) {
    if (event.key === "Escape" && root.classList.contains("is-open")) {
      close();
    } else if (event.key === " " && event.target.matches("a.c")) {
      event.preventDefault();
      open(event.target);
    }
  }

  // A link from elsewhere to a sentence, which is hidden while nothing is open.
  function arrived() {
    const found = /^#a(\d+)s(\d+)$/.exec(location.hash);
    if (!found || !document.getElementById(location.hash.slice(1))) return;
    forget();
    const ref = found[1] + "." + found[2];
    present([ref], ref, "");
  }

  document.addEventListener("DOMContentLoaded", () => {
    panel = document.getElementById("evidence");
    for (const link of document.querySelectorAll("a.c")) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-expanded", "false");
      link.setAttribute("aria-controls", "evidence");
    }
    document.addEventListener("click", clicked);
    document.addEventListener("keydown", pressed);
    part("prev").addEventListener("click", () => show(at - 1));
    part("next").addEventListener("click", () => show(at + 1));
    part("close").addEventListener("click", close);
    addEventListener("hashchange", arrived);
    addEventListener("scroll", fit, { passive: true });
    addEventListener("resize", fit);
    matchMedia("(min-width: 64rem)").addEventListener("change", () => root.classList.contains("is-open") || rest());
    rest();
    arrived();
  });

  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details:not([open])")) {
      each.open = true;
      each.dataset.closed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const each of document.querySelectorAll("details[data-closed]")) {
      each.open = false;
      delete each.dataset.closed;
    }
  });
})();
