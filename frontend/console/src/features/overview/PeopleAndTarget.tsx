import { Group, NumberInput, Stack } from "@mantine/core";
import { useState } from "react";
import { projectKey } from "../../api/keys";
import { changeProject } from "../../api/projects";
import type { Project } from "../../api/types";
import { useWrite } from "../../api/write";
import { Panel } from "../../components/Panel";
import { useProjectPlace } from "../../shell/place";
import { ProjectPeople } from "./ProjectPeople";

/** The two settings of a project that have a default: who works on it and how good is good enough. */
export function PeopleAndTarget({ project }: { project: Project }) {
  return (
    <Panel title="People and target">
      <Stack gap="lg">
        <ProjectPeople />
        <Target project={project} />
      </Stack>
    </Panel>
  );
}

function Target({ project }: { project: Project }) {
  const { organization } = useProjectPlace();
  const [value, setValue] = useState<string | number>(project.target_f ?? "");
  const changing = useWrite(
    (target_f: number | null) => changeProject(organization, project.id, { target_f }),
    { refresh: [projectKey(organization, project.id)], done: "Target saved." },
  );
  const target = typeof value === "number" ? value : null;
  const save = () => target !== project.target_f && changing.mutate(target);
  return (
    <Group>
      <NumberInput
        label="Target F score"
        description="The line on the board at which the model is good enough"
        min={1}
        max={100}
        w={320}
        value={value}
        onChange={setValue}
        onBlur={save}
        disabled={changing.isPending}
      />
    </Group>
  );
}
