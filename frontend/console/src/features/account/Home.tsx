import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { createOrganization, meKey, meQuery } from "../../api/me";
import { asProblem } from "../../api/problem";
import { useWrite } from "../../api/write";
import { placeProblem, unplaced } from "../../components/formProblem";
import { ProblemNote } from "../../components/ProblemNote";
import { Door } from "./Door";

/** The start: sign in, or the first organization, or make one. */
export function Home() {
  const me = useQuery(meQuery);
  if (me.error) return <Unreachable error={me.error} onRetry={() => void me.refetch()} />;
  if (me.data === undefined) return <Door title="One moment…" />;
  if (me.data === null) return <Navigate to="/sign-in" />;
  const first = me.data.memberships[0];
  if (!first) return <FirstOrganization />;
  return <Navigate to="/$org/projects" params={{ org: first.organization.slug }} />;
}

function Unreachable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Door title="Annex">
      <ProblemNote problem={asProblem(error)} onRetry={onRetry} />
    </Door>
  );
}

function FirstOrganization() {
  const form = useForm({ initialValues: { name: "" } });
  const creating = useWrite(createOrganization, { refresh: [meKey], showsProblem: true });
  const submit = ({ name }: { name: string }) =>
    creating.mutate(name, { onError: (problem) => placeProblem(form, problem) });
  return (
    <Door
      title="Name your organization"
      lead="It owns your projects, people and clusters. You can invite others next."
    >
      <form onSubmit={form.onSubmit(submit)}>
        <Stack>
          <TextInput label="Name" required autoFocus {...form.getInputProps("name")} />
          <ProblemNote problem={unplaced(form, creating.error)} />
          <Button type="submit" loading={creating.isPending}>
            Create the organization
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
