// The scanner types a code and Enter: the right tile is ticked, a wrong one flashes and sounds.
"use strict";
(() => {
  const input = document.querySelector("[data-scan]");
  if (!input) return;
  const tiles = [...document.querySelectorAll("[data-tile]")];
  const wrong = document.getElementById("scan-wrong");
  let audio = null;

  const beep = (pitch, seconds) => {
    audio ??= new AudioContext();
    const tone = audio.createOscillator();
    const level = audio.createGain();
    level.gain.value = 0.15;
    tone.frequency.value = pitch;
    tone.connect(level).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + seconds);
  };
  const fits = (tile, code) => tile.dataset.codes.split("|").some((known) => known.toLowerCase() === code);
  const take = (text) => {
    const code = text.trim().toLowerCase();
    if (!code) return;
    const matching = tiles.filter((tile) => fits(tile, code));
    const tile = matching.find((found) => !found.classList.contains("got")) ?? matching[0];
    for (const other of tiles) other.classList.remove("wrong", "next");
    wrong.hidden = Boolean(tile);
    if (!tile) {
      wrong.textContent = `“${text.trim()}” is not on this shipment. Put it back.`;
      beep(180, 0.5);
      return;
    }
    tile.classList.add("got", "next");
    tile.scrollIntoView({ block: "nearest" });
    beep(880, 0.08);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    take(input.value);
    input.value = "";
  });
  // The scanner types where the focus is, so the focus comes back after every touch outside of a field.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("input, select, button, a, summary, textarea")) input.focus();
  });
})();
