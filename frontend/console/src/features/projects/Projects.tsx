import { SimpleGrid, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { clustersQuery, isUsable } from "../../api/clusters";
import { projectsQuery } from "../../api/projects";
import type { Project } from "../../api/types";
import { Ago } from "../../components/Ago";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { ProgressLine } from "../../components/ProgressLine";
import { counted } from "../../format/numbers";
import { useMay, useOrganization } from "../../shell/place";
import classes from "./Projects.module.css";

/** All projects the person may see. */
export function Projects() {
  const org = useOrganization();
  const mayCreate = useMay("developer");
  const projects = useQuery(projectsQuery(org));
  const some = (projects.data?.length ?? 0) > 0;
  return (
    <Page
      title="Projects"
      actions={
        mayCreate &&
        some && (
          <LinkButton to="/$org/projects/new" params={{ org }}>
            New project
          </LinkButton>
        )
      }
    >
      <Loaded query={projects}>{(rows) => <ProjectList projects={rows} />}</Loaded>
    </Page>
  );
}

function ProjectList({ projects }: { projects: Project[] }) {
  if (projects.length === 0) return <NoProjects />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
      {projects.map((project) => (
        <ProjectCard key={project.id} project={project} />
      ))}
    </SimpleGrid>
  );
}

function ProjectCard({ project }: { project: Project }) {
  const org = useOrganization();
  const firstScreen = useMay("developer") ? "overview" : "tasks";
  const { examples, answered, models } = project.counts;
  return (
    <Link
      to={`/$org/projects/$project/${firstScreen}`}
      params={{ org, project: project.id }}
      className={classes.card}
    >
      <h2 className={classes.title}>{project.title}</h2>
      <ProgressLine label="Answered" done={answered} total={examples} />
      <Text fz="sm" c="dimmed" mt="sm">
        {models ? counted(models, "model") : "No model yet"} · made <Ago at={project.created_at} />
      </Text>
    </Link>
  );
}

function NoProjects() {
  const org = useOrganization();
  const mayCreate = useMay("developer");
  const clusters = useQuery({ ...clustersQuery(org), enabled: mayCreate });
  if (!mayCreate) return <NotAddedYet />;
  const ready = clusters.data?.some(isUsable) ?? true;
  return <Panel>{ready ? <FirstProject /> : <ClusterFirst />}</Panel>;
}

function NotAddedYet() {
  return (
    <Panel>
      <EmptyState title="No project yet">
        Nobody has added you to a project. Ask the person who invited you to do so, then look here
        again.
      </EmptyState>
    </Panel>
  );
}

function FirstProject() {
  const org = useOrganization();
  return (
    <EmptyState
      title="Start your first project"
      action={
        <LinkButton to="/$org/projects/new" params={{ org }}>
          New project
        </LinkButton>
      }
    >
      A project takes you from a file of texts to a small model of your own: label some, train, and
      see on the board when the model beats your rules.
    </EmptyState>
  );
}

function ClusterFirst() {
  const org = useOrganization();
  return (
    <EmptyState
      title="Connect a cluster first"
      action={
        <LinkButton to="/$org/clusters" params={{ org }}>
          Go to clusters
        </LinkButton>
      }
    >
      A project's text lives on a cluster of yours, and none is connected yet. It takes one command.
    </EmptyState>
  );
}
