// The order of a list's columns: each choice gets two buttons that move it; the boxes are sent in the order they stand in.
const choices = document.querySelector(".columns[data-before]");

function button(label, text, sign, move) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = sign;
  made.setAttribute("aria-label", `${label} ${text}`);
  made.addEventListener("click", () => { move(); made.focus(); });
  return made;
}

function prepare() {
  for (const label of [...choices.querySelectorAll("label")]) {
    const row = document.createElement("span");
    const text = label.textContent.trim();
    label.replaceWith(row);
    row.append(
      label,
      button(choices.dataset.before, text, "↑", () => row.previousElementSibling?.before(row)),
      button(choices.dataset.after, text, "↓", () => row.nextElementSibling?.after(row)),
    );
  }
}

choices?.closest("details").addEventListener("toggle", prepare, { once: true });
