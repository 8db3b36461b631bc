"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const macros = JSON.parse(document.getElementById("macros").textContent);

  function typeset(latex, element, display) {
    katex.render(latex, element, {
      displayMode: display, throwOnError: true, strict: false, macros: { ...macros }, maxSize: 20, maxExpand: 500,
      trust: (context) => context.command === "\\htmlClass",
    });
  }

  function render(element) {
    if (element.dataset.done) return;
    element.dataset.done = "1";
    const display = element.classList.contains("display");
    const source = element.firstElementChild;
    for (const latex of [element.dataset.marked, element.dataset.latex]) {
      if (!latex) continue;
      const shown = document.createElement("span");
      try {
        typeset(latex, shown, display);
        source.replaceWith(shown);
        return;
      } catch (error) { /* the next form, or the source as it stands */ }
    }
    element.classList.add("unrendered");
  }

  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); render(entry.target); }
  }, { rootMargin: "1200px" });
  const formulas = all(".formula, .repair");
  formulas.forEach((element) => near.observe(element));
  addEventListener("beforeprint", () => formulas.forEach(render));

  const boxes = all(".filters input");
  const findings = all(".finding[data-code]");
  function filter() {
    const off = (kind) => new Set(boxes.filter((b) => b.dataset[kind] && !b.checked).map((b) => b.dataset[kind]));
    const severities = off("severity"), codes = off("code");
    for (const finding of findings) {
      finding.hidden = severities.has(finding.dataset.severity) || codes.has(finding.dataset.code);
    }
    const shown = findings.filter((f) => !f.hidden).length;
    for (const output of all(".filters output")) output.textContent = `${shown} of ${findings.length} shown`;
  }
  boxes.forEach((box) => box.addEventListener("change", filter));
  filter();

  let current = -1;
  function visit(step) {
    const shown = findings.filter((f) => !f.hidden);
    if (!shown.length) return;
    findings.forEach((f) => f.classList.remove("current"));
    const before = shown.indexOf(findings[current]);
    const next = shown[(before + step + shown.length + (before < 0 && step < 0 ? 1 : 0)) % shown.length];
    current = findings.indexOf(next);
    next.classList.add("current");
    next.scrollIntoView({ block: "center" });
    const link = next.querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) { boxes.forEach((box) => { box.checked = true; }); filter(); }
    if (target.classList.contains("finding")) current = findings.indexOf(target);
    target.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", reveal);
  reveal();

  document.addEventListener("click", (event) => {
    const formula = event.target.closest(".formula[tabindex]");
    if (formula && !event.target.closest("a")) location.hash = formula.dataset.findings.split(" ")[0];
  });

  const stored = (() => { try { return localStorage.getItem("errata-theme"); } catch (error) { return null; } })();
  if (stored) document.documentElement.dataset.theme = stored;
  function turn() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("errata-theme", root.dataset.theme); } catch (error) { /* it holds for this page */ }
  }

  const keys = {
    j: () => visit(1),
    k: () => visit(-1),
    t: turn,
    u: () => { const up = document.querySelector(".crumbs a[href='index.html']"); if (up) up.click(); },
    n: () => { if (document.getElementById("not-judged")) location.hash = "not-judged"; },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
    if (event.key === "Enter" && event.target.matches(".formula[tabindex]")) event.target.click();
    else if (keys[event.key]) keys[event.key]();
  });
})();
