import { useProjectPlace } from "../../shell/place";
import { useClusterOrigin } from "../../shell/useClusterOrigin";

/** The cluster's page on which texts of this project are written, once it is known where that is. */
export function useTextsPage(): string | null {
  const { project } = useProjectPlace();
  const origin = useClusterOrigin();
  return origin && `${origin}/texts/${project}`;
}
