// While an export is being made, its card is fetched anew every three seconds; the focus stays where it is.
const list = document.querySelector('[data-exports]');
const told = document.querySelector('[data-exports-told]');

function exchange(fresh) {
  const focused = document.activeElement?.closest('[data-export]');
  for (const card of list.querySelectorAll('[data-export]')) {
    const next = fresh.querySelector(`[data-export="${CSS.escape(card.dataset.export)}"]`);
    if (!next || next.innerHTML === card.innerHTML) continue;
    const was = card.querySelector('.tag')?.textContent;
    const now = next.querySelector('.tag')?.textContent;
    if (was !== now) told.textContent = `${next.querySelector('h2').textContent.trim()}`;
    card.replaceWith(next);
    if (card === focused) next.querySelector('a, button')?.focus();
  }
  list.toggleAttribute('data-going-on', fresh.hasAttribute('data-going-on'));
}

async function look() {
  try {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
    if (answer.redirected || !answer.ok) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('[data-exports]');
    if (!fresh) return location.reload();
    exchange(fresh);
  } catch {
    // the network is away for a while: the next look asks again
  }
  if (list.hasAttribute('data-going-on')) setTimeout(look, 3000);
}

if (list?.hasAttribute('data-going-on')) setTimeout(look, 3000);
