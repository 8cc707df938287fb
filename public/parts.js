// A template: `cargo xtask build` puts this at the foot of wasm-bindgen's glue. It loads the parts of the app that come
// after the first screen (docs/adr/0007): each once, into the memory and the table of functions of the running module, with
// the style of their pages.
const style = () => new Promise((resolve, reject) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: new URL("__STYLE__", import.meta.url), onload: resolve });
  link.onerror = () => {
    link.remove();
    reject();
  };
  document.head.append(link);
});
function part(file) {
  let loading;
  const load = async () => {
    const styled = style();
    const response = await fetch(new URL(file, import.meta.url));
    if (!response.ok) throw new TypeError(`${file}: ${response.status}`);
    // Not while it streams: that asks for a media type which simple hosts do not send.
    await WebAssembly.instantiate(await response.arrayBuffer(), { __wasm_split: wasm });
    await styled;
  };
  return async (callback, data) => {
    let loaded = true;
    try {
      await (loading ??= load());
    } catch {
      // The next call tries anew.
      loading = undefined;
      loaded = false;
    }
    wasm.__indirect_function_table.get(callback)(data, loaded);
  };
}
const __NAME__ = {
  __PARTS__
};
