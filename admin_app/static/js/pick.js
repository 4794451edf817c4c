// A record that a link's box doesn't find is made in a tab of its own, beside the form, in which nothing is lost. Once it
// is saved, that tab says so over a channel; the form whose box asked for it takes it, says so, and the tab closes.
const channel = new BroadcastChannel("picked");
const made = document.querySelector("[data-picked]");
const called = document.querySelector("[data-called]");
const waiting = new Map();

// What was looked for goes along behind the address, where no log keeps it, into the box of the name or the phone.
if (called && location.hash) {
  const text = decodeURIComponent(location.hash.slice(1));
  const box = (/^[-+\d\s]+$/.test(text) && called.querySelector("input[type=tel]")) || called.elements[called.dataset.called];
  if (box && !box.value) { box.value = text; box.dispatchEvent(new Event("change", { bubbles: true })); }
  history.replaceState(null, "", location.pathname + location.search);
}

document.addEventListener("create", (event) => {
  const box = event.target, key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.replace(".", "");
  waiting.set(key, box);
  open(`${box.dataset.createUrl}?pick=${key}#${encodeURIComponent(box.value.trim())}`);
});

function take({ key, id, title }) {
  const box = waiting.get(key);
  if (!box?.isConnected) return;
  waiting.delete(key);
  box.value = title;
  box.nextElementSibling.value = id;
  box.nextElementSibling.dispatchEvent(new Event("change", { bubbles: true }));
  box.focus();
  channel.postMessage({ taken: key });
}

channel.addEventListener("message", ({ data }) => {
  if (made && data.taken === made.dataset.picked) close();
  if (data.key) take(data);
});
if (made) channel.postMessage({ key: made.dataset.picked, id: made.dataset.id, title: made.dataset.title });
