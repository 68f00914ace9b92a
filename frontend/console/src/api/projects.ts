import { queryOptions } from "@tanstack/react-query";
import { get, getAll, organizationPath, patch, post, remove } from "./client";
import { organizationKey, projectKey } from "./keys";
import { WAITING_MS } from "./live";
import type { Project, ProjectMember } from "./types";

export const projectsKey = (organization: string) =>
  [...organizationKey(organization), "projects"] as const;

export const projectsQuery = (organization: string) =>
  queryOptions({
    queryKey: [...projectsKey(organization), "list"],
    queryFn: () => getAll<Project>(organizationPath(organization, "projects")),
  });

export const projectQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "detail"],
    queryFn: () => get<Project>(organizationPath(organization, "projects", project)),
  });

/** The same project for the guided first run, where the next step may end on the cluster's page. */
export const followedProjectQuery = (organization: string, project: string) =>
  queryOptions({ ...projectQuery(organization, project), refetchInterval: WAITING_MS });

export interface NewProject {
  title: string;
  cluster: string;
  target_f?: number;
}

export const createProject = (organization: string, input: NewProject) =>
  post<Project>(organizationPath(organization, "projects"), input);

export const changeProject = (
  organization: string,
  project: string,
  change: { title?: string; target_f?: number | null },
) => patch<Project>(organizationPath(organization, "projects", project), change);

export const deleteProject = (organization: string, project: string) =>
  remove(organizationPath(organization, "projects", project));

export const projectMembersQuery = (organization: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(organization, project), "members"],
    queryFn: () =>
      getAll<ProjectMember>(organizationPath(organization, "projects", project, "members")),
  });

export const addProjectMember = (organization: string, project: string, member: string) =>
  post<ProjectMember>(organizationPath(organization, "projects", project, "members"), { member });

export const removeProjectMember = (organization: string, project: string, member: string) =>
  remove(organizationPath(organization, "projects", project, "members", member));
