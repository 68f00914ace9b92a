import { Text } from "@mantine/core";
import type { JobFailure } from "../../api/types";
import { ClusterLink } from "../../components/ClusterLink";
import { Panel } from "../../components/Panel";
import { counted } from "../../format/numbers";

const WHOSE: Record<JobFailure["family"], string> = {
  customer: "Something in the input stopped it; it will stop again until that changes.",
  ours: "This is a fault in Annex, not in your data.",
  transient: "A passing fault: starting it again usually works.",
};

/** What happened and what to do. The traceback may quote text, so it stays on the cluster. */
export function FailureCard({ failure }: { failure: JobFailure }) {
  return (
    <Panel title={failure.title}>
      <Text>{failure.what_to_do}</Text>
      <Text c="dimmed" mt="xs">
        {WHOSE[failure.family]} It happened while {failure.stage}
        {failure.affected ? `, ${counted(failure.affected, "example")} affected` : ""}.
      </Text>
      <Text fz="sm" mt="md">
        {failure.cluster_url && (
          <ClusterLink url={failure.cluster_url}>Read the full report on your cluster</ClusterLink>
        )}{" "}
        <Text component="span" fz="sm" c="dimmed">
          <code>{failure.code}</code>
        </Text>
      </Text>
    </Panel>
  );
}
