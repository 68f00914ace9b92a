/** The API's shapes as the screens use them: generated, and narrowed where it answers an enum as text. */
import type { components } from "./schema";

type Schemas = components["schemas"];

/** `Shape` with some of its fields told more exactly than the OpenAPI document does. */
type Narrow<Shape, Fields extends { [Name in keyof Shape]?: unknown }> = Omit<Shape, keyof Fields> &
  Fields;

export interface Page<Row> {
  results: Row[];
  next?: string | null;
  previous?: string | null;
}

export type Role = Schemas["Member"]["role"];
export type Me = Schemas["Me"];
export type OrganizationRef = Schemas["Organization"];
export type Member = Schemas["Member"];
export type Invitation = Schemas["Invitation"];
export type InvitationPreview = Schemas["InvitationPreview"];
export type ApiToken = Schemas["Token"];
export type NewApiToken = Schemas["NewToken"];
export type DeviceLogin = Schemas["DeviceLogin"];

export type ClusterState = "pending" | "unconfirmed" | "active" | "silent" | "revoked";

export interface ClusterHealth {
  free_slots: number;
  running_jobs: number;
  outbox_events: number;
  ledger_rows: number;
}

export type Cluster = Narrow<
  Schemas["Cluster"],
  { state: ClusterState; health: ClusterHealth | null }
>;
export type JoinToken = Schemas["JoinToken"];

export type Project = Narrow<Schemas["Project"], { target_f: number | null }>;
export type ProjectMember = Schemas["ProjectMember"];

/** What the API answers always has a colour and a place; `id` is absent on a new label only. */
export type Label = Narrow<
  Schemas["Label"],
  { id?: string; colour: string; key: string | null; position: number }
>;
export type LabelScheme = Narrow<Schemas["Scheme"], { version: number; labels: Label[] }>;

/** A scheme to be saved. */
export type LabelSchemeBody = Pick<LabelScheme, "version" | "labels">;

export type LabelChangeKind = Schemas["LabelChange"]["kind"];
export type LabelChange = Schemas["LabelChange"];

export type AssetKind = Schemas["Asset"]["kind"];
export type AssetState = "empty" | "uploaded" | "ready";
export type Asset = Narrow<Schemas["Asset"], { state: AssetState }>;
export type Dataset = Schemas["Dataset"];

export type PredictorRef = Schemas["PredictorRefRequest"];
export type PredictorKind = PredictorRef["kind"];
export type Predictor = Narrow<Schemas["Predictor"], { kind: PredictorKind }>;

export type RecipeView = Schemas["Task"]["view"];
export type Recipe = Schemas["Recipe"];
export type RecipeField = Schemas["Field"];
export type FieldType = RecipeField["type"];

export type TaskState = "open" | "paused" | "closed";
export type TaskAnnotator = Schemas["Annotator"];
export type Task = Narrow<Schemas["Task"], { state: TaskState; suggestions: PredictorRef | null }>;

/** What a model learns to do, by the name of spaCy's component. */
export type Component =
  | "ner"
  | "spancat"
  | "tagger"
  | "senter"
  | "parser"
  | "textcat"
  | "textcat_multilabel"
  | "tok2vec";

export type JobState =
  | "queued"
  | "offered"
  | "held"
  | "running"
  | "lost"
  | "succeeded"
  | "failed"
  | "cancelled";
export type JobFailure = Narrow<
  Schemas["JobFailure"],
  { family: "customer" | "ours" | "transient" }
>;
export type Job = Narrow<
  Schemas["Job"],
  { recipe: string; state: JobState; failure: JobFailure | null }
>;

export type Model = Schemas["Model"];
export type LabelScore = Schemas["LabelScores"];
export type Evaluation = Narrow<Schemas["Evaluation"], { predictor: Predictor }>;
export type BoardRow = Narrow<Schemas["BoardRow"], { kind: PredictorKind; predictor: Predictor }>;
export type CurvePoint = Schemas["CurvePoint"];
export type Measures = Schemas["Board"]["measures"];
export type Board = Narrow<Schemas["Board"], { dataset: string | null; rows: BoardRow[] }>;
export type AuditRow = Schemas["Audit"];
