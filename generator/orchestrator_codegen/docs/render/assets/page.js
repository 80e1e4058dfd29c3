(() => {
  "use strict";
  const root = document.documentElement;
  const find = (selector) => [...document.querySelectorAll(selector)];
  const get = (id) => document.getElementById(id);

  function setUpTheme() {
    const button = get("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
    const show = () => {
      button.textContent = isDark() ? "Light" : "Dark";
      button.setAttribute("aria-label", `Switch to the ${isDark() ? "light" : "dark"} theme`);
    };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("reference-theme", root.dataset.theme);
      } catch {
        // Storage is not available: the choice lasts until the page is closed.
      }
      show();
    });
    system.addEventListener("change", show);
    button.hidden = false;
    show();
  }

  function setUpMenu() {
    const button = get("menu");
    const nav = get("contents");
    const open = (isOpen) => {
      nav.classList.toggle("open", isOpen);
      button.setAttribute("aria-expanded", String(isOpen));
    };
    button.addEventListener("click", () => open(!nav.classList.contains("open")));
    nav.addEventListener("click", (event) => {
      if (event.target.closest("a")) open(false);
    });
    button.hidden = false;
    return open;
  }

  function setUpSearch(openMenu) {
    const query = get("query");
    const entries = find(".entry").map((entry) => ({
      entry,
      link: document.querySelector(`nav li a[href="#${entry.id}"]`).parentElement,
    }));
    const groups = [...find(".group"), ...find("nav .listed")];
    const search = () => {
      const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { entry, link } of entries) {
        const fits = words.every((word) => entry.dataset.words.includes(word));
        entry.hidden = link.hidden = !fits;
        count += fits;
      }
      for (const group of groups) group.hidden = !group.querySelector(".entry:not([hidden]), li:not([hidden])");
      document.querySelector(".intro").hidden = words.length > 0;
      get("nothing").hidden = count > 0;
      get("found").textContent = words.length ? `${count} found` : "";
    };
    query.addEventListener("input", search);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && document.activeElement === query) {
        query.value = "";
        search();
        query.blur();
        openMenu(false);
      } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/INPUT|TEXTAREA/.test(event.target.tagName)) {
        event.preventDefault();
        openMenu(true);
        query.focus();
        query.select();
      }
    });
    // A link to an entry that the search hides clears the search.
    addEventListener("hashchange", () => {
      const target = get(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("[hidden]")) {
        query.value = "";
        search();
        target.scrollIntoView();
      }
    });
    get("search").hidden = false;
    search();
  }

  function setUpCopying() {
    for (const button of find(".copy")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const code = button.closest("figure").querySelector("code");
        button.textContent = (await copy(code)) ? "Copied" : "Press Ctrl+C";
        setTimeout(() => (button.textContent = "Copy"), 1500);
      });
    }
  }

  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      // Pages from a file or without permission have no clipboard access: select the code, so that the user can copy it.
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  }

  function setUpPlace() {
    if (!("IntersectionObserver" in window)) return;
    const links = new Map(find("nav li a").map((link) => [link.hash.slice(1), link]));
    const observer = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          const link = links.get(target.id);
          if (isIntersecting) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      },
      { rootMargin: "-20% 0px -79.9% 0px" },
    );
    for (const entry of find(".entry")) observer.observe(entry);
  }

  function setUpPrinting() {
    addEventListener("beforeprint", () => {
      for (const each of find("details")) each.open = true;
    });
  }

  setUpTheme();
  setUpSearch(setUpMenu());
  setUpCopying();
  setUpPlace();
  setUpPrinting();
})();
