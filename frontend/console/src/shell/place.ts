/** Where the person is (organization, project) and what they may do there. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { meQuery } from "../api/me";
import type { Role } from "../api/types";

const STRONGEST_FIRST: Role[] = ["owner", "admin", "developer", "reviewer", "annotator"];

export function useOrganization(): string {
  const { org } = useParams({ strict: false });
  if (!org) throw new Error("This screen belongs to an organization's route.");
  return org;
}

export function useProjectPlace(): { organization: string; project: string } {
  const organization = useOrganization();
  const { project } = useParams({ strict: false });
  if (!project) throw new Error("This screen belongs to a project's route.");
  return { organization, project };
}

/** The signed-in person; routes under an organization load it before they render. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new Error("This screen needs someone signed in.");
  return data;
}

export function useRole(): Role {
  const organization = useOrganization();
  const membership = useMe().memberships.find((each) => each.organization.slug === organization);
  return membership?.role ?? "annotator";
}

/** Whether `role` is `least` or stronger. The API decides; this only hides what it would refuse. */
export function atLeast(role: Role, least: Role): boolean {
  return STRONGEST_FIRST.indexOf(role) <= STRONGEST_FIRST.indexOf(least);
}

export function useMay(least: Role): boolean {
  return atLeast(useRole(), least);
}
