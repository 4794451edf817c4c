// Related registers: a tab opens in place, its part taken from the page its link leads to. Without scripts, or when
// the server doesn't answer, the link is followed.
document.addEventListener("click", async (event) => {
  const tab = event.target.closest("#related .tabs a");
  if (!tab || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const answer = await fetch(tab.href).catch(() => null);
  const part = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("related");
  if (!part) { location.assign(tab.href); return; }
  document.getElementById("related").replaceWith(part);
  history.replaceState(null, "", tab.href);
  part.querySelector("[aria-current]").focus({ preventScroll: true });
});
