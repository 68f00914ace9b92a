import { Stack, Text } from "@mantine/core";
import type { Task } from "../../api/types";
import { ClusterLink } from "../../components/ClusterLink";
import { Facts } from "../../components/Facts";
import { Panel } from "../../components/Panel";
import { useClusterOrigin } from "../../shell/useClusterOrigin";
import { ArgumentFacts } from "../recipes/ArgumentFacts";
import type { Values } from "../recipes/drafts";
import { kindOfRecipe } from "./kinds";

/** Whether a task runs a recipe that has arguments and a stream of its own. */
export function hasRecipe(task: Pick<Task, "recipe">): boolean {
  return kindOfRecipe(task.recipe) === undefined;
}

/** What a task runs and with which arguments; both stay as they were when it was made. */
export function TaskRecipe({ task }: { task: Task }) {
  const origin = useClusterOrigin();
  const made = task.package && `, package ${task.package.name} ${task.package.version}`;
  return (
    <Panel title="Recipe" note={`${task.recipe}${made ?? ""}`}>
      <Stack gap="md">
        {task.metrics.length > 0 && (
          <Facts facts={task.metrics.map(({ name, value }) => [name, formatFigure(value)])} />
        )}
        <ArgumentFacts values={task.arguments as Values} />
        {origin && (
          <Text fz="sm">
            <ClusterLink url={`${origin}/streams/${task.id}`}>
              What its recipe does on the cluster
            </ClusterLink>
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

/** Three digits are all that a cluster tells. */
const formatFigure = (value: number) => value.toLocaleString("en", { maximumSignificantDigits: 3 });
