// A template: `cargo xtask build` puts this at the foot of wasm-bindgen's glue. It loads the parts of the app that come
// after the first screen (docs/adr/0007): each once, into the memory and the table of functions of the running module, with
// the style of their pages; inside somebody else's page both are the page's to bring (docs/adr/0022). At the end it starts
// the instance.
const style = bintangHost.style ?? (() => new Promise((resolve, reject) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: new URL("__STYLE__", import.meta.url), onload: resolve });
  link.onerror = () => {
    link.remove();
    reject();
  };
  document.head.append(link);
}));
const code = bintangHost.code ?? (async (file) => {
  const response = await fetch(file);
  if (!response.ok) throw new TypeError(`${file}: ${response.status}`);
  // Not while it streams: that asks for a media type which simple hosts do not send.
  return response.arrayBuffer();
});
function part(file) {
  let loading;
  const load = async () => {
    const styled = style();
    await WebAssembly.instantiate(await code(new URL(file, import.meta.url)), { __wasm_split: wasm });
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
// Starts the instance, from the address of its module or from the module itself.
return async (source) => {
  const imports = __wbg_get_imports();
  if (source instanceof WebAssembly.Module) return __wbg_finalize_init(await WebAssembly.instantiate(source, imports));
  // Simple hosts send it with a media type that no stream is taken with.
  const whole = async () => WebAssembly.instantiate(await (await fetch(source)).arrayBuffer(), imports);
  __wbg_finalize_init((await WebAssembly.instantiateStreaming(fetch(source), imports).catch(whole)).instance);
};
