/**
 * A Bintang endpoint as a Google Apps Script web app: profile simple (docs/endpoints/README.md).
 *
 * It keeps each finishing as a file in a folder of Drive, with its photos beside it under their SHA-256, writes a line
 * into a table, and answers with the receipt. Deploy it as a web app that runs as you and that anyone may reach; the
 * address is the secret.
 */

/** Id of the folder in Drive; the table is made in it. */
const FOLDER = 'ID OF A FOLDER';
const RECEIVER = 'Penerima Apps Script';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function doGet() {
  return said({ receiver: RECEIVER, profiles: ['simple'] });
}

function doPost(event) {
  // Of two that come at once one waits.
  const lock = LockService.getScriptLock();
  try {
    lock.waitLock(30000);
    return said(received(JSON.parse(event.postData.contents)));
  } catch (error) {
    const known = error.problem || { status: 503, code: 'internal', title: 'It could not be stored.' };
    if (!error.problem) console.error(error);
    return said(known);
  } finally {
    lock.releaseLock();
  }
}

/** An answer. Apps Script says 200 to everything, so a refusal is told by its document. */
function said(document) {
  return ContentService.createTextOutput(JSON.stringify(document)).setMimeType(ContentService.MimeType.JSON);
}

function refuse(status, code, title) {
  const error = new Error(title);
  error.problem = { status, code, title };
  throw error;
}

/** A JSON value in its canonical form (RFC 8785); numbers are whole, as everywhere in an assessment. */
function canonical(value) {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (value !== null && typeof value === 'object') {
    // JavaScript compares by UTF-16 code units, as the form wants it.
    return '{' + Object.keys(value).sort().map((name) => JSON.stringify(name) + ':' + canonical(value[name])).join(',') + '}';
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) refuse(422, 'bad_number', 'A number is not whole.');
  return JSON.stringify(value);
}

function hex(bytes) {
  return bytes.map((byte) => ((byte + 256) % 256).toString(16).padStart(2, '0')).join('');
}

function sumOfText(text) {
  return hex(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, text, Utilities.Charset.UTF_8));
}

function received(document) {
  const envelope = document.envelope;
  if (!envelope || envelope.format !== 'bintang-assessment/1' || !ID.test(envelope.id)) {
    refuse(422, 'bad_envelope', 'The document has no envelope bintang-assessment/1 with an id.');
  }
  const named = new Set((envelope.evidence || []).map((entry) => entry.sha256));
  const files = (document.files || []).map((file) => {
    const bytes = Utilities.base64Decode(file.base64);
    const sum = hex(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, bytes));
    if (sum !== file.sha256) refuse(422, 'evidence_mismatch', 'A file is not what its sum says.');
    if (!named.has(sum)) refuse(422, 'unknown_evidence', 'A file is not in the list of evidence.');
    return { sum, bytes, type: file.media_type };
  });
  const digest = sumOfText(canonical(envelope));
  const folder = DriveApp.getFolderById(FOLDER);
  const name = envelope.id + '.json';
  let stored = only(folder, name);
  if (stored) {
    const kept = JSON.parse(stored.getBlob().getDataAsString('UTF-8'));
    if (sumOfText(canonical(kept.envelope)) !== digest) refuse(409, 'conflict', 'Another assessment has this id.');
  } else {
    delete document.files;
    stored = folder.createFile(name, canonical(document), 'application/json');
  }
  // A try that ended in between left the file without its line.
  line(folder, envelope, digest);
  for (const file of files) {
    const photo = envelope.id + '-' + file.sum;
    if (!only(folder, photo)) folder.createFile(Utilities.newBlob(file.bytes, file.type, photo));
  }
  const there = (sum) => only(folder, envelope.id + '-' + sum) !== null;
  const sums = [...named];
  return {
    format: 'bintang-receipt/1',
    id: envelope.id,
    digest,
    evidence: sums.filter(there),
    missing: sums.filter((sum) => !there(sum)),
    // When it was stored, not when it is asked for again: the same document gets the same receipt.
    received_at: stored.getDateCreated().toISOString().slice(0, 19) + 'Z',
    receiver: RECEIVER,
    recomputed: null,
    sender: 'absent',
    signature: null,
  };
}

function only(folder, name) {
  const found = folder.getFilesByName(name);
  while (found.hasNext()) {
    const file = found.next();
    // What somebody threw away is gone in a month.
    if (!file.isTrashed()) return file;
  }
  return null;
}

/** A text as a cell that no table takes for a formula. */
function cell(text) {
  const plain = String(text);
  return /^[=+\-@\t\r]/.test(plain) ? "'" + plain : plain;
}

function line(folder, envelope, digest) {
  const found = only(folder, 'Bintang');
  let table = found && SpreadsheetApp.open(found);
  if (!table) {
    table = SpreadsheetApp.create('Bintang');
    DriveApp.getFileById(table.getId()).moveTo(folder);
    table.appendRow(['id', 'product', 'business', 'stars', 'digest', 'received']);
  }
  if (table.createTextFinder(envelope.id).matchEntireCell(true).findNext()) return;
  const { subject, score } = envelope;
  const cells = [envelope.id, subject.product, subject.business, score.stars, digest].map(cell);
  table.appendRow([...cells, new Date()]);
}
