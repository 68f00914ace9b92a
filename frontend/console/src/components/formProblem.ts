import type { UseFormReturnType } from "@mantine/form";
import type { Problem } from "../api/problem";

/** Put each field's error at its field of the form. */
export function placeProblem<Values>(form: UseFormReturnType<Values>, problem: Problem): void {
  const errors = problem.fields.map(({ field, message }) => [field, message]);
  form.setErrors(Object.fromEntries(errors));
}

/** The problem that the form's fields do not already show in full, for the note above its button.
 *  `elsewhere` are places that other inputs show. */
export function unplaced<Values extends object>(
  form: UseFormReturnType<Values>,
  problem: Problem | null,
  elsewhere: string[] = [],
): Problem | null {
  if (!problem || problem.fields.length === 0) return problem;
  const values = form.getValues();
  const isShown = (field: string) => field in values || elsewhere.includes(field);
  return problem.fields.every(({ field }) => isShown(field)) ? null : problem;
}
