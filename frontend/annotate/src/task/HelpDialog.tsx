import { differences, type Keymap, type Label, labelKeys } from "@annex/annotator-core";
import { Button, controlClass, LabelChip } from "@annex/ui";
import { useState } from "react";
import { Dialog } from "../app/Dialog";
import { LookFields } from "../app/LookFields";
import { preferences } from "../app/preferences";
import { useText } from "../i18n/text";
import styles from "./HelpDialog.module.css";
import { KeyList } from "./KeyList";

export interface HelpDialogProps {
  keymap: Keymap;
  labels: readonly Label[];
  onClose: () => void;
}

/** `?`: every key, to search, to print and to change; and how the page looks. */
export function HelpDialog({ keymap, labels, onClose }: HelpDialogProps) {
  const { keys } = useText();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const owners = labelKeys(labels, keymap);
  const shown = labels.filter((label) =>
    `${label.name} ${owners.get(label.id) ?? ""}`.toLowerCase().includes(wanted),
  );
  return (
    <Dialog title={keys.title} onClose={onClose} wide>
      <p>{keys.how}</p>
      {/* The dialog gives the first field of a form the keyboard. */}
      <form className={styles.tools} onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          className={controlClass}
          aria-label={keys.search}
          placeholder={keys.search}
          value={search}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Button small onClick={() => window.print()}>
          {keys.print}
        </Button>
        <Button small onClick={() => void preferences.change({ keymap: {} })}>
          {keys.reset}
        </Button>
      </form>
      <div className={styles.labels}>
        {shown.map((label) => (
          <LabelChip
            key={label.id}
            name={label.name}
            colour={label.colour}
            shortcut={owners.get(label.id)}
          />
        ))}
      </div>
      <KeyList
        keymap={keymap}
        labels={labels}
        wanted={wanted}
        onChange={(changed) => void preferences.change({ keymap: differences(changed) })}
      />
      <div className={styles.look}>
        <LookFields />
      </div>
    </Dialog>
  );
}
