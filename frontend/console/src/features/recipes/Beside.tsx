import type { ReactNode } from "react";
import classes from "./Beside.module.css";

interface BesideProps {
  aside: ReactNode;
  asideName: string;
  children: ReactNode;
}

/** A form, and beside it what stays in sight while it is filled in; below it where it is narrow. */
export function Beside({ aside, asideName, children }: BesideProps) {
  return (
    <div className={classes.beside}>
      {children}
      <aside className={classes.script} aria-label={asideName}>
        {aside}
      </aside>
    </div>
  );
}
