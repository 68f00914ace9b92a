import { Button, Loader, Stack, Text } from "@mantine/core";
import { clustersKey, confirmFingerprint, makeJoinToken } from "../../api/clusters";
import type { Cluster, JoinToken } from "../../api/types";
import { useWrite } from "../../api/write";
import { Ago } from "../../components/Ago";
import { CopyLine } from "../../components/CopyLine";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { Step, Steps } from "../../components/Steps";
import { useMay, useOrganization } from "../../shell/place";
import classes from "./Enrolment.module.css";

/** Three steps from a name to a connected cluster: command, waiting, fingerprint. */
export function Enrolment({ cluster }: { cluster: Cluster }) {
  const joined = cluster.state === "unconfirmed";
  return (
    <Panel title="Connect it">
      <Steps>
        <Step title="Run the join command" state={joined ? "done" : "now"}>
          {!joined && <JoinCommand cluster={cluster} />}
        </Step>
        <Step title="Compare the fingerprint" state={joined ? "now" : "later"}>
          {joined && <Fingerprint cluster={cluster} />}
        </Step>
        <Step title="Start a project there" state="later" />
      </Steps>
    </Panel>
  );
}

function JoinCommand({ cluster }: { cluster: Cluster }) {
  const organization = useOrganization();
  const mayManage = useMay("admin");
  const making = useWrite(() => makeJoinToken(organization, cluster.id), {
    refresh: [],
    showsProblem: true,
  });
  if (!mayManage) return <Text c="dimmed">Ask an admin to run the join command.</Text>;
  if (making.data) return <Command token={making.data} />;
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">
        The command holds a one-time token. It is shown once, works for an hour, and joins only this
        cluster.
      </Text>
      <ProblemNote problem={making.error} />
      <Button loading={making.isPending} onClick={() => making.mutate(undefined)}>
        Show the join command
      </Button>
    </Stack>
  );
}

function Command({ token }: { token: JoinToken }) {
  return (
    <Stack gap="sm">
      <Text c="dimmed">
        Paste it where the worker is installed. Expires <Ago at={token.expires_at} />.
      </Text>
      <CopyLine value={token.command} label="The join command" />
      <div className={classes.waiting} role="status">
        <Loader size="xs" /> Waiting for the cluster to call. This page goes on by itself.
      </div>
    </Stack>
  );
}

function Fingerprint({ cluster }: { cluster: Cluster }) {
  const organization = useOrganization();
  const mayManage = useMay("admin");
  const confirming = useWrite(
    () => confirmFingerprint(organization, cluster.id, cluster.fingerprint ?? ""),
    { refresh: [clustersKey(organization)], done: "The cluster is connected.", showsProblem: true },
  );
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">
        The cluster made its own key and printed this fingerprint where you ran the command. If the
        two are the same, nobody stands between.
      </Text>
      <code className={classes.fingerprint}>{cluster.fingerprint}</code>
      <ProblemNote problem={confirming.error} />
      {mayManage && (
        <Button loading={confirming.isPending} onClick={() => confirming.mutate(undefined)}>
          They are the same, confirm
        </Button>
      )}
      <Text fz="sm" c="dimmed">
        If they differ, do not confirm: revoke the cluster below and create it again.
      </Text>
    </Stack>
  );
}
