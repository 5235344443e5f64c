// A text field whose list is searched while one types: the combobox pattern of WAI-ARIA APG, list autocomplete, chosen by hand.
"use strict";
(() => {
  const field = (el) => (el?.matches?.("[role=combobox]") ? el : null);
  const box = (input) => document.getElementById(`${input.id}-box`);
  const options = (input) => [...box(input).querySelectorAll("[role=option]")];
  const isOpen = (input) => input.getAttribute("aria-expanded") === "true";
  // On the workbench a field takes text only while it is edited.
  const takesText = (input) => !input.matches(":disabled") && (!input.matches("[data-edit]") || input.classList.contains("editing"));

  const point = (input, option) => {
    for (const other of options(input)) other.setAttribute("aria-selected", String(other === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const pointed = (input) => document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
  const close = (input) => {
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    box(input).hidden = true;
  };
  const open = (input) => {
    input.setAttribute("aria-expanded", "true");
    box(input).hidden = false;
    box(input).scrollIntoView({ block: "nearest" });
    point(input, null);
  };
  const ask = (input) => htmx.trigger(box(input), "open-list");
  const move = (input, step) => {
    const list = options(input);
    if (!list.length) return;
    const at = list.indexOf(pointed(input));
    point(input, list[at < 0 ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length]);
  };
  const choose = (input, option) => {
    input.value = option.dataset.value;
    close(input);
  };
  const chosen = (input) => {
    if (input.matches("[data-edit]")) desk.save(input);
    else input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("keydown", (event) => {
    const input = field(event.target);
    if (!input || event.isComposing || event.ctrlKey || event.metaKey || !takesText(input)) return;
    const used = () => { event.preventDefault(); event.stopPropagation(); };
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      used();
      if (event.altKey && event.key === "ArrowUp") return close(input);
      if (!isOpen(input)) return ask(input);
      return move(input, event.key === "ArrowDown" ? 1 : -1);
    }
    if (!isOpen(input)) return;
    const option = pointed(input);
    if (event.key === "Escape") { used(); close(input); return; }
    if (event.key === "Tab" && option) { choose(input, option); chosen(input); return; }
    if (event.key !== "Enter") return;
    if (!option) return close(input);
    choose(input, option);
    // A field of the workbench is kept by the Enter that goes on to the next one.
    if (!input.matches("[data-edit]")) { used(); chosen(input); }
  }, true);
  document.addEventListener("htmx:afterSwap", (event) => {
    const input = event.target.id?.endsWith("-box") && field(document.getElementById(event.target.id.slice(0, -4)));
    if (input && document.activeElement === input && takesText(input)) open(input);
  });
  document.addEventListener("focusout", (event) => { if (field(event.target)) close(event.target); });
  // The field keeps the focus while the list is pointed at.
  document.addEventListener("pointerdown", (event) => { if (event.target.closest?.(".combo-list")) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.(".combo-list [role=option]");
    if (option) {
      const input = field(document.getElementById(option.closest(".combo-list").id.slice(0, -4)));
      choose(input, option);
      chosen(input);
    } else if (field(event.target) && takesText(event.target) && !isOpen(event.target)) ask(event.target);
  });
})();
