import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { clustersKey, createCluster } from "../../api/clusters";
import { useWrite } from "../../api/write";
import { FormLine } from "../../components/FormLine";
import { placeProblem, unplaced } from "../../components/formProblem";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useOrganization } from "../../shell/place";

const EMPTY = { name: "", origin: "" };

/** Name a cluster; its own screen then leads through joining. */
export function NewCluster() {
  const org = useOrganization();
  const navigate = useNavigate();
  const form = useForm({ initialValues: EMPTY });
  const creating = useWrite((input: typeof EMPTY) => createCluster(org, input), {
    refresh: [clustersKey(org)],
    showsProblem: true,
  });
  const submit = (values: typeof EMPTY) =>
    creating.mutate(values, {
      onSuccess: ({ id }) =>
        void navigate({ to: "/$org/clusters/$cluster", params: { org, cluster: id } }),
      onError: (problem) => placeProblem(form, problem),
    });
  return (
    <Panel title="New cluster">
      <form onSubmit={form.onSubmit(submit)}>
        <FormLine>
          <TextInput
            label="Name"
            placeholder="Frankfurt"
            required
            {...form.getInputProps("name")}
          />
          <TextInput
            label="Address of its annotation app"
            placeholder="https://annotate.example.com"
            type="url"
            required
            {...form.getInputProps("origin")}
          />
          <Button type="submit" size="md" loading={creating.isPending}>
            Create cluster
          </Button>
        </FormLine>
        <ProblemNote problem={unplaced(form, creating.error)} />
      </form>
    </Panel>
  );
}
