import { Button, Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { assetsQuery } from "../../api/assets";
import { predictorsQuery } from "../../api/board";
import { projectKey } from "../../api/keys";
import { changeTask, type TaskChange } from "../../api/tasks";
import type { Task } from "../../api/types";
import { useWrite } from "../../api/write";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import { useAddAsset } from "../data/useAddAsset";
import { predictorChoices, predictorOf, predictorValue } from "../jobs/recipes";

export const BLIND = {
  label: "Blind",
  description:
    "Annotators see no suggestions and no comments of each other. Reviewers and developers see both.",
};

const UNSURE_FIRST = {
  label: "Unsure first",
  description:
    "The model that suggests also decides the order: what it is least sure of comes first. A new model orders anew.",
};

/** Rules are never in doubt; only a model, alone or with rules, can say what to ask about. */
function teaches(task: Task): boolean {
  return task.suggestions !== null && task.suggestions.kind !== "rules";
}

/** What marks examples beforehand, so that people correct instead of starting from nothing. */
export function Suggestions({ task }: { task: Task }) {
  const { organization, project } = useProjectPlace();
  const predictors = useQuery(predictorsQuery(organization, project)).data ?? [];
  const changing = useWrite(
    (change: Pick<TaskChange, "suggestions" | "blind" | "unsure_first">) =>
      changeTask(organization, project, task.id, change),
    {
      refresh: [projectKey(organization, project)],
      done: "Saved. The cluster follows within seconds.",
      showsProblem: true,
    },
  );
  return (
    <Panel title="Suggestions" note="Never shown on held-back examples">
      <Stack gap="sm">
        {predictors.length === 0 ? (
          <NoPredictor />
        ) : (
          <Select
            aria-label="Suggestions from"
            placeholder="None: people start from the bare text"
            data={predictorChoices(predictors)}
            value={task.suggestions && predictorValue(task.suggestions)}
            onChange={(value) =>
              changing.mutate({ suggestions: value ? predictorOf(value) : null })
            }
            disabled={changing.isPending}
            clearable
            maw={420}
          />
        )}
        <Checkbox
          {...UNSURE_FIRST}
          checked={task.unsure_first}
          onChange={({ currentTarget }) => changing.mutate({ unsure_first: currentTarget.checked })}
          disabled={changing.isPending || !(task.unsure_first || teaches(task))}
        />
        <Checkbox
          {...BLIND}
          checked={task.blind}
          onChange={({ currentTarget }) => changing.mutate({ blind: currentTarget.checked })}
          disabled={changing.isPending}
        />
        <ProblemNote problem={changing.error} />
      </Stack>
    </Panel>
  );
}

function NoPredictor() {
  const { organization, project } = useProjectPlace();
  const assets = useQuery(assetsQuery(organization, project)).data ?? [];
  const { add, isPending } = useAddAsset(assets);
  return (
    <Group justify="space-between">
      <Text c="dimmed">
        Write a few rules or train a model; either can then mark examples beforehand.
      </Text>
      <Button variant="default" loading={isPending} onClick={() => add("patterns")}>
        Write rules
      </Button>
    </Group>
  );
}
