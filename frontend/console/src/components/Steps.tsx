import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Steps.module.css";

export type StepState = "done" | "now" | "later";

const SAID: Record<StepState, string> = { done: "Done", now: "Next", later: "Later" };

/** A list of steps to go through in order. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className={classes.steps}>{children}</ol>;
}

interface StepProps {
  title: string;
  state: StepState;
  /** What it came to: "3 labels", "1,000 examples". */
  outcome?: ReactNode;
  children?: ReactNode;
}

/** One step: ticked when done, open when it is next. */
export function Step({ title, state, outcome, children }: StepProps) {
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.dot} aria-hidden="true">
        {state === "done" ? "✓" : ""}
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <Title order={3}>
            {title}
            <span className="visually-hidden"> ({SAID[state]})</span>
          </Title>
          {outcome && <span className={classes.outcome}>{outcome}</span>}
        </div>
        {children && <div className={classes.content}>{children}</div>}
      </div>
    </li>
  );
}
