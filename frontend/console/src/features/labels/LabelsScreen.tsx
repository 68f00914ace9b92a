import { useQuery } from "@tanstack/react-query";
import { labelsQuery } from "../../api/labels";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { useProjectPlace } from "../../shell/place";
import { SchemeEditor } from "./SchemeEditor";

/** The project's label scheme. */
export function LabelsScreen() {
  const { organization, project } = useProjectPlace();
  const scheme = useQuery(labelsQuery(organization, project));
  return (
    <Page
      title="Labels"
      lead="What annotators mark, with the key that marks it. Rename freely: answers follow the label, not its name. Definitions and examples belong into the guidelines, which stay on your cluster."
    >
      <Panel>
        <Loaded query={scheme}>
          {(data) => <SchemeEditor key={data.version} scheme={data} />}
        </Loaded>
      </Panel>
    </Page>
  );
}
