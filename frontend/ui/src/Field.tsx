import { type ReactNode, useId } from "react";
import styles from "./Field.module.css";

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Draws the control with the id and description it must carry. */
  children: (control: {
    id: string;
    "aria-describedby": string;
    "aria-invalid": boolean;
  }) => ReactNode;
}

/** A labelled control with its explanation and its error. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const about = `${id}-about`;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": about, "aria-invalid": Boolean(error) })}
      <div id={about} className={error ? styles.error : styles.hint}>
        {error ?? hint}
      </div>
    </div>
  );
}

/** The look of inputs, selects and text areas. */
export const controlClass = styles.control as string;
