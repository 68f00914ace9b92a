import { Button, MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { projectKey } from "../../api/keys";
import { projectMembersQuery } from "../../api/projects";
import { changeTask } from "../../api/tasks";
import type { Task } from "../../api/types";
import { useWrite } from "../../api/write";
import { FormLine } from "../../components/FormLine";
import { useProjectPlace } from "../../shell/place";

/** Who answers this task. Simulated annotators stay listed: they are on it like anyone. */
export function TaskPeople({ task }: { task: Task }) {
  const { organization, project } = useProjectPlace();
  const members = useQuery(projectMembersQuery(organization, project)).data ?? [];
  const current = task.annotators.flatMap(({ member }) => member ?? []);
  const [chosen, setChosen] = useState(current);
  const changing = useWrite(
    (annotators: string[]) => changeTask(organization, project, task.id, { annotators }),
    { refresh: [projectKey(organization, project)], done: "People changed." },
  );
  const changed = [...chosen].sort().join() !== [...current].sort().join();
  return (
    <FormLine>
      <MultiSelect
        mt="md"
        label="On this task"
        data={members.map(({ member, name }) => ({ value: member, label: name }))}
        value={chosen}
        onChange={setChosen}
        searchable
      />
      {changed && (
        <Button
          size="md"
          mt={40}
          loading={changing.isPending}
          onClick={() => changing.mutate(chosen)}
        >
          Save people
        </Button>
      )}
    </FormLine>
  );
}
