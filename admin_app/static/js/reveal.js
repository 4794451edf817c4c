// Shows a masked value in place: asks for the reason, POSTs it, puts the answer {"text": …} where the mask
// was. Without scripts, or when the server refuses, the link leads to a page that asks or says why not.
const dialog = document.getElementById("confirm");
const token = document.querySelector("[name=csrf_token]")?.value;

function askReason(text) {
  const reason = dialog.querySelector("textarea");
  dialog.querySelector("#confirm-text").textContent = text;
  dialog.querySelector("[data-reason-box]").hidden = false;
  reason.required = true;
  reason.value = "";
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    const answer = () => resolve(dialog.returnValue === "yes" ? reason.value : null);
    dialog.addEventListener("close", answer, { once: true });
  });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-reveal]");
  if (!link || !token) return;
  event.preventDefault();
  const reason = await askReason(link.textContent);
  if (reason === null) return;
  const body = new URLSearchParams({ csrf_token: token, reason, confirmed: "yes" });
  const wish = { method: "POST", body, headers: { Accept: "application/json" } };
  const answer = await fetch(link.href, wish).catch(() => null);
  if (!answer?.ok) { location.assign(link.href); return; }
  link.previousSibling.textContent = (await answer.json()).text;
  link.remove();
});
