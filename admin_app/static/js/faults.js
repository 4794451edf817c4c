// After a refused save, puts the cursor into the first box that needs mending; links in the summary do the
// same.
function into(name) {
  const box = document.getElementById(name) ?? document.getElementsByName(name)[0];
  box?.focus();
  box?.closest(".field")?.scrollIntoView({ block: "center" });
}

const summary = document.querySelector("[data-focus-first]");
const links = [...(summary?.querySelectorAll("a") ?? [])];
for (const link of links) {
  link.addEventListener("click", (event) => { event.preventDefault(); into(link.hash.slice(1)); });
}
if (links.length) into(links[0].hash.slice(1));
