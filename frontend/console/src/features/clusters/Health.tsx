import type { ReactNode } from "react";
import type { Cluster } from "../../api/types";
import { Ago } from "../../components/Ago";
import { Facts } from "../../components/Facts";
import { LinkButton } from "../../components/links";
import { Panel } from "../../components/Panel";
import { count } from "../../format/numbers";
import { useOrganization } from "../../shell/place";

/** What a connected cluster says about itself: counts only. */
export function Health({ cluster }: { cluster: Cluster }) {
  const org = useOrganization();
  return (
    <Panel
      title="Health"
      action={
        cluster.state === "active" && (
          <LinkButton to="/$org/projects/new" params={{ org }} variant="default" size="xs">
            New project here
          </LinkButton>
        )
      }
    >
      <Facts facts={factsOf(cluster)} />
    </Panel>
  );
}

function factsOf({ health, ...cluster }: Cluster): [string, ReactNode][] {
  return [
    ["Last heard", <Ago key="ago" at={cluster.last_seen_at} />],
    ["Free slots", count(health?.free_slots)],
    ["Running jobs", count(health?.running_jobs)],
    ["Events waiting to be sent", count(health?.outbox_events)],
    ["Rows in its ledger", count(health?.ledger_rows)],
    ["Worker version", cluster.worker_version ?? "–"],
    ["Annotation app", cluster.origin],
    ["Fingerprint", <code key="print">{cluster.fingerprint ?? "–"}</code>],
  ];
}
