/** Label changes in words. */
import type { Label, LabelChange, LabelChangeKind } from "../../api/types";
import { counted } from "../../format/numbers";

export const KIND_WORDS: Readonly<Record<LabelChangeKind, string>> = {
  merge: "Merge",
  split: "Split",
  delete: "Delete",
};

/** "FIELD and VALUE became PART" */
export function changeSentence(change: LabelChange, labels: readonly Label[]): string {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? "a label that is gone";
  const from = listed(change.labels.map(nameOf));
  const into = listed([...change.into.map(nameOf), ...change.new_names]);
  if (change.kind === "delete") return `${from} deleted`;
  return change.kind === "merge" ? `${from} merged into ${into}` : `${from} split into ${into}`;
}

/** What was touched, or what would be. */
export function countSentence({ answers, evaluation_answers }: LabelChange): string {
  if (answers == null) return "not counted yet";
  const heldBack = evaluation_answers
    ? `, and ${counted(evaluation_answers, "held-back one")}`
    : "";
  return counted(answers, "answer") + heldBack;
}

/** What an applied or undone change has done. */
export function doneSentence(change: LabelChange): string {
  const { state, evaluation, looks, not_restored: kept } = change;
  const touched = countSentence(evaluation ? change : { ...change, evaluation_answers: 0 });
  if (state === "undone") {
    return kept > 0 ? `${counted(kept, "answer")} edited since kept the edit` : "restored exactly";
  }
  if (state === "refused") return "refused by the cluster; nothing has changed";
  return looks > 0 ? `${touched}; ${counted(looks, "example")} to look at again` : touched;
}

/** Where a change stands that the cluster has not reported yet. */
export function waitingSentence({ state, cluster_state }: LabelChange): string {
  if (cluster_state !== "active") {
    return "Your cluster is silent. The change waits and is made when it is back; until then both the old and the new labels can be used.";
  }
  return state === "undoing" ? "The answers are being put back." : "The answers are following.";
}

/** "A", "A and B", "A, B and C" */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

/** The newest change in force is the only one that can be taken back. */
export function undoable(changes: readonly LabelChange[]): string | null {
  const made = changes.filter(({ applied_at, undone_at }) => applied_at && !undone_at);
  const newest = made.sort((a, b) => (b.applied_at ?? "").localeCompare(a.applied_at ?? ""))[0];
  return newest?.state === "applied" ? newest.id : null;
}
