// The box of a link to another record: asks the server while one types and offers what it found, with a
// second line to tell namesakes apart. The chosen id goes into the hidden input beside it; typing again
// empties it. Where the person may add to that register, the last offer is to make the record (pick.js). Rows added
// later work too. Without scripts the text itself is sent and the server resolves it.
const PAUSE = 150; // milliseconds of silence before asking

let list = null;
let box = null;
let timer = 0;
let asked = 0;

function close() {
  list?.remove();
  box?.setAttribute("aria-expanded", "false");
  box?.removeAttribute("aria-activedescendant");
  list = null;
}

function choose(option) {
  if (!option.dataset.id) { close(); box.dispatchEvent(new Event("create", { bubbles: true })); return; }
  box.value = option.dataset.label;
  box.nextElementSibling.value = option.dataset.id;
  box.nextElementSibling.dispatchEvent(new Event("change", { bubbles: true }));
  close();
}

function optionOf([id, label, second], index) {
  const option = document.createElement("li");
  option.id = `${box.id}-option-${index}`;
  option.setAttribute("role", "option");
  Object.assign(option.dataset, { id, label });
  option.append(label);
  if (second) option.append(Object.assign(document.createElement("small"), { textContent: second }));
  return option;
}

function show(found) {
  close();
  list = document.createElement("ul");
  list.id = `${box.id}-list`;
  list.className = "found";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector(`label[for="${box.id}"]`)?.textContent ?? "");
  list.append(...found.map(optionOf));
  if (!found.length) {
    const none = Object.assign(document.createElement("li"), { textContent: box.dataset.none, className: "none" });
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    list.append(none);
  }
  if (box.dataset.create) {
    const create = optionOf(["", box.dataset.create], found.length);
    create.className = "create";
    list.append(create);
  }
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "true");
  box.parentElement.append(list);
}

async function ask() {
  const mine = ++asked;
  const address = new URL(box.dataset.lookup, location.href);
  address.searchParams.set("query", box.value);
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  const first = answer?.headers.get("X-Read-First"); // the three don'ts, before classified content
  if (first) location.assign(`${first}?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (answer?.ok && mine === asked && document.activeElement === box) show(await answer.json());
}

function step(by) {
  const options = [...list.querySelectorAll("[data-id]")];
  const now = options.findIndex((option) => option.hasAttribute("aria-selected"));
  const next = options[Math.min(Math.max(now + by, 0), options.length - 1)];
  options[now]?.removeAttribute("aria-selected");
  next?.setAttribute("aria-selected", "true");
  next?.scrollIntoView({ block: "nearest" });
  if (next) box.setAttribute("aria-activedescendant", next.id);
}

document.addEventListener("focusin", (event) => {
  if (!event.target.matches("[data-lookup]")) return;
  box = event.target;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-lookup]")) return;
  box.nextElementSibling.value = "";
  clearTimeout(timer);
  if (box.value.trim()) timer = setTimeout(ask, PAUSE);
  else close();
});

document.addEventListener("keydown", (event) => {
  if (event.target !== box) return;
  if (event.key === "ArrowDown" && !list) { ask(); return; }
  if (!list) return;
  const chosen = list.querySelector("[aria-selected]");
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) { event.preventDefault(); step(by); }
  if (event.key === "Enter" && chosen) { event.preventDefault(); choose(chosen); }
  if (event.key === "Escape") { event.preventDefault(); close(); }
});

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest(".found [data-id]");
  if (option) { event.preventDefault(); choose(option); }
});

document.addEventListener("focusout", (event) => { if (event.target === box) close(); });
