import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { modelsQuery } from "../../api/board";
import { isRunning, jobsQuery, startJob } from "../../api/jobs";
import { projectKey } from "../../api/keys";
import { tasksQuery } from "../../api/tasks";
import type { Job, Model } from "../../api/types";
import { useWrite } from "../../api/write";
import { Ago } from "../../components/Ago";
import { ClusterButton, ClusterLink } from "../../components/ClusterLink";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { LinkButton, LinkText } from "../../components/links";
import { Mark } from "../../components/Mark";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { bytes, count } from "../../format/numbers";
import { duration } from "../../format/time";
import { useProjectPlace } from "../../shell/place";
import { SimulatedNote } from "../board/SimulatedNote";
import { Combine } from "./Combine";
import { TrySentence } from "./TrySentence";
import { trainingOf } from "./training";

/** Trained models; packaging one makes a wheel to download on the cluster. */
export function Models() {
  const { organization, project } = useProjectPlace();
  const jobs = useQuery(jobsQuery(organization, project));
  const working = jobs.data?.some(isRunning) ?? false;
  const models = useQuery({
    ...modelsQuery(organization, project),
    refetchInterval: working ? 1_500 : false,
  });
  const tasks = useQuery(tasksQuery(organization, project)).data ?? [];
  return (
    <Page
      title="Models"
      lead="A packaged model is a wheel: download it on your cluster, pip install it, and load it with spaCy."
      actions={models.data?.some(({ trained_at }) => trained_at) ? <TrySentence /> : null}
    >
      {models.data && models.data.length > 0 && <SimulatedNote tasks={tasks} behind="models" />}
      <Panel>
        <Loaded query={models}>
          {(rows) => <ModelList models={rows} jobs={jobs.data ?? []} />}
        </Loaded>
      </Panel>
      {models.data && <Combine models={models.data} />}
    </Page>
  );
}

function ModelList({ models, jobs }: { models: Model[]; jobs: Job[] }) {
  if (models.length === 0) return <NoModels />;
  const columns: Column<Model>[] = [
    { title: "Model", cell: (model) => <Name model={model} /> },
    {
      title: "Answers",
      figures: true,
      wideOnly: true,
      cell: ({ training_examples }) => count(training_examples),
    },
    { title: "Size", figures: true, cell: ({ size_bytes }) => bytes(size_bytes) },
    {
      title: "Training took",
      figures: true,
      wideOnly: true,
      cell: ({ seconds }) => duration(seconds),
    },
    { title: "Seed", figures: true, wideOnly: true, cell: ({ seed }) => count(seed) },
    {
      title: "Trained",
      wideOnly: true,
      cell: ({ trained_at }) => <Ago at={trained_at} never="–" />,
    },
    {
      title: "Wheel",
      silent: true,
      cell: (model) =>
        model.component === "tok2vec" && model.trained_at ? (
          "To start from"
        ) : model.trained_at ? (
          <Wheel model={model} packaging={isPackaging(model, jobs)} />
        ) : (
          <NotTrained job={jobs.find(({ id }) => id === model.job)} />
        ),
    },
  ];
  return <Rows caption="Models" columns={columns} rows={models} rowKey={({ id }) => id} />;
}

function isPackaging(model: Model, jobs: Job[]): boolean {
  return jobs.some(
    (job) => job.recipe === "package.v1" && isRunning(job) && job.arguments.model === model.id,
  );
}

function Name({ model }: { model: Model }) {
  return (
    <>
      {/* The cluster has no page for a model before it is trained. */}
      {model.trained_at ? (
        <ClusterLink url={model.cluster_url}>{model.name}</ClusterLink>
      ) : (
        model.name
      )}
      <Text fz="xs" c="dimmed">
        spaCy, {model.component}
      </Text>
    </>
  );
}

function Wheel({ model, packaging }: { model: Model; packaging: boolean }) {
  const { organization, project } = useProjectPlace();
  const starting = useWrite(
    () => startJob(organization, project, { recipe: "package.v1", arguments: { model: model.id } }),
    { refresh: [projectKey(organization, project)] },
  );
  if (model.packaged) {
    return (
      <ClusterButton url={model.cluster_url} size="xs">
        Download
      </ClusterButton>
    );
  }
  return (
    <Button
      size="xs"
      variant="default"
      loading={starting.isPending || packaging}
      onClick={() => starting.mutate(undefined)}
    >
      Package
    </Button>
  );
}

/** How its training stands, and the way to the job that says more. */
function NotTrained({ job }: { job: Job | undefined }) {
  const { organization: org, project } = useProjectPlace();
  const { words, tone } = trainingOf(job);
  return (
    <Group gap="sm" justify="flex-end">
      <Mark tone={tone}>{words}</Mark>
      {job && (
        <LinkText to="/$org/projects/$project/jobs/$job" params={{ org, project, job: job.id }}>
          See the job
        </LinkText>
      )}
    </Group>
  );
}

function NoModels() {
  const { organization: org, project } = useProjectPlace();
  return (
    <EmptyState
      title="No model yet"
      action={
        <LinkButton to="/$org/projects/$project/overview" params={{ org, project }}>
          See the next step
        </LinkButton>
      }
    >
      A model is trained on your team's answers. A few hundred are usually enough to see whether it
      beats the rules.
    </EmptyState>
  );
}
