import { Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { projectKey } from "../../api/keys";
import { isOnItsWay, labelChangesQuery } from "../../api/labelChanges";
import { labelsQuery } from "../../api/labels";
import { ClusterButton } from "../../components/ClusterLink";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { useMay, useProjectPlace } from "../../shell/place";
import { ChangeHistory } from "./ChangeHistory";
import { ChangeLabels } from "./ChangeLabels";
import { SchemeEditor } from "./SchemeEditor";

/** The project's label scheme: edit it, and change what is already labelled. */
export function LabelsScreen() {
  const { organization, project } = useProjectPlace();
  const scheme = useQuery(labelsQuery(organization, project));
  const { data: changes = [] } = useQuery(labelChangesQuery(organization, project));
  const onItsWay = changes.some(({ state }) => state === "applying" || state === "undoing");
  useFresh(changes.some(isOnItsWay));
  const mayChange = useMay("developer");
  return (
    <Page
      title="Labels"
      lead="What annotators mark, with the key that marks it. Rename freely: answers follow the label, not its name."
    >
      <Stack gap="lg">
        <Panel>
          <Loaded query={scheme}>
            {(data) => <SchemeEditor key={data.version} scheme={data} />}
          </Loaded>
        </Panel>
        {scheme.data && (
          <>
            <Panel title="Definitions" note="stay on your cluster">
              <Group justify="space-between">
                <Text c="dimmed">
                  What counts as each label, with examples. Annotators read them with one key.
                </Text>
                <ClusterButton url={scheme.data.cluster_url} variant="default">
                  Write definitions
                </ClusterButton>
              </Group>
            </Panel>
            {mayChange && (
              <Panel title="Merge, split, delete">
                <Stack>
                  <Text c="dimmed">
                    Change labels that are in use. You first see how many answers it touches, none
                    is lost, and each change can be undone.
                  </Text>
                  <ChangeLabels labels={scheme.data.labels} disabled={onItsWay} />
                </Stack>
              </Panel>
            )}
            <ChangeHistory changes={changes} labels={scheme.data.labels} />
          </>
        )}
      </Stack>
    </Page>
  );
}

/** Load the scheme anew when the cluster has reported: labels have come and gone. */
function useFresh(onItsWay: boolean): void {
  const { organization, project } = useProjectPlace();
  const client = useQueryClient();
  useEffect(() => {
    if (!onItsWay) void client.invalidateQueries({ queryKey: projectKey(organization, project) });
  }, [client, onItsWay, organization, project]);
}
