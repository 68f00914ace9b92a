import type { ReactNode } from "react";
import pages from "../pages/Pages.module.css";
import styles from "./Oversight.module.css";

/** A table that scrolls by itself where it is too wide, by keyboard too. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section className={`${pages.scroll} ${styles.held}`} tabIndex={0} aria-label={label}>
      <table className={pages.table}>{children}</table>
    </section>
  );
}
