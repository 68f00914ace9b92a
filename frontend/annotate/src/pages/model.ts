/** Shapes of `/api/models/{model}`. Figures are ratios from 0 to 1; nothing is suppressed here. */
export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly f: number;
  readonly support: number;
}

export interface Evaluation {
  readonly id: string;
  readonly dataset: string;
  readonly evaluation_examples: number;
  readonly training_examples: number;
  /** The share of the training answers: 1, or less for a point of a learning curve. */
  readonly fraction: number;
  readonly scores: {
    readonly overall: Figures;
    readonly per_label: Readonly<Record<string, Figures>>;
  };
  readonly words_per_second: number;
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly project: string;
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

/** How a model did on one dataset: with all its answers, and on the way there. */
export interface Measured {
  readonly full: Evaluation;
  /** From few answers to many, the full ones last; empty where nothing smaller was measured. */
  readonly curve: readonly Evaluation[];
}

/** One entry per dataset, in the order given: newest first. What was measured again counts once. */
export function byDataset(evaluations: readonly Evaluation[]): Measured[] {
  const datasets = new Map<string, Map<number, Evaluation>>();
  for (const evaluation of evaluations) {
    const points = datasets.get(evaluation.dataset) ?? new Map<number, Evaluation>();
    datasets.set(evaluation.dataset, points);
    if (!points.has(evaluation.fraction)) points.set(evaluation.fraction, evaluation);
  }
  return [...datasets.values()].flatMap((points) => {
    const curve = [...points.values()].sort((one, other) => one.fraction - other.fraction);
    const full = curve.at(-1);
    return full ? [{ full, curve: curve.length > 1 ? curve : [] }] : [];
  });
}
