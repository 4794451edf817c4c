// Keeps the place in a list: opened records lead back to the list as it was, filters and row and all, and on to the one
// before and after. A row that was saved and isn't in the list any more is told of. Kept in this tab only.
const base = location.pathname.match(/^\/admin\/[a-z_]+\//)?.[0];
const place = base && JSON.parse(sessionStorage.getItem(`place:${base}`));
const idOf = (link) => new URL(link.href).searchParams.get("id");

function remember() {
  const links = [...document.querySelectorAll('.ledger tbody th a[href*="details/?id="]')];
  sessionStorage.setItem(`place:${base}`, JSON.stringify({ search: location.search, ids: links.map(idOf), at: place?.at }));
  if (!place?.at || place.search !== location.search) return;
  const back = links.find((link) => idOf(link) === place.at);
  const gone = document.querySelector("[data-gone]");
  if (!back && gone && place.saved) gone.hidden = false;
  if (!back) return;
  back.closest("tr").classList.add("at");
  back.closest("tr").scrollIntoView({ block: "center" });
}

function leadBack() {
  const now = new URLSearchParams(location.search).get("id");
  for (const link of document.querySelectorAll("main a")) {
    if (link.pathname === base && !link.search && link.origin === location.origin) link.search = place.search;
  }
  if (!now) return;
  const saved = Boolean(document.querySelector(".flash.success")) || (place.saved && place.at === now);
  sessionStorage.setItem(`place:${base}`, JSON.stringify({ ...place, at: now, saved }));
  const at = place.ids.indexOf(now);
  for (const [rel, id] of [["prev", place.ids[at - 1]], ["next", place.ids[at + 1]]]) {
    const link = document.querySelector(`[data-neighbour="${rel}"]`);
    if (!link || at < 0 || !id) continue;
    link.href = `${base}details/?id=${id}`;
    link.hidden = false;
  }
}

if (document.body.classList.contains("list-page") && base === location.pathname) remember();
else if (place) leadBack();
