// Shows a field only where it applies, and stars it where it is required, by what another box of the form holds
// (data-only-if, data-required-if: "kind: letter_in letter_out", or a name alone for anything). What is hidden is sent
// blank, and comes back with what was typed when it applies again. What a form opens with is never hidden.
const fields = [...document.querySelectorAll("[data-only-if], [data-required-if]")];
const form = fields[0]?.closest("form");

const boxesOf = (field) => [...field.querySelectorAll("[name]")];
const isMark = (box) => ["checkbox", "radio"].includes(box.type);
const isFilled = (box) => Boolean(isMark(box) ? box.checked && box.value : box.value);

// The name of the box a condition is about, and whether the boxes hold it; null where the form hasn't got them.
function asked(condition) {
  const [name, among] = condition.split(": ");
  const boxes = [...form.elements].filter((box) => [name, `${name}__text`].includes(box.name));
  const held = boxes.filter((box) => isFilled(box) && !box.closest("[data-only-if][hidden]")).map((box) => box.value);
  const holds = among ? held.some((value) => among.split(" ").includes(value)) : held.length > 0;
  return boxes.length ? { name, holds } : null;
}

function settle(field, opening) {
  const only = field.dataset.onlyIf && asked(field.dataset.onlyIf);
  if (only) field.hidden = !only.holds && !(opening && boxesOf(field).some(isFilled));
  const wanted = field.dataset.requiredIf && asked(field.dataset.requiredIf);
  if (!wanted) return;
  field.querySelector(".star").hidden = !wanted.holds;
  for (const box of boxesOf(field)) if (box.type !== "hidden" && box.type !== "checkbox") box.required = wanted.holds;
}

function settleAll(opening, name) {
  for (const field of fields) {
    const on = [field.dataset.onlyIf, field.dataset.requiredIf].filter(Boolean).map((condition) => condition.split(": ")[0]);
    if (name && !on.includes(name)) continue;
    const before = field.hidden;
    settle(field, opening);
    if (field.hidden !== before) for (const inner of new Set(boxesOf(field).map((box) => box.name))) settleAll(opening, inner);
  }
}

form?.addEventListener("change", (event) => {
  if (event.target.name) settleAll(false, event.target.name.replace(/__text$/, ""));
});
form?.addEventListener("input", (event) => {
  if (event.target === form) settleAll(true); // a draft was taken
});
form?.addEventListener("formdata", (event) => {
  for (const field of fields) if (field.hidden) for (const box of boxesOf(field)) event.formData.set(box.name, "");
});
if (form) settleAll(true);
