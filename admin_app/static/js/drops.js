// A dropped box closes when one clicks elsewhere, opens another, or presses Escape.
const others = (kept) => [...document.querySelectorAll("details.drop[open]")].filter((drop) => drop !== kept);

document.addEventListener("click", (event) => {
  for (const drop of others(event.target.closest("details.drop"))) drop.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of others(null)) { drop.open = false; drop.querySelector("summary").focus(); }
});
