// The desk's one box: it keeps the focus, takes a scanner's bounce for one scan, and Enter on it finishes a return. What came
// of a scan is heard as well as seen, as whoever scans stands away from the screen; the word is never missing.
const BOUNCE = 2000, TAIL = 300, IDLE = 120_000;
const TONES = { done: [880, 0.12], look: [523, 0.2], refused: [196, 0.4] };
const box = document.querySelector("[data-scan]");
const code = box.elements.code;
const card = document.querySelector("form[data-card]");
const returning = card?.dataset.card === "return";
const ready = Date.now();
let last = JSON.parse(sessionStorage.getItem("scanned")) ?? { code: "", at: 0 };

function sound(kind, loud = 0.2) {
  if (localStorage.getItem("scan-sound") === "off") return;
  const [pitch, length] = TONES[kind];
  const audio = new AudioContext();
  const tone = audio.createOscillator(), volume = audio.createGain();
  tone.frequency.value = pitch;
  volume.gain.value = loud;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + length);
}

// Of a bounce that comes while the page changes only the end is left
function bounced(typed) {
  const again = typed === last.code || (typed.length > 3 && last.code.endsWith(typed));
  return again && Date.now() - last.at < BOUNCE;
}

// Enter on the empty box finishes the return, a number counts copies, a letter leads to its field
function answer(typed) {
  const field = { d: "damaged", m: "missing", p: "good" }[typed.toLowerCase()];
  if (field) { lead(field); return; }
  if (typed) card.elements.good.value = typed;
  card.requestSubmit();
}

// A single copy is what the letter says it is
function lead(name) {
  const { good, damaged, missing } = card.elements, field = card.elements[name];
  if (card.dataset.out === "1") for (const one of [good, damaged, missing]) one.value = one === field ? 1 : 0;
  field.focus();
  field.select();
}

// What is damaged or lost doesn't come back whole: the rest does, so that the sum is always what is out
function rest({ target }) {
  const { good, damaged, missing } = card.elements;
  if (target === damaged || target === missing) good.value = Math.max(0, card.dataset.out - damaged.value - missing.value);
}
if (returning) card.addEventListener("input", rest);

box.addEventListener("submit", (event) => {
  const typed = code.value.trim();
  const tail = Date.now() - Math.max(last.at, ready) < TAIL;
  const answers = returning && (typed === "" || /^([0-9]{1,3}|[dmp])$/i.test(typed));
  if (typed && !answers && !bounced(typed)) {
    last = { code: typed, at: Date.now() };
    sessionStorage.setItem("scanned", JSON.stringify(last));
    // cleared at once: what is scanned before the next page stands isn't a part of this, and keys come before timers
    const asked = new URLSearchParams(new FormData(box));
    event.preventDefault();
    code.value = "";
    location.assign(`${box.action}?${asked}`);
    return;
  }
  event.preventDefault();
  code.value = "";
  if (answers && !tail) answer(typed);
  else if (typed) sound("look", 0.05);
});

const said = document.querySelector(".verdict")?.classList[1] ?? (document.querySelector(".flash.success") ? "done" : document.querySelector(".flash.warning") ? "look" : null);
if (said) sound(said);

if (!card || returning || document.querySelector(".verdict.look")) code.focus();
document.querySelector("[data-keys]").hidden = !returning;
if (document.querySelector("[data-borrower]") && !card) {
  let idle = setTimeout(() => location.assign(box.action), IDLE);
  document.addEventListener("keydown", () => {
    clearTimeout(idle);
    idle = setTimeout(() => location.assign(box.action), IDLE);
  });
}

const button = document.querySelector("[data-sound]");
function told() {
  const off = localStorage.getItem("scan-sound") === "off";
  button.textContent = off ? button.dataset.off : button.dataset.on;
  button.setAttribute("aria-pressed", String(!off));
}
button.hidden = false;
told();
button.addEventListener("click", () => {
  localStorage.setItem("scan-sound", localStorage.getItem("scan-sound") === "off" ? "on" : "off");
  told();
  code.focus();
});
