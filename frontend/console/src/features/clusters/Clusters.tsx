import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { clustersQuery } from "../../api/clusters";
import type { Cluster } from "../../api/types";
import { Ago } from "../../components/Ago";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { LinkText } from "../../components/links";
import { Mark } from "../../components/Mark";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { count } from "../../format/numbers";
import { useMay, useOrganization } from "../../shell/place";
import { CLUSTER_STATES } from "./clusterState";
import { NewCluster } from "./NewCluster";

/** The organization's clusters, and a form for another. */
export function Clusters() {
  const organization = useOrganization();
  const mayManage = useMay("admin");
  const clusters = useQuery(clustersQuery(organization));
  return (
    <Page
      title="Clusters"
      lead="A cluster is your own installation of the worker. It holds the text, serves the annotation app, and trains. It dials out to this console; nothing dials in."
    >
      <Panel title="Clusters">
        <Loaded query={clusters}>{(rows) => <ClusterList clusters={rows} />}</Loaded>
      </Panel>
      {mayManage && <NewCluster />}
    </Page>
  );
}

const COLUMNS: Column<Cluster>[] = [
  { title: "Name", cell: (cluster) => <Name cluster={cluster} /> },
  { title: "State", cell: ({ state }) => <State state={state} /> },
  {
    title: "Running jobs",
    figures: true,
    wideOnly: true,
    cell: ({ health }) => count(health?.running_jobs),
  },
  { title: "Last heard", cell: ({ last_seen_at }) => <Ago at={last_seen_at} /> },
];

function Name({ cluster }: { cluster: Cluster }) {
  const org = useOrganization();
  return (
    <>
      <LinkText to="/$org/clusters/$cluster" params={{ org, cluster: cluster.id }} fw={600}>
        {cluster.name}
      </LinkText>
      <Text fz="xs" c="dimmed">
        {cluster.origin}
      </Text>
    </>
  );
}

function State({ state }: { state: Cluster["state"] }) {
  return <Mark tone={CLUSTER_STATES[state].tone}>{CLUSTER_STATES[state].name}</Mark>;
}

function ClusterList({ clusters }: { clusters: Cluster[] }) {
  if (clusters.length === 0) {
    return (
      <EmptyState title="No cluster yet">
        Name one below. You get one command to run where the worker is installed, then compare a
        fingerprint here. Projects live on a cluster, so this comes first.
      </EmptyState>
    );
  }
  return <Rows caption="Clusters" columns={COLUMNS} rows={clusters} rowKey={({ id }) => id} />;
}
