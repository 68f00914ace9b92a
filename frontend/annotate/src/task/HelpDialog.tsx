import {
  type Action,
  DEFAULT_KEYMAP,
  type Keymap,
  keyName,
  type Label,
  labelKeys,
  remap,
} from "@annex/annotator-core";
import { Button, controlClass, Dialog, Field, Kbd, LabelChip } from "@annex/ui";
import { type KeyboardEvent, useState } from "react";
import { applyTheme, storedTheme, THEMES, type Theme } from "../app/theme";
import styles from "./HelpDialog.module.css";

const GROUPS: readonly { readonly title: string; readonly actions: readonly [Action, string][] }[] =
  [
    {
      title: "Answer",
      actions: [
        ["accept", "Accept, with every suggestion shown"],
        ["reject", "Reject"],
        ["ignore", "Ignore: no answer possible"],
        ["undo", "Undo; at the start, go back to the answer before"],
        ["redo", "Redo"],
        ["flag", "Flag with a note"],
      ],
    },
    {
      title: "Mark",
      actions: [
        ["forward", "Next word"],
        ["backward", "Previous word"],
        ["extend-forward", "Select one word more"],
        ["extend-backward", "Select one word less"],
        ["to-start", "First word"],
        ["to-end", "Last word"],
        ["clear", "Take a mark away, refuse a suggestion"],
        ["characters", "Words or single characters"],
        ["let-go", "Let go: selection, caret, chosen label"],
      ],
    },
    {
      title: "Suggestions",
      actions: [
        ["next-suggestion", "Next suggestion"],
        ["previous-suggestion", "Previous suggestion"],
        ["take-suggestion", "Take this one"],
      ],
    },
    {
      title: "Page",
      actions: [
        ["guidelines", "Guidelines"],
        ["help", "This list"],
      ],
    },
  ];

export interface HelpDialogProps {
  keymap: Keymap;
  labels: readonly Label[];
  onChange: (keymap: Keymap) => void;
  onClose: () => void;
}

/** All keys, each of which can be changed, and the colours of the page. */
export function HelpDialog({ keymap, labels, onChange, onClose }: HelpDialogProps) {
  const [asking, setAsking] = useState<Action | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const keys = labelKeys(labels);
  const take = (action: Action, event: KeyboardEvent) => {
    const key = keyName(event);
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    const changed = remap(keymap, action, key, labels);
    setRefused(changed ? null : key);
    setAsking(null);
    if (changed) onChange(changed);
  };
  return (
    <Dialog title="Keys" onClose={onClose} wide>
      <p>
        Select words and press a label's key; or choose a label first and every selection takes it.
        Double click takes a word. Click a key to change it.
      </p>
      <div className={styles.labels}>
        {labels.map((label) => (
          <LabelChip
            key={label.id}
            name={label.name}
            colour={label.colour}
            shortcut={keys.get(label.id)}
          />
        ))}
      </div>
      {refused ? (
        <p role="alert" className={styles.refused}>
          <Kbd>{refused}</Kbd> already does something else; nothing was changed.
        </p>
      ) : null}
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <ul>
              {group.actions.map(([action, words]) => (
                <li key={action}>
                  <span>{words}</span>
                  <button
                    type="button"
                    onClick={() => setAsking(action)}
                    onBlur={() => setAsking(null)}
                    onKeyDown={(event) => asking === action && take(action, event)}
                  >
                    <span className="visually-hidden">Change the key for “{words}”, now </span>
                    {asking === action ? "Press a key…" : <Kbd>{keymap[action]}</Kbd>}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className={styles.foot}>
        <ThemeField />
        <Button small onClick={() => onChange(DEFAULT_KEYMAP)}>
          Reset all keys
        </Button>
      </div>
    </Dialog>
  );
}

function ThemeField() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const choose = (value: string) => {
    const next = THEMES.find((one) => one === value) ?? "system";
    applyTheme(next);
    setTheme(next);
  };
  return (
    <Field label="Colours">
      {(control) => (
        <select
          {...control}
          className={controlClass}
          value={theme}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="system">As the system</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      )}
    </Field>
  );
}
