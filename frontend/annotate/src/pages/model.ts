/** Shapes of `/api/models/{model}`. Figures are ratios from 0 to 1; nothing is suppressed here. */
export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly f: number;
  readonly support: number;
}

export interface Evaluation {
  readonly id: string;
  readonly evaluation_examples: number;
  readonly training_examples: number;
  readonly scores: {
    readonly overall: Figures;
    readonly per_label: Readonly<Record<string, Figures>>;
  };
  readonly words_per_second: number;
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly component: string;
  readonly labels: readonly string[];
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
