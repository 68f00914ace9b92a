import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./Button";
import styles from "./Dialog.module.css";

export interface DialogProps {
  title: string;
  onClose: () => void;
  /** What the close button is called. */
  closeLabel?: string;
  children: ReactNode;
  actions?: ReactNode;
  /** False for what must be decided: no Escape, no close button. */
  dismissible?: boolean;
  wide?: boolean;
}

/** A modal on the platform's own <dialog>: focus is kept inside and given back. */
export function Dialog({
  title,
  onClose,
  closeLabel = "Close",
  children,
  actions,
  dismissible = true,
  wide,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the element leaves the page, so that closing gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The platform would pick the close button; who opens a form wants to write.
    element?.querySelector<HTMLElement>("form input, form textarea")?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`${styles.dialog} ${wide ? styles.wide : ""}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (dismissible) onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        {dismissible ? (
          <Button look="quiet" small onClick={onClose} aria-label={closeLabel}>
            ✕
          </Button>
        ) : null}
      </header>
      <div className={styles.body}>{children}</div>
      {actions ? <footer className={styles.actions}>{actions}</footer> : null}
    </dialog>
  );
}
