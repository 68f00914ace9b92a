import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Problem } from "../../api/problem";
import { resetPassword } from "../../api/session";
import { placeProblem, unplaced } from "../../components/formProblem";
import { LinkButton, LinkText } from "../../components/links";
import { ProblemNote } from "../../components/ProblemNote";
import { Door } from "./Door";

/** The page behind the mailed link. */
export function ResetPassword() {
  const { key } = useParams({ from: "/password-reset/$key" });
  const form = useForm({ initialValues: { password: "" } });
  const choosing = useMutation<void, Problem, { password: string }>({
    mutationFn: ({ password }) => resetPassword(key, password),
    onError: (problem) => placeProblem(form, problem),
  });
  if (choosing.isSuccess) {
    return (
      <Door title="Your password is changed" lead="Sign in with the new one.">
        <LinkButton to="/sign-in" size="md">
          Sign in
        </LinkButton>
      </Door>
    );
  }
  const linkIsBad = choosing.error?.fields.some(({ field }) => field === "key");
  return (
    <Door title="Choose a new password">
      <form onSubmit={form.onSubmit((values) => choosing.mutate(values))}>
        <Stack>
          <PasswordInput
            label="New password"
            description="At least 8 characters"
            name="password"
            autoComplete="new-password"
            required
            autoFocus
            {...form.getInputProps("password")}
          />
          <ProblemNote problem={unplaced(form, choosing.error)} />
          {linkIsBad && (
            <LinkText to="/password-reset">
              This link was used, or is too old: have a new one mailed
            </LinkText>
          )}
          <Button type="submit" size="md" loading={choosing.isPending}>
            Change the password
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
