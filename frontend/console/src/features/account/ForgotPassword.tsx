import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { Problem } from "../../api/problem";
import { requestPasswordReset } from "../../api/session";
import { placeProblem, unplaced } from "../../components/formProblem";
import { LinkText } from "../../components/links";
import { ProblemNote } from "../../components/ProblemNote";
import { Door } from "./Door";
import { EmailField } from "./EmailField";

/** Ask for a link by mail; what it says is the same whether or not there is an account. */
export function ForgotPassword() {
  const form = useForm({ initialValues: { email: "" } });
  const asking = useMutation<void, Problem, { email: string }>({
    mutationFn: ({ email }) => requestPasswordReset(email),
    onError: (problem) => placeProblem(form, problem),
  });
  if (asking.isSuccess) {
    return (
      <Door
        title="Look into your mail"
        lead={`If ${form.getValues().email} has an account here, a link to choose a new password is on its way.`}
      >
        <LinkText to="/sign-in">Back to the sign-in</LinkText>
      </Door>
    );
  }
  return (
    <Door title="Choose a new password" lead="We mail you a link that lets you choose one.">
      <form onSubmit={form.onSubmit((values) => asking.mutate(values))}>
        <Stack>
          <EmailField {...form.getInputProps("email")} />
          <ProblemNote problem={unplaced(form, asking.error)} />
          <Button type="submit" size="md" loading={asking.isPending}>
            Mail me the link
          </Button>
          <LinkText to="/sign-in">Back to the sign-in</LinkText>
        </Stack>
      </form>
    </Door>
  );
}
