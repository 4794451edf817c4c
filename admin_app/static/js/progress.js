// Asks every three seconds how far the work of this page is, and goes to where it ends.
const card = document.querySelector("[data-progress]");

// what stays as it was needn't be worked out again
const watched = new URL(location.href);
watched.searchParams.set("watched", "yes");

async function look() {
  let answer;
  try {
    answer = await fetch(watched, { headers: { Accept: "text/html" } });
  } catch {
    return; // the network is away for a moment
  }
  if (answer.status >= 500) return; // the server is being started, or waits
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-progress]");
  if (!now || answer.redirected) {
    location.replace(answer.redirected ? answer.url : location.href);
    return;
  }
  const [text, newText] = [card, now].map((part) => part.querySelector("[role=status]"));
  if (text.textContent !== newText.textContent) text.textContent = newText.textContent;
  card.querySelector("[data-count]").textContent = now.querySelector("[data-count]").textContent;
  const [bar, newBar] = [card, now].map((part) => part.querySelector("progress"));
  for (const name of ["max", "value"]) {
    if (newBar.hasAttribute(name)) bar.setAttribute(name, newBar.getAttribute(name));
    else bar.removeAttribute(name);
  }
}

setInterval(look, 3000);
