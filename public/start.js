// A template: `cargo xtask build` fills in the hashed names. The page's only own module; it starts the app.
import init from "__JS__";

init({ module_or_path: new URL("__WASM__", import.meta.url) }).catch((error) => {
  // Old browsers and cut downloads end here: say so, in place of a page that loads for ever.
  document.getElementById("loading-failed")?.removeAttribute("hidden");
  throw error;
});
