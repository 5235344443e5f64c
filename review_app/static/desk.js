// What the desk adds to htmx: the form token, edits that are saved as made, and lit places on the document.
"use strict";
(() => {
  const token = () => document.querySelector('meta[name="csrf-token"]').content;

  const changed = (el) => el.value !== el.defaultValue;

  // Which lines are shown as they were drawn: the answer leaves out those that are still the same.
  const shownLines = () => [...document.querySelectorAll("tbody[data-mark]")]
    .filter((line) => ![...line.querySelectorAll("[data-edit]")].some(changed))
    .map((line) => `${line.dataset.line}:${line.dataset.mark}`).join(" ");

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "get") return;
    event.detail.headers["X-CSRFToken"] = token();
    if (event.detail.target?.id === "bench") event.detail.parameters.shown = shownLines();
  });

  // A field whose edit waits in the line keeps its text while an earlier answer is drawn; so does one that is edited.
  Idiomorph.defaults.ignoreActiveValue = false;
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (old, fresh) =>
    !(old.dataset && "waiting" in old.dataset) && !old.matches?.(".combo:has(.editing)") && !(fresh.dataset && "same" in fresh.dataset);
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
    !(name === "open" && node.tagName === "DETAILS") && !(name.startsWith("hx-") && node.matches("[data-edit]"));

  const save = (el) => {
    if (!el.matches("[data-edit]") || !changed(el) || "waiting" in el.dataset) return;
    el.dataset.waiting = "";
    if (!el.hasAttribute("hx-post")) {
      el.setAttribute("hx-post", el.form.action);
      el.setAttribute("hx-trigger", "save");
      el.setAttribute("hx-params", `${el.name},version,key`);
      htmx.process(el);
    }
    htmx.trigger(el, "save");
  };
  document.addEventListener("focusout", (event) => save(event.target));
  document.addEventListener("htmx:beforeSend", (event) => delete event.detail.elt.dataset.waiting);
  // Said once, however often the screen asks in the meantime; gone when the desk answers.
  const silent = () => document.querySelector("#notice [data-silent]");
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, () => {
      if (silent()) return;
      const p = document.createElement("p");
      p.className = "refusal";
      p.dataset.silent = "";
      p.textContent = "The desk does not answer; what you typed is still here. It is saved when you leave the field again.";
      document.getElementById("notice").replaceChildren(p);
    });
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    if (event.detail.requestConfig.verb !== "get") document.getElementById("notice").replaceChildren();
    else silent()?.remove();
  });

  // What a list is filtered by stands in the address, so that going back finds the same list.
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || !event.detail.elt.matches("form.filters")) return;
    const asked = new URL(event.detail.pathInfo.finalRequestPath, location.href);
    for (const [name, value] of [...asked.searchParams]) if (!value) asked.searchParams.delete(name);
    history.replaceState(history.state, "", asked);
  });

  // Focus on a field lights its place; the document moves only for that.
  const paper = document.getElementById("paper");
  const light = (id) => {
    for (const el of document.querySelectorAll("[data-place].lit")) el.classList.remove("lit");
    if (!paper || !id) return;
    const places = [...paper.querySelectorAll(`[data-place~="${CSS.escape(id)}"]`)];
    for (const el of places) el.classList.add("lit");
    if (places.length) bringIntoView(places[0]);
  };
  // While a field has the focus, the places of its other readings are drawn too, with their numbers.
  const showOthers = (field) => {
    for (const el of document.querySelectorAll("[data-other-place]")) delete el.dataset.otherPlace;
    for (const button of field?.closest(".field")?.querySelectorAll("[data-other]") ?? []) {
      button.tabIndex = -1;
      for (const el of paper?.querySelectorAll(`[data-place~="${CSS.escape(button.dataset.light)}"]`) ?? []) el.dataset.otherPlace = button.dataset.other;
    }
  };
  const bringIntoView = (el) => {
    const view = paper.getBoundingClientRect(), box = el.getBoundingClientRect();
    if (box.top < view.top + 56 || box.bottom > view.bottom - 24) paper.scrollTop += box.top - view.top - view.height / 3;
    if (box.left < view.left || box.right > view.right) paper.scrollLeft += box.left - view.left - view.width / 3;
  };
  let last = null;
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches("[data-edit]")) return;
    last = event.target;
    light(last.dataset.field);
    showOthers(last);
  });
  const lightAgain = () => {
    light(last?.dataset.field);
    showOthers(last);
  };
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => { const other = event.target.closest?.("[data-other]"); if (other) light(other.dataset.light); });
    document.addEventListener(leave, (event) => { if (event.target.closest?.("[data-other]")) lightAgain(); });
  }
  // After an answer the field that was worked on is found again, with what is marked on the document.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "bench") return;
    for (const ways of document.querySelectorAll("details[open] [data-ways]")) htmx.trigger(ways, "again");
    last = last && document.getElementById(last.id);
    if (last && document.activeElement === document.body) last.focus({ preventScroll: true });
    if (last && document.activeElement === last) lightAgain();
  });
  // News takes its room from below the fields: what is worked on stays in view.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "news" && document.activeElement.matches("[data-edit]")) document.activeElement.scrollIntoView({ block: "nearest" });
  });
  for (const tab of document.querySelectorAll("[data-part-tab]")) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      const part = document.getElementById(`part-${tab.dataset.partTab}`);
      paper.scrollTop += part.getBoundingClientRect().top - paper.getBoundingClientRect().top - 40;
    });
  }
  document.addEventListener("click", (event) => {
    const focus = event.target.closest("[data-focus]");
    if (focus) {
      const field = document.getElementById(focus.dataset.focus);
      if (!field) return;
      event.preventDefault();
      field.closest("details")?.setAttribute("open", "");
      field.focus();
    }
    const question = event.target.closest("[data-question]");
    if (event.target.closest("[data-keys-help]")) document.getElementById("keys")?.showModal();
    for (const open of document.querySelectorAll("details.sheet[open], details.menu[open]")) {
      if (!open.contains(event.target)) open.removeAttribute("open");
    }
    if (question) desk.ask(question.dataset.question, question.dataset.questionId);
  });

  const desk = {
    save,
    light,
    bringIntoView,
    lastField: () => (last && document.body.contains(last) ? last : null),
    acceptField(field) {
      const button = document.getElementById("accept-field");
      if (!button || !field?.dataset.field) return;
      const form = document.getElementById("fields");
      htmx.ajax("POST", button.dataset.url, {
        source: form, target: "#bench", swap: "morph:outerHTML",
        values: { field_id: field.dataset.field },
      });
    },
    ask(text, id) {
      const sheet = document.querySelector('details[data-key="q"]');
      if (!sheet) return;
      sheet.setAttribute("open", "");
      const area = sheet.querySelector("textarea");
      if (text) {
        area.value = text;
        for (const hidden of sheet.querySelectorAll('input[name="problem_id"]')) hidden.disabled = Boolean(id) && hidden.value !== id;
      }
      area.focus();
    },
  };
  window.desk = desk;

  // The proof of a value: #field-12 in the address focuses that field (or lights its place).
  const wanted = location.hash.match(/^#field-(\d+)$/);
  if (wanted) {
    const field = document.querySelector(`[data-field="${wanted[1]}"]`);
    if (field && !field.matches(":disabled")) { field.closest("details")?.setAttribute("open", ""); field.focus(); }
    addEventListener("load", () => light(wanted[1]));
    light(wanted[1]);
  }
})();
