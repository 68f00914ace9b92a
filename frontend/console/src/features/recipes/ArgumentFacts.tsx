import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { assetsQuery, datasetsQuery } from "../../api/assets";
import { modelsQuery } from "../../api/board";
import { labelsQuery } from "../../api/labels";
import { Facts } from "../../components/Facts";
import { useProjectPlace } from "../../shell/place";
import type { Values } from "./drafts";
import { leavesOf } from "./flags";

/** What a task or a job was given, with the names behind its ids. */
export function ArgumentFacts({ values }: { values: Values }) {
  const names = useNames();
  const facts = leavesOf(values)
    .map(([path, value]): [string, string] => [path.join("."), shown(value, names)])
    .sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }));
  if (facts.length === 0) return <Text c="dimmed">It takes no arguments.</Text>;
  return <Facts facts={joined(facts)} />;
}

/** Values of one list stand under its name once. */
function joined(facts: [string, string][]): [string, string][] {
  const found = new Map<string, string[]>();
  for (const [name, value] of facts) found.set(name, [...(found.get(name) ?? []), value]);
  return [...found].map(([name, values]) => [name, values.join(", ")]);
}

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
