// Asks before a button marked data-confirm sends its form, with a reason where data-reason is set. Without
// scripts the form arrives unconfirmed and the server asks on a page of its own.
const dialog = document.getElementById("confirm");
const reasonBox = dialog.querySelector("[data-reason-box]");
const reason = dialog.querySelector("textarea");
let asked = null;

function carry(form, name, value) {
  form.querySelectorAll(`input[data-carried][name="${name}"]`).forEach((old) => old.remove());
  const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  input.dataset.carried = "";
  form.append(input);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (!button || button === asked) return;
  event.preventDefault();
  asked = button;
  dialog.querySelector("#confirm-text").textContent = button.dataset.confirm;
  reasonBox.hidden = !("reason" in button.dataset);
  reason.required = !reasonBox.hidden;
  reason.value = "";
  dialog.returnValue = "no";
  dialog.showModal();
});

dialog.addEventListener("close", () => {
  if (!asked) return; // reveal.js uses the same dialog
  const button = asked;
  if (dialog.returnValue === "yes") {
    carry(button.form, "confirmed", "yes");
    if (!reasonBox.hidden) carry(button.form, "reason", reason.value);
    button.form.requestSubmit(button);
  }
  asked = null;
  button.focus();
});
