// Keys of a list: J/K move, Enter opens, E edits, N adds, / goes to the search box, ? shows them all. E edits a record from
// its page, too; Ctrl S saves a form.
const rows = [...document.querySelectorAll(".list-page .ledger tbody tr")];
const help = document.getElementById("keys");
let at = -1;

function move(step) {
  if (!rows.length) return;
  rows[at]?.classList.remove("at");
  at = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[at].classList.add("at");
  rows[at].scrollIntoView({ block: "nearest" });
  rows[at].querySelector("th a")?.focus({ preventScroll: true });
}

function edit() {
  const link = document.querySelector('.details-page .heading a[href*="edit/?id="]');
  if (link) { link.click(); return; }
  if (!rows.length) return;
  const word = document.querySelector(".ledger table").dataset.edit;
  [...(rows[at]?.querySelectorAll("td:last-child a") ?? [])].find((link) => link.textContent === word)?.click();
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  e: edit,
  n: () => document.querySelector("[data-add]")?.click(),
  "/": () => document.getElementById("q")?.focus(),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const save = document.querySelector(".save-bar button");
  if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey) && save) {
    event.preventDefault();
    save.form.requestSubmit(save);
  }
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
});
