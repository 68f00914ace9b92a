import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { isRunning, jobQuery } from "../../api/jobs";
import type { Job } from "../../api/types";
import { Ago } from "../../components/Ago";
import { Facts } from "../../components/Facts";
import { Loaded } from "../../components/Loaded";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { count } from "../../format/numbers";
import { duration } from "../../format/time";
import { useProjectPlace } from "../../shell/place";
import { ArgumentFacts } from "../recipes/ArgumentFacts";
import { CancelButton } from "./CancelButton";
import { ExportFile, RecipeOutput } from "./ExportFile";
import { FailureCard } from "./FailureCard";
import { JobProgress, JobStateMark } from "./JobState";
import { jobSeconds } from "./jobWords";
import { PredictedFiles } from "./PredictedFiles";
import { publishedJob } from "./publishedJob";
import { RestartSilentJob } from "./RestartSilentJob";
import { recipeName } from "./recipes";

/** One job: its live progress, or how it ended and what to do about it. */
export function JobScreen() {
  const { organization } = useProjectPlace();
  const { job } = useParams({ from: "/$org/projects/$project/jobs/$job" });
  const query = useQuery(jobQuery(organization, job));
  const data = query.data;
  return (
    <Page
      title={data ? data.title || recipeName(data.recipe) : "Job"}
      lead={data ? <JobStateMark job={data} /> : <>&nbsp;</>}
      actions={data && isRunning(data) && <CancelButton job={data} />}
      width="text"
    >
      <Loaded query={query}>{(found) => <Body job={found} />}</Loaded>
    </Page>
  );
}

function Body({ job }: { job: Job }) {
  const published = publishedJob(job);
  return (
    <Stack gap="lg">
      {isRunning(job) && <Running job={job} />}
      {job.failure && <FailureCard failure={job.failure} />}
      {job.state === "succeeded" && <Outcome job={job} />}
      {published && (
        <Panel
          title="Arguments"
          note={`${job.recipe}, package ${published.package} ${published.version}`}
        >
          <ArgumentFacts values={published.arguments} />
        </Panel>
      )}
      <Panel title="Details">
        <Facts facts={factsOf(job)} />
      </Panel>
    </Stack>
  );
}

function Running({ job }: { job: Job }) {
  return (
    <Panel>
      <JobProgress job={job} />
      {job.silent && <RestartSilentJob job={job} />}
    </Panel>
  );
}

/** Where the result is to be seen. */
function Outcome({ job }: { job: Job }) {
  const { organization: org, project } = useProjectPlace();
  const params = { org, project };
  if (publishedJob(job)) return <RecipeOutput job={job} />;
  if (job.recipe === "export.v1") return <ExportFile job={job} />;
  if (job.recipe === "package.v1") {
    return (
      <div>
        <LinkButton to="/$org/projects/$project/models" params={params}>
          Download it under Models
        </LinkButton>
      </div>
    );
  }
  if (job.recipe === "predict-files.v1") return <PredictedFiles job={job} />;
  if (job.recipe === "import.v1" || job.recipe === "predict.v1") return null;
  return (
    <div>
      <LinkButton to="/$org/projects/$project/board" params={params}>
        See the board
      </LinkButton>
    </div>
  );
}

function factsOf(job: Job): [string, ReactNode][] {
  return [
    ["Recipe", recipeName(job.recipe)],
    ["Started by", job.created_by ?? "the control plane"],
    ["Created", <Ago key="created" at={job.created_at} />],
    ["Started", <Ago key="started" at={job.started_at} never="not yet" />],
    ["Took", duration(jobSeconds(job))],
    ["Tries", count(job.epoch)],
  ];
}
