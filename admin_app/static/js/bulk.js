// Choosing rows: the box in the head chooses the page, the bar says how many and shows only when there is
// one. Shift chooses a stretch. Without scripts the bar is always there.
const sheet = document.querySelector("form.sheet");
const bar = sheet?.querySelector("[data-bulk]");

if (bar) {
  const boxes = [...sheet.querySelectorAll("tbody input[name=id]")];
  const all = sheet.querySelector("[data-pick-all]");
  const count = bar.querySelector("[data-bulk-count]");
  let last = null;

  function show() {
    const chosen = boxes.filter((box) => box.checked).length;
    bar.hidden = !chosen;
    count.textContent = count.dataset.text.replace("{n}", chosen);
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
    if (!chosen) bar.querySelector("[name=everything]").checked = false;
  }

  all.hidden = false;
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); show(); });
  sheet.addEventListener("click", (event) => {
    const here = boxes.indexOf(event.target);
    if (here < 0) return;
    if (event.shiftKey && last !== null) {
      const stretch = boxes.slice(Math.min(here, last), Math.max(here, last) + 1);
      stretch.forEach((box) => { box.checked = event.target.checked; });
    }
    last = here;
    show();
  });
  show();
}
