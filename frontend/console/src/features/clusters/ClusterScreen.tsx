import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { clusterQuery, clustersKey, isEnrolling, revokeCluster } from "../../api/clusters";
import type { Cluster } from "../../api/types";
import { useWrite } from "../../api/write";
import { ConfirmButton } from "../../components/ConfirmButton";
import { Loaded } from "../../components/Loaded";
import { Mark } from "../../components/Mark";
import { Page } from "../../components/Page";
import { useMay, useOrganization } from "../../shell/place";
import { CLUSTER_STATES } from "./clusterState";
import { Enrolment } from "./Enrolment";
import { Health } from "./Health";

/** One cluster: joining it step by step, then how it is. */
export function ClusterScreen() {
  const organization = useOrganization();
  const { cluster } = useParams({ from: "/$org/clusters/$cluster" });
  const query = useQuery(clusterQuery(organization, cluster));
  return (
    <Page title={query.data?.name ?? "Cluster"} lead={<Lead cluster={query.data} />} width="text">
      <Loaded query={query}>{(data) => <Body cluster={data} />}</Loaded>
    </Page>
  );
}

function Lead({ cluster }: { cluster: Cluster | undefined }) {
  if (!cluster) return <>&nbsp;</>;
  const { name, tone, meaning } = CLUSTER_STATES[cluster.state];
  return (
    <>
      <Mark tone={tone}>{name}</Mark> {meaning}
    </>
  );
}

function Body({ cluster }: { cluster: Cluster }) {
  const mayManage = useMay("admin");
  return (
    <>
      {isEnrolling(cluster) ? <Enrolment cluster={cluster} /> : <Health cluster={cluster} />}
      {mayManage && cluster.state !== "revoked" && <Revoke cluster={cluster} />}
    </>
  );
}

function Revoke({ cluster }: { cluster: Cluster }) {
  const org = useOrganization();
  const navigate = useNavigate();
  const revoking = useWrite(() => revokeCluster(org, cluster.id), {
    refresh: [clustersKey(org)],
    done: `${cluster.name} was revoked.`,
  });
  const revoke = () =>
    revoking.mutate(undefined, {
      onSuccess: () => void navigate({ to: "/$org/clusters", params: { org } }),
    });
  return (
    <div>
      <ConfirmButton
        loading={revoking.isPending}
        question={`Revoke ${cluster.name}?`}
        consequence="Its key is refused from now on and its jobs stop being offered. Nothing on the cluster is deleted."
        verb="Revoke"
        onConfirm={revoke}
      >
        Revoke this cluster
      </ConfirmButton>
    </div>
  );
}
