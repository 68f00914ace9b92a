/** What the endpoints of texts, streams and packages answer; see docs/openapi/worker.json. */

export interface WrittenText {
  readonly id: string;
  readonly text: string;
  readonly written_by: string;
  readonly written_at: string;
}

export interface Texts {
  readonly texts: readonly WrittenText[];
  /** Where the console is, of which one page takes an id back. */
  readonly console: string;
}

export interface RecipeFailure {
  readonly ref: string;
  readonly code: string;
  readonly title: string;
  readonly message: string;
  readonly traceback: string;
  readonly output: string;
  readonly unchecked: readonly string[];
  readonly at: string;
}

export type StreamState = "open" | "ended" | "refused" | "failed";

export interface Stream {
  readonly task: string;
  readonly state: StreamState;
  readonly refusal: string | null;
  readonly taken: number;
  readonly drawn_at: string | null;
  readonly failures: readonly RecipeFailure[];
}

export type PackageState = "waiting" | "installing" | "installed" | "refused";

export interface Package {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly state: PackageState;
  readonly published_by: string;
  readonly published_at: string;
  readonly approved_by: string | null;
  readonly approved_at: string | null;
}

export interface PackageDetail extends Package {
  readonly description: {
    readonly recipes: readonly {
      readonly name: string;
      readonly version: number;
      readonly kind: string;
      readonly title: string;
    }[];
  } | null;
  readonly wheels: readonly {
    readonly file_name: string;
    readonly size_bytes: number;
    readonly sha256: string;
  }[];
  readonly log: string;
}

export interface Packages {
  readonly packages: readonly Package[];
  readonly may_approve: boolean;
}
