// Keeps a list's address short: conditions left empty are not sent. Cut text gets its whole as a tooltip
// and can be reached by keyboard.
document.querySelectorAll("form.filters").forEach((form) => {
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      const empty = formData.getAll(name).every((value) => !value);
      const operator = form.elements[`${name}-op`];
      const needsNone = operator?.selectedOptions?.[0]?.dataset.takes === "0";
      if (needsNone) formData.delete(name);
      else if (empty) { formData.delete(name); formData.delete(`${name}-op`); }
    }
  });
});

// "In the last days" takes a number where the others take a day.
document.querySelector("form.filters")?.addEventListener("change", ({ target }) => {
  for (const box of target.closest(".condition")?.querySelectorAll("select ~ [data-day]") ?? []) {
    const days = "days" in (target.selectedOptions?.[0]?.dataset ?? {});
    const type = days ? "text" : "date";
    if (target.tagName === "SELECT" && box.type !== type) Object.assign(box, { type, value: "", inputMode: days ? "numeric" : "" });
  }
});

for (const cell of document.querySelectorAll("td.long")) {
  if (cell.scrollWidth <= cell.clientWidth) continue;
  cell.tabIndex = 0;
  cell.title = cell.textContent;
}
