/** The asset endpoints of docs/architecture.md, "Worker HTTP". */
import {
  type Problem,
  RefusedError,
  SignedOutError,
  UnreachableError,
} from "@annex/annotator-core";
import { http } from "../app/session";

export type FileFormat =
  | "jsonl"
  | "json"
  | "label_studio"
  | "csv"
  | "tsv"
  | "txt"
  | "conll"
  | "parquet"
  | "spacy";

export interface Plan {
  readonly format: FileFormat;
  readonly text_column: string;
  readonly spans_column?: string | null;
  readonly choices_column?: string | null;
  readonly relations_column?: string | null;
  /** Else two marks that overlap are a mistake. */
  readonly may_overlap?: boolean;
  readonly answer_column?: string | null;
  readonly meta_columns: readonly string[];
  readonly encoding: string;
  readonly delimiter: string;
  /** Whether a quote begins a quoted cell of CSV or TSV. */
  readonly quoted: boolean;
  readonly on_bad_rows: "refuse" | "skip";
}

export interface Asset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  readonly project: string;
  readonly file: {
    readonly name: string;
    readonly size_bytes: number;
    readonly rows: number | null;
    readonly format: string | null;
    /** Null for an upload, which nobody can add to. */
    readonly root: string | null;
    /** How many files a pattern found; 1 for a file of its own. */
    readonly files: number;
  } | null;
  readonly plan: Plan | null;
  readonly hold_back: number;
  readonly max_hold_back: number | null;
  readonly roots: readonly string[];
  readonly problems_count: number;
  /** How the last import of the file stands; null until one has begun. */
  readonly import_state: "running" | "visible" | "refused" | null;
}

export interface RowProblem {
  /** The file's path below its root, or empty for an asset of one file. */
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** A mark as the file has it, so perhaps wrong. */
export interface PreviewSpan {
  readonly start: unknown;
  readonly end: unknown;
  readonly label: string;
}

/** One record: its cells as they stand, what the plan makes of them, and a problem's code. */
export interface PreviewRow {
  readonly file: string;
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly text: string | null;
  readonly spans: readonly PreviewSpan[];
  /** Names of the labels chosen for the whole text. */
  readonly choices: readonly string[];
  readonly answer: string | null;
  readonly problem: string | null;
}

export interface Preview {
  readonly columns: readonly string[];
  readonly rows: readonly PreviewRow[];
  readonly labels_found: readonly {
    readonly name: string;
    readonly count: number;
    readonly registered: boolean;
  }[];
  readonly problems: readonly RowProblem[];
  /** How many of the scanned rows each kind of problem concerns, the most first. */
  readonly problems_found: readonly { readonly code: string; readonly count: number }[];
  readonly format: FileFormat;
  /** Rows that were searched for labels and problems. */
  readonly scanned_rows: number;
  /** Null when the file is longer than what was scanned. */
  readonly total_rows: number | null;
}

export interface RootEntry {
  readonly name: string;
  readonly path: string;
  readonly is_folder: boolean;
  readonly size_bytes: number | null;
}

/** What a pattern finds below a root; `first` are some of the files, in the order of import. */
export interface Matches {
  readonly files: number;
  readonly size_bytes: number;
  readonly first: readonly { readonly path: string; readonly size_bytes: number }[];
}

/** What has become of the files since the last import; `rows` and `size_bytes` are what is new. */
export interface Growth {
  readonly rows: number;
  readonly size_bytes: number;
  readonly new_files: number;
  readonly grown_files: number;
  readonly rewritten_files: number;
  /** The first of the files that were rewritten. */
  readonly rewritten: readonly string[];
}

/** Confirmed, and then not one row of it taken: the file must be read otherwise, or changed. */
export const isRefused = (asset: Asset) =>
  asset.state === "ready" && asset.import_state === "refused";

export type Stage = "empty" | "uploaded" | "refused" | "importing" | "ready";

/** Where a data file stands, from nothing chosen to examples that can be annotated. */
export function stageOf(asset: Asset): Stage {
  if (isRefused(asset)) return "refused";
  if (asset.state === "empty" || asset.state === "uploaded") return asset.state;
  return asset.import_state === "visible" ? "ready" : "importing";
}

const path = (asset: string, rest = "") => `/api/assets/${asset}${rest}`;

export const getAsset = (asset: string) => http.get<Asset>(path(asset));

export const preview = (asset: string, plan: Plan) =>
  http.send<Preview>("POST", path(asset, "/preview"), { json: { plan }, timeoutSeconds: 60 });

export const confirm = (asset: string, plan: Plan, holdBack: number) =>
  http.send<Asset>("POST", path(asset, "/confirm"), {
    json: { plan, hold_back: holdBack },
    timeoutSeconds: 120,
  });

export const pick = (asset: string, root: string, file: string) =>
  http.send<Asset>("POST", path(asset, "/pick"), {
    json: { root, path: file },
    timeoutSeconds: 120,
  });

export const pickPattern = (asset: string, root: string, pattern: string) =>
  http.send<Asset>("POST", path(asset, "/pick"), {
    json: { root, pattern },
    timeoutSeconds: 120,
  });

export const findFiles = (root: string, pattern: string) =>
  http.send<Matches>("GET", `/api/roots/${root}/matches?pattern=${encodeURIComponent(pattern)}`, {
    timeoutSeconds: 60,
  });

export const getGrowth = (asset: string) =>
  http.send<Growth>("GET", path(asset, "/growth"), { timeoutSeconds: 120 });

export const importAgain = (asset: string, whole: boolean) =>
  http.send<Asset>("POST", path(asset, "/growth"), { json: { whole }, timeoutSeconds: 120 });

export const listRoot = (root: string, folder: string) =>
  http.get<{ entries: readonly RootEntry[]; is_cut: boolean }>(
    `/api/roots/${root}/files?path=${encodeURIComponent(folder)}`,
  );

export const getProblems = (asset: string) =>
  http.get<{ total: number; listed: readonly RowProblem[] }>(path(asset, "/problems"));

/** Send a file from this computer; `onProgress` gets a share from 0 to 1. fetch cannot tell, so XHR. */
export function upload(
  asset: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<Asset> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path(asset, "/upload"));
    request.setRequestHeader("X-CSRF-Token", http.csrfToken);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded / Math.max(1, event.total));
    request.onerror = () => reject(new UnreachableError(null, null));
    request.onload = () => {
      if (request.status < 300 && request.response) resolve(request.response as Asset);
      else reject(uploadFailure(request));
    };
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}

function uploadFailure(request: XMLHttpRequest): Error {
  if (request.status === 401) return new SignedOutError(null);
  const problem = request.response as Problem | null;
  if (!problem?.code || request.status >= 500) return new UnreachableError(request.status, null);
  return new RefusedError({ ...problem, status: request.status });
}
