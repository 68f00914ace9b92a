import type { ReactNode } from "react";
import classes from "./FormLine.module.css";

/** Fields and their button on one line; below each other where it is narrow. */
export function FormLine({ children }: { children: ReactNode }) {
  return <div className={classes.line}>{children}</div>;
}
