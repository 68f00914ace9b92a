import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyRow } from "./client";
import { organizationKey, projectKey } from "./keys";
import { WAITING_MS } from "./live";
import type { Project, ProjectMember } from "./types";

const PROJECTS = "/api/v1/organizations/{organization}/projects";
const PROJECT = `${PROJECTS}/{project}` as const;
const MEMBERS = `${PROJECT}/members` as const;

const at = (organization: string, project: string) => ({
  params: { path: { organization, project } },
});

export const projectsKey = (organization: string) =>
  [...organizationKey(organization), "projects"] as const;

export const projectsQuery = (organization: string) =>
  queryOptions({
    queryKey: [...projectsKey(organization), "list"],
    queryFn: () =>
      everyRow<Project>((query) =>
        api.GET(PROJECTS, { params: { path: { organization }, query } }),
      ),
  });

export const projectQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "detail"],
    queryFn: () => answer<Project>(api.GET(PROJECT, at(organization, project))),
  });

/** The same project for the guided first run, where the next step may end on the cluster's page. */
export const followedProjectQuery = (organization: string, project: string) =>
  queryOptions({ ...projectQuery(organization, project), refetchInterval: WAITING_MS });

export interface NewProject {
  title: string;
  cluster: string;
  target_f: number;
}

export const createProject = (organization: string, body: NewProject) =>
  answer<Project>(api.POST(PROJECTS, { params: { path: { organization } }, body }));

export const changeProject = (
  organization: string,
  project: string,
  body: { title?: string; target_f?: number | null },
) => answer<Project>(api.PATCH(PROJECT, { ...at(organization, project), body }));

export const projectMembersQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "members"],
    queryFn: () =>
      everyRow<ProjectMember>((query) =>
        api.GET(MEMBERS, { params: { path: { organization, project }, query } }),
      ),
  });

export const addProjectMember = (organization: string, project: string, member: string) =>
  answer<ProjectMember>(api.POST(MEMBERS, { ...at(organization, project), body: { member } }));

export const removeProjectMember = (organization: string, project: string, member: string) =>
  answer<void>(
    api.DELETE(`${MEMBERS}/{member}`, { params: { path: { organization, project, member } } }),
  );
