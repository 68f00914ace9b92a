import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { projectQuery } from "../api/projects";
import type { Role } from "../api/types";
import classes from "./Navigation.module.css";
import { atLeast, useOrganization, useRole } from "./place";

interface Entry {
  name: string;
  to: `/$org/${string}`;
  least: Role;
}

const ORGANIZATION: Entry[] = [
  { name: "Projects", to: "/$org/projects", least: "annotator" },
  { name: "People", to: "/$org/people", least: "developer" },
  { name: "Clusters", to: "/$org/clusters", least: "developer" },
  { name: "Recipes", to: "/$org/recipes", least: "developer" },
  { name: "API tokens", to: "/$org/tokens", least: "developer" },
  { name: "Audit log", to: "/$org/audit", least: "admin" },
];

const PROJECT: Entry[] = [
  { name: "Overview", to: "/$org/projects/$project/overview", least: "developer" },
  { name: "Labels", to: "/$org/projects/$project/labels", least: "developer" },
  { name: "Data", to: "/$org/projects/$project/data", least: "reviewer" },
  { name: "Tasks", to: "/$org/projects/$project/tasks", least: "annotator" },
  { name: "Jobs", to: "/$org/projects/$project/jobs", least: "reviewer" },
  { name: "Board", to: "/$org/projects/$project/board", least: "reviewer" },
  { name: "Models", to: "/$org/projects/$project/models", least: "reviewer" },
];

/** The organization's places and, inside a project, the project's. */
export function Navigation({ onGo }: { onGo: () => void }) {
  const { project } = useParams({ strict: false });
  return (
    <nav aria-label="Main" className={classes.nav}>
      <Entries entries={ORGANIZATION} onGo={onGo} exact={Boolean(project)} />
      {project && <ProjectEntries project={project} onGo={onGo} />}
    </nav>
  );
}

function ProjectEntries({ project, onGo }: { project: string; onGo: () => void }) {
  const { data } = useQuery(projectQuery(useOrganization(), project));
  return (
    <>
      <p className={classes.heading}>{data?.title ?? "\u00a0"}</p>
      <Entries entries={PROJECT} onGo={onGo} />
    </>
  );
}

interface EntriesProps {
  entries: Entry[];
  onGo: () => void;
  exact?: boolean;
}

function Entries({ entries, onGo, exact = false }: EntriesProps) {
  const role = useRole();
  const org = useOrganization();
  const { project } = useParams({ strict: false });
  return (
    <ul className={classes.list}>
      {entries
        .filter(({ least }) => atLeast(role, least))
        .map(({ name, to }) => (
          <li key={name}>
            <Link
              to={to as "/$org/projects/$project/overview"}
              params={{ org, project: project ?? "" }}
              className={classes.link}
              activeProps={{ className: `${classes.link} ${classes.on}`, "aria-current": "page" }}
              activeOptions={{ exact }}
              onClick={onGo}
            >
              {name}
            </Link>
          </li>
        ))}
    </ul>
  );
}
