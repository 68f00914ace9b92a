import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { tasksQuery } from "../../api/tasks";
import type { Task } from "../../api/types";
import { ClusterButton } from "../../components/ClusterLink";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { ProgressLine } from "../../components/ProgressLine";
import { type Column, Rows } from "../../components/Rows";
import { useMay, useProjectPlace } from "../../shell/place";
import { NewTaskForm } from "./NewTaskForm";
import { TaskStateMark } from "./TaskStateMark";

/** The project's annotation work. */
export function Tasks() {
  const { organization, project } = useProjectPlace();
  const mayCreate = useMay("developer");
  const tasks = useQuery(tasksQuery(organization, project));
  const { recipe } = useSearch({ from: "/$org/projects/$project/tasks" });
  const [adding, setAdding] = useState(recipe !== undefined);
  // Stays open while the first task arrives in the list: the form itself leads on to the task.
  if (tasks.data?.length === 0 && !adding) setAdding(true);
  return (
    <Page
      title="Tasks"
      lead="A task gives people examples to answer. The annotation app opens on your own cluster."
      actions={
        mayCreate &&
        tasks.data &&
        !adding && <Button onClick={() => setAdding(true)}>New task</Button>
      }
    >
      {mayCreate && adding && <NewTaskForm asked={recipe} onDone={() => setAdding(false)} />}
      <Panel>
        <Loaded query={tasks}>{(rows) => <TaskList tasks={rows} />}</Loaded>
      </Panel>
    </Page>
  );
}

const COLUMNS: Column<Task>[] = [
  { title: "Task", cell: (task) => <Title task={task} /> },
  { title: "State", wideOnly: true, cell: ({ state }) => <TaskStateMark state={state} /> },
  { title: "Progress", wideOnly: true, cell: (task) => <Answered task={task} /> },
  { title: "Open", silent: true, cell: (task) => <OpenApp task={task} /> },
];

function TaskList({ tasks }: { tasks: Task[] }) {
  if (tasks.length > 0) {
    return <Rows caption="Tasks" columns={COLUMNS} rows={tasks} rowKey={({ id }) => id} />;
  }
  return (
    <EmptyState title="No task yet">
      A task appears here once a developer has made one and added you to it.
    </EmptyState>
  );
}

function Title({ task }: { task: Task }) {
  const { organization: org, project } = useProjectPlace();
  return (
    <LinkText
      to="/$org/projects/$project/tasks/$task"
      params={{ org, project, task: task.id }}
      fw={600}
    >
      {task.title}
    </LinkText>
  );
}

function Answered({ task: { progress } }: { task: Task }) {
  return <ProgressLine label="Answered" done={progress.answered} total={progress.examples} />;
}

function OpenApp({ task }: { task: Task }) {
  if (task.state !== "open") return null;
  return (
    <ClusterButton url={task.cluster_url} size="xs" variant="default">
      Annotate
    </ClusterButton>
  );
}
