import type { Label } from "@annex/annotator-core";
import { controlClass, Kbd, LabelChip } from "@annex/ui";
import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from "react";
import { useText } from "../i18n/text";
import styles from "./LabelPicker.module.css";

export interface LabelPickerProps {
  labels: readonly Label[];
  keys: ReadonlyMap<string, string>;
  /** The key that goes to the field, and the field it goes to. */
  findKey: string;
  finder: RefObject<HTMLInputElement | null>;
  pressed: (label: Label) => boolean;
  suggested?: (label: Label) => boolean;
  onPick: (label: Label) => void;
  /** The keyboard goes back to the text. */
  onDone: () => void;
  children?: ReactNode;
}

/** Above this many, looking for a label takes longer than typing it. */
const FEW = 12;

/** The task's labels with their keys; many of them come with a field to find one by its name. */
export function LabelPicker(props: LabelPickerProps) {
  const { labels, keys, findKey, finder, pressed, suggested, onPick, onDone, children } = props;
  const { task } = useText();
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLFieldSetElement>(null);
  const isMany = labels.length > FEW;
  const found = labels.filter((label) => matches(label.name, search));
  const highlighted = search === "" ? undefined : found[Math.min(at, found.length - 1)];
  const look = (words: string) => {
    setSearch(words);
    setAt(0);
  };
  const leave = () => {
    look("");
    onDone();
  };
  const listen = (event: KeyboardEvent) => {
    if (!KEYS.has(event.key) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else {
      if (event.key === "Enter" && highlighted) onPick(highlighted);
      leave();
    }
  };
  return (
    <div className={styles.picker}>
      {isMany ? (
        <div className={styles.finder}>
          <input
            ref={finder}
            type="search"
            className={controlClass}
            aria-label={task.findLabel}
            placeholder={task.findLabel}
            value={search}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="done"
            translate="no"
            onChange={(event) => look(event.target.value)}
            onKeyDown={listen}
          />
          <Kbd>{findKey}</Kbd>
          <span role="status" className={styles.found}>
            {search === "" ? null : task.labelsFound(found.length, highlighted?.name)}
          </span>
        </div>
      ) : null}
      <fieldset ref={list} className={`${styles.labels} ${isMany ? styles.many : ""}`}>
        <legend className="visually-hidden">{task.labels}</legend>
        {found.map((label) => (
          <LabelChip
            key={label.id}
            name={label.name}
            colour={label.colour}
            shortcut={keys.get(label.id)}
            pressed={pressed(label)}
            suggested={suggested?.(label) ?? false}
            active={label === highlighted}
            onPress={() => onPick(label)}
          />
        ))}
        {children}
      </fieldset>
    </div>
  );
}

const KEYS = new Set(["Enter", "Escape", "ArrowDown", "ArrowUp"]);

/** Every word typed begins a word of the name, or the name holds it whole: `lost card` finds `lost_or_stolen_card`. */
function matches(name: string, search: string): boolean {
  const folded = name.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => folded.includes(word));
}
