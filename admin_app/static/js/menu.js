// The box above the menu: shows only the registers whose title holds what is typed; Enter opens the first.
// Also puts the current register in sight.
const menu = document.getElementById("menu");
const box = menu?.querySelector("[data-menu-filter]");

function narrow() {
  const wanted = box.value.trim().toLowerCase();
  let found = 0;
  for (const area of menu.querySelectorAll("details")) {
    if (!("wasOpen" in area.dataset)) area.dataset.wasOpen = area.open ? "yes" : "";
    let here = 0;
    for (const item of area.querySelectorAll("li")) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
      here += item.hidden ? 0 : 1;
    }
    area.hidden = !here;
    area.open = wanted ? here > 0 : Boolean(area.dataset.wasOpen);
    found += here;
  }
  menu.querySelector("[data-menu-none]").hidden = found > 0;
}

if (box) {
  box.hidden = false;
  box.addEventListener("input", narrow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && box.value) menu.querySelector("li:not([hidden]) a")?.click();
  });
  const here = menu.querySelector("[aria-current]");
  // the menu alone: scrollIntoView would move the page, too
  if (here && here.offsetTop > menu.clientHeight - 80) menu.scrollTop = here.offsetTop - menu.clientHeight / 2;
}
