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
  onPress?: (() => void) | undefined;
  children?: ReactNode;
}

/** A label as people see it everywhere; a button when it can be pressed. */
export function LabelChip({ name, colour, shortcut, pressed, onPress, children }: LabelChipProps) {
  const inside = (
    <>
      <bdi>{name}</bdi>
      {children}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </>
  );
  const className = `${styles.label} ${styles.chip} ${pressed ? styles.pressed : ""}`;
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
