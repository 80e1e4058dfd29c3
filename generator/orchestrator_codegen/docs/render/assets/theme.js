// Runs before anything is painted, so that a remembered theme does not flash.
(() => {
  document.documentElement.classList.add("scripted");
  try {
    const theme = localStorage.getItem("reference-theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is refused: the system's theme it is.
  }
})();
