// Words of the document go into the field that had the focus: by mouse, by finger, or walking over them with w.
"use strict";
(() => {
  const paper = document.getElementById("paper");
  const said = document.getElementById("walking");
  if (!paper || !said) return;
  const SVG = "http://www.w3.org/2000/svg";
  const fetched = new Map();

  // A word: its text, its place on the screen now, and what tells the server where it stood.
  // Pages: {text, box: [x0, top, x1, bottom]} in points. Texts: {text, range, from, to} in characters.
  const wordsOfPage = (figure) => {
    const url = figure.dataset.wordsOf;
    if (!fetched.has(url)) {
      fetched.set(url, fetch(url).then((answer) => (answer.ok ? answer.json() : [])).catch(() => [])
        .then((rows) => inRows(rows.map(([x0, top, x1, bottom, text]) => ({ text, box: [x0, top, x1, bottom] })))));
    }
    return fetched.get(url);
  };
  const wordsOfText = (block) => {
    const found = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const pattern = block.matches(".segments") ? /[^\s*+:~'^|>]+/g : /\S+/g; // an electronic order has marks between its values
    let passed = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const match of node.data.matchAll(pattern)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        found.push({ text: match[0], range, from: passed + match.index, to: passed + match.index + match[0].length });
      }
      passed += node.data.length;
    }
    return found;
  };
  const wordsOf = async (block) => (block.dataset.wordsOf ? wordsOfPage(block) : wordsOfText(block));
  const blocks = () => [...paper.querySelectorAll("[data-words-of], [data-words]")].filter((b) => b.offsetParent !== null);

  // Reading order: rows from the top, each from the left; words that overlap by half their height share a row.
  const inRows = (words) => {
    const rows = [];
    for (const word of [...words].sort((a, b) => a.box[1] - b.box[1])) {
      const [, top, , bottom] = word.box;
      const row = rows.find((r) => Math.min(r.bottom, bottom) - Math.max(r.top, top) > 0.5 * Math.min(r.bottom - r.top, bottom - top));
      if (row) row.words.push(word);
      else rows.push({ top, bottom, words: [word] });
    }
    for (const [number, row] of rows.entries()) {
      row.words.sort((a, b) => a.box[0] - b.box[0]);
      for (const word of row.words) word.row = number;
    }
    return rows.flatMap((row) => row.words);
  };

  const scale = (figure) => figure.clientWidth / Number(figure.dataset.width);
  const rectOf = (block, word) => {
    if (word.range) return word.range.getBoundingClientRect();
    const page = block.getBoundingClientRect(), k = scale(block);
    return new DOMRect(page.left + word.box[0] * k, page.top + word.box[1] * k, (word.box[2] - word.box[0]) * k, (word.box[3] - word.box[1]) * k);
  };
  const union = (words) => [0, 1, 2, 3].map((n) => (n < 2 ? Math.min : Math.max)(...words.map((w) => w.box[n])));

  // What is chosen, drawn over the page or as the browser's own selection of text.
  let chosen = null;
  const drop = () => {
    for (const el of paper.querySelectorAll(".picks")) el.remove();
    if (chosen?.words[0]?.range) getSelection().removeAllRanges();
    chosen = null;
  };
  const draw = (figure, boxes) => {
    let layer = figure.querySelector(".picks");
    if (!layer) {
      layer = document.createElementNS(SVG, "svg");
      layer.setAttribute("class", "picks");
      layer.setAttribute("viewBox", `0 0 ${figure.dataset.width} ${figure.dataset.height}`);
      layer.setAttribute("aria-hidden", "true");
      figure.append(layer);
    }
    layer.replaceChildren(...boxes.map(([x0, top, x1, bottom]) => {
      const rect = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ x: x0 - 1, y: top - 1, width: Math.max(x1 - x0 + 2, 0), height: Math.max(bottom - top + 2, 0) })) rect.setAttribute(name, value);
      return rect;
    }));
  };
  const choose = (block, words) => {
    for (const el of paper.querySelectorAll(".picks")) if (el.parentElement !== block) el.remove();
    chosen = words.length ? { block, words } : null;
    if (block.dataset.wordsOf) draw(block, words.map((w) => w.box));
    else if (words.length) {
      const [first, final] = [words[0].range, words[words.length - 1].range];
      getSelection().setBaseAndExtent(first.startContainer, first.startOffset, final.endContainer, final.endOffset);
    }
  };
  const textOf = (words) => {
    let text = "", row = words[0]?.row;
    for (const word of words) {
      text += (text ? (word.row === row ? " " : "\n") : "") + word.text;
      row = word.row;
    }
    return text;
  };

  const fieldName = (field) => document.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.firstChild?.textContent.trim() ?? "the field";
  const wantedField = () => {
    const field = desk.lastField();
    return field && field.tagName === "INPUT" && !field.matches(":disabled") ? field : null;
  };
  const letters = (text) => [...text].length;
  const placeOf = (block, words) => {
    const part = block.closest("[data-part]").dataset.part;
    if (block.dataset.wordsOf) return { part, page: block.dataset.page, box: union(words).map((v) => v.toFixed(1)).join(" ") };
    const at = words[0].range.startContainer.parentElement.closest("[data-at]");
    if (at) return { part, at: at.dataset.at };
    const whole = block.textContent;
    return { part, span: `${letters(whole.slice(0, words[0].from))} ${letters(whole.slice(0, words[words.length - 1].to))}` };
  };
  const take = () => {
    const field = wantedField();
    if (!chosen) return;
    if (!field) { said.textContent = "Choose a field first, then words of the document."; return; }
    const { block, words } = chosen;
    const values = { field: field.name, words: textOf(words), version: document.querySelector('#fields [name="version"]').value, ...placeOf(block, words) };
    leave();
    field.focus({ preventScroll: true });
    htmx.ajax("POST", said.dataset.pickUrl, { source: document.getElementById("fields"), target: "#bench", swap: "morph:outerHTML", values });
  };

  // By mouse: drag over words, or double-click one; a click on a word that was read goes to its field.
  const pointIn = (figure, event) => {
    const page = figure.getBoundingClientRect(), k = scale(figure);
    return [(event.clientX - page.left) / k, (event.clientY - page.top) / k];
  };
  const within = ([x0, top, x1, bottom]) => (word) => {
    const [x, y] = [(word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2];
    return (x >= x0 && x <= x1 && y >= top && y <= bottom) || (word.box[0] <= x0 && word.box[2] >= x1 && word.box[1] <= top && word.box[3] >= bottom);
  };
  let drag = null;
  let dragged = false;
  paper.addEventListener("mousedown", (event) => { if (event.target.closest("figure[data-words-of]")) event.preventDefault(); }); // the field keeps the focus
  paper.addEventListener("pointerdown", (event) => {
    const figure = event.target.closest("figure[data-words-of]");
    if (!figure || event.button || event.pointerType === "touch") return;
    wordsOfPage(figure);
    dragged = false;
    drag = { figure, start: pointIn(figure, event), moved: false };
  });
  document.addEventListener("pointermove", async (event) => {
    if (!drag) return;
    const now = drag, [x, y] = pointIn(now.figure, event), [a, b] = now.start;
    if (!now.moved && Math.hypot(x - a, y - b) * scale(now.figure) < 5) return;
    now.moved = true;
    now.box = [Math.min(a, x), Math.min(b, y), Math.max(a, x), Math.max(b, y)];
    const words = (await wordsOfPage(now.figure)).filter(within(now.box));
    if (drag === now || now.ended) {
      choose(now.figure, words);
      if (!now.ended) draw(now.figure, [now.box, ...words.map((w) => w.box)]);
    }
  });
  document.addEventListener("pointerup", async () => {
    if (!drag) return;
    const now = drag;
    drag = null;
    now.ended = true;
    dragged = now.moved;
    if (now.moved) {
      choose(now.figure, (await wordsOfPage(now.figure)).filter(within(now.box)));
      finish();
    }
  });
  const finish = () => {
    if (!chosen) { drop(); return; }
    if (wantedField()) take();
    else said.textContent = "Choose a field, then press w to fill it with these words.";
  };
  const pickAt = async (figure, event) => {
    const [x, y] = pointIn(figure, event);
    const word = (await wordsOfPage(figure)).find((w) => x >= w.box[0] - 2 && x <= w.box[2] + 2 && y >= w.box[1] - 2 && y <= w.box[3] + 2);
    if (!word) { drop(); return; }
    choose(figure, [word]);
    finish();
  };
  let single = 0;
  paper.addEventListener("click", (event) => {
    clearTimeout(single);
    if (event.detail > 1 || dragged) return;
    const place = event.target.closest("[data-place]"), figure = event.target.closest("figure[data-words-of]");
    if (place && !place.dataset.otherPlace) {
      single = setTimeout(() => {
        if (!String(getSelection())) document.querySelector(`[data-field="${place.dataset.place.split(/[ -]/)[0]}"]`)?.focus();
      }, 250);
    } else if (figure && document.activeElement === wantedField()) pickAt(figure, event);
  });
  paper.addEventListener("dblclick", (event) => {
    const figure = event.target.closest("figure[data-words-of]");
    if (figure) pickAt(figure, event);
  });
  paper.addEventListener("mouseup", () => {
    const text = String(getSelection()).trim();
    if (text && wantedField() && !walk) said.textContent = `w fills ${fieldName(wantedField())} with “${text.replace(/\s+/g, " ").slice(0, 60)}”`;
  });

  // By keyboard: w, then arrows; Shift marks more, Enter takes, Escape leaves.
  let walk = null;
  const selected = () => {
    const selection = getSelection();
    if (!String(selection).trim() || !paper.contains(selection.anchorNode)) return false;
    const range = selection.getRangeAt(0);
    const block = blocks().find((b) => !b.dataset.wordsOf && range.intersectsNode(b));
    const words = block ? wordsOfText(block).filter((w) => range.compareBoundaryPoints(Range.END_TO_START, w.range) < 0 && range.compareBoundaryPoints(Range.START_TO_END, w.range) > 0) : [];
    if (!words.length) return false;
    chosen = { block, words };
    return true;
  };
  desk.words = () => {
    if (chosen || selected()) { finish(); return true; }
    const all = blocks();
    if (!all.length) return false;
    const lit = paper.querySelector("[data-place].lit");
    const view = paper.getBoundingClientRect();
    const start = lit ? all.find((b) => b.contains(lit)) : all.find((b) => b.getBoundingClientRect().bottom > view.top + 60);
    begin(start ?? all[0], lit?.getBoundingClientRect());
    return true;
  };
  // Keys that come while the words are fetched wait for them.
  let fetching = null;
  const begin = (block, near) => {
    fetching = wordsOf(block).then((words) => { fetching = null; enter(block, words, near); });
  };
  const enter = (block, words, near) => {
    if (!words.length) { said.textContent = "No words were read here."; return; }
    const distance = (w) => { const r = rectOf(block, w); return near ? Math.hypot(r.x - near.x, r.y - near.y) : 0; };
    const at = words.reduce((best, w, n) => (distance(w) < distance(words[best]) ? n : best), 0);
    walk = { block, words, at, from: at };
    document.body.classList.add("walks");
    if (document.activeElement !== paper) paper.focus({ preventScroll: true });
    step(at, false);
  };
  const leave = () => {
    walk = null;
    said.textContent = "";
    document.body.classList.remove("walks");
    drop();
  };
  const step = (to, more) => {
    walk.at = to;
    if (!more) walk.from = to;
    const words = walk.words.slice(Math.min(walk.from, walk.at), Math.max(walk.from, walk.at) + 1);
    choose(walk.block, words);
    const rect = rectOf(walk.block, walk.words[to]);
    desk.bringIntoView({ getBoundingClientRect: () => rect });
    const field = wantedField();
    said.textContent = `“${textOf(words).slice(0, 120)}” · ${field ? `Enter fills ${fieldName(field)}` : "no field is chosen"} · arrows move, Shift marks more, Esc leaves`;
  };
  const upOrDown = (sign) => {
    const here = rectOf(walk.block, walk.words[walk.at]);
    let best = -1, least = Infinity;
    for (const [n, word] of walk.words.entries()) {
      const r = rectOf(walk.block, word);
      const dy = sign * (r.top + r.height / 2 - here.top - here.height / 2);
      if (dy < here.height * 0.6) continue;
      const cost = dy * 4 + Math.max(r.left - here.right, here.left - r.right, 0);
      if (cost < least) { least = cost; best = n; }
    }
    return best;
  };
  const otherBlock = (sign) => {
    const all = blocks(), next = all[all.indexOf(walk.block) + sign];
    if (next) begin(next, sign > 0 ? null : next.getBoundingClientRect());
  };
  const MOVES = {
    ArrowRight: () => walk.at + 1,
    ArrowLeft: () => walk.at - 1,
    ArrowDown: () => upOrDown(1),
    ArrowUp: () => upOrDown(-1),
    Home: () => 0,
    End: () => walk.words.length - 1,
  };
  const press = (key, more) => {
    const field = wantedField();
    if (!walk) return;
    if (key === "Escape" || key === "Tab") { leave(); field?.focus({ preventScroll: true }); }
    else if (key === "Enter") take();
    else if (key === "PageDown" || key === "PageUp") otherBlock(key === "PageDown" ? 1 : -1);
    else {
      const to = MOVES[key]();
      if (to >= 0 && to < walk.words.length) step(to, more);
      else if (!more) otherBlock(key === "ArrowDown" || key === "ArrowRight" ? 1 : -1);
    }
  };
  const KEYS = new Set([...Object.keys(MOVES), "Escape", "Tab", "Enter", "PageDown", "PageUp"]);
  document.addEventListener("keydown", (event) => {
    if (!(walk || fetching) || event.ctrlKey || event.metaKey || event.altKey || !KEYS.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (fetching) fetching.then(() => press(event.key, event.shiftKey));
    else press(event.key, event.shiftKey);
  }, true);
})();
