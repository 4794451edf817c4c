// What is typed into a form is kept in this tab until it is saved, and offered again when the form is opened anew: after
// the session ended, a slip of the back button, a dead network. Another person in the same tab is offered nothing and what
// was kept is forgotten; files and passwords are never kept.
const PAUSE = 600; // milliseconds of silence before keeping
const mine = document.body.dataset.person;
const form = document.querySelector("form[data-unsaved]");
const bar = document.querySelector("[data-draft]");
const key = `draft:${location.pathname}${location.search}`;
let timer = 0;

function drafts() {
  return Object.keys(sessionStorage).filter((name) => name.startsWith("draft:"));
}

function typed() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrf_token"
    && form.elements[name]?.type !== "password");
}

function keep() {
  sessionStorage.setItem(key, JSON.stringify({ mine, at: Date.now(), typed: typed() }));
}

function fill(values) {
  const boxes = [...form.elements].filter((box) => box.name && !["csrf_token", "version"].includes(box.name) && box.type !== "file");
  const left = values.filter(([name]) => boxes.some((box) => box.name === name));
  for (const box of boxes) {
    if (["checkbox", "radio"].includes(box.type)) { box.checked = left.some(([name, value]) => name === box.name && value === box.value); continue; }
    const at = left.findIndex(([name]) => name === box.name);
    if (at >= 0) { [[, box.value]] = left.splice(at, 1); }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function offer(draft) {
  bar.hidden = false;
  bar.querySelector("[data-when]").textContent = new Date(draft.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  bar.querySelector("[data-take]").addEventListener("click", () => { fill(draft.typed); bar.hidden = true; });
  bar.querySelector("[data-drop]").addEventListener("click", () => { sessionStorage.removeItem(key); bar.hidden = true; });
}

if (mine) {
  for (const name of drafts()) if (JSON.parse(sessionStorage.getItem(name)).mine !== mine) sessionStorage.removeItem(name);
  // A form that was sent and is not here again has been saved.
  const sent = sessionStorage.getItem("sent");
  if (sent && !(form && sent === key)) sessionStorage.removeItem(sent);
  sessionStorage.removeItem("sent");
}
if (mine && form && bar) {
  const draft = JSON.parse(sessionStorage.getItem(key));
  if (draft && !document.querySelector("[data-focus-first], .clash")) offer(draft);
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, PAUSE); });
  form.addEventListener("submit", () => { clearTimeout(timer); keep(); sessionStorage.setItem("sent", key); });
}
