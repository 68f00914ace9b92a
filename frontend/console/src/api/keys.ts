/** Query keys, from the whole to the part, so that refreshing a project refreshes all that is in it. */

export const organizationKey = (organization: string) => ["organization", organization] as const;

export const projectKey = (organization: string, project: string) =>
  [...organizationKey(organization), "projects", project] as const;
