import type { ReactNode } from "react";
import styles from "./Notice.module.css";

export type NoticeKind = "info" | "warn" | "error" | "good";

export interface NoticeProps {
  kind?: NoticeKind;
  title: string;
  /** What happened, and what to do. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** A sentence that matters: what happened, what to do, and the button that does it. */
export function Notice({ kind = "info", title, children, actions }: NoticeProps) {
  return (
    <div
      className={`${styles.notice} ${styles[kind]}`}
      role={kind === "error" ? "alert" : "status"}
    >
      <div className={styles.words}>
        <strong>{title}</strong>
        {children ? <div>{children}</div> : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}

/** A whole page's or panel's state: empty, done, paused, loading. */
export function Blank({ title, children, actions }: Omit<NoticeProps, "kind">) {
  return (
    <div className={styles.blank} role="status">
      <h2>{title}</h2>
      {children ? <div className={styles.blankWords}>{children}</div> : null}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}
