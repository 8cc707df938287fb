// The services that the sample asks for, as far as it asks, as Google describes them
// (https://developers.google.com/apps-script/reference). Bytes are signed, as there.
"use strict";

globalThis.console = { error: (error) => host.log(`${error} ${error.stack}`) };

globalThis.Utilities = {
  DigestAlgorithm: { SHA_256: "SHA_256" },
  Charset: { UTF_8: "UTF_8" },
  computeDigest: (algorithm, value, charset) => {
    if (algorithm !== "SHA_256") throw new Error("Exception: another algorithm");
    if (typeof value !== "string") return host.sum(value);
    // Without a charset Google takes US-ASCII.
    if (charset !== "UTF_8") throw new Error("Exception: the sample must say in which charset");
    return host.sumOfText(value);
  },
  base64Decode: (text) => host.decoded(text),
  newBlob: (bytes, type, name) => ({ bytes, type, name }),
};

globalThis.ContentService = {
  MimeType: { JSON: "application/json" },
  createTextOutput: (text) => ({ text, setMimeType: () => ({ text }) }),
};

globalThis.LockService = { getScriptLock: () => ({ waitLock: () => undefined, releaseLock: () => undefined }) };

const drive = (() => {
  const files = [];
  const tables = new Map();
  const file = (name, content, type) => {
    const id = `file-${files.length}`;
    const made = {
      content,
      type,
      trashed: false,
      folder: null,
      created: new Date(),
      getDateCreated: () => made.created,
      getId: () => id,
      getName: () => name,
      isTrashed: () => made.trashed,
      moveTo: (folder) => {
        made.folder = folder;
        return made;
      },
      getBlob: () => ({ getDataAsString: () => made.content }),
    };
    files.push(made);
    return made;
  };
  const folder = {
    getFilesByName: (name) => {
      // Drive has as many files of one name as were made.
      const found = files.filter((one) => one.folder === folder && one.getName() === name);
      return { hasNext: () => found.length > 0, next: () => found.shift() };
    },
    createFile: (name, content, type) => {
      const made = typeof name === "string" ? file(name, content, type) : file(name.name, name.bytes, name.type);
      return made.moveTo(folder);
    },
  };
  const table = (id) => {
    const rows = [];
    return {
      rows,
      getId: () => id,
      appendRow: (cells) => rows.push(cells),
      createTextFinder: (text) => ({
        matchEntireCell: () => ({ findNext: () => (rows.flat().includes(text) ? {} : null) }),
      }),
    };
  };
  globalThis.DriveApp = {
    getFolderById: (id) => {
      if (id !== "folder-of-the-test") throw new Error("Exception: No item with the given ID could be found.");
      return folder;
    },
    getFileById: (id) => files.find((one) => one.getId() === id),
  };
  globalThis.SpreadsheetApp = {
    create: (name) => {
      const made = file(name, null, "application/vnd.google-apps.spreadsheet");
      tables.set(made.getId(), table(made.getId()));
      return tables.get(made.getId());
    },
    open: (one) => tables.get(one.getId()),
  };
  return { files, tables };
})();

/** What is there now. */
globalThis.kept = () => {
  const hex = (bytes) => bytes.map((byte) => ((byte + 256) % 256).toString(16).padStart(2, "0")).join("");
  const [documents, photos, broken] = [new Set(), new Set(), []];
  for (const file of drive.files) {
    const name = file.getName();
    if (name.endsWith(".json")) {
      if (documents.has(name)) broken.push(`twice: ${name}`);
      documents.add(name);
    } else if (name !== "Bintang") {
      if (photos.has(name)) broken.push(`twice: ${name}`);
      if (hex(host.sum(file.content)) !== name.slice(-64)) broken.push(`another photo: ${name}`);
      photos.add(name);
    }
  }
  const rows = [...drive.tables.values()].flatMap((table) => table.rows.slice(1));
  return JSON.stringify({ documents: documents.size, photos: photos.size, rows, broken });
};

globalThis.asked = (body) => doPost({ postData: { contents: body } }).text;
