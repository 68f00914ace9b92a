import { Blank, Button, Notice } from "@annex/ui";
import { type ReactNode, useContext, useEffect, useState } from "react";
import { useText } from "../i18n/text";
import type { Explained } from "./loading";
import styles from "./Page.module.css";
import { SignOut } from "./SignOut";
import { SimulatedBanner } from "./SimulatedBanner";
import { SessionContext } from "./session";

export interface PageProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** The frame of every page but the annotation screen. */
export function Page({ title, lead, children }: PageProps) {
  const session = useContext(SessionContext);
  const { frame } = useText();
  useEffect(() => {
    document.title = `${title} · Annex`;
  }, [title]);
  return (
    <>
      <SimulatedBanner />
      <header className={styles.top}>
        <a href="/" className={styles.brand}>
          Annex
        </a>
        <span className={styles.where}>{frame.stays}</span>
        {session ? (
          <span className={styles.who}>
            <bdi>{session.name}</bdi>
            <SignOut />
          </span>
        ) : null}
      </header>
      <main className={styles.main}>
        <h1>{title}</h1>
        {lead ? <p className={styles.lead}>{lead}</p> : null}
        {children}
      </main>
    </>
  );
}

/** A panel on the page. */
export function Card({
  title,
  aside,
  children,
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.card}>
      {title ? (
        <div className={styles.head}>
          <h2>{title}</h2>
          {aside ? <span>{aside}</span> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}

export function Failed({ problem, onRetry }: { problem: Explained; onRetry?: () => void }) {
  const { frame } = useText();
  const retry = onRetry ? (
    <Button small onClick={onRetry}>
      {frame.tryAgain}
    </Button>
  ) : null;
  return (
    <Notice kind="error" title={problem.title} actions={retry}>
      {problem.whatToDo}
      {problem.errors.length > 0 ? (
        <ul>
          {problem.errors.map((error) => (
            <li key={`${error.field}${error.message}`}>
              {error.line ? frame.line(error.line) : error.field}: {error.message}
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}

const LONG_MS = 2000;

/** Something is on its way; when it takes long, the most likely reason. */
export function Loading() {
  const { frame } = useText();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Blank title={frame.loading}>{long ? frame.loadingLong : null}</Blank>;
}
