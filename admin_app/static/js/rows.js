// 添加一行 under a table of lines: copies the blank row with the next number in its names. Without scripts the
// server sends a few empty rows instead.
for (const lines of document.querySelectorAll("[data-lines]")) {
  const blank = lines.querySelector("template");
  const button = lines.querySelector("[data-add-line]");
  const body = lines.querySelector("tbody");
  if (!blank) continue;
  let next = body.rows.length;
  button.hidden = false;
  button.addEventListener("click", () => {
    body.insertAdjacentHTML("beforeend", blank.innerHTML.replaceAll("__n__", next));
    next += 1;
    body.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    button.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
