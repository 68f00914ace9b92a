import { LABEL_PALETTE } from "@annex/ui";
import { ActionIcon, Button, ColorInput, TextInput } from "@mantine/core";
import type { Dispatch, SetStateAction } from "react";
import type { Label } from "../../api/types";
import classes from "./LabelRow.module.css";
import { changeLabel, type DraftLabel, dropLabel, moveLabel } from "./scheme";

interface LabelRowProps {
  label: DraftLabel;
  problem: { name?: string; key?: string } | undefined;
  first: boolean;
  last: boolean;
  onChange: Dispatch<SetStateAction<DraftLabel[]>>;
}

/** One label: name, colour, key, place, and whether it is still offered. */
export function LabelRow({ label, problem, first, last, onChange }: LabelRowProps) {
  const change = (part: Partial<Label>) => onChange((draft) => changeLabel(draft, label.row, part));
  const move = (by: -1 | 1) => onChange((draft) => moveLabel(draft, label.row, by));
  return (
    <div className={classes.row} data-retired={label.retired || undefined}>
      <TextInput
        aria-label="Name"
        value={label.name}
        error={problem?.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <ColorInput
        aria-label={`Colour of ${label.name}`}
        value={label.colour}
        onChange={(colour) => change({ colour: colour.toLowerCase() })}
        swatches={[...LABEL_PALETTE]}
        format="hex"
        withEyeDropper={false}
      />
      <TextInput
        aria-label={`Key of ${label.name}`}
        value={label.key ?? ""}
        placeholder="key"
        maxLength={1}
        error={problem?.key}
        onChange={(event) => change({ key: event.currentTarget.value.toLowerCase() || null })}
      />
      <div className={classes.buttons}>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={first}
          onClick={() => move(-1)}
          aria-label={`Move ${label.name} up`}
        >
          ↑
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={last}
          onClick={() => move(1)}
          aria-label={`Move ${label.name} down`}
        >
          ↓
        </ActionIcon>
        <LastButton label={label} onChange={onChange} change={change} />
      </div>
    </div>
  );
}

interface LastButtonProps {
  label: DraftLabel;
  onChange: LabelRowProps["onChange"];
  change: (part: Partial<Label>) => void;
}

/** Retire keeps the label and its answers but offers it no more; only a new one is dropped. */
function LastButton({ label, onChange, change }: LastButtonProps) {
  if (!label.id) {
    return (
      <Button variant="default" onClick={() => onChange((draft) => dropLabel(draft, label.row))}>
        Drop
      </Button>
    );
  }
  return (
    <Button variant="default" onClick={() => change({ retired: !label.retired })}>
      {label.retired ? "Bring back" : "Retire"}
    </Button>
  );
}
