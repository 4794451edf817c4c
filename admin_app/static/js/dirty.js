// Warns before a form with unsaved changes is left. The browser words the question itself.
const form = document.querySelector("form[data-unsaved]");
let changed = Boolean(document.querySelector("[data-focus-first], .clash"));

form?.addEventListener("input", () => { changed = true; });
form?.addEventListener("change", () => { changed = true; });
form?.addEventListener("submit", () => { changed = false; });
addEventListener("beforeunload", (event) => { if (changed && form) event.preventDefault(); });
