import { Button } from "@annex/ui";
import { useState } from "react";
import { Dialog } from "../app/Dialog";
import { useText } from "../i18n/text";
import styles from "./Oversight.module.css";
import type { Deciding } from "./PeoplePage";
import { RoleForm } from "./RoleForm";
import type { Person } from "./shapes";
import { Table } from "./Table";

export function WaitingPerson({ person, deciding }: { person: Person; deciding: Deciding }) {
  const { oversight, format } = useText();
  const role = oversight.roles[person.asked_role] ?? person.asked_role;
  return (
    <li className={styles.person}>
      <code className={styles.code}>{person.code}</code>
      <div>
        <Name person={person} />
        <div className={styles.quiet}>{oversight.asks(role, format.moment(person.seen_at))}</div>
        <div className={styles.quiet}>
          <bdi>{person.projects.join(", ") || oversight.noProject}</bdi>
        </div>
      </div>
      <div className={styles.decide}>
        <RoleForm person={person} deciding={deciding} label={oversight.approve} look="primary" />
        <Button
          small
          look="danger"
          disabled={deciding.busy}
          aria-label={`${oversight.refuse}: ${person.name}`}
          onClick={() => deciding.refuse(person)}
        >
          {oversight.refuse}
        </Button>
      </div>
    </li>
  );
}

export function ApprovedTable({ deciding }: { deciding: Deciding }) {
  const { oversight } = useText();
  const [leaving, setLeaving] = useState<Person | null>(null);
  return (
    <>
      <Table label={oversight.approved}>
        <thead>
          <tr>
            <th>{oversight.person}</th>
            <th>{oversight.role}</th>
            <th>{oversight.approvedBy}</th>
            <th>{oversight.sessions}</th>
            <th>
              <span className="visually-hidden">{oversight.revoke}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deciding.people.approved.map((person) => (
            <ApprovedRow
              key={`${person.id}${person.approved_at}`}
              person={person}
              deciding={deciding}
              onLeave={() => setLeaving(person)}
            />
          ))}
        </tbody>
      </Table>
      {leaving ? (
        <RevokeDialog
          person={leaving}
          onStay={() => setLeaving(null)}
          onRevoke={() => {
            setLeaving(null);
            deciding.refuse(leaving);
          }}
        />
      ) : null}
    </>
  );
}

function ApprovedRow({
  person,
  deciding,
  onLeave,
}: {
  person: Person;
  deciding: Deciding;
  onLeave: () => void;
}) {
  const { oversight, format } = useText();
  const role = person.approved_role ?? "";
  return (
    <tr>
      <td>
        <Name person={person} />
      </td>
      <td>
        {person.may_decide && deciding.people.may_approve ? (
          <RoleForm person={person} deciding={deciding} label={oversight.change} />
        ) : (
          (oversight.roles[role] ?? role)
        )}
      </td>
      <td className={styles.time}>
        {person.approved_at
          ? oversight.by(format.moment(person.approved_at), person.approved_by)
          : null}
      </td>
      <td>{oversight.sessionsOpen(person.sessions)}</td>
      <td>
        {person.may_decide ? (
          <Button
            small
            look="danger"
            disabled={deciding.busy}
            aria-label={`${oversight.revoke}: ${person.name}`}
            onClick={onLeave}
          >
            {oversight.revoke}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

export function RefusedTable({ deciding }: { deciding: Deciding }) {
  const { oversight, format } = useText();
  return (
    <Table label={oversight.turnedDown}>
      <tbody>
        {deciding.people.refused.map((person) => (
          <tr key={person.id}>
            <td>
              <Name person={person} />
            </td>
            <td className={styles.time}>
              {person.refused_at
                ? oversight.turnedDownBy(person.refused_by, format.moment(person.refused_at))
                : null}
            </td>
            <td>
              {person.may_decide ? (
                <RoleForm person={person} deciding={deciding} label={oversight.approve} />
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Name({ person }: { person: Person }) {
  const { oversight } = useText();
  const marks = [person.is_you ? oversight.you : "", person.simulated ? oversight.simulated : ""];
  const shown = marks.filter(Boolean).join(", ");
  return (
    <span>
      <bdi>
        <b>{person.name}</b>
      </bdi>
      {shown ? <span className={styles.quiet}> ({shown})</span> : null}
    </span>
  );
}

function RevokeDialog({
  person,
  onStay,
  onRevoke,
}: {
  person: Person;
  onStay: () => void;
  onRevoke: () => void;
}) {
  const { oversight } = useText();
  return (
    <Dialog
      title={oversight.revokeTitle(person.name)}
      onClose={onStay}
      actions={
        <>
          <Button onClick={onStay}>{oversight.keep}</Button>
          <Button look="danger" onClick={onRevoke}>
            {oversight.revoke}
          </Button>
        </>
      }
    >
      {oversight.revokeWhat}
    </Dialog>
  );
}
