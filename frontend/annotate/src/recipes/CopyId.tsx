import { Button } from "@annex/ui";
import { useRef, useState } from "react";
import { useText } from "../i18n/text";
import styles from "./Recipes.module.css";

/** An id with the button that copies it; where a browser forbids that, it is selected instead. */
export function CopyId({ id }: { id: string }) {
  const { recipes } = useText();
  const [copied, setCopied] = useState(false);
  const shown = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      setCopied(true);
    } catch {
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
    }
  };
  return (
    <>
      <code className={styles.id} ref={shown} translate="no">
        {id}
      </code>
      <Button small aria-label={`${recipes.copyId}: ${id}`} onClick={() => void copy()}>
        {copied ? recipes.copied : recipes.copyId}
      </Button>
    </>
  );
}
