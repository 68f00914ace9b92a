import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { assetsQuery, datasetsQuery } from "../../api/assets";
import { modelsQuery } from "../../api/board";
import { labelsQuery } from "../../api/labels";
import type { Task } from "../../api/types";
import { Facts } from "../../components/Facts";
import { Panel } from "../../components/Panel";
import { useProjectPlace } from "../../shell/place";
import type { Values } from "../recipes/drafts";
import { leavesOf } from "../recipes/flags";

/** What a task runs and with which arguments; both stay as they were when it was made. */
export function TaskRecipe({ task }: { task: Task }) {
  const names = useNames();
  const facts = leavesOf(task.arguments as Values)
    .map(([path, value]): [string, string] => [path.join("."), shown(value, names)])
    .sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }));
  return (
    <Panel
      title="Recipe"
      note={`${task.recipe}, package ${task.package?.name} ${task.package?.version}`}
    >
      {task.metrics.length > 0 && (
        <Facts facts={task.metrics.map(({ name, value }) => [name, formatFigure(value)])} />
      )}
      {facts.length > 0 ? <Facts facts={facts} /> : <Text c="dimmed">It takes no arguments.</Text>}
    </Panel>
  );
}

/** Three digits are all that a cluster tells. */
const formatFigure = (value: number) => value.toLocaleString("en", { maximumSignificantDigits: 3 });

function shown(value: unknown, names: Map<string, string>): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return names.get(String(value)) ?? String(value);
}

/** The names behind ids of this project, as far as they are known here. */
function useNames(): Map<string, string> {
  const { organization, project } = useProjectPlace();
  const rows: { id?: string; name: string }[] = [
    ...(useQuery(datasetsQuery(organization, project)).data ?? []),
    ...(useQuery(assetsQuery(organization, project)).data ?? []),
    ...(useQuery(modelsQuery(organization, project)).data ?? []),
    ...(useQuery(labelsQuery(organization, project)).data?.labels ?? []),
  ];
  return new Map(rows.flatMap(({ id, name }) => (id ? [[id, name]] : [])));
}
