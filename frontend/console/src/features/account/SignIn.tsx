import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { meKey } from "../../api/me";
import type { Problem } from "../../api/problem";
import { type Credentials, signIn } from "../../api/session";
import { placeProblem, unplaced } from "../../components/formProblem";
import { LinkText } from "../../components/links";
import { ProblemNote } from "../../components/ProblemNote";
import { Door } from "./Door";
import { EmailField } from "./EmailField";
import { safeNext } from "./next";

/** Sign in, then go on to where the person was going. */
export function SignIn() {
  const { next } = useSearch({ from: "/sign-in" });
  const client = useQueryClient();
  const form = useForm<Credentials>({
    initialValues: { email: "", password: "" },
  });
  const entering = useMutation<void, Problem, Credentials>({
    mutationFn: signIn,
    onSuccess: () => {
      client.removeQueries({ queryKey: meKey });
      // A full load: the next address may be the cluster's login, which the control plane serves.
      window.location.assign(safeNext(next));
    },
    onError: (problem) => placeProblem(form, problem),
  });
  return (
    <Door title="Sign in">
      <form onSubmit={form.onSubmit((values) => entering.mutate(values))}>
        <Stack>
          <EmailField {...form.getInputProps("email")} />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            {...form.getInputProps("password")}
          />
          <ProblemNote problem={unplaced(form, entering.error)} />
          <Button type="submit" size="md" loading={entering.isPending || entering.isSuccess}>
            Sign in
          </Button>
          <LinkText to="/password-reset">I forgot my password</LinkText>
        </Stack>
      </form>
    </Door>
  );
}
