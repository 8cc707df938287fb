// Put before the app's scripts by the tests' server. Everything rests until a test calls for it.
"use strict";

(() => {
  const connections = new Set();
  const torture = { puts: 0, fullFrom: Infinity, fullTo: Infinity };

  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...words) {
    const request = open.apply(this, words);
    request.addEventListener("success", () => connections.add(request.result));
    return request;
  };
  // As a browser does when its store fails: the connection is gone, and the page is told.
  torture.close = () => {
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
      throw new DOMException("injected", "QuotaExceededError");
    }
    return put.apply(this, words);
  };
  // Refuses the writes from the given one on, so many of them.
  torture.fill = (from, many) => Object.assign(torture, { puts: 0, fullFrom: from, fullTo: from + many });
  torture.free = () => Object.assign(torture, { fullFrom: Infinity, fullTo: Infinity });

  // In milliseconds; holds from the next load on.
  const shift = Number(localStorage.getItem("torture-clock") ?? 0);
  if (shift !== 0) {
    const Clock = Date;
    globalThis.Date = class extends Clock {
      constructor(...words) {
        super(...(words.length > 0 ? words : [Clock.now() + shift]));
      }

      static now() {
        return Clock.now() + shift;
      }
    };
  }
  // A driver's scripts may have another clock than the page.
  torture.now = () => Date.now();
  globalThis.torture = torture;
})();
