/** The shapes of the REST API that the screens use; names follow docs/architecture.md. */

export type Role = "owner" | "admin" | "developer" | "reviewer" | "annotator";

export interface Page<Row> {
  results: Row[];
  next: string | null;
  previous: string | null;
}

export interface OrganizationRef {
  id: string;
  slug: string;
  name: string;
}

export interface Me {
  id: string;
  email: string;
  name: string;
  memberships: { organization: OrganizationRef; role: Role }[];
}

export interface InvitationPreview {
  organization: string;
  email: string;
  role: Role;
  inviter: string;
  expired: boolean;
  has_account: boolean;
}

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
  joined_at: string;
  simulated: boolean;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  invited_by: string | null;
  expires_at: string;
  state: string;
}

export interface ApiToken {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  last_used_at: string | null;
  expires_at: string | null;
}

export type ClusterState = "pending" | "unconfirmed" | "active" | "silent" | "revoked";

export interface ClusterHealth {
  free_slots: number;
  running_jobs: number;
  outbox_events: number;
  ledger_rows: number;
}

export interface Cluster {
  id: string;
  name: string;
  slug: string;
  origin: string;
  state: ClusterState;
  fingerprint: string | null;
  worker_version: string | null;
  last_seen_at: string | null;
  health: ClusterHealth | null;
}

export interface JoinToken {
  join_token: string;
  expires_at: string;
  command: string;
}

export interface Setup {
  data: boolean;
  labels: boolean;
  held_back: boolean;
  people: boolean;
  target: boolean;
  suggestions: boolean;
  model: boolean;
}

export interface Project {
  id: string;
  title: string;
  cluster: string;
  created_at: string;
  target_f: number | null;
  counts: { examples: number; answered: number; models: number };
  setup: Setup;
}

export interface ProjectMember {
  id: string;
  member: string;
  name: string;
  role: Role;
  simulated: boolean;
}

export interface Label {
  id?: string;
  name: string;
  colour: string;
  key: string | null;
  position: number;
  retired: boolean;
}

export interface LabelScheme {
  version: number;
  labels: Label[];
}

export type AssetKind = "data" | "patterns" | "guidelines";
export type AssetState = "empty" | "uploaded" | "ready";

export interface Asset {
  id: string;
  name: string;
  kind: AssetKind;
  state: AssetState;
  version: number;
  rows: number | null;
  size_bytes: number | null;
  hold_back: number | null;
  cluster_url: string;
  dataset: string | null;
  evaluation_dataset: string | null;
}

export interface Dataset {
  id: string;
  name: string;
  role: "training" | "evaluation";
  examples: number;
  accepted: number;
  rejected: number;
  ignored: number;
}

export type PredictorKind = "rules" | "model";

export interface PredictorRef {
  kind: PredictorKind;
  id: string;
}

export interface Predictor extends PredictorRef {
  name: string;
}

export type TaskState = "open" | "paused" | "closed";

export interface TaskAnnotator {
  member: string;
  name: string;
  simulated: boolean;
  accepted: number;
  rejected: number;
  ignored: number;
  working_seconds: number;
}

export interface Task {
  id: string;
  title: string;
  recipe: string;
  state: TaskState;
  dataset: string;
  evaluation_dataset: string | null;
  evaluation_share: number;
  labels: string[];
  suggestions: PredictorRef | null;
  guidelines: string | null;
  overlap: number;
  lease_seconds: number;
  progress: {
    examples: number;
    answered: number;
    evaluation_examples: number;
    evaluation_answered: number;
  };
  annotators: TaskAnnotator[];
  cluster_url: string;
}

export type JobState =
  | "queued"
  | "offered"
  | "held"
  | "running"
  | "lost"
  | "succeeded"
  | "failed"
  | "cancelled";

export type JobRecipe =
  | "import.v1"
  | "export.v1"
  | "predict.v1"
  | "evaluate.v1"
  | "train.v1"
  | "train-curve.v1"
  | "package.v1";

export interface JobFailure {
  code: string;
  stage: string;
  ref: string;
  family: "customer" | "ours" | "transient";
  title: string;
  what_to_do: string;
  affected: number | null;
  cluster_url: string;
}

export interface Job {
  id: string;
  recipe: JobRecipe;
  title: string;
  state: JobState;
  arguments: Record<string, unknown>;
  epoch: number;
  progress: { stage: string; done: number; total: number | null } | null;
  failure: JobFailure | null;
  created_by: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  silent: boolean;
  outputs: Record<string, unknown> | null;
}

export interface Model {
  id: string;
  name: string;
  component: string;
  training_examples: number | null;
  size_bytes: number | null;
  seed: number | null;
  trained_at: string | null;
  seconds: number | null;
  packaged: boolean;
  job: string | null;
  cluster_url: string;
}

export interface LabelScore {
  label: string;
  name: string;
  precision: number | null;
  recall: number | null;
  f: number | null;
  support: number | null;
  suppressed: boolean;
}

export interface Evaluation {
  id: string;
  predictor: Predictor;
  dataset: string;
  training_examples: number | null;
  evaluation_examples: number | null;
  precision: number | null;
  recall: number | null;
  f: number | null;
  per_label: LabelScore[];
  words_per_second: number | null;
  size_bytes: number | null;
  fraction: number | null;
  state: string;
  finished_at: string | null;
}

export interface BoardRow extends Evaluation {
  kind: PredictorKind;
  sentence: string;
  ahead: boolean;
}

export interface CurvePoint {
  examples: number;
  f: number;
  low: number;
  high: number;
}

export interface Board {
  dataset: string | null;
  evaluation_examples: number | null;
  sentence: string;
  rows: BoardRow[];
  curve: CurvePoint[];
  baseline: { name: string; f: number } | null;
  passes_at: number | null;
  target_f: number | null;
}

export interface AuditRow {
  id: string;
  at: string;
  actor: string | null;
  verb: string;
  noun: string;
  noun_id: string;
}
