import { Blank, Notice } from "@annex/ui";
import { useCallback, useState } from "react";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Frame } from "./Frame";
import styles from "./Oversight.module.css";
import { ApprovedTable, RefusedTable, WaitingPerson } from "./PeopleRows";
import type { People, Person } from "./shapes";

/** What an administrator can decide about somebody; the lists that come back are the new truth. */
export interface Deciding {
  readonly people: People;
  readonly busy: boolean;
  readonly approve: (person: Person, role: string) => void;
  readonly refuse: (person: Person) => void;
}

/** `/people`: who waits at the door, who is in, who was turned down. */
export default function PeoplePage() {
  const load = useCallback(() => http.get<People>("/api/people"), []);
  const { state, reload, put } = useLoaded(load);
  const { oversight } = useText();
  return (
    <Frame at="people" lead={oversight.peopleLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Lists people={state.value} onChange={put} /> : null}
    </Frame>
  );
}

function useDeciding(people: People, onChange: (people: People) => void) {
  const text = useText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  const decide = async (path: string, json?: unknown) => {
    setBusy(true);
    setProblem(null);
    try {
      onChange(await http.send<People>("POST", path, { json }));
    } catch (error) {
      setProblem(explain(error, text));
    }
    setBusy(false);
  };
  const deciding: Deciding = {
    people,
    busy,
    approve: ({ id }, role) => void decide(`/api/people/${id}/approve`, { role }),
    refuse: ({ id }) => void decide(`/api/people/${id}/refuse`),
  };
  return { deciding, problem };
}

function Lists({ people, onChange }: { people: People; onChange: (people: People) => void }) {
  const { oversight } = useText();
  const { deciding, problem } = useDeciding(people, onChange);
  return (
    <>
      {people.may_approve ? null : (
        <Notice kind="warn" title={oversight.commandLineOnly}>
          {oversight.commandLineOnlyWhat}
        </Notice>
      )}
      {problem ? <Failed problem={problem} /> : null}
      {people.waiting.length === 0 ? (
        <Blank title={oversight.nobodyWaits}>{oversight.nobodyWaitsWhat}</Blank>
      ) : (
        <Card title={oversight.waiting} aside={String(people.waiting.length)}>
          <p className={styles.words}>{oversight.waitingWhat}</p>
          <ul className={styles.people}>
            {people.waiting.map((person) => (
              <WaitingPerson key={person.id} person={person} deciding={deciding} />
            ))}
          </ul>
        </Card>
      )}
      <Card title={oversight.approved} aside={String(people.approved.length)}>
        <ApprovedTable deciding={deciding} />
      </Card>
      {people.refused.length > 0 ? (
        <Card title={oversight.turnedDown} aside={String(people.refused.length)}>
          <RefusedTable deciding={deciding} />
        </Card>
      ) : null}
      <p className={styles.quiet}>{oversight.decisions}</p>
    </>
  );
}
