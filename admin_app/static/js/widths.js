// Widths of a list's columns: drag the right edge of a head, or double-click it for what its content takes. Kept in this
// browser, register by register; a column that isn't set is as wide as the table makes it.
const table = document.querySelector(".list-page .ledger table");
const key = `widths:${location.pathname}`;
const widths = JSON.parse(localStorage.getItem(key) ?? "{}");
const nameOf = (head) => head.dataset.name;

function set(head, width) {
  head.style.minWidth = head.style.maxWidth = width ? `${width}px` : "";
  const place = head.cellIndex;
  for (const row of table.tBodies[0].rows) {
    row.cells[place].style.minWidth = row.cells[place].style.maxWidth = width ? `${width}px` : "";
  }
}

function keep(head, width) {
  if (width) widths[nameOf(head)] = width;
  else delete widths[nameOf(head)];
  localStorage.setItem(key, JSON.stringify(widths));
}

function contentWidth(head) {
  set(head, 0);
  const cells = [head, ...[...table.tBodies[0].rows].map((row) => row.cells[head.cellIndex])];
  cells.forEach((cell) => { cell.style.maxWidth = "none"; });
  const width = Math.min(Math.max(...cells.map((cell) => cell.scrollWidth)), 640);
  return width + 1;
}

function drag(head, event) {
  const from = event.clientX, before = head.offsetWidth;
  const width = (now) => Math.max(48, Math.round(before + now.clientX - from));
  const move = (now) => set(head, width(now));
  const end = (now) => {
    removeEventListener("pointermove", move);
    if (Math.abs(now.clientX - from) > 2) keep(head, width(now));
  };
  event.preventDefault();
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
}

for (const head of table?.tHead.querySelectorAll("th[data-name]") ?? []) {
  if (widths[nameOf(head)]) set(head, widths[nameOf(head)]);
  const grip = document.createElement("span");
  grip.className = "grip";
  grip.addEventListener("pointerdown", (event) => drag(head, event));
  grip.addEventListener("dblclick", () => {
    const width = widths[nameOf(head)] ? 0 : contentWidth(head);
    set(head, width);
    keep(head, width);
  });
  head.append(grip);
}
