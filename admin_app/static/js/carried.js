// One click empties what was carried over from the record before, and leaves what was typed since. Without scripts the
// link opens a blank form.
const notice = document.querySelector("[data-carries]");

notice?.querySelector("a").addEventListener("click", (event) => {
  event.preventDefault();
  const form = notice.closest("form");
  const names = notice.dataset.carries.split(" ").flatMap((name) => [name, `${name}__text`, `${name}__time`]);
  const boxes = [...form.elements].filter((box) => names.includes(box.name));
  for (const box of boxes) {
    if (["checkbox", "radio"].includes(box.type)) box.checked = !box.value;
    else box.value = "";
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  notice.remove();
  boxes.find((box) => box.type !== "hidden")?.focus();
});
