import type { UseFormReturnType } from "@mantine/form";
import type { Problem } from "../api/problem";

/** Put each field's error at its field of the form. */
export function placeProblem<Values>(form: UseFormReturnType<Values>, problem: Problem): void {
  const errors = problem.fields.map(({ field, message }) => [field, message]);
  form.setErrors(Object.fromEntries(errors));
}
