// While a new record is typed, asks whether there is one already with the same phone, number or name.
const place = document.querySelector("[data-alike]");
const form = place?.closest("form");
const names = place?.dataset.alike.split(" ") ?? [];

async function ask() {
  const body = new FormData();
  for (const name of ["csrf_token", ...names]) body.set(name, form.elements[name]?.value ?? "");
  const answer = await fetch(place.dataset.url, { method: "POST", body }).catch(() => null);
  if (answer?.ok) place.innerHTML = await answer.text();
}

for (const name of names) form.elements[name]?.addEventListener("change", ask);
