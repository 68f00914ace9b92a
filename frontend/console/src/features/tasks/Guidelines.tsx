import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { assetsQuery } from "../../api/assets";
import { projectKey } from "../../api/keys";
import { changeTask } from "../../api/tasks";
import type { Task } from "../../api/types";
import { useWrite } from "../../api/write";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import { useAddAsset } from "../data/useAddAsset";
import { isReadyGuideline } from "./defaults";

/** Which guidelines stand beside every text of the task; their words are on the cluster. */
export function Guidelines({ task }: { task: Task }) {
  const { organization, project } = useProjectPlace();
  const assets = useQuery(assetsQuery(organization, project)).data ?? [];
  const { add, isPending } = useAddAsset(assets);
  const ready = assets.filter(isReadyGuideline);
  const changing = useWrite(
    (guidelines: string | null) => changeTask(organization, project, task.id, { guidelines }),
    {
      refresh: [projectKey(organization, project)],
      done: "Saved. Annotators see it when they open the task.",
      showsProblem: true,
    },
  );
  return (
    <Panel title="Guidelines" note="Shown beside every text">
      <Stack gap="sm">
        {ready.length > 0 ? (
          <Select
            aria-label="Guidelines"
            placeholder="None"
            data={ready.map(({ id, name }) => ({ value: id, label: name }))}
            value={task.guidelines}
            onChange={(value) => changing.mutate(value)}
            disabled={changing.isPending}
            clearable
            maw={420}
          />
        ) : (
          <Group justify="space-between">
            <Text c="dimmed">Say what counts as what, and everybody marks alike.</Text>
            <Button variant="default" loading={isPending} onClick={() => add("guidelines")}>
              Write guidelines
            </Button>
          </Group>
        )}
        <ProblemNote problem={changing.error} />
      </Stack>
    </Panel>
  );
}
