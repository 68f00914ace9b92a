import { useQuery } from "@tanstack/react-query";
import { isRunning, jobsQuery } from "../../api/jobs";
import type { Job } from "../../api/types";
import { Ago } from "../../components/Ago";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { duration } from "../../format/time";
import { useMay, useOrganization, useProjectPlace } from "../../shell/place";
import { CancelButton } from "./CancelButton";
import { JobProgress, JobStateMark } from "./JobState";
import { jobSeconds } from "./jobWords";
import { recipeName } from "./recipes";
import { StartJob } from "./StartJob";

/** What runs and ran on the cluster for this project. */
export function Jobs() {
  const { organization, project } = useProjectPlace();
  const mayStart = useMay("developer");
  const jobs = useQuery(jobsQuery(organization, project));
  return (
    <Page title="Jobs" lead="Work that runs on your cluster. Each one can be cancelled.">
      {mayStart && <StartJob />}
      <Panel title="Jobs">
        <Loaded query={jobs}>{(rows) => <JobList jobs={rows} />}</Loaded>
      </Panel>
    </Page>
  );
}

const COLUMNS: Column<Job>[] = [
  { title: "Job", cell: (job) => <Title job={job} /> },
  { title: "State", cell: (job) => <StateCell job={job} /> },
  { title: "Took", figures: true, wideOnly: true, cell: (job) => duration(jobSeconds(job)) },
  { title: "Started", wideOnly: true, cell: ({ created_at }) => <Ago at={created_at} /> },
  {
    title: "Cancel",
    silent: true,
    cell: (job) => isRunning(job) && <CancelButton job={job} />,
  },
];

function JobList({ jobs }: { jobs: Job[] }) {
  if (jobs.length === 0) {
    return (
      <EmptyState title="No jobs yet">
        Confirm a data file and its import starts by itself; start training once there are answers.
      </EmptyState>
    );
  }
  return <Rows caption="Jobs" columns={COLUMNS} rows={jobs} rowKey={({ id }) => id} />;
}

function Title({ job }: { job: Job }) {
  const org = useOrganization();
  const { project } = useProjectPlace();
  return (
    <LinkText
      to="/$org/projects/$project/jobs/$job"
      params={{ org, project, job: job.id }}
      fw={600}
    >
      {job.title || recipeName(job.recipe)}
    </LinkText>
  );
}

function StateCell({ job }: { job: Job }) {
  return isRunning(job) && !job.silent ? <JobProgress job={job} /> : <JobStateMark job={job} />;
}
