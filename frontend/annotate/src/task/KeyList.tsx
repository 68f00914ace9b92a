import {
  type Action,
  actionFor,
  type Keymap,
  keyName,
  type Label,
  labelKeys,
  remap,
} from "@annex/annotator-core";
import { Kbd } from "@annex/ui";
import { type KeyboardEvent, useState } from "react";
import { type Text, useText } from "../i18n/text";
import styles from "./HelpDialog.module.css";

const GROUPS: readonly {
  readonly title: keyof Text["keys"]["groups"];
  readonly actions: readonly Action[];
}[] = [
  { title: "answer", actions: ["accept", "reject", "ignore", "undo", "redo", "flag", "comments"] },
  {
    title: "mark",
    actions: [
      "forward",
      "backward",
      "extend-forward",
      "extend-backward",
      "hints",
      "hop",
      "hop-again",
      "to-start",
      "to-end",
      "clear",
      "identical",
      "next-mark",
      "connect",
      "characters",
      "let-go",
    ],
  },
  { title: "suggestions", actions: ["next-suggestion", "previous-suggestion", "take-suggestion"] },
  { title: "page", actions: ["find-label", "guidelines", "definitions", "help"] },
];

export interface KeyListProps {
  keymap: Keymap;
  labels: readonly Label[];
  /** Lower case; matches an action's words or its key. */
  wanted: string;
  onChange: (keymap: Keymap) => void;
}

/** Every action with its key, which can be changed where it stands. */
export function KeyList({ keymap, labels, wanted, onChange }: KeyListProps) {
  const { keys } = useText();
  const [refused, setRefused] = useState<{ key: string; holder: string } | null>(null);
  const shows = (action: Action) =>
    `${keys.actions[action]} ${keymap[action]}`.toLowerCase().includes(wanted);
  const groups = GROUPS.map(({ title, actions }) => ({ title, actions: actions.filter(shows) }));
  const take = (action: Action, key: string) => {
    const changed = remap(keymap, action, key, labels);
    setRefused(changed ? null : { key, holder: holderOf(key, keymap, labels, keys) });
    if (changed) onChange(changed);
  };
  return (
    <>
      {refused ? (
        <p role="alert" className={styles.refused}>
          <Kbd>{refused.key}</Kbd> {keys.taken(refused.holder)}
        </p>
      ) : null}
      <div className={styles.groups}>
        {groups.map(({ title, actions }) =>
          actions.length === 0 ? null : (
            <section key={title}>
              <h3>{keys.groups[title]}</h3>
              <ul>
                {actions.map((action) => (
                  <KeyRow
                    key={action}
                    words={keys.actions[action]}
                    shortcut={keymap[action]}
                    onTake={(key) => take(action, key)}
                  />
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
      {groups.every(({ actions }) => actions.length === 0) ? <p>{keys.nothingFound}</p> : null}
    </>
  );
}

/** What a key does already. */
function holderOf(
  key: string,
  keymap: Keymap,
  labels: readonly Label[],
  keys: Text["keys"],
): string {
  const owners = labelKeys(labels);
  const label = labels.find((one) => owners.get(one.id) === key);
  const action = actionFor(keymap, key);
  return label?.name ?? (action ? keys.actions[action] : "");
}

interface KeyRowProps {
  words: string;
  shortcut: string;
  onTake: (key: string) => void;
}

function KeyRow({ words, shortcut, onTake }: KeyRowProps) {
  const { keys } = useText();
  const [asking, setAsking] = useState(false);
  const listen = (event: KeyboardEvent) => {
    const key = asking ? keyName(event) : null;
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    setAsking(false);
    onTake(key);
  };
  return (
    <li>
      <span>{words}</span>
      <button
        type="button"
        onClick={() => setAsking(true)}
        onBlur={() => setAsking(false)}
        onKeyDown={listen}
      >
        <span className="visually-hidden">{keys.changeKey(words)}</span>
        {asking ? keys.pressKey : <Kbd>{shortcut}</Kbd>}
      </button>
    </li>
  );
}
