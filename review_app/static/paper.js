// The document beside the draft: its size, the drawer it is on a narrow screen, and a click on what was read.
"use strict";
(() => {
  const paper = document.getElementById("paper");
  if (!paper) return;
  const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3];
  let size = Number(sessionStorage.getItem("zoom")) || 1;

  const show = () => {
    paper.style.setProperty("--zoom", size);
    const button = document.getElementById("zoom");
    if (button) button.textContent = `${Math.round(size * 100)} %`;
  };
  // What is in the middle stays in the middle.
  desk.zoom = (step) => {
    const before = size;
    const at = STEPS.findIndex((s) => s >= size - 0.001);
    size = step ? STEPS[Math.min(Math.max(at + step, 0), STEPS.length - 1)] : 1;
    const middle = [paper.scrollLeft + paper.clientWidth / 2, paper.scrollTop + paper.clientHeight / 2];
    show();
    paper.scrollTo(middle[0] * size / before - paper.clientWidth / 2, middle[1] * size / before - paper.clientHeight / 2);
    sessionStorage.setItem("zoom", size);
    return true;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) desk.zoom(Number(button.dataset.zoom));
  });
  document.addEventListener("htmx:afterSettle", show);
  show();

  // Under 1000 px the document is a drawer at the bottom; d opens and closes it.
  const narrow = matchMedia("(max-width: 1000px)");
  const drawer = (open) => {
    document.body.classList.toggle("drawn", open);
    for (const button of document.querySelectorAll("[data-drawer]")) button.setAttribute("aria-expanded", String(open));
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-drawer]")) return;
    if (!narrow.matches) { paper.focus(); return; }
    drawer(!document.body.classList.contains("drawn"));
    if (document.body.classList.contains("drawn")) paper.focus();
  });
  drawer(narrow.matches && innerHeight >= 900);
})();
