import { ClusterButton } from "../../components/ClusterLink";
import { useProjectPlace } from "../../shell/place";
import { useClusterOrigin } from "../../shell/useClusterOrigin";

/** To the cluster's page on which every predictor of the project answers side by side. */
export function TrySentence() {
  const { project } = useProjectPlace();
  const origin = useClusterOrigin();
  if (!origin) return null;
  return (
    <ClusterButton url={`${origin}/try/${project}`} variant="default">
      Try a sentence
    </ClusterButton>
  );
}
