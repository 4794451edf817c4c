// The weekday below a chosen day, in the page's language; lines of a table have no room for it.
const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", timeZone: "UTC" });

for (const box of document.querySelectorAll('.field:not(.full) input[type="date"]')) {
  const told = document.createElement("output");
  told.className = "weekday";
  told.htmlFor = box.id;
  (box.closest(".moment") ?? box).after(told);
  const tell = () => { told.textContent = box.valueAsDate ? weekday.format(box.valueAsDate) : ""; };
  box.addEventListener("input", tell);
  tell();
}
