import styles from "./Bar.module.css";

export interface BarProps {
  label: string;
  value: number;
  max: number;
}

/** How far something is. */
export function Bar({ label, value, max }: BarProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <span
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
    >
      <span style={{ inlineSize: `${share * 100}%` }} />
    </span>
  );
}
