// Put before the app's scripts by the tests' server. Everything rests until a test calls for it.
"use strict";

(() => {
  const connections = new Set();
  const running = new Set();
  const torture = { puts: 0, fullFrom: Infinity, fullTo: Infinity };

  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...words) {
    const request = open.apply(this, words);
    request.addEventListener("success", () => connections.add(request.result));
    return request;
  };
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...words) {
    const begun = transaction.apply(this, words);
    running.add(begun);
    for (const end of ["complete", "abort"]) begun.addEventListener(end, () => running.delete(begun));
    return begun;
  };
  // As a browser does when its store fails: what runs is taken back, the connection is gone, and the page is told.
  torture.close = () => {
    for (const begun of running) {
      try { begun.abort(); } catch { /* it has ended just now */ }
    }
    const closed = [...connections];
    connections.clear();
    for (const connection of closed) {
      connection.close();
      connection.dispatchEvent(new Event("close"));
    }
    return closed.length;
  };

  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...words) {
    torture.puts += 1;
    if (torture.puts >= torture.fullFrom && torture.puts < torture.fullTo) {
      const full = new DOMException("injected", "QuotaExceededError");
      if (!torture.late) throw full;
      // As a full disk is told: not to the request, but at the transaction's end.
      const [begun, request] = [this.transaction, put.apply(this, words)];
      Object.defineProperty(begun, "error", { get: () => full, configurable: true });
      queueMicrotask(() => { try { begun.abort(); } catch { /* it has ended just now */ } });
      return request;
    }
    return put.apply(this, words);
  };
  // Refuses the writes from the given one on, so many of them.
  torture.fill = (from, many, late = false) =>
    Object.assign(torture, { puts: 0, fullFrom: from, fullTo: from + many, late });
  torture.free = () => Object.assign(torture, { fullFrom: Infinity, fullTo: Infinity });

  // A tab of an app of the first schema: it holds the store, and lets go when it is asked, unless it is frozen.
  let held;
  addEventListener("torture-hold", ({ detail }) => {
    delete document.documentElement.dataset.held;
    const asked = indexedDB.open("bintang", 1);
    asked.onsuccess = () => {
      held = asked.result;
      if (detail !== "frozen") held.onversionchange = () => held.close();
      document.documentElement.dataset.held = "yes";
    };
  });
  addEventListener("torture-let-go", () => held.close());

  // In milliseconds; kept over loads. `torture.shift` sets the clock within the page, as a hand on the phone does.
  let shift = Number(localStorage.getItem("torture-clock") ?? 0);
  torture.shift = (by) => {
    shift = by;
    localStorage.setItem("torture-clock", `${by}`);
  };
  const Clock = Date;
  globalThis.Date = class extends Clock {
    constructor(...words) {
      super(...(words.length > 0 ? words : [Clock.now() + shift]));
    }

    static now() {
      return Clock.now() + shift;
    }
  };
  // A driver's scripts may have another clock than the page.
  torture.now = () => Date.now();
  globalThis.torture = torture;
})();
