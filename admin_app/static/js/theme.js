// Light, dark or as the system asks; kept in this browser only. Runs in the head so that no page flashes
// in the wrong colours, hence a classic script. Without it the system's wish is followed.
(() => {
  const root = document.documentElement;
  const order = ["auto", "light", "dark"];
  const chosen = () => localStorage.getItem("theme") || "auto";

  function apply(theme) {
    if (theme === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = theme;
  }

  apply(chosen());
  root.classList.add("scripted");

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    const name = () => { button.textContent = button.dataset[chosen()]; };
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      const next = order[(order.indexOf(chosen()) + 1) % order.length];
      localStorage.setItem("theme", next);
      apply(next);
      name();
    });
  });
})();
