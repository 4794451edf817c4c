// Leaves blank fields out of a record's page, as its reader wishes; kept in this browser. Where few are blank nothing is offered.
const FEW = 5;
const button = document.querySelector("[data-blanks]");

function show(without) {
  document.body.classList.toggle("no-blanks", without);
  button.setAttribute("aria-pressed", String(without));
}

if (button && document.querySelectorAll(".facts > .blank").length > FEW) {
  button.hidden = false;
  show(localStorage.getItem("blanks") === "no");
  button.addEventListener("click", () => {
    const without = !document.body.classList.contains("no-blanks");
    localStorage.setItem("blanks", without ? "no" : "yes");
    show(without);
  });
}
