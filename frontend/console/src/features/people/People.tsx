import { Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { changeRole, membersKey, membersQuery, removeMember } from "../../api/members";
import type { Member, Role } from "../../api/types";
import { useWrite } from "../../api/write";
import { Ago } from "../../components/Ago";
import { ConfirmButton } from "../../components/ConfirmButton";
import { Loaded } from "../../components/Loaded";
import { SimulatedMark } from "../../components/Mark";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { useMay, useMe, useOrganization } from "../../shell/place";
import { Invite } from "./Invite";
import { PendingInvitations } from "./PendingInvitations";
import { ROLES, roleName } from "./roles";

/** Members, their roles, and who has been invited. */
export function People() {
  const organization = useOrganization();
  const mayManage = useMay("admin");
  const members = useQuery(membersQuery(organization));
  return (
    <Page
      title="People"
      lead="Roles say what a person may do. Annotators and reviewers see only the projects they are added to."
    >
      {mayManage && <Invite />}
      {mayManage && <PendingInvitations />}
      <Panel title="Members">
        <Loaded query={members}>{(rows) => <Members members={rows} />}</Loaded>
      </Panel>
    </Page>
  );
}

function Members({ members }: { members: Member[] }) {
  const mayManage = useMay("admin");
  const columns: Column<Member>[] = [
    { title: "Name", cell: (member) => <Who member={member} /> },
    { title: "Role", cell: (member) => <RoleCell member={member} /> },
    { title: "Joined", cell: (member) => <Ago at={member.joined_at} />, wideOnly: true },
  ];
  if (mayManage) {
    columns.push({ title: "Remove", silent: true, cell: (member) => <Remove member={member} /> });
  }
  return <Rows caption="Members" columns={columns} rows={members} rowKey={({ id }) => id} />;
}

function Who({ member }: { member: Member }) {
  return (
    <div>
      <Text fw={600} fz="sm" component="span">
        {member.name || member.email}
      </Text>{" "}
      {member.simulated && <SimulatedMark />}
      <Text fz="xs" c="dimmed">
        {member.email}
      </Text>
    </div>
  );
}

function RoleCell({ member }: { member: Member }) {
  const organization = useOrganization();
  const mayManage = useMay("admin");
  const me = useMe();
  const changing = useWrite((role: Role) => changeRole(organization, member.id, role), {
    refresh: [membersKey(organization)],
    done: "Role changed.",
  });
  if (!mayManage || member.email === me.email) return <>{roleName(member.role)}</>;
  return (
    <Select
      aria-label={`Role of ${member.name || member.email}`}
      data={ROLES.map(({ value, label }) => ({ value, label }))}
      value={member.role}
      onChange={(role) => role && changing.mutate(role as Role)}
      disabled={changing.isPending}
      allowDeselect={false}
      size="xs"
      w={130}
    />
  );
}

function Remove({ member }: { member: Member }) {
  const organization = useOrganization();
  const me = useMe();
  const removing = useWrite(() => removeMember(organization, member.id), {
    refresh: [membersKey(organization)],
    done: `${member.name || member.email} was removed.`,
  });
  if (member.email === me.email) return null;
  return (
    <ConfirmButton
      size="xs"
      loading={removing.isPending}
      question={`Remove ${member.name || member.email}?`}
      consequence="They lose access now, and their sessions on your clusters end. Their answers stay."
      verb="Remove"
      onConfirm={() => removing.mutate(undefined)}
    >
      Remove
    </ConfirmButton>
  );
}
