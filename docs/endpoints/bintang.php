<?php
/**
 * A Bintang endpoint in one file: profiles multipart, json and simple (docs/endpoints/README.md).
 *
 * It keeps each finishing in a folder of its own, FOLDER/ID, with `assessment.json` exactly as it came and every photo
 * under its SHA-256, and answers with a receipt that names only what it has synced to the disk.
 *
 * Needs PHP 8.1 or newer, no extension, and the settings of user.ini. Copy it to the web host and set the three constants.
 */

declare(strict_types=1);

/** Where assessments are kept. Never below what the web server shows. */
define('FOLDER', getenv('BINTANG_FOLDER') ?: dirname(__DIR__) . '/bintang-data');
/** What receipts say of who received. */
define('RECEIVER', getenv('BINTANG_RECEIVER') ?: 'Penerima PHP');
/** SHA-256 of the token, in hexadecimal (`printf %s TOKEN | sha256sum`); empty lets everybody send. */
define('TOKEN_SHA256', getenv('BINTANG_TOKEN_SHA256') ?: '');

const ID = '/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/D';
const SUM = '/^[0-9a-f]{64}$/D';

/** Why something is refused: an HTTP status, a stable code, a sentence (RFC 9457). */
final class Refused extends Exception
{
    public function __construct(public readonly int $status, public readonly string $problem, string $sentence)
    {
        parent::__construct($sentence);
    }
}

/** Answers with a document, and ends. */
function answer(int $status, array $document, string $type = 'application/json'): never
{
    http_response_code($status);
    header("Content-Type: $type");
    header('Cache-Control: no-store');
    header('X-Content-Type-Options: nosniff');
    echo json_encode($document, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    exit;
}

/** Pages of the app ask from another site (Fetch, "CORS protocol"). Nothing here depends on cookies. */
function let_pages_in(): void
{
    header('Access-Control-Allow-Origin: *');
    header('Access-Control-Expose-Headers: Retry-After');
    if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
        header('Access-Control-Allow-Methods: GET, POST');
        header('Access-Control-Allow-Headers: Authorization, Content-Type, Idempotency-Key, Content-Digest');
        header('Access-Control-Max-Age: 86400');
        http_response_code(204);
        exit;
    }
}

/** Photos and names must not be one address away from everybody. */
function check_folder(): void
{
    // As far as it exists: what is missing is made below it.
    for ($kept = FOLDER; realpath($kept) === false && dirname($kept) !== $kept; $kept = dirname($kept));
    $web = realpath($_SERVER['DOCUMENT_ROOT'] ?? '');
    if ($web !== false && str_starts_with(realpath($kept) . '/', rtrim($web, '/') . '/')) {
        throw new Refused(500, 'open_folder', 'The folder for assessments lies in the web: set FOLDER to another one.');
    }
}

function check_token(): void
{
    if (TOKEN_SHA256 === '') {
        return;
    }
    // Apache hands the header over under the second name where it runs PHP as CGI.
    $said = $_SERVER['HTTP_AUTHORIZATION'] ?? $_SERVER['REDIRECT_HTTP_AUTHORIZATION'] ?? '';
    if ($said === '') {
        throw new Refused(401, 'no_token', 'Send a token: Authorization: Bearer …');
    }
    $token = preg_match('/^Bearer +(\S+)$/Di', $said, $found) ? $found[1] : '';
    if (!hash_equals(TOKEN_SHA256, hash('sha256', $token))) {
        throw new Refused(401, 'wrong_token', 'This token is not known here.');
    }
}

/** A JSON value in its canonical form (RFC 8785); numbers are whole, as everywhere in an assessment. */
function canonical(mixed $value): string
{
    if ($value instanceof stdClass) {
        $members = get_object_vars($value);
        $names = array_map('strval', array_keys($members));
        // By UTF-16 code units (section 3.2.3): surrogates stand before U+E000.
        usort($names, fn (string $one, string $other) => strcmp(utf16($one), utf16($other)));
        $pairs = array_map(fn (string $name) => text($name) . ':' . canonical($members[$name]), $names);
        return '{' . implode(',', $pairs) . '}';
    }
    return match (true) {
        is_array($value) => '[' . implode(',', array_map('canonical', $value)) . ']',
        is_string($value) => text($value),
        is_int($value) => (string) $value,
        is_bool($value) => $value ? 'true' : 'false',
        $value === null => 'null',
        default => throw new Refused(422, 'bad_number', 'All numbers in an assessment are whole numbers.'),
    };
}

function text(string $text): string
{
    $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR;
    return json_encode($text, $flags);
}

function utf16(string $text): string
{
    $units = '';
    foreach (preg_split('//u', $text, -1, PREG_SPLIT_NO_EMPTY) as $letter) {
        $code = code_point($letter);
        $units .= $code < 0x10000
            ? pack('n', $code)
            : pack('nn', 0xD800 + (($code - 0x10000) >> 10), 0xDC00 + (($code - 0x10000) & 0x3FF));
    }
    return $units;
}

function code_point(string $letter): int
{
    $bytes = array_values(unpack('C*', $letter));
    return match (count($bytes)) {
        1 => $bytes[0],
        2 => ($bytes[0] & 0x1F) << 6 | $bytes[1] & 0x3F,
        3 => ($bytes[0] & 0x0F) << 12 | ($bytes[1] & 0x3F) << 6 | $bytes[2] & 0x3F,
        default => ($bytes[0] & 0x07) << 18 | ($bytes[1] & 0x3F) << 12 | ($bytes[2] & 0x3F) << 6 | $bytes[3] & 0x3F,
    };
}

/** What came: the document as it is stored, and files by the sum that is said of them. */
function received(): array
{
    $type = strtolower(trim(explode(';', $_SERVER['CONTENT_TYPE'] ?? '')[0]));
    if ($type === 'multipart/form-data') {
        if ($_POST === [] && $_FILES === [] && (int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > 0) {
            throw new Refused(413, 'too_large', 'The form is larger than post_max_size of this host.');
        }
        $document = $_POST['assessment'] ?? null;
        if (!is_string($document)) {
            throw new Refused(422, 'bad_form', 'The form has no field "assessment".');
        }
        return [decoded($document), uploaded()];
    }
    if ($type !== 'application/json' && $type !== 'text/plain') {
        throw new Refused(415, 'media_type', 'Send multipart/form-data, application/json or text/plain.');
    }
    $document = decoded((string) file_get_contents('php://input'));
    $files = [];
    foreach (is_array($document->files ?? null) ? $document->files : [] as $file) {
        $sum = $file->sha256 ?? null;
        $bytes = is_string($file->base64 ?? null) ? base64_decode($file->base64, true) : false;
        if (!is_string($sum) || $bytes === false) {
            throw new Refused(422, 'bad_file', 'A file has no sum, or is not base64.');
        }
        $files[$sum] = $bytes;
    }
    unset($document->files);
    return [$document, $files];
}

function decoded(string $text): stdClass
{
    $document = json_decode($text, false, 64, JSON_BIGINT_AS_STRING);
    if (!$document instanceof stdClass) {
        throw new Refused(422, 'not_json', 'The body is no JSON object: ' . json_last_error_msg());
    }
    // The app sends its documents in canonical form. Whatever is not is not from it: a name that stands there twice,
    // numbers that are not whole.
    $files = is_array($document->files ?? null) ? $document->files : null;
    $sealed = clone $document;
    unset($sealed->files);
    $open = substr(canonical($sealed), 0, -1);
    if (!str_starts_with($text, $open) || ($files === null && $text !== "$open}")) {
        throw new Refused(422, 'not_canonical', 'The document is not in the form that the app sends.');
    }
    return $document;
}

/** Files of a form, by the names that it gives them. */
function uploaded(): array
{
    $files = [];
    $sent = $_FILES['evidence'] ?? ['name' => []];
    foreach ((array) $sent['name'] as $place => $sum) {
        if (((array) $sent['error'])[$place] !== UPLOAD_ERR_OK) {
            throw new Refused(413, 'too_large', 'A file is larger than upload_max_filesize of this host.');
        }
        $files[$sum] = (string) file_get_contents(((array) $sent['tmp_name'])[$place]);
    }
    return $files;
}

/** Writes a file that is whole and on the disk once it has its name; one that is there stays. */
function keep(string $path, string $bytes): void
{
    $folder = dirname($path);
    if (is_file($path)) {
        // Whoever wrote it may have been stopped before it was synced.
        sync_names($path, $folder, dirname($folder), dirname($folder, 2));
        return;
    }
    if (!is_dir($folder) && !@mkdir($folder, 0700, true) && !is_dir($folder)) {
        throw new RuntimeException('The folder for assessments cannot be made.');
    }
    $part = $folder . '/' . bin2hex(random_bytes(8)) . '.part';
    $file = fopen($part, 'xb');
    $whole = $file !== false && fwrite($file, $bytes) === strlen($bytes) && fflush($file) && fsync($file);
    if ($file !== false) {
        fclose($file);
    }
    $there = $whole && named($part, $path);
    @unlink($part);
    if (!$there) {
        throw new RuntimeException('There is no room on the disk, or it cannot be written.');
    }
    sync_names($folder, dirname($folder), dirname($folder, 2));
}

/** Gives a file its name, and never takes the place of what somebody else has written meanwhile. */
function named(string $part, string $path): bool
{
    if (function_exists('link') && (@link($part, $path) || is_file($path))) {
        return true;
    }
    // Some hosts forbid links, some disks have none: one after the other, then.
    $lock = fopen(FOLDER . '/.lock', 'c');
    if ($lock === false || !flock($lock, LOCK_EX)) {
        return false;
    }
    $there = is_file($path) || rename($part, $path);
    fclose($lock);
    return $there;
}

/** The name, and the folders' own names; what cannot be opened the system syncs when it likes. */
function sync_names(string ...$paths): void
{
    foreach ($paths as $path) {
        $open = @fopen($path, 'r');
        if ($open !== false) {
            @fsync($open);
            fclose($open);
        }
    }
}

function post(): never
{
    [$document, $files] = received();
    $envelope = $document->envelope ?? null;
    $id = $envelope->id ?? null;
    if (($envelope->format ?? null) !== 'bintang-assessment/1' || !is_string($id) || !preg_match(ID, $id)) {
        throw new Refused(422, 'bad_envelope', 'The document has no envelope bintang-assessment/1 with an id.');
    }
    $digest = hash('sha256', canonical($envelope));
    $named = [];
    foreach (is_array($envelope->evidence ?? null) ? $envelope->evidence : [] as $entry) {
        $sum = $entry->sha256 ?? null;
        if (!is_string($sum) || !preg_match(SUM, $sum)) {
            throw new Refused(422, 'bad_envelope', 'A file in the list of evidence has no sum.');
        }
        $named[$sum] = true;
    }
    foreach ($files as $sum => $bytes) {
        if (!isset($named[$sum])) {
            throw new Refused(422, 'unknown_evidence', 'A file is not in the list of evidence.');
        }
        if (hash('sha256', $bytes) !== (string) $sum) {
            throw new Refused(422, 'evidence_mismatch', 'A file is not what its sum says.');
        }
    }
    $replaces = $envelope->replaces ?? null;
    if ($replaces !== null) {
        $before = is_string($replaces->id ?? null) && preg_match(ID, $replaces->id) ? stored($replaces->id) : null;
        // What is not here may have been withdrawn before it was ever sent, or sent elsewhere.
        if ($before !== null && $before !== ($replaces->digest ?? null)) {
            throw new Refused(422, 'bad_replaces', 'What it replaces stands here with other content.');
        }
    }
    $new = !is_file(FOLDER . "/$id/assessment.json");
    // Of two that come at once the first one stays; what stands there then decides.
    keep(FOLDER . "/$id/assessment.json", canonical($document));
    if (stored($id) !== $digest) {
        throw new Refused(409, 'conflict', 'Another assessment has this id.');
    }
    foreach ($files as $sum => $bytes) {
        keep(FOLDER . "/$id/$sum", $bytes);
    }
    $sums = array_map('strval', array_keys($named));
    $there = fn (string $sum) => is_file(FOLDER . "/$id/$sum");
    answer($new ? 201 : 200, [
        'format' => 'bintang-receipt/1',
        'id' => $id,
        'digest' => $digest,
        'evidence' => array_values(array_filter($sums, $there)),
        'missing' => array_values(array_filter($sums, fn (string $sum) => !$there($sum))),
        'received_at' => gmdate('Y-m-d\TH:i:s\Z', filemtime(FOLDER . "/$id/assessment.json")),
        'receiver' => RECEIVER,
        'recomputed' => null,
        'sender' => 'absent',
        'signature' => null,
    ]);
}

/** Digest of the envelope that is stored under an id. */
function stored(string $id): ?string
{
    $text = @file_get_contents(FOLDER . "/$id/assessment.json");
    $document = $text === false ? null : json_decode($text, false, 64, JSON_BIGINT_AS_STRING);
    return $document instanceof stdClass ? hash('sha256', canonical($document->envelope)) : null;
}

try {
    let_pages_in();
    check_folder();
    check_token();
    match ($_SERVER['REQUEST_METHOD']) {
        'POST' => post(),
        'GET', 'HEAD' => answer(200, ['receiver' => RECEIVER, 'profiles' => ['multipart', 'json', 'simple']]),
        default => throw new Refused(405, 'method', 'GET and POST are answered here.'),
    };
} catch (Refused $refused) {
    answer($refused->status, [
        'status' => $refused->status,
        'code' => $refused->problem,
        'title' => $refused->getMessage(),
    ], 'application/problem+json');
} catch (Throwable $error) {
    // What went wrong is for the host's log, not for whoever asks.
    error_log($error->getMessage());
    answer(500, ['status' => 500, 'code' => 'internal', 'title' => 'It could not be stored.'], 'application/problem+json');
}
