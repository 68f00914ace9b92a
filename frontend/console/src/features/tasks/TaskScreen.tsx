import { Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { projectKey } from "../../api/keys";
import { changeTask, taskQuery } from "../../api/tasks";
import type { Task, TaskState } from "../../api/types";
import { useWrite } from "../../api/write";
import { ClusterButton } from "../../components/ClusterLink";
import { ConfirmButton } from "../../components/ConfirmButton";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { ProgressLine } from "../../components/ProgressLine";
import { useMay, useProjectPlace } from "../../shell/place";
import { AnnotatorBars } from "./AnnotatorBars";
import { Guidelines } from "./Guidelines";
import { Suggestions } from "./Suggestions";
import { TaskPeople } from "./TaskPeople";
import { hasRecipe, TaskRecipe } from "./TaskRecipe";
import { TaskStateMark } from "./TaskStateMark";

/** One task: how far it is, who answers, what suggests. */
export function TaskScreen() {
  const { organization, project } = useProjectPlace();
  const { task } = useParams({ from: "/$org/projects/$project/tasks/$task" });
  const query = useQuery(taskQuery(organization, project, task));
  return (
    <Page
      title={query.data?.title ?? "Task"}
      lead={query.data ? <TaskStateMark state={query.data.state} /> : <>&nbsp;</>}
      actions={query.data && <Actions task={query.data} />}
    >
      <Loaded query={query} rows={6}>
        {(data) => <Body task={data} />}
      </Loaded>
    </Page>
  );
}

function Body({ task }: { task: Task }) {
  const mayChange = useMay("developer");
  return (
    <>
      <Panel title="Progress">
        <Stack gap="md">
          <ProgressLine
            label="Examples answered"
            done={task.progress.answered}
            total={task.progress.examples}
          />
          {task.evaluation_dataset && (
            <ProgressLine
              label="Held-back examples answered (they measure the models)"
              done={task.progress.evaluation_answered}
              total={task.progress.evaluation_examples}
            />
          )}
        </Stack>
      </Panel>
      <Panel title="People" note="Answers by person">
        <AnnotatorBars annotators={task.annotators} />
        {mayChange && <TaskPeople task={task} />}
      </Panel>
      {mayChange && hasRecipe(task) && <TaskRecipe task={task} />}
      {mayChange && <Suggestions task={task} />}
      {mayChange && <Guidelines task={task} />}
    </>
  );
}

function Actions({ task }: { task: Task }) {
  const mayChange = useMay("developer");
  return (
    <Group gap="xs">
      {mayChange && <StateButtons task={task} />}
      {task.state === "open" && (
        <ClusterButton url={task.cluster_url}>Open annotation app</ClusterButton>
      )}
    </Group>
  );
}

function StateButtons({ task }: { task: Task }) {
  const { organization, project } = useProjectPlace();
  const changing = useWrite(
    (state: TaskState) => changeTask(organization, project, task.id, { state }),
    { refresh: [projectKey(organization, project)] },
  );
  const open = task.state === "open";
  return (
    <>
      <Button
        variant="default"
        loading={changing.isPending}
        onClick={() => changing.mutate(open ? "paused" : "open")}
      >
        {open ? "Pause" : "Open again"}
      </Button>
      {task.state !== "closed" && (
        <ConfirmButton
          question={`Close ${task.title}?`}
          consequence="Nobody is given examples of it any more. All answers stay, and you can open it again."
          verb="Close"
          onConfirm={() => changing.mutate("closed")}
        >
          Close
        </ConfirmButton>
      )}
    </>
  );
}
