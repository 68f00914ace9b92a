import { expect, test } from "vitest";
import type { Me, Role } from "../../api/types";
import { organizationsFor, rolesFor } from "./deviceChoices";

const member = (slug: string, role: Role): Me["memberships"][number] => ({
  organization: { id: slug, slug, name: slug.toUpperCase() },
  role,
});
const me = { memberships: [member("acme", "admin"), member("umbrella", "reviewer")] };

test("a machine is let into organizations where one may make tokens", () => {
  expect(organizationsFor(me)).toEqual([{ value: "acme", label: "ACME" }]);
});

test("nobody gives a machine more than they have", () => {
  const given = rolesFor(me, "acme").map(({ value }) => value);
  expect(given).toEqual(["annotator", "reviewer", "developer", "admin"]);
});

test("there is nothing to give elsewhere", () => {
  expect(rolesFor(me, "nowhere")).toEqual([]);
});
