// The jump box: Ctrl K goes there, what is typed is asked of the server, arrows move through what it found,
// Enter opens. Without scripts Enter leads to a page with the same.
const PAUSE = 150; // milliseconds of silence before asking
const form = document.querySelector("form.jump");
const box = form?.querySelector("input");
const found = form?.querySelector(".jump-found");
let timer = 0;
let asked = 0;

function close() {
  found.hidden = true;
  box.setAttribute("aria-expanded", "false");
}

async function ask() {
  const mine = ++asked;
  const address = new URL(form.action);
  address.searchParams.set("q", box.value);
  address.searchParams.set("part", "1");
  const answer = await fetch(address).catch(() => null);
  const first = answer?.headers.get("X-Read-First"); // the three don'ts, before classified content
  if (first) location.assign(`${first}?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (!answer?.ok || mine !== asked || !form.contains(document.activeElement)) return;
  found.innerHTML = await answer.text();
  found.hidden = false;
  box.setAttribute("aria-expanded", "true");
}

function step(by) {
  const stops = [box, ...found.querySelectorAll("a")];
  stops[Math.min(Math.max(stops.indexOf(document.activeElement) + by, 0), stops.length - 1)].focus();
}

if (form) {
  box.addEventListener("focus", () => { if (found.hidden) ask(); });
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  form.addEventListener("submit", (event) => {
    const first = found.querySelector("a");
    if (found.hidden || !first || !box.value.trim()) return;
    event.preventDefault();
    first.click();
  });
  form.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && !found.hidden) { event.preventDefault(); step(by); }
    if (event.key === "Escape" && !found.hidden) { event.preventDefault(); box.focus(); close(); }
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
