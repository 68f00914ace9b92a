import type { ReactNode } from "react";
import { useErrorAt } from "./FormPlace";
import classes from "./Nested.module.css";

interface NestedProps {
  title: string;
  help: string;
  place: string;
  isTitled?: boolean | undefined;
  children: ReactNode;
}

/** Inputs that belong together, under one name. */
export function Nested({ title, help, place, isTitled, children }: NestedProps) {
  const error = useErrorAt(place);
  return (
    <fieldset className={classes.nested}>
      <legend className={isTitled ? "visually-hidden" : classes.legend}>{title}</legend>
      {help && <p className={classes.said}>{help}</p>}
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      {children}
    </fieldset>
  );
}
