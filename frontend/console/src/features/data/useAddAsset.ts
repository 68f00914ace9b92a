import { createAsset } from "../../api/assets";
import { projectKey } from "../../api/keys";
import type { Asset, AssetKind } from "../../api/types";
import { useWrite } from "../../api/write";
import { openOnCluster } from "../../components/ClusterLink";
import { useProjectPlace } from "../../shell/place";
import { freeName } from "./assetWords";

/** Make an asset and open the cluster's page where it is filled. */
export function useAddAsset(assets: Asset[]) {
  const { organization, project } = useProjectPlace();
  const adding = useWrite(
    (kind: AssetKind) => createAsset(organization, project, { kind, name: freeName(assets, kind) }),
    { refresh: [projectKey(organization, project)] },
  );
  const add = (kind: AssetKind) =>
    adding.mutate(kind, { onSuccess: ({ cluster_url }) => openOnCluster(cluster_url) });
  return { add, isPending: adding.isPending };
}
