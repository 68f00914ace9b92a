import type { CSSProperties, ReactNode } from "react";
import { labelProperties } from "./colour";
import { Kbd } from "./Kbd";
import styles from "./label.module.css";

/** The class that paints something in its label's colours, once `labelStyle` is set on it. */
export const labelClass = styles.label as string;

/** Custom properties of a label's colour. React sets them through the CSSOM, which a strict CSP allows. */
export function labelStyle(hex: string): CSSProperties {
  return labelProperties(hex) as CSSProperties;
}

export interface LabelChipProps {
  name: string;
  colour: string;
  shortcut?: string | undefined;
  pressed?: boolean | undefined;
  /** Proposed by a predictor, and not decided. */
  suggested?: boolean;
  /** What the keyboard would take now. */
  active?: boolean;
  onPress?: (() => void) | undefined;
  children?: ReactNode;
}

/** A label as people see it everywhere; a button when it can be pressed. */
export function LabelChip(props: LabelChipProps) {
  const { name, colour, shortcut, pressed, suggested, active, onPress, children } = props;
  const inside = (
    <>
      <bdi>
        {name}
        {suggested ? "?" : ""}
      </bdi>
      {children}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </>
  );
  const states = [
    pressed ? styles.pressed : "",
    suggested ? styles.suggested : "",
    active ? styles.active : "",
  ];
  const className = `${styles.label} ${styles.chip} ${states.join(" ")}`;
  if (!onPress) {
    return (
      <span className={className} style={labelStyle(colour)}>
        {inside}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={className}
      style={labelStyle(colour)}
      aria-pressed={pressed ?? false}
      aria-keyshortcuts={shortcut}
      // The text keeps the keyboard, so that Enter still means "accept".
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {inside}
    </button>
  );
}
