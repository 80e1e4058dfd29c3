// Runs before the first paint, so that the page does not flash in the wrong theme.
(() => {
  document.documentElement.classList.add("scripted");
  try {
    const theme = localStorage.getItem("reference-theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is not available: use the theme of the system.
  }
})();
