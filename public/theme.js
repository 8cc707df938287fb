// Chooses the theme before the first paint. A file of its own, because the content security policy allows no inline script.
(() => {
  const KEY = "bintang.theme";
  const THEMES = ["light", "sun", "dark"];
  const prefers = (query) => typeof matchMedia === "function" && matchMedia(query).matches;
  let choice = null;
  try {
    // Blocked storage throws, and must not cost the page.
    choice = localStorage.getItem(KEY);
  } catch {}
  if (!THEMES.includes(choice)) {
    choice = prefers("(prefers-contrast: more)") ? "sun" : prefers("(prefers-color-scheme: dark)") ? "dark" : "light";
  }
  document.documentElement.dataset.theme = choice;
})();
