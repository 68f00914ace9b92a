import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";
import { Kbd } from "./Kbd";

type Look = "plain" | "primary" | "quiet" | "danger";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
  /** The key that does the same, printed on the button. */
  shortcut?: string | undefined;
  children: ReactNode;
}

export function Button({
  look = "plain",
  small,
  shortcut,
  children,
  className,
  ...rest
}: ButtonProps) {
  const names = [styles.button, styles[look], small ? styles.small : "", className ?? ""];
  return (
    <button type="button" aria-keyshortcuts={shortcut} className={names.join(" ").trim()} {...rest}>
      {children}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </button>
  );
}
