/** Types of `<bintang-scorer>` (docs/embedding.md). Points are hundredths as fractions; times are RFC 3339. */

/** A fraction of hundredths: 1250/1 is 12.5 points. */
export interface Ratio {
  num: number;
  den: number;
}

/** The score of a sheet, as in the envelope of an assessment (docs/assessment.md). */
export interface Score {
  assessment: string;
  /** Nothing asked is unanswered, or a stop fired. */
  complete: boolean;
  total: Ratio;
  /** Hundredths. */
  max: number;
  parts: { id: string; points: Ratio; max: number }[];
  stars_by_points: number;
  stars_by_gates: number;
  cap: number | null;
  withheld: string | null;
  stars: number;
  awarded: boolean;
  unanswered: number;
  unknown_requirements: number;
}

/** `bintang-answers/1`. */
export interface Answers {
  format: "bintang-answers/1";
  rubric: { id: string; version: string };
  answers: Record<string, unknown>;
  requirements?: Record<string, boolean>;
  flags?: string[];
}

/** A sheet; `document` is what was sent of a finished one. */
export interface Sheet {
  assessment: string;
  rubric: { id: string; version: string; sha256: string };
  stage?: "usulan" | "seleksi" | "evaluasi";
  subject?: Record<string, unknown>;
  sheet?: Answers;
  document: { envelope: Record<string, unknown>; signature: unknown } | null;
}

/** What is known of the product, its maker and the assessor. */
export interface Prefill {
  product?: string;
  business?: string;
  owner?: string;
  sentra?: string;
  nib?: string;
  phone?: string;
  village?: string;
  village_code?: string;
  assessor?: string;
  office?: string;
}

export interface Finished {
  assessment: string;
  id: string;
  /** SHA-256 of the canonical envelope, lower-case hexadecimal. */
  digest: string;
}

export interface Proved extends Finished {
  receiver: string;
  received_at: string;
}

export interface Failure {
  code: string;
  message: string;
}

export interface BintangEvents {
  "bintang-ready": CustomEvent<{ assessment: string | null }>;
  "bintang-change": CustomEvent<Score>;
  "bintang-finish": CustomEvent<Finished>;
  "bintang-proved": CustomEvent<Proved>;
  "bintang-error": CustomEvent<Failure>;
}

export interface BintangScorer extends HTMLElement {
  rubric: string;
  /** An address, or `bintang-endpoint/1` as an object or JSON. */
  endpoint: string | object;
  mode: "inline" | "frame" | "link";
  theme: "auto" | "light" | "sun" | "dark";
  prefill: string | Prefill;
  name: string;
  selfAssessment: boolean;
  /** Starts it before it comes into view. */
  begin(): Promise<unknown>;
  getScore(): Promise<Score>;
  getSheet(): Promise<Sheet>;
  /** Begins a new sheet with these answers; what was open stays stored. */
  load(sheet: Sheet | Answers | string): Promise<Score>;
  finish(): Promise<Score>;
  setEndpoint(endpoint: string | object): Promise<null>;
  addEventListener<K extends keyof BintangEvents>(
    type: K, listener: (event: BintangEvents[K]) => unknown, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "bintang-scorer": BintangScorer;
  }
}
