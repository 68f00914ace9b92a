import type { Role } from "../../api/types";

export const ROLES: { value: Role; label: string; may: string }[] = [
  { value: "annotator", label: "Annotator", may: "answers examples in the tasks they are given" },
  { value: "reviewer", label: "Reviewer", may: "also looks over the answers of others" },
  { value: "developer", label: "Developer", may: "also makes projects, tasks, jobs and models" },
  { value: "admin", label: "Admin", may: "also manages people and clusters" },
  { value: "owner", label: "Owner", may: "may do everything" },
];

export function roleName(role: Role): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}

/** "A developer also makes projects, tasks, jobs and models." */
export function roleSentence(role: Role): string {
  const found = ROLES.find(({ value }) => value === role);
  if (!found) return "";
  const article = /^[aeiou]/i.test(found.label) ? "An" : "A";
  return `${article} ${found.label.toLowerCase()} ${found.may}.`;
}
