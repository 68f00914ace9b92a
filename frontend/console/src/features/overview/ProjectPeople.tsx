import { CloseButton, Group, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { projectKey } from "../../api/keys";
import { membersQuery } from "../../api/members";
import { addProjectMember, projectMembersQuery, removeProjectMember } from "../../api/projects";
import type { ProjectMember } from "../../api/types";
import { useWrite } from "../../api/write";
import { Loaded } from "../../components/Loaded";
import { SimulatedMark } from "../../components/Mark";
import { useProjectPlace } from "../../shell/place";
import { roleName } from "../people/roles";

/** Who works on the project; adding someone is one choice. */
export function ProjectPeople() {
  const { organization, project } = useProjectPlace();
  const members = useQuery(projectMembersQuery(organization, project));
  return (
    <Loaded query={members}>
      {(rows) => (
        <Stack gap="xs">
          {rows.map((row) => (
            <Person key={row.member} person={row} />
          ))}
          {rows.length === 0 && (
            <Text fz="sm" c="dimmed">
              Nobody was added yet: the first task goes to you.
            </Text>
          )}
          <AddPerson present={rows} />
        </Stack>
      )}
    </Loaded>
  );
}

function Person({ person }: { person: ProjectMember }) {
  const { organization, project } = useProjectPlace();
  const removing = useWrite(() => removeProjectMember(organization, project, person.member), {
    refresh: [projectKey(organization, project)],
    done: `${person.name} no longer works on this project.`,
  });
  return (
    <Group gap="sm">
      <Text fw={600} fz="sm">
        {person.name}
      </Text>
      {person.simulated && <SimulatedMark />}
      <Text fz="sm" c="dimmed">
        {roleName(person.role)}
      </Text>
      <CloseButton
        ml="auto"
        aria-label={`Take ${person.name} off this project`}
        disabled={removing.isPending}
        onClick={() => removing.mutate(undefined)}
      />
    </Group>
  );
}

function AddPerson({ present }: { present: ProjectMember[] }) {
  const { organization, project } = useProjectPlace();
  const everyone = useQuery(membersQuery(organization)).data ?? [];
  const adding = useWrite((member: string) => addProjectMember(organization, project, member), {
    refresh: [projectKey(organization, project)],
  });
  const others = everyone.filter(({ id }) => !present.some(({ member }) => member === id));
  if (others.length === 0) return null;
  return (
    <Select
      label="Add someone"
      placeholder="Choose a member of the organization"
      data={others.map(({ id, name, email }) => ({ value: id, label: name || email }))}
      value={null}
      onChange={(member) => member && adding.mutate(member)}
      disabled={adding.isPending}
      searchable
      maw={420}
    />
  );
}
