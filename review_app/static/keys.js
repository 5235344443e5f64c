// Every key of the desk. Outside of an edit, keys are commands; e (or a click, or F2) begins an edit.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  let editing = null;
  let going = 0;

  const isChoice = (el) => Boolean(el) && el.matches("[role=combobox]");
  const isField = (el) => Boolean(el) && el.matches("[data-edit]");
  const isText = (el) => Boolean(el) && (el.matches("textarea, select, [contenteditable]")
    || (el.matches("input") && !["checkbox", "radio", "button", "submit", "hidden"].includes(el.type)));

  const edit = (el) => {
    editing = el;
    el.classList.add("editing");
    Idiomorph.defaults.ignoreActiveValue = true;
  };
  const begin = (el) => {
    if (!el || el.disabled) return;
    edit(el);
    if (el.select) el.select();
    if (isChoice(el)) htmx.trigger(document.getElementById(`${el.id}-box`), "open-list");
  };
  const end = () => {
    editing?.classList.remove("editing");
    editing = null;
    Idiomorph.defaults.ignoreActiveValue = false;
  };
  document.addEventListener("focusout", (event) => {
    if (event.target === editing) end();
    for (const button of all(".here[data-other]")) button.classList.remove("here");
  });
  document.addEventListener("pointerdown", (event) => {
    const el = event.target.closest?.("[data-edit]");
    if (el) edit(el);
  });
  // A field that is not being edited takes no text.
  document.addEventListener("beforeinput", (event) => {
    if (isField(event.target) && editing !== event.target && event.inputType !== "insertFromDrop") event.preventDefault();
  });

  const focusField = (el) => {
    if (!el) return false;
    el.closest("details")?.setAttribute("open", "");
    el.focus();
    el.scrollIntoView({ block: "nearest" });
    return true;
  };
  // Doubtful fields and problems that stop the draft, in the order of the screen, round and round.
  const nextDoubtful = (from) => {
    const list = all("#bench [data-edit]:not(:disabled), #bench [data-stop]").filter((el) => el.offsetParent !== null || el.closest("details:not([open])"));
    const start = list.indexOf(from?.closest?.("[data-stop]") ?? from) + 1;
    const round = [...list.slice(start), ...list.slice(0, start)];
    const wanted = round.find((el) => "doubtful" in el.dataset || "stop" in el.dataset || troubled(el));
    if (!focusField(wanted)) $("[data-main]")?.focus();
  };
  const troubled = (el) => isChoice(el) && el.value === "" && Boolean(el.closest(".unmatched"));
  const move = (step) => {
    const bench = $("#bench");
    if (bench) {
      const target = step > 0 ? bench.dataset.next : bench.dataset.previous;
      if (target) location.assign(target);
      return;
    }
    const firsts = all("[data-row]").map((row) => $("a, button", row)).filter(Boolean);
    const at = firsts.findIndex((el) => el.closest("[data-row]").contains(document.activeElement));
    firsts[Math.min(Math.max(at + step, 0), firsts.length - 1)]?.focus();
  };
  // Who comes back to a list finds the row that was opened: its link's id stays in the address.
  if (/^#[\w-]+$/.test(location.hash)) $(`[data-row] ${location.hash}`)?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-row] a[id]");
    if (link) history.replaceState(history.state, "", `#${link.id}`);
  });
  // The problem that stands beside the focused field, else the first one that is open.
  const problemHere = (button) => {
    const line = document.activeElement?.closest?.(".line, .problem, [data-row]");
    return (line && $(button, line)) || $(`#bench ${button}`);
  };
  const press = (el) => { if (el) { el.click(); return true; } return false; };
  // A word that needs a reason opens its row; Enter there gives it.
  const accept = (el) => {
    const row = el?.closest("details.override");
    if (!row) return press(el);
    row.setAttribute("open", "");
    $("input", row)?.focus();
    return true;
  };
  const openSheet = (key) => {
    const row = document.activeElement?.closest?.("[data-row]");
    const sheet = (row && $(`[data-key="${key}"]`, row)) ?? $(`[data-key="${key}"]`);
    if (!sheet) return false;
    if (sheet.tagName !== "DETAILS") return press(sheet);
    sheet.setAttribute("open", "");
    $("textarea, select, input:not([type=hidden])", sheet)?.focus();
    return true;
  };

  // Other readings of the focused field: a number takes one, arrows show where each stands and Enter takes it.
  const others = (el) => all("[data-other]", el?.closest?.(".field") ?? document.createElement("i"));
  // In a line whose other ways are open, a number takes one of them.
  const ways = (el) => all("details.plan[open] [data-way]", el?.closest?.(".line") ?? document.createElement("i"));
  const take = (number) => (el) => (isField(el) && press(others(el)[number - 1])) || press(ways(el)[number - 1]);
  const usual = (el) => press($("details.plan[open] [data-usual]", el?.closest?.(".line") ?? document.createElement("i")));
  const showWays = (el) => {
    const plan = $("details.plan:has([data-ways])", el?.closest?.(".line") ?? document.createElement("i")) ?? $("#bench details.plan:has([data-ways])");
    if (!plan) return false;
    plan.toggleAttribute("open");
    $("summary", plan).focus();
    plan.scrollIntoView({ block: "nearest" });
    return true;
  };
  const showOther = (step) => (el) => {
    const list = others(el);
    if (!isField(el) || !list.length) return false;
    const at = list.findIndex((button) => button.classList.contains("here")) + step;
    for (const [n, button] of list.entries()) button.classList.toggle("here", n === Math.min(Math.max(at, -1), list.length - 1));
    desk.light($(".here[data-other]")?.dataset.light ?? el.dataset.field);
    return true;
  };

  // The views of a screen stand side by side; brackets go from one to the next.
  const view = (step) => () => {
    const views = all("main .tabs a");
    const at = views.findIndex((el) => el.hasAttribute("aria-current"));
    return press(views[at + step]);
  };

  const COMMANDS = {
    "[": view(-1),
    "]": view(1),
    1: take(1),
    2: take(2),
    3: take(3),
    4: take(4),
    5: take(5),
    6: take(6),
    o: showWays,
    ArrowDown: (el) => showOther(1)(el) || (isField(el) && isChoice(el) && (begin(el), true)),
    ArrowUp: showOther(-1),
    w: () => desk.words?.() ?? false,
    z: () => desk.zoom?.(1) ?? false,
    Z: () => desk.zoom?.(-1) ?? false,
    0: (el) => usual(el) || (desk.zoom?.(0) ?? false),
    j: () => move(1),
    k: () => move(-1),
    e: () => isField(document.activeElement) && begin(document.activeElement),
    F2: () => isField(document.activeElement) && begin(document.activeElement),
    " ": (el) => isField(el) && (desk.acceptField(el), true),
    "+": (el) => (el?.id === "paper" ? desk.zoom(1) : press($("[data-add]"))),
    "-": (el) => (el?.id === "paper" ? desk.zoom(-1) : press(el?.closest?.(".line") && $("[data-remove]", el.closest(".line")))),
    u: () => press($("[data-undo]")),
    q: (el) => press($("[data-question]", el?.closest?.("[data-problem]") ?? document.createElement("i"))),
    a: () => accept(problemHere("[data-accept]")),
    f: () => press(problemHere("[data-fix]")),
    "/": () => ($("#find")?.focus(), true),
    "?": () => ($("#keys")?.showModal(), true),
    g: () => { going = Date.now(); return true; },
  };

  document.addEventListener("keydown", (event) => {
    const el = document.activeElement;
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = el?.closest?.("details.sheet form, form[data-own]");
      const button = form ? $("button.main", form) : $("[data-main]:not(:disabled)");
      if (button) { event.preventDefault(); if (isField(el)) el.blur(); whenSaved(() => button.click()); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const override = el?.closest?.("details.override");
    if (override && event.key === "Enter" && el.matches("input")) { event.preventDefault(); press($("button.main", override)); return; }
    if (event.key === "Escape") return escape(event, el);
    if ($("dialog[open]")) return;
    if (isField(el)) {
      if (editing === el) {
        if (event.key === "Enter") { event.preventDefault(); end(); desk.save(el); nextDoubtful(el); }
        return;
      }
    } else if (isText(el)) return;
    if (event.key === "Enter") {
      if (isField(el) && press($(".here[data-other]", el.closest(".field") ?? document.createElement("i")))) { event.preventDefault(); return; }
      if ($("#bench") && (isField(el) || el === document.body || el?.id === "main" || el?.id === "paper" || el?.matches("[data-problem]"))) { event.preventDefault(); nextDoubtful(el); }
      return;
    }
    if (Date.now() - going < 1500 && event.key !== "g") {
      going = 0;
      if (press($(`[data-go="${event.key}"]`))) event.preventDefault();
      return;
    }
    if (event.key === " " && !isField(el)) return;
    if (COMMANDS[event.key]?.(el) || openSheet(event.key)) { event.preventDefault(); return; }
    if (isField(el) && event.key.length === 1) event.preventDefault();
  });

  const escape = (event, el) => {
    const open = $("details.override[open]:focus-within, details.sheet[open], details.menu[open]");
    if (open) { open.removeAttribute("open"); $("summary", open).focus(); return; }
    if (!isText(el)) { if (el && el !== document.body) el.blur(); return; }
    event.preventDefault();
    if (editing === el && isField(el)) {
      el.value = el.defaultValue;
      end();
    } else el.blur();
  };

  // Confirm waits until every edit is kept, so that it confirms what is on the screen.
  const whenSaved = (then, tries = 100) => {
    if (!tries || !($("[data-waiting]") || $("#fields.htmx-request") || $("#fields .htmx-request"))) return then();
    setTimeout(() => whenSaved(then, tries - 1), 50);
  };
})();
