// Related registers as tabs: one panel at a time, arrows move between them. Without scripts the panels
// stand one below the other and the tabs are links to them; on paper all are printed.
for (const group of document.querySelectorAll("[data-tabs]")) {
  const list = group.querySelector(".tabs");
  const tabs = [...list.querySelectorAll("a")];
  const panels = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));

  function show(chosen) {
    tabs.forEach((tab, index) => {
      const here = tab === chosen;
      tab.setAttribute("aria-selected", here);
      tab.tabIndex = here ? 0 : -1;
      panels[index].hidden = !here;
    });
  }

  list.setAttribute("role", "tablist");
  tabs.forEach((tab, index) => {
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panels[index].id);
    panels[index].setAttribute("role", "tabpanel");
    panels[index].setAttribute("aria-label", tab.textContent);
    tab.addEventListener("click", (event) => { event.preventDefault(); show(tab); });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && tabs[(index + step + tabs.length) % tabs.length];
      if (next) { show(next); next.focus(); }
    });
  });
  show(tabs.find((tab) => tab.hash === location.hash) ?? tabs[0]);
}
