import type { Me, Role } from "../../api/types";
import { atLeast } from "../../shell/place";
import { ROLES } from "../people/roles";

interface Option<Value extends string> {
  value: Value;
  label: string;
}

/** The organizations in which the person may make tokens. */
export function organizationsFor({ memberships }: Pick<Me, "memberships">): Option<string>[] {
  return memberships
    .filter(({ role }) => atLeast(role, "developer"))
    .map(({ organization }) => ({ value: organization.slug, label: organization.name }));
}

/** The roles that the person may give a machine there, weakest first. */
export function rolesFor(
  { memberships }: Pick<Me, "memberships">,
  organization: string,
): Option<Role>[] {
  const mine = memberships.find((each) => each.organization.slug === organization)?.role;
  if (!mine) return [];
  return ROLES.filter(({ value }) => atLeast(mine, value)).map(({ value, label }) => ({
    value,
    label,
  }));
}
