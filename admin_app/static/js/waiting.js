// How much waits for one, beside the desk in the menu. Asked once the page stands and at most once a minute in a tab; the
// desk itself asks anew.
const MINUTE = 60_000;
const place = document.querySelector("[data-waiting]");
const key = `waiting:${document.body.dataset.person}`;

function show(count) {
  place.textContent = count > 99 ? "99+" : count;
  place.hidden = !count;
}

async function ask() {
  const answer = await fetch(place.dataset.waiting).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { count } = await answer.json();
  sessionStorage.setItem(key, JSON.stringify({ count, at: Date.now() }));
  show(count);
}

if (place) {
  const kept = JSON.parse(sessionStorage.getItem(key));
  if (kept) show(kept.count);
  if (!kept || Date.now() - kept.at > MINUTE || place.closest("[aria-current]")) ask();
}
