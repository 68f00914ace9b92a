import styles from "./Pages.module.css";

/** Names and values. */
export function Facts({ facts }: { facts: Readonly<Record<string, string>> }) {
  return (
    <dl className={styles.facts}>
      {Object.entries(facts).map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi translate="no">{value}</bdi>
      </dd>
    </>
  );
}

/** Text as it is, in a box that scrolls and can be reached by keyboard. */
export function Scrolled({ children }: { children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <pre className={styles.code} tabIndex={0} translate="no">
      {children}
    </pre>
  );
}
