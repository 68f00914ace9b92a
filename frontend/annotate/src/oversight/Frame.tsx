import type { ReactNode } from "react";
import { Page } from "../app/Page";
import { PLACES, type Place } from "../app/route";
import { useText } from "../i18n/text";
import styles from "./Oversight.module.css";

/** The frame of the administrators' pages: one row of places above each. */
export function Frame({ at, lead, children }: { at: Place; lead: string; children: ReactNode }) {
  const { oversight } = useText();
  return (
    <Page title={oversight.tabs[at]} lead={lead}>
      <nav className={styles.tabs} aria-label={oversight.cluster}>
        {PLACES.map((place) => (
          <a key={place} href={`/${place}`} aria-current={place === at ? "page" : undefined}>
            {oversight.tabs[place]}
          </a>
        ))}
      </nav>
      {children}
    </Page>
  );
}
