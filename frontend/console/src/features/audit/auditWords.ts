/** What happened, for each verb that the control plane writes; a test there compares. */
export const AUDIT_WORDS: Readonly<Record<string, string>> = {
  "organization.created": "Created the organization",
  "member.role_changed": "Changed a member's role",
  "member.removed": "Removed a member",
  "invitation.sent": "Sent an invitation",
  "invitation.withdrawn": "Withdrew an invitation",
  "invitation.accepted": "Accepted an invitation",
  "token.created": "Created an API token",
  "token.revoked": "Revoked an API token",
  "device_login.approved": "Signed a machine in with the command line",
  "project.created": "Created a project",
  "project.changed": "Changed a project",
  "project.deleted": "Deleted a project",
  "project.member_added": "Added a member to a project",
  "project.member_removed": "Removed a member from a project",
  "labels.saved": "Changed a label scheme",
  "label_change.applied": "Merged, split or deleted labels",
  "label_change.undone": "Took a change of labels back",
  "asset.created": "Added an asset",
  "combination.created": "Combined rules with a model",
  "dataset.created": "Created a dataset",
  "secret.created": "Named a secret",
  "secret.deleted": "Removed a secret",
  "task.created": "Created a task",
  "task.changed": "Changed a task",
  "package.registered": "Published a package of recipes",
  "job.created": "Started a job",
  "job.cancelled": "Cancelled a job",
  "job.restarted": "Started a job again",
  "cluster.created": "Created a cluster",
  "cluster.updated": "Changed a cluster",
  "cluster.join_token": "Made a join token for a cluster",
  "cluster.enrolled": "Enrolled with its join token",
  "cluster.confirmed": "Confirmed a cluster's fingerprint",
  "cluster.revoked": "Revoked a cluster",
  "cluster.join_token_reused": "Tried to enrol with a used join token",
  "cluster.events_rewritten": "Rewrote events it had already sent",
  "cluster.named_unknown": "Named something that is not its own",
  "login.admitted": "Admitted a login on the cluster",
  "login.waiting_for_approval": "Held a first login until it is approved on the cluster",
  "login.refused": "Refused a login on the cluster",
  "login.unlocked_locally": "Admitted a local unlock on the cluster",
  "login.signed_out": "Signed a person out on the cluster",
};

/** A newer control plane may write a verb that this console does not know: "Model: wheel removed". */
export function auditWords(verb: string): string {
  const known = AUDIT_WORDS[verb];
  if (known) return known;
  const [noun = "", ...acts] = verb.replaceAll("_", " ").split(".");
  const name = noun.charAt(0).toUpperCase() + noun.slice(1);
  return acts.length > 0 ? `${name}: ${acts.join(", ")}` : name;
}
