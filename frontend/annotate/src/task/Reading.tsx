import type { ReactNode, RefObject } from "react";
import styles from "./Reading.module.css";

export interface ReadingProps {
  sheet: RefObject<HTMLDivElement | null>;
  /** What it is read for. */
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

/** The sheet of a text in which nothing is marked. */
export function Reading({ sheet, label, className, children }: ReadingProps) {
  return (
    <div
      ref={sheet}
      className={`${styles.sheet} ${className ?? ""}`}
      dir="auto"
      role="document"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard
      tabIndex={0}
      translate="no"
    >
      {children}
    </div>
  );
}
