/** Shapes of `/api/models/{model}`. Scores are shares from 0 to 1, or 0 to 100 where the worker says so. */
export interface LabelScore {
  readonly label?: string;
  readonly name?: string;
  readonly precision: number;
  readonly recall: number;
  readonly f: number;
  readonly support: number;
}

export interface Evaluation {
  readonly dataset?: string;
  readonly dataset_id?: string;
  readonly evaluation_examples?: number;
  readonly precision: number;
  readonly recall: number;
  readonly f: number;
  readonly per_label: readonly LabelScore[];
  readonly words_per_second?: number | null;
}

export type ModelLabel = string | { readonly id: string; readonly name: string };

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly component: string;
  readonly labels: readonly ModelLabel[];
  readonly seed: number;
  readonly snapshot: string;
  readonly config: string;
  readonly training_examples: number;
  readonly size_bytes: number;
  readonly trained_at: string;
  readonly wheel: {
    readonly file_name: string;
    readonly size_bytes: number;
    readonly sha256: string;
  } | null;
  readonly evaluations: readonly Evaluation[];
}
