import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { invitationsKey, invitationsQuery, withdrawInvitation } from "../../api/invitations";
import type { Invitation } from "../../api/types";
import { useWrite } from "../../api/write";
import { Ago } from "../../components/Ago";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { useOrganization } from "../../shell/place";
import { roleName } from "./roles";

const COLUMNS: Column<Invitation>[] = [
  { title: "E-mail", cell: ({ email }) => email },
  { title: "Role", cell: ({ role }) => roleName(role) },
  { title: "Expires", cell: ({ expires_at }) => <Ago at={expires_at} />, wideOnly: true },
  { title: "Withdraw", silent: true, cell: (row) => <Withdraw invitation={row} /> },
];

/** Invitations nobody has accepted yet; takes no room when there are none. */
export function PendingInvitations() {
  const { data } = useQuery(invitationsQuery(useOrganization()));
  const pending = data?.filter(({ state }) => state === "pending") ?? [];
  if (pending.length === 0) return null;
  return (
    <Panel title="Waiting for an answer">
      <Rows caption="Invitations" columns={COLUMNS} rows={pending} rowKey={({ id }) => id} />
    </Panel>
  );
}

function Withdraw({ invitation }: { invitation: Invitation }) {
  const organization = useOrganization();
  const withdrawing = useWrite(() => withdrawInvitation(organization, invitation.id), {
    refresh: [invitationsKey(organization)],
    done: "Invitation withdrawn.",
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={withdrawing.isPending}
      onClick={() => withdrawing.mutate(undefined)}
    >
      Withdraw
    </Button>
  );
}
