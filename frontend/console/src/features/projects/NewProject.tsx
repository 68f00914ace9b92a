import { Button, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { clustersQuery, isUsable } from "../../api/clusters";
import { createProject, type NewProject as Input, projectsKey } from "../../api/projects";
import type { Cluster } from "../../api/types";
import { useWrite } from "../../api/write";
import { EmptyState } from "../../components/EmptyState";
import { placeProblem, unplaced } from "../../components/formProblem";
import { Loaded } from "../../components/Loaded";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useOrganization } from "../../shell/place";
import { DEFAULT_TARGET_F } from "./target";

/** A title is enough: the only active cluster is chosen already. */
export function NewProject() {
  const clusters = useQuery(clustersQuery(useOrganization()));
  return (
    <Page title="New project" width="text">
      <Panel>
        <Loaded query={clusters}>{(rows) => <ForUsable clusters={rows.filter(isUsable)} />}</Loaded>
      </Panel>
    </Page>
  );
}

function ForUsable({ clusters }: { clusters: Cluster[] }) {
  const org = useOrganization();
  const first = clusters.find(({ state }) => state === "active") ?? clusters[0];
  if (first) return <ProjectForm clusters={clusters} first={first} />;
  return (
    <EmptyState
      title="No cluster is connected"
      action={
        <LinkButton to="/$org/clusters" params={{ org }}>
          Go to clusters
        </LinkButton>
      }
    >
      A project's text lives on a cluster of yours. Connect one, then come back.
    </EmptyState>
  );
}

function ProjectForm({ clusters, first }: { clusters: Cluster[]; first: Cluster }) {
  const org = useOrganization();
  const navigate = useNavigate();
  const form = useForm<Required<Input>>({
    initialValues: { title: "", cluster: first.id, target_f: DEFAULT_TARGET_F },
  });
  const creating = useWrite((input: Input) => createProject(org, input), {
    refresh: [projectsKey(org)],
    showsProblem: true,
  });
  const submit = (values: Required<Input>) =>
    creating.mutate(values, {
      onSuccess: ({ id }) =>
        void navigate({ to: "/$org/projects/$project/overview", params: { org, project: id } }),
      onError: (problem) => placeProblem(form, problem),
    });
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <TextInput
          label="Title"
          placeholder="Support notes"
          required
          autoFocus
          {...form.getInputProps("title")}
        />
        <Select
          label="Cluster"
          description="Where its text stays"
          data={clusters.map(({ id, name, state }) => ({
            value: id,
            label: state === "silent" ? `${name} (silent)` : name,
          }))}
          allowDeselect={false}
          {...form.getInputProps("cluster")}
        />
        <NumberInput
          label="Target"
          description="The F score, 0 to 100, at which the model is good enough for you. You can change it later."
          min={1}
          max={100}
          {...form.getInputProps("target_f")}
        />
        <ProblemNote problem={unplaced(form, creating.error)} />
        <div>
          <Button type="submit" size="md" loading={creating.isPending}>
            Create project
          </Button>
        </div>
      </Stack>
    </form>
  );
}
