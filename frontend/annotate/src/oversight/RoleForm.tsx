import { Button, controlClass } from "@annex/ui";
import { useState } from "react";
import { useText } from "../i18n/text";
import styles from "./Oversight.module.css";
import type { Deciding } from "./PeoplePage";
import type { Person } from "./shapes";

interface RoleFormProps {
  person: Person;
  deciding: Deciding;
  label: string;
  look?: "plain" | "primary";
}

/** Choose a role up to one's own, and approve at it. */
export function RoleForm({ person, deciding, label, look = "plain" }: RoleFormProps) {
  const { oversight } = useText();
  const { roles, may_approve } = deciding.people;
  const start = [person.approved_role ?? person.asked_role, roles.at(-1) ?? ""];
  const [role, setRole] = useState(start.find((one) => roles.includes(one)) ?? "");
  return (
    <span className={styles.roleForm}>
      <select
        aria-label={oversight.approveAs(person.name)}
        className={controlClass}
        value={role}
        disabled={!may_approve}
        onChange={(event) => setRole(event.target.value)}
      >
        {roles.map((one) => (
          <option key={one} value={one}>
            {oversight.roles[one] ?? one}
          </option>
        ))}
      </select>
      <Button
        small
        look={look}
        disabled={deciding.busy || !may_approve || role === person.approved_role}
        onClick={() => deciding.approve(person, role)}
      >
        {label}
      </Button>
    </span>
  );
}
